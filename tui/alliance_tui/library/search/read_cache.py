"""What a search has read of the library's documents, kept for a while: one key after another looks into the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.store import Library
from alliance_tui.records import Analysis
from alliance_tui.search.postings import Postings

_TEXTS, _ANALYSES, _PARAGRAPHS = 200, 40, 400  # some megabytes in all


class ReadCache:
    """Documents of a library, as they were when they were first read. KeyError is raised for one that was removed."""

    def __init__(self, library: Library) -> None:
        self.text: Callable[[LibraryDocument], str] = lru_cache(_TEXTS)(lambda kept: library.load_document(kept).text)
        """A document's text."""
        self.analysis: Callable[[LibraryDocument], Analysis] = lru_cache(_ANALYSES)(library.load_analysis)
        """A document with all that was found in it."""
        self.postings: Callable[[str], Postings] = lru_cache(_PARAGRAPHS)(lambda paragraph: Postings([paragraph]))
        """Where the words of a paragraph stand."""
