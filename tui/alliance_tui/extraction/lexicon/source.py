"""The source of a lexicon: a TOML file with its tables, and where in it a fault lies.

Besides its entries, a file has two markers. `kind` says of what kind the entries of the file are, or those of one of
its tables where they differ. `sorted = false` says that the order of a table matters; all other tables are sorted.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from alliance_tui.documents.files import read_regular
from alliance_tui.errors import LexiconError
from alliance_tui.extraction.lexicon.schemas import Kind, Ladder, Lexicon

_LARGEST = 1 << 24
"""Size limit of a lexicon, in bytes."""
_KEY = r"""("[^"]*"|'[^']*'|[\w-]+)"""
_HEADER, _ENTRY, _ELEMENT = (re.compile(form) for form in (rf"\s*\[\s*{_KEY}\s*\]", rf"\s*{_KEY}\s*[=.]", r"\s*[\"']"))
_TYPES = {
    "array": "a list",
    "object": "a table",
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}
_ANY_KEY = "..."
"""The text that msgspec writes for a key of a dictionary."""
Keys = tuple[str | int, ...]
"""The way to an entry: its table, its key there, its index in a list."""


class Fault(Struct, frozen=True):
    """A fault in a lexicon; `line` counts from 1 and is None where the fault has no place."""

    path: Path
    line: int | None
    what: str

    @property
    def in_file(self) -> str:
        """Line and fault."""
        return f"line {self.line}: {self.what}" if self.line else self.what

    @property
    def located(self) -> str:
        """`FILE:LINE: FAULT`, as compilers write it."""
        return f"{self.path}:{f'{self.line}:' if self.line else ''} {self.what}"


class FaultyLexiconError(LexiconError):
    """A lexicon that cannot be used, with its first fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.path}: {fault.in_file}: correct the file")
        self.fault = fault


class Source(Struct, frozen=True, dict=True):
    """A lexicon's file: its `tables` without the markers, and the tables (`unsorted`) whose order counts."""

    path: Path
    schema: type[Lexicon]
    text: str
    tables: dict[str, Any]
    unsorted: frozenset[str]

    @classmethod
    def read(cls, path: Path, schema: type[Lexicon], adds_to: Source | None = None) -> Source:
        """Read a file and take the markers out of its tables.

        A file that adds to another need not repeat its markers. Raises FaultyLexiconError where the file cannot be
        read, is no TOML or states a wrong kind.
        """
        text = _text(path)
        tables = _parsed(path, text)
        kind_of_file = tables.pop("kind", None)
        tabular = {name: table for name, table in tables.items() if isinstance(table, dict)}
        kinds = {name: table.pop("kind", kind_of_file) for name, table in tabular.items()}
        unsorted = frozenset(name for name, table in tabular.items() if not table.pop("sorted", True))
        source = cls(path, schema, text, tables, unsorted | (adds_to.unsorted if adds_to else frozenset()))
        for name, kind in kinds_of(schema).items():
            stated = kinds.get(name, kind_of_file)
            if name in tables and stated != kind and not (adds_to and stated is None):
                what = f"kind must be '{kind}'" + (f", not '{stated}'" if stated else ", and is not stated")
                raise FaultyLexiconError(source.fault((name,), what))
        return source

    def fault(self, keys: Keys, what: str) -> Fault:
        """A fault of the entry at these keys."""
        names = [key if isinstance(key, str) else f"entry {key + 1}" for key in keys]
        return Fault(self.path, self.line(keys), f"{', '.join(names)}: {what}")

    def line(self, keys: Keys) -> int | None:
        """Line of the entry at these keys, or of the nearest one around it."""
        around = (keys[:length] for length in range(len(keys), 0, -1))
        return next((self._lines[part] for part in around if part in self._lines), None)

    @cached_property
    def _lines(self) -> dict[Keys, int]:
        lines: dict[Keys, int] = {}
        table: Keys = ()
        entry: Keys = ()
        elements = 0
        for number, line in enumerate(self.text.split("\n"), 1):
            if header := _HEADER.match(line):
                table = entry = (_unquoted(header[1]),)
                lines.setdefault(entry, number)
            elif assigned := _ENTRY.match(line):
                entry, elements = (*table, _unquoted(assigned[1])), 0
                lines.setdefault(entry, number)
            elif _ELEMENT.match(line):
                lines.setdefault((*entry, elements), number)
                elements += 1
        return lines


