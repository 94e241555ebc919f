"""The readings of query words: what they may mean, in a form that a document's index and the library both look up."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.search.lookup.references import Reference
from alliance_tui.search.lookup.word_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, Phrase

_MARKS_AROUND_WORDS = " .,;:!?^…()[]'‘’\"“”"


class Reading(Struct, frozen=True):
    """One way to understand words of a query: as adjacent words, each one of several, or as a reference.

    `match_type` and `quality` (from 0 to 1) are those of the reading as a whole; a single word's are its own.
    """

    match_type: MatchType
    quality: float
    words: tuple[tuple[VocabularyMatch, ...], ...] = ()
    reference: Reference | None = None


class Meaning(Struct, frozen=True):
    """The words of a query that belong together, with all their readings."""

    phrase: Phrase
    readings: tuple[Reading, ...]

    def __hash__(self) -> int:
        """Hash the phrase alone: the readings of a word's beginning may be thousands of words."""
        return hash(self.phrase)

    @property
    def typed(self) -> str:
        """The words as typed, with the marks within them ("aren't", "$6m")."""
        return self.phrase.typed.strip(_MARKS_AROUND_WORDS)

    @property
    def key(self) -> str:
        """The folded words run together."""
        return "".join(word.folded for word in self.phrase.words)

    @property
    def is_literal(self) -> bool:
        """Whether an operator asks for these words or letters alone."""
        return self.phrase.mode is not MatchMode.FUZZY
