"""Query expansion: the sets of index terms that a query word may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.index.terms import PREFIX_LENGTHS, TermKind
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS
from alliance_tui.search.indexing.transliteration import group_by_transliteration
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.acronyms import may_be_acronym
from alliance_tui.search.lookup.fuzzy_lookup import FuzzyMatcher, VocabularyMatch, is_likely_match
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, Phrase, QueryWord

_SHORTEST_NAME = 5


class LibraryVocabulary:
    """The index terms of a library, in memory: its words, names and initials."""

    def __init__(self, reader: IndexReader) -> None:
        self.words = Vocabulary(reader.terms(TermKind.WORD))
        self.name_words = frozenset(reader.terms(TermKind.NAME_WORD))
        self.names_by_transliteration = group_by_transliteration(self.name_words)
        self.names = Vocabulary(reader.terms(TermKind.NAME))
        self.initials = frozenset(reader.terms(TermKind.INITIALS))


class Expansion(NamedTuple):
    """One way to look up a query word: a document matches if it has at least one term of every set.

    `matches` are the matched words of the library; there are none for initials, names and compounds. `is_certain` says
    that any document with these words matches, whichever of its words are names.
    """

    match_type: MatchType
    kind: TermKind
    term_sets: tuple[tuple[str, ...], ...]
    matches: tuple[VocabularyMatch, ...] = ()
    is_certain: bool = True


class QueryExpander:
    """Expands the words of one query, as `search.matching.word_resolution.WordResolver` does in one document."""

    def __init__(self, vocabulary: LibraryVocabulary, cancellation: CancellationToken) -> None:
        self._vocabulary = vocabulary
        self._cancellation = cancellation
        self._fuzzy_matcher = FuzzyMatcher(
            vocabulary.words, vocabulary.name_words, cancellation, vocabulary.names_by_transliteration
        )

    def expand_word(self, query_word: QueryWord, mode: MatchMode, *, incomplete: bool) -> list[Expansion]:
        """Return the expansions of a word, best first."""
        word = query_word.folded
        is_function_word = mode is MatchMode.FUZZY and not incomplete and word in FUNCTION_WORDS
        matches = self._fuzzy_matcher.match(
            query_word, MatchMode.WHOLE if is_function_word else mode, incomplete=incomplete
        )
        expansions = list(_expand_matches(matches, word, mode))
        if mode is not MatchMode.FUZZY:
            return expansions
        is_missing = not matches or matches[0].match_type is MatchType.TYPO
        if is_missing and (splits := list(self._split(word))):
            return [*expansions, *splits]  # in a large library almost any misspelling can be split into two words
        if may_be_acronym(word) and word in self._vocabulary.initials:
            acronym = Expansion(MatchType.ACRONYM, TermKind.INITIALS, ((word,),))
            return [acronym] if is_missing else [*expansions, acronym]
        return expansions

    def expand_compound(self, words: Iterable[QueryWord]) -> list[Expansion]:
        """Return the expansion of adjacent words to one compound ("air craft" to "aircraft"), if the library has it."""
        compound = "".join(word.folded for word in words)
        return [_compound_expansion((compound,))] if compound in self._vocabulary.words else []

    def expand_name(self, phrases: Iterable[Phrase]) -> list[Expansion]:
        """Return the expansion of a whole query to the names that are one edit away, if there are any."""
        words = [word.folded for phrase in phrases for word in phrase.words]
        joined = "".join(words)
        names = self._vocabulary.names
        if len(joined) < _SHORTEST_NAME or (len(words) > 1 and joined in names):
            return []
        digits = _digits(joined)
        chunks = names.within_distance(joined, 1)
        near = (name for chunk in chunks for name, _ in self._cancellation.iterate(chunk))
        matching = tuple(name for name in near if _digits(name) == digits)
        return [Expansion(MatchType.TYPO, TermKind.NAME, (matching,))] if matching else []

    def _split(self, word: str) -> Iterator[Expansion]:
        """Yield the expansions of a word to two ("selfdefense" to "self defense")."""
        words = self._vocabulary.words
        for cut in range(2, len(word) - 1):
            if word[:cut] in words and word[cut:] in words:
                yield _compound_expansion((word[:cut], word[cut:]))


def _compound_expansion(words: Iterable[str]) -> Expansion:
    return Expansion(MatchType.TYPO, TermKind.WORD, tuple((word,) for word in words))


def _expand_matches(matches: Iterable[VocabularyMatch], word: str, mode: MatchMode) -> Iterator[Expansion]:
    """Yield an expansion for each match type, best first; words with a short prefix are looked up by that."""
    has_indexed_prefix = len(word) in PREFIX_LENGTHS and mode not in (MatchMode.SUBSTRING, MatchMode.SUFFIX)
    by_type: dict[MatchType, list[VocabularyMatch]] = {}
    for match in matches:
        by_type.setdefault(match.match_type, []).append(match)
    for match_type in sorted(by_type, key=lambda match_type: match_type.rank):
        matches_of_type = tuple(by_type[match_type])
        if has_indexed_prefix and match_type is MatchType.PREFIX:
            yield Expansion(match_type, TermKind.PREFIX, ((word,),), matches_of_type)
        else:
            words = tuple(match.word for match in matches_of_type)
            is_certain = all(is_likely_match(word, match) for match in matches_of_type)
            yield Expansion(match_type, TermKind.WORD, (words,), matches_of_type, is_certain)


def _digits(word: str) -> list[str]:
    return list(filter(str.isdigit, word))
