"""Names that the reader adds to their own lexicons, one at a time; all else in the files stays as it is."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alliance_tui.errors import LexiconError
from alliance_tui.extraction.data_folders import own_folder
from alliance_tui.extraction.lexicon.loading import read_built_in, read_own
from alliance_tui.extraction.lexicon.schemas import (
    Bodies,
    Instruments,
    Lexicon,
    Organisations,
    Places,
    Programmes,
    Units,
)
from alliance_tui.records import EntityType

_TABLES: Mapping[EntityType, tuple[type[Lexicon], str]] = {
    EntityType.ORGANISATION: (Organisations, "organisations"),
    EntityType.BODY: (Bodies, "bodies"),
    EntityType.UNIT: (Units, "units"),
    EntityType.INSTRUMENT: (Instruments, "instruments"),
    EntityType.PROGRAMME: (Programmes, "programmes"),
    EntityType.SYSTEM: (Programmes, "systems"),
    EntityType.EVENT: (Programmes, "events"),
    EntityType.PLACE: (Places, "places"),
}
TYPES_WITH_NAMES = frozenset(_TABLES)
"""The types of entity whose names a lexicon holds with nothing but their other names."""

_HEADER = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_ENTRY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""")


def keep_name(name: str, type_: EntityType, forms: Iterable[str]) -> Path:
    """Add a name with its other forms to the reader's lexicon of its type; return the file.

    Raises LexiconError for a type without such a lexicon, and for a file that cannot be read or written.
    """
    if type_ not in _TABLES:
        raise LexiconError(f"no lexicon holds names of the type {type_} alone: add it by hand, see lexicon path")
    schema, table = _TABLES[type_]
    path = own_folder() / schema.file_name()
    built_in = read_built_in(schema)
    own = read_own(built_in)  # a fault in the file is the reader's to mend first
    known = own.tables.get(table, {}) if own else {}
    others = sorted({*known.get(name, ()), *(form for form in forms if form.strip() and form != name)}, key=_order)
    text = with_entry(own.text if own else "", table, name, others)
    tomllib.loads(text)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise LexiconError(f"{path} cannot be written ({error.strerror or error}): see its folder") from error
    return path


def with_entry(text: str, table: str, name: str, forms: Sequence[str]) -> str:
    """Return a lexicon with a name in one of its tables, in its place there, or with other forms where it is there."""
    entry = f"{_quoted(name)} = [{', '.join(map(_quoted, forms))}]"
    lines = text.split("\n") if text else []
    header = next((n for n, line in enumerate(lines) if (found := _HEADER.match(line)) and found[1] == table), None)
    if header is None:
        kept = [*lines[:-1], ""] if lines and not lines[-1] else lines
        return "\n".join([*kept, f"[{table}]", entry, ""])
    end = next((n for n in range(header + 1, len(lines)) if _HEADER.match(lines[n])), len(lines))
    entries = {n: _key(found) for n in range(header + 1, end) if (found := _ENTRY.match(lines[n]))}
    present = next((n for n, key in entries.items() if key == name), None)
    if present is not None:
        return "\n".join([*lines[:present], entry, *lines[_end_of_list(lines, present) :]])
    after = next((n for n, key in entries.items() if _order(key) > _order(name)), None)
    at = after if after is not None else _end_of_list(lines, max(entries)) if entries else header + 1
    return "\n".join([*lines[:at], entry, *lines[at:]]) + ("" if at < len(lines) else "\n")


def _key(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _end_of_list(lines: Sequence[str], start: int) -> int:
    """Return the line after that in which the value of an entry ends."""
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return len(lines)


def _order(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else json.dumps(text, ensure_ascii=False)
