"""The lexicon that a plan is made with: the words and names of what is searched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.known_names import Capitals, NameForm
from alliance_tui.search.lookup.name_table import form_positions, name_table


class Lexicon(Protocol):
    """The words and names of a document or of a library."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The folded words."""

    @property
    def name_words(self) -> Collection[str]:
        """The folded words of names."""

    @property
    def names_by_transliteration(self) -> Mapping[str, Sequence[str]]:
        """The folded words of names by their transliteration key."""

    def has_name(self, key: str) -> bool:
        """Whether something is mentioned that the key (see `ReferenceKind.NAME`) stands for."""

    def has_initials(self, initials: str) -> bool:
        """Whether a name has these initials."""

    def names_near(self, key: str) -> Iterable[tuple[str, int]]:
        """Return the keys of names within one edit, each with its edits."""

    def is_adjacent(self, words: Sequence[str], *, hyphenated: bool = False) -> bool | None:
        """Whether folded words stand side by side, `hyphenated`: joined by hyphens; None where it is not known."""

    def is_in_capitals(self, word: str) -> bool:
        """Whether a folded word may occur in capitals."""


class DocumentLexicon:
    """The words and names of one document's index."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self._names = name_table(index)
        self.vocabulary = index.vocabulary
        self.name_words = index.name_words

    @property
    def names_by_transliteration(self) -> Mapping[str, Sequence[str]]:
        """The folded words of names by their transliteration key."""
        return self._index.names_by_transliteration

    def has_name(self, key: str) -> bool:
        """Whether something is mentioned that the key stands for."""
        mentions = self._names.mentions(key)
        return bool(mentions.text or mentions.record_ids)

    def has_initials(self, initials: str) -> bool:
        """Whether a name has these initials."""
        return self._names.has_initials(initials)

    def names_near(self, key: str) -> Iterable[tuple[str, int]]:
        """Return the keys of names within one edit, each with its edits."""
        names = self._names.keys
        near = process.extract(key, names, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [(name, int(edits)) for name, edits, _ in near]

    def is_adjacent(self, words: Sequence[str], *, hyphenated: bool = False) -> bool:
        """Whether folded words stand side by side in the text or the records."""
        form = NameForm(tuple(words), Capitals.NONE)
        return any(
            not hyphenated or all(postings.has_hyphen_after(n) for n in range(first, last))
            for postings in self._both
            for first, last in form_positions(form, postings)
        )

    def is_in_capitals(self, word: str) -> bool:
        """Whether a folded word occurs in capitals."""
        return any(spelling.isupper() for postings in self._both for spelling in postings.spellings(word))
