"""The results of a search: spans of the text and records, each with its match type and score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field


class MatchType(StrEnum):
    """The ways in which a query word matches, best first; `rank` orders the values."""

    EXACT = "exact"
    """To the letter, case and accents included."""
    WORD = "word"
    VALUE = "value"
    """A number, an amount or a date of the same value in other words."""
    NAME = "name"
    """By another name of the entity or state that the word names."""
    SPELLING = "spelling"
    """By an inflection, a British or American spelling, or written as one word or as several."""
    ACRONYM = "acronym"
    """By the long form of an acronym, or by the acronym of a long form."""
    ROMANISED = "romanised"
    """By another romanisation or a pet form of a name."""
    PREFIX = "prefix"
    TYPO = "typo"

    @property
    def rank(self) -> int:
        """The position in the order, from 0 for the best."""
        return _RANKS[self]

    @property
    def explanation(self) -> str:
        """The words that tell a reader why something other than the typed word matches; empty for the word itself."""
        return _EXPLANATIONS.get(self, "")


_RANKS = {match_type: rank for rank, match_type in enumerate(MatchType)}
_EXPLANATIONS = {
    MatchType.VALUE: "the same value",
    MatchType.NAME: "also known as",
    MatchType.SPELLING: "another form",
    MatchType.ACRONYM: "also",
    MatchType.ROMANISED: "romanised",
    MatchType.PREFIX: "begins so",
    MatchType.TYPO: "about",
}

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
    `missing` are the words of the query that occur neither in the text nor in the records, `searched` the others, which
    were searched for. `is_nearest`: no sentence and no paragraph has all words; `text` holds the places with most.
    `is_whole`: the document has all tags and notes that the query asks for, and it asks for nothing else.
    """

    query: str
    active: bool = False
    text: tuple[TextMatch, ...] = ()
    entities: tuple[RecordMatch, ...] = ()
    agreements: tuple[RecordMatch, ...] = ()
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    is_nearest: bool = False
    is_whole: bool = False

    @property
    def relaxation(self) -> str:
        """The sentence that tells how the query was relaxed to find anything; empty if it was not."""
        searched = () if self.is_empty else self.searched
        return relaxation_message(self.missing, searched, is_nearest=self.is_nearest, place="passage")

    @property
    def is_empty(self) -> bool:
        """Whether nothing matches."""
        return not (self.text or self.entities or self.agreements or self.is_whole)


def relaxation_message(missing: Sequence[str], searched: Sequence[str], *, is_nearest: bool, place: str) -> str:
    """Return the sentence that tells which words are missing, or that no place has all words; empty if neither is.

    `searched` are the words that were found.
    """
    parts: list[str] = []
    if missing:
        parts.append(f"no {_quoted(missing, 'or')} here")
    if is_nearest:
        parts.append(f"no {place} has all words; showing the nearest")
    elif missing and searched:
        parts.append(f"showing {_quoted(searched, 'and')}")
    return "; ".join(parts)


def _quoted(words: Sequence[str], conjunction: str) -> str:
    *first, last = (f"“{word}”" for word in words)
    return f"{', '.join(first)} {conjunction} {last}" if first else last


NO_MATCHES = Matches("")
