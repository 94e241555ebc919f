"""Load the lexicons: the built-in files, each with the reader's own file of the same name merged in.

Merging adds: lists are joined, tables are merged entry by entry, and where both files give an entry a single value, the
reader's counts. The reader's entries come first. An own file with a fault is passed over as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

from alliance_tui.extraction.data_folders import BUILT_IN, own_folder
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
    own = Source.read(path, built_in.schema, is_addition=True)
    convert(own, overlay(built_in.tables, own.tables))
    return own


@cache
def own_faults() -> tuple[str, ...]:
    """One sentence on each of the reader's files that is passed over."""
    if not own_folder().is_dir():
        return ()
    return tuple(f"{fault.sentence}: the file is passed over until it is corrected" for fault in _faults_of_own())


def _faults_of_own() -> list[Fault]:
    faults = list(unknown_files())
    for schema in LEXICONS:
        if (own_folder() / schema.file_name()).exists():
            try:
                read_own(read_built_in(schema))
            except FaultyLexiconError as error:
                faults.append(error.fault)
    return faults


def unknown_files() -> list[Fault]:
    """A fault for each of the reader's files that has no built-in lexicon's name."""
    known = {schema.file_name() for schema in LEXICONS}
    paths = sorted(own_folder().glob("*.toml"))
    return [Fault(path, None, "no lexicon has this name") for path in paths if path.name not in known]


def merge(built_in: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Built-in tables with the reader's additions, which come first."""
    merged = dict(own)
    for key, value in built_in.items():
        mine = own.get(key)
        if isinstance(value, dict) and isinstance(mine, dict):
            merged[key] = merge(value, mine)
        elif isinstance(value, list) and isinstance(mine, list):
            merged[key] = [*mine, *(entry for entry in value if entry not in mine)]
        elif mine is None:
            merged[key] = value
    return merged


def overlay(built_in: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The reader's tables alone, completed by the built-in ones: what a schema demands, at the reader's positions."""
    merged = {**built_in, **own}
    for key, value in built_in.items():
        if isinstance(value, dict) and isinstance(mine := own.get(key), dict):
            merged[key] = {**value, **mine}
    return merged
