"""A cache of texts, analyses and postings: successive keystrokes look into the same documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.indexing.postings import Postings

_TEXTS, _ANALYSES, _PARAGRAPHS = 200, 40, 400  # some megabytes in all


class ReadCache:
    """Documents of a library, as they were when they were first read. Raises KeyError for removed ones."""

    def __init__(self, library: LibraryReader) -> None:
        self.text: Callable[[LibraryDocument], str] = lru_cache(_TEXTS)(
            lambda document: library.load_document(document).text
        )
        """Return a document's text."""
        self.reviewed: Callable[[LibraryDocument], ReviewedAnalysis] = lru_cache(_ANALYSES)(library.load_reviewed)
        """Return a document's analysis as its reader sees it."""
        self.postings: Callable[[str], Postings] = lru_cache(_PARAGRAPHS)(lambda paragraph: Postings([paragraph]))
        """Return the postings of a paragraph."""
