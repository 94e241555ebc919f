"""The results of a search: spans of the text and records, each with its match type and score."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field


class MatchType(StrEnum):
    """The ways in which a query word matches, best first; `rank` orders the values."""

    EXACT = "exact"
    """To the letter, case and accents included."""
    WORD = "word"
    PREFIX = "prefix"
    ACRONYM = "acronym"
    TYPO = "typo"
    """By a misspelling, an inflection, another spelling or transliteration, or a compound."""

    @property
    def rank(self) -> int:
        """The position in the order, from 0 for the best."""
        return _RANKS[self]


_RANKS = {match_type: rank for rank, match_type in enumerate(MatchType)}

Range = tuple[int, int]
"""Start and end (exclusive) in code points of a string."""


class TextMatch(Struct, frozen=True, gc=False):
    """A matched span of the document's text (code points, end exclusive); a higher score is better."""

    start: int
    end: int
    match_type: MatchType
    score: float


class RecordMatch(Struct, frozen=True, gc=False):
    """A record that matches; `match_type` is that of the query word that matched it worst.

    `matched_ranges` maps a field of `search.indexing.record_fields` to the matched ranges of its string, sorted and
    disjoint.
    """

    record_id: str
    match_type: MatchType
    score: float
    matched_ranges: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)


class Matches(Struct, frozen=True):
    """The results of a query.

    `text` is in reading order and disjoint; `entities` and `agreements` are best first. `problems` are messages on
    parts of the query that were ignored, such as an incomplete filter. `active` is False for a query without any term.
    """

    query: str
    active: bool = False
    text: tuple[TextMatch, ...] = ()
    entities: tuple[RecordMatch, ...] = ()
    agreements: tuple[RecordMatch, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing matches."""
        return not (self.text or self.entities or self.agreements)


NO_MATCHES = Matches("")
