"""What a search finds: exact spans, each saying how it matched, and the records, best first."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field


class MatchType(StrEnum):
    """How a query word met the text, best first; `rank` orders it."""

    EXACT = "exact"
    WORD = "word"
    PREFIX = "prefix"
    ACRONYM = "acronym"
    TYPO = "typo"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return _RANKS[self]


_RANKS = {how: rank for rank, how in enumerate(MatchType)}

Range = tuple[int, int]
"""Start and end (exclusive) in code points of some shown string."""


class TextMatch(Struct, frozen=True, gc=False):
    """A match in the document's text: code points `start` to `end`, how it matched, and how well (higher is better)."""

    start: int
    end: int
    match_type: MatchType
    score: float


class RecordMatch(Struct, frozen=True, gc=False):
    """A record that matches: how (as the query word that met it worst did), how well, and what to light in it.

    `lit` maps a field name of `search.fields` to the matched ranges in that field's string, in order and disjoint.
    """

    record_id: str
    match_type: MatchType
    score: float
    matched_ranges: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)


class Matches(Struct, frozen=True):
    """All that a query matches.

    `text` is in reading order and disjoint; `entities` and `agreements` best first. `problems` are gentle words on
    parts of the query that were passed over (an unfinished field, say). `active` is False for a query that asks
    nothing: then nothing is lit and nothing dimmed.
    """

    query: str
    active: bool = False
    text: tuple[TextMatch, ...] = ()
    entities: tuple[RecordMatch, ...] = ()
    agreements: tuple[RecordMatch, ...] = ()
    problems: tuple[str, ...] = ()


NO_MATCHES = Matches("")