def _unquoted(key: str) -> str:
    return key[1:-1] if key[0] in "\"'" else key


def _text(path: Path) -> str:
    try:
        return read_regular(path, _LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise FaultyLexiconError(Fault(path, None, f"cannot be read ({error.strerror or error})")) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FaultyLexiconError(Fault(path, line, "is not UTF-8")) from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise FaultyLexiconError(Fault(path, None, "no valid TOML (nested too deeply)")) from error
    except ValueError as error:  # also for a number of thousands of digits
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        what = str(error)[: place.start()] if place else str(error)
        raise FaultyLexiconError(Fault(path, line, f"no valid TOML ({what[:1].lower()}{what[1:]})")) from error


@cache
def kinds_of(schema: type[Lexicon]) -> dict[str, Kind]:
    """The kind of entry of each table and list."""
    return {name: _kind(annotation) for name, annotation in schema.__annotations__.items()}


def _kind(annotation: Any) -> Kind:
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return _kind(next(iter(annotation.__annotations__.values())))
    return next(mark for mark in annotation.__metadata__ if isinstance(mark, Kind))


def convert(source: Source, tables: dict[str, Any]) -> Lexicon:
    """The typed lexicon that the tables make. Raises FaultyLexiconError, with the place of the fault in the source."""
    try:
        return _typed(source.schema, tables)
    except msgspec.ValidationError as error:
        raise FaultyLexiconError(_explained(source, tables, str(error))) from error


def _typed(schema: type[Lexicon], tables: dict[str, Any]) -> Lexicon:
    return msgspec.convert(tables, schema, dec_hook=_ladder)


def _ladder(kind: type, table: Any) -> Any:
    if kind is Ladder:
        return Ladder.of_table(table)
    raise NotImplementedError


def _explained(source: Source, tables: dict[str, Any], message: str) -> Fault:
    """Fault that a message of msgspec describes: "Expected `array`, got `str` - at `$.states[...].forms`"."""
    message, _, path = message.partition(" - at `")
    keys = tuple(int(part) if part.isdigit() else part for part in re.findall(r"\w+|\.{3}", path.partition("$")[2]))
    if len(keys) > 1 and keys[1] == _ANY_KEY:
        keys = (keys[0], _faulty_entry(source.schema, tables, str(keys[0])), *keys[2:])
    if strength := re.match(r"“(\w+)”: (.*)", message):  # of a ladder
        return source.fault((*keys, strength[1]), strength[2])
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`|Invalid enum value '(.+)'", message):
        known = _fields(source.schema, keys)
        from difflib import get_close_matches  # only errors need it

        name = unknown[1] or unknown[2]
        close = get_close_matches(name, known, n=1)
        hint = f"is “{close[0]}” meant?" if close else f"known are {', '.join(sorted(known))}"
        return source.fault((*keys, name), f"not known here: {hint}")
    if missing := re.fullmatch(r"Object missing required field `(.+)`", message):
        return source.fault((*keys, missing[1]), "missing")
    if types := re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", message):
        expected, actual = (_TYPES.get(name, name) for name in types.groups())
        return source.fault(keys, f"must be {expected}, not {actual}")
    return source.fault(keys, f"{message[:1].lower()}{message[1:]}")


def _faulty_entry(schema: type[Lexicon], tables: dict[str, Any], name: str) -> str:
    """Key of the first entry of a table that cannot be converted."""
    for key, value in tables[name].items():
        try:
            _typed(schema, {**tables, name: {key: value}})
        except msgspec.ValidationError:
            return str(key)
    return ""


def _fields(schema: type[Lexicon], keys: Keys) -> list[str]:
    """Names that the schema knows at these keys: fields of a table, or members of the enumeration of its keys."""
    if not keys:
        return list(schema.__struct_fields__)
    annotation = schema.__annotations__[str(keys[0])]
    types = (annotation, *(part for base in get_args(annotation)[:1] for part in get_args(base)))
    for part in types:
        if isinstance(part, type) and issubclass(part, Struct):
            return list(part.__struct_fields__)
        if isinstance(part, type) and issubclass(part, StrEnum):
            return list(part)
    return []
