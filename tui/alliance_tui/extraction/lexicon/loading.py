"""Load the lexicons: the built-in files, each with the reader's own file of the same name merged in.

Merging adds: lists are joined, tables are merged entry by entry, and where both files give an entry a single value, the
reader's counts. The reader's entries come first. An own file with a fault is passed over as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

from alliance_tui.extraction.data_folders import BUILT_IN, own_folder
from alliance_tui.extraction.lexicon.entries import entry_faults
from alliance_tui.extraction.lexicon.schemas import LEXICONS, Lexicon
from alliance_tui.extraction.lexicon.source import Fault, FaultyLexiconError, Source, convert

_LexiconT = TypeVar("_LexiconT", bound=Lexicon)


def load(schema: type[_LexiconT]) -> _LexiconT:
    """The lexicon of this class, loaded once. Raises LexiconError where the built-in file has a fault."""
    return cast(_LexiconT, _load(schema))


@cache
def _load(schema: type[Lexicon]) -> Lexicon:
    built_in = read_built_in(schema)
    try:
        own = read_own(built_in)
    except FaultyLexiconError:
        own = None  # own_faults() says so
    return convert(built_in, merge(built_in.tables, own.tables) if own else built_in.tables)


def read_built_in(schema: type[Lexicon]) -> Source:
    """The built-in file of a lexicon. Raises FaultyLexiconError."""
    return Source.read(BUILT_IN / schema.file_name(), schema)


def read_own(built_in: Source) -> Source | None:
    """The reader's additions to a lexicon, checked; None without any. Raises FaultyLexiconError."""
    path = own_folder() / built_in.path.name
    if not path.exists():
        return None
    own = Source.read(path, built_in.schema, adds_to=built_in)
    convert(own, overlay(built_in.tables, own.tables))
    for fault in entry_faults(own):
        raise FaultyLexiconError(fault)
    return own


def own_faults() -> tuple[str, ...]:
    """One sentence on each of the reader's files that is passed over."""
    faults = unknown_own_files()
    for schema in LEXICONS:
        if (own_folder() / schema.file_name()).exists():
            try:
                read_own(read_built_in(schema))
            except FaultyLexiconError as error:
                faults.append(error.fault)
    return tuple(
        f"{fault.path.name} is passed over: {fault.in_file} (see “alliance-tui lexicon check”)" for fault in faults
    )


def unknown_own_files() -> list[Fault]:
    """The faults of own files that are named like no lexicon."""
    known = [schema.file_name() for schema in LEXICONS]
    return [
        Fault(path, None, f"no lexicon has this name; they are {', '.join(known)}")
        for path in sorted(own_folder().glob("*.toml"))
        if path.name not in known
    ]


def merge(built_in: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Built-in tables with the reader's additions, which come first."""
    merged = dict(own)
    for key, value in built_in.items():
        addition = own.get(key)
        if isinstance(value, dict) and isinstance(addition, dict):
            merged[key] = merge(value, addition)
        elif isinstance(value, list) and isinstance(addition, list):
            merged[key] = [*addition, *(entry for entry in value if entry not in addition)]
        elif addition is None:
            merged[key] = value
    return merged


def overlay(built_in: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The reader's tables, completed by the built-in ones: what a schema demands, with the reader's positions."""
    completed = {**built_in, **own}
    for key, value in built_in.items():
        addition = own.get(key)
        if isinstance(value, dict) and isinstance(addition, dict):
            completed[key] = {**value, **addition}
    return completed
