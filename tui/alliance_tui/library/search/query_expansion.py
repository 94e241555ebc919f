"""What a query word may stand for in the library: sets of keys by which documents are looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.index.terms import PREFIX_LENGTHS, TermKind
from alliance_tui.search.acronyms import may_be_acronym
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.fuzzy_lookup import FuzzyMatcher, VocabularyMatch, is_likely_match
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, Phrase, QueryWord
from alliance_tui.search.tokenizer import FUNCTION_WORDS
from alliance_tui.search.transliteration import group_by_transliteration
from alliance_tui.search.vocabulary import Vocabulary

_SHORTEST_NAME = 5


class LibraryVocabulary:
    """The keys of a library, in memory: its words, and what stands for its names."""

    def __init__(self, lookups: IndexReader) -> None:
        self.words = Vocabulary(lookups.terms(TermKind.WORD))
        self.name_words = frozenset(lookups.terms(TermKind.NAME_WORD))
        self.romanised_names = group_by_transliteration(self.name_words)
        self.names = Vocabulary(lookups.terms(TermKind.NAME))
        self.initials = frozenset(lookups.terms(TermKind.INITIALS))


class Expansion(NamedTuple):
    """One way to take a word: a document has it so that has, of each of the sets of keys, one. `words` are what is
    met, and on which of their letters; there are none where it is not words that are met. Where it is `likely`, any
    document that has the words has them so, whatever its names are."""

    match_type: MatchType
    kind: TermKind
    terms: tuple[tuple[str, ...], ...]
    matches: tuple[VocabularyMatch, ...] = ()
    likely: bool = True


class QueryExpander:
    """Takes the words of one query, as `search.word_resolution.WordResolver` does in one document."""

    def __init__(self, known: LibraryVocabulary, watch: CancellationToken) -> None:
        self._known = known
        self._watch = watch
        self._speller = FuzzyMatcher(known.words, known.name_words, watch, known.romanised_names)

    def expand_word(self, wanted: QueryWord, mode: MatchMode, *, typing: bool) -> list[Expansion]:
        """The senses of a word, best first."""
        word = wanted.folded
        strict = MatchMode.WHOLE if mode is MatchMode.FUZZY and not typing and word in FUNCTION_WORDS else mode
        met = self._speller.match(wanted, strict, incomplete=typing)
        beginning = (
            word if len(word) in PREFIX_LENGTHS and mode not in (MatchMode.SUBSTRING, MatchMode.SUFFIX) else None
        )
        if mode is not MatchMode.FUZZY:
            return list(_of_meetings(met, word, beginning))
        misspelt = not met or met[0].match_type is MatchType.TYPO
        meetings = list(_of_meetings(met, word, beginning))
        if misspelt and (apart := list(self._apart(word))):
            return [*meetings, *apart]  # in a large library two words are found in almost any misspelling
        if may_be_acronym(word) and word in self._known.initials:
            acronym = Expansion(MatchType.ACRONYM, TermKind.INITIALS, ((word,),))
            return [acronym] if misspelt else [*meetings, acronym]
        return meetings

    def expand_compound(self, words: Iterable[QueryWord]) -> list[Expansion]:
        """Words that were typed apart taken as one ("air craft" for "aircraft")."""
        joined = "".join(word.folded for word in words)
        return [Expansion(MatchType.TYPO, TermKind.WORD, ((joined,),))] if joined in self._known.words else []

    def expand_name(self, typed: Iterable[Phrase]) -> list[Expansion]:
        """All words of a query taken together as a name one edit away, whatever word the edit is in."""
        words = [word.folded for one in typed for word in one.words]
        joined = "".join(words)
        if len(joined) < _SHORTEST_NAME or (len(words) > 1 and joined in self._known.names):
            return []
        near = (
            name for chunk in self._known.names.within_distance(joined, 1) for name, _ in self._watch.iterate(chunk)
        )
        names = [name for name in near if list(filter(str.isdigit, name)) == list(filter(str.isdigit, joined))]
        return [Expansion(MatchType.TYPO, TermKind.NAME, (tuple(names),))] if names else []

    def _apart(self, word: str) -> Iterable[Expansion]:
        """The word as two ("selfdefense" for "self defense")."""
        for cut in range(2, len(word) - 1):
            if word[:cut] in self._known.words and word[cut:] in self._known.words:
                yield Expansion(MatchType.TYPO, TermKind.WORD, ((word[:cut],), (word[cut:],)))


def _of_meetings(met: Iterable[VocabularyMatch], word: str, beginning: str | None) -> Iterable[Expansion]:
    """A sense for each way of meeting, the best first; `beginning` is one by which what it begins is looked up."""
    by_how: dict[MatchType, list[VocabularyMatch]] = {}
    for meeting in met:
        by_how.setdefault(meeting.match_type, []).append(meeting)
    for how in sorted(by_how, key=lambda how: how.rank):
        if beginning and how is MatchType.PREFIX:
            yield Expansion(how, TermKind.PREFIX, ((beginning,),), tuple(by_how[how]))
        else:
            words = tuple(meeting.word for meeting in by_how[how])
            likely = all(is_likely_match(word, meeting) for meeting in by_how[how])
            yield Expansion(how, TermKind.WORD, (words,), tuple(by_how[how]), likely)
