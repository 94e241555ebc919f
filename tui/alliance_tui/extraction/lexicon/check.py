"""Check all lexicons: the built-in ones, and those of the reader."""

from __future__ import annotations

from alliance_tui.extraction.lexicon.entries import entry_faults, tidiness_faults
from alliance_tui.extraction.lexicon.loading import read_built_in, read_own, unknown_own_files
from alliance_tui.extraction.lexicon.schemas import LEXICONS
from alliance_tui.extraction.lexicon.source import Fault, FaultyLexiconError, convert


def check_lexicons() -> list[Fault]:
    """The faults of all files. Of a file that cannot be used it is the first one only."""
    faults: list[Fault] = []
    for schema in LEXICONS:
        try:
            built_in = read_built_in(schema)
            convert(built_in, built_in.tables)
        except FaultyLexiconError as error:
            faults.append(error.fault)
            continue
        faults += [*entry_faults(built_in), *tidiness_faults(built_in)]
        try:
            own = read_own(built_in)
        except FaultyLexiconError as error:
            faults.append(error.fault)
        else:
            faults += tidiness_faults(own) if own else ()
    return [*faults, *unknown_own_files()]
