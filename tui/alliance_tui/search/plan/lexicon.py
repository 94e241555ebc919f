"""The lexicon that a plan is made with: the words and names of what is searched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import EntityType
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.dictionary import is_english_word
from alliance_tui.search.lookup.known_names import Capitals, NameForm
from alliance_tui.search.lookup.name_table import form_positions, name_table
from alliance_tui.search.names.full_names import FullNames, MatchedName
from alliance_tui.search.names.variants import NameVariant, NameWords
from alliance_tui.search.values.value import Value
from alliance_tui.search.values.value_index import values_in_records, values_in_text


class Lexicon(Protocol):
    """The words and names of a document or of a library."""

    @property
    def is_of_one_document(self) -> bool:
        """Return whether the words are those of one document: what is known of them holds for all that is searched."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The folded words."""

    @property
    def name_words(self) -> Collection[str]:
        """The folded words of names."""

    def name_variants(self, word: str) -> Sequence[NameVariant]:
        """Return the words of names that are other spellings of a folded name, best first."""

    def full_names(self, words: Sequence[str]) -> Sequence[MatchedName]:
        """Return the full names of people that folded words spell otherwise, best first."""

    def has_name(self, key: str) -> bool:
        """Whether something is mentioned that the key (see `ReferenceKind.NAME`) stands for."""

    def has_initials(self, initials: str) -> bool:
        """Whether a name has these initials."""

    def names_near(self, key: str) -> Iterable[tuple[str, int]]:
        """Return the keys of names within one edit, each with its edits."""

    def values_meant_by(self, value: Value) -> Sequence[str]:
        """Return the keys of the values that a value of a query means."""

    def is_adjacent(self, words: Sequence[str], *, hyphenated: bool = False) -> bool | None:
        """Whether folded words stand side by side, `hyphenated`: joined by hyphens; None where it is not known."""

    def is_in_capitals(self, word: str) -> bool:
        """Whether a folded word may occur in capitals."""


class DocumentLexicon:
    """The words and names of one document's index."""

    is_of_one_document = True

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self._names = name_table(index)
        self.vocabulary = index.vocabulary
        self.name_words = index.name_words

    def name_variants(self, word: str) -> Sequence[NameVariant]:
        """Return the words of names that are other spellings of a folded name, best first."""
        return _name_words(self._index).variants(word)

    def full_names(self, words: Sequence[str]) -> Sequence[MatchedName]:
        """Return the full names of people that folded words spell otherwise, best first."""
        return _full_names(self._index).matching(words)

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

    def values_meant_by(self, value: Value) -> Sequence[str]:
        """Return the keys of the values that a value of a query means."""
        both = (values_in_text(self._index.text), values_in_records(self._index.records))
        return list(dict.fromkeys(key for values in both for key in values.keys_meant_by(value)))

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


@cache_by_identity
def document_lexicon(index: SearchIndex) -> DocumentLexicon:
    """Return the lexicon of an index; the last few are cached."""
    return DocumentLexicon(index)


@cache_by_identity
def _name_words(index: SearchIndex) -> NameWords:
    return NameWords(word for word in index.name_words if not is_english_word(word))


@cache_by_identity
def _full_names(index: SearchIndex) -> FullNames:
    people = (name for name in index.names.values() if name.type in (EntityType.PERSON, None))
    return FullNames(folded_words(form) for name in people for form in (name.name, *name.forms))


def warm_up(index: SearchIndex) -> None:
    """Compute what a plan for an index needs now, so that no query has to wait for it."""
    _ = name_table(index).initials, _name_words(index), _full_names(index)
    _ = values_in_text(index.text), values_in_records(index.records)
