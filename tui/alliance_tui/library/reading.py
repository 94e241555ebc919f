"""What a search has read of the library's documents, kept for a while: one key after another looks into the same."""

from __future__ import annotations

from functools import lru_cache

from alliance_tui.library.store import Kept, Library
from alliance_tui.records import Analysis
from alliance_tui.search.postings import Postings

_TEXTS, _ANALYSES, _PARAGRAPHS = 200, 40, 400  # some megabytes in all


class Reading:
    """Reads documents of a library, as they were when they were first read. Both ways raise KeyError for one that was
    removed meanwhile."""

    def __init__(self, library: Library) -> None:
        self._texts = lru_cache(_TEXTS)(lambda kept: library.document(kept).text)
        self._analyses = lru_cache(_ANALYSES)(library.analysis)
        self._postings = lru_cache(_PARAGRAPHS)(lambda paragraph: Postings([paragraph]))

    def text(self, kept: Kept) -> str:
        """A document's text."""
        return self._texts(kept)

    def analysis(self, kept: Kept) -> Analysis:
        """A document with all that was found in it."""
        return self._analyses(kept)

    def postings(self, paragraph: str) -> Postings:
        """Where the words of a paragraph stand."""
        return self._postings(paragraph)
