"""The lexicon of a library: the words and names of all its documents, in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import product

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.index.terms import TermKind
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.dictionary import is_english_word
from alliance_tui.search.names.full_names import MatchedName
from alliance_tui.search.names.variants import NameVariant, NameWords
from alliance_tui.search.values.value import FIRST_PERIOD, Quantity, Value, may_mean

_INITIALS, _MIDDLE_NAME = 2, 10  # letters that a query may leave out
_OF_LEFT_OUT = 0.03  # what a name loses for them


class LibraryLexicon:
    """Implements `search.plan.lexicon.Lexicon`; which words stand side by side or in capitals is not known."""

    is_of_one_document = False

    def __init__(self, reader: IndexReader) -> None:
        self.vocabulary = Vocabulary(reader.terms(TermKind.WORD))
        self.name_words = frozenset(reader.terms(TermKind.NAME_WORD))
        self._name_words = NameWords(word for word in self.name_words if not is_english_word(word))
        self._names = Vocabulary(reader.terms(TermKind.NAME))
        self._values = tuple(reader.terms(TermKind.VALUE))
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

    def name_variants(self, word: str) -> Sequence[NameVariant]:
        """Return the words of names that are other spellings of a folded name, best first."""
        return self._name_words.variants(word)

    def full_names(self, words: Sequence[str]) -> Sequence[MatchedName]:
        """Return the full names that folded words spell otherwise, best first.

        The words of a name are known run together only: one spelling must begin it, one end it, and the others stand
        between. Of words that the name has exactly, only an initial may be left out ("William J. Burns").
        """
        spellings = [self._spellings(word) for word in words]
        if not all(spellings):
            return []
        found: dict[str, float] = {}
        for order in ((*range(len(words)),), (*range(1, len(words)), 0), (len(words) - 1, *range(len(words) - 1))):
            first, *middle, last = (spellings[position] for position in order)
            for begin, end in product(first, last):
                if not (begin.is_enough or end.is_enough):
                    continue
                longest_rest = _INITIALS if begin.quality == end.quality == 1.0 else _MIDDLE_NAME
                for name in self._names.with_prefix(begin.word):
                    rest = _without(name[len(begin.word) :], end.word, middle)
                    if rest is not None and len(rest) <= longest_rest:
                        quality = (begin.quality + end.quality) / 2 - _OF_LEFT_OUT * bool(rest)
                        found[name] = max(found.get(name, 0.0), quality)
        found.pop("".join(words), None)
        return sorted(map(MatchedName._make, found.items()), key=lambda name: (-name.quality, name.key))

    def _spellings(self, word: str) -> list[NameVariant]:
        own = [NameVariant(word, 1.0, True)] if word in self.name_words else []
        return [*own, *self._name_words.variants(word)]

    def values_meant_by(self, value: Value) -> Sequence[str]:
        """Return the keys of the values that a value of a query means."""
        prefix = value.number_key if isinstance(value, Quantity) else FIRST_PERIOD
        found: list[str] = []
        for key in self._values[bisect_left(self._values, prefix) :]:
            if isinstance(value, Quantity) and not key.startswith(prefix):
                break
            if may_mean(value, key):
                found.append(key)
        return found

    def is_adjacent(self, words: Sequence[str], *, hyphenated: bool = False) -> None:
        """Return None: it is not known."""

    def is_in_capitals(self, word: str) -> bool:
        """Return True: it is not known."""
        return True


def _without(name: str, end: str, middle: Sequence[Sequence[NameVariant]]) -> str | None:
    """Return the rest of a name without its end and a spelling of each middle word; None if it lacks one of them."""
    if not name.endswith(end):
        return None
    rest = name.removesuffix(end)
    for spellings in middle:
        word = next((spelling.word for spelling in spellings if spelling.word in rest), None)
        if word is None:
            return None
        rest = rest.replace(word, "", 1)
    return rest
