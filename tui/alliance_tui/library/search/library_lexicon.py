"""The lexicon of a library: the words and names of all its documents, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.index.terms import TermKind
from alliance_tui.search.indexing.transliteration import group_by_transliteration
from alliance_tui.search.indexing.vocabulary import Vocabulary


class LibraryLexicon:
    """Implements `search.plan.lexicon.Lexicon`; which words stand side by side or in capitals is not known."""

    def __init__(self, reader: IndexReader) -> None:
        self.vocabulary = Vocabulary(reader.terms(TermKind.WORD))
        self.name_words = frozenset(reader.terms(TermKind.NAME_WORD))
        self.names_by_transliteration = group_by_transliteration(self.name_words)
        self._names = Vocabulary(reader.terms(TermKind.NAME))
        self._initials = frozenset(reader.terms(TermKind.INITIALS))

    def has_name(self, key: str) -> bool:
        """Whether a document mentions something that the key stands for."""
        return key in self._names

    def has_initials(self, initials: str) -> bool:
        """Whether a name has these initials."""
        return initials in self._initials

    def names_near(self, key: str) -> Iterable[tuple[str, int]]:
        """Return the keys of names within one edit, each with its edits."""
        return [near for chunk in self._names.within_distance(key, 1) for near in chunk]

    def is_adjacent(self, words: Sequence[str], *, hyphenated: bool = False) -> None:
        """Return None: it is not known."""

    def is_in_capitals(self, word: str) -> bool:
        """Return True: it is not known."""
        return True
