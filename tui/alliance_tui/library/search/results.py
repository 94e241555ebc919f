"""What the results of a search for documents and of one for agreements have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct

from alliance_tui.search.matches import relaxation_message

Hit = TypeVar("Hit")


class Results(Struct, Generic[Hit], frozen=True):
    """The hits of a query so far.

    Of `candidate_count` candidates, `verified_count` have been verified; `done` says whether these are the final
    results, `is_partial` whether further ones may match. `active` is False for a query without any term: then
    everything is a hit. `problems` are messages on parts of the query that were ignored. `missing` are the words that
    no document has, `searched` the others. `is_nearest`: nothing has all words in one place, so the hits are those with
    the most of them.
    """

    query: str
    active: bool = False
    hits: Sequence[Hit] = ()
    verified_count: int = 0
    candidate_count: int = 0
    done: bool = True
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    is_nearest: bool = False

    place: ClassVar[str] = ""
    """What has to have all words: a document, or an agreement."""

    @property
    def is_partial(self) -> bool:
        """Return whether candidates were left unread because there are so many."""
        return self.done and self.verified_count < self.candidate_count

    @property
    def found_nothing(self) -> bool:
        """Return whether all candidates were read, and none matches."""
        return self.done and not self.hits and not self.is_partial

    @property
    def relaxation(self) -> str:
        """The sentence that tells how the query was relaxed to find anything; empty if it was not."""
        searched = self.searched if self.hits else ()
        return relaxation_message(self.missing, searched, is_nearest=self.is_nearest, place=self.place)
