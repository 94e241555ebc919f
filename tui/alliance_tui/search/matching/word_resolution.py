"""Resolution of a query word to the spellings and the phrases that it matches in an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.folding import fold_aligned
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS
from alliance_tui.search.lookup.acronyms import expand_acronym, may_be_acronym
from alliance_tui.search.lookup.fuzzy_lookup import FuzzyMatcher, VocabularyMatch
from alliance_tui.search.matches import MatchType, Range
from alliance_tui.search.matching.occurrences import Occurrence, occurrence_at
from alliance_tui.search.matching.ranking import combined_score
from alliance_tui.search.query import MatchMode, Phrase, QueryWord

COMPOUND_SCORE = combined_score(MatchType.TYPO, 0.95)
"""The score of words that were typed as one and are written as two, or the reverse."""

_LONGEST_COMPOUND = 50  # letters


class ResolvedWord(Struct, frozen=True, dict=True):
    """The matches of a query word in some postings.

    `spellings` are the matching spellings, best first; `phrases` the occurrences of phrases that stand for the word.
    """

    postings: Postings
    spellings: Mapping[str, VocabularyMatch]
    phrases: Sequence[Occurrence]

    @cached_property
    def occurrence_count(self) -> int:
        """The number of all occurrences."""
        positions = self.postings.positions_by_spelling
        return sum(len(positions[spelling]) for spelling in self.spellings) + len(self.phrases)


class WordResolver:
    """Resolves the words of one query in the text and the records of an index."""

    def __init__(self, index: SearchIndex, cancellation: CancellationToken) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self._cancellation = cancellation
        self._fuzzy_matcher = FuzzyMatcher(
            index.vocabulary, index.name_words, cancellation, index.names_by_transliteration
        )
        self._resolved: dict[tuple[QueryWord, MatchMode, bool], dict[Postings, ResolvedWord]] = {}

    def resolve(self, word: QueryWord, phrase: Phrase, postings: Postings) -> ResolvedWord:
        """Resolve a word of a phrase in the index's postings of the text or of the records."""
        incomplete = phrase.incomplete and word is phrase.words[-1]
        key = (word, phrase.mode, incomplete)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(word, phrase.mode, incomplete=incomplete)
        return self._resolved[key][postings]

    def _resolve(self, word: QueryWord, mode: MatchMode, *, incomplete: bool) -> dict[Postings, ResolvedWord]:
        if mode is MatchMode.FUZZY and not incomplete and word.folded in FUNCTION_WORDS:
            matches = self._fuzzy_matcher.match(word, MatchMode.WHOLE, incomplete=incomplete)
        else:
            matches = self._fuzzy_matcher.match(word, mode, incomplete=incomplete)
        phrases: list[list[Occurrence]] = [[], []]
        if mode is MatchMode.FUZZY:
            phrases = self._phrases(word.folded, matches)
            if any(phrases) and _is_missing(matches):
                matches = []
        spellings = [_spellings(self._cancellation.iterate(matches), postings) for postings in self._both]
        resolved = map(ResolvedWord, self._both, _filter_by_case(word, spellings), phrases)
        return dict(zip(self._both, resolved, strict=True))

    def _phrases(self, word: str, matches: Sequence[VocabularyMatch]) -> list[list[Occurrence]]:
        """Return the phrases of which a word is the compound or the acronym, in the text and in the records."""
        phrases: list[list[Occurrence]] = [[], []]
        if _is_missing(matches):
            phrases = [list(self._cancellation.iterate(_split_compounds(word, postings))) for postings in self._both]
        if not any(phrases) and may_be_acronym(word) and not self._is_plain_word(matches):
            phrases = self._long_forms(word)
        return phrases

    def _long_forms(self, acronym: str) -> list[list[Occurrence]]:
        score = combined_score(MatchType.ACRONYM, len(acronym) / 10)
        in_text, in_records = (
            [occurrence_at(first, last, score, postings) for first, last in position_ranges]
            for position_ranges, postings in zip(
                expand_acronym(acronym, self._index, self._cancellation), self._both, strict=True
            )
        )
        return [in_text or list(self._mentions_of(in_records)), in_records]

    def _mentions_of(self, names: Iterable[Occurrence]) -> Iterator[Occurrence]:
        """Yield the mentions by name, in the text, of the entities whose names end with these occurrences."""
        text, records = self._both
        for name in names:
            string = records.by_string.unit_of(name.first_position)
            entity = self._index.entities.get(self._index.owner(string)[0])
            if entity and name.positions.stop == records.by_string.positions_in(string).stop:
                for mention in entity.mentions:
                    positions = text.positions_between(mention.span.start, mention.span.end)
                    if mention.by_name and positions:
                        yield occurrence_at(positions[0], positions[-1], name.score, text)

    def _is_plain_word(self, matches: Sequence[VocabularyMatch]) -> bool:
        """Whether the word occurs, and never in capitals: "aid" is no acronym, "SCC" is."""
        if _is_missing(matches) or matches[0].match_type is not MatchType.WORD:
            return False
        spellings = [spelling for postings in self._both for spelling in postings.spellings(matches[0].word)]
        return not any(spelling.isupper() for spelling in spellings)


def _is_missing(matches: Sequence[VocabularyMatch]) -> bool:
    """Whether a word matches misspellings only, or nothing."""
    return not matches or matches[0].match_type is MatchType.TYPO


def _spellings(matches: Iterable[VocabularyMatch], postings: Postings) -> dict[str, VocabularyMatch]:
    """Return the spellings of the matched words, best first."""
    spellings: dict[str, VocabularyMatch] = {}
    for match in matches:
        for spelling in postings.spellings(match.word):
            spellings.setdefault(spelling, match)
    return spellings


def matched_part(word: QueryWord, match: VocabularyMatch, spelling: str) -> tuple[int, int, float]:
    """Return which characters of a spelling match, from its start, and their score."""
    score = combined_score(match.match_type, match.quality)
    if match.end - match.start == len(match.word):
        if match.match_type is MatchType.WORD and spelling == word.typed:
            score = combined_score(MatchType.EXACT, match.quality)
        return 0, len(spelling), score
    start, end = _unfolded(match, spelling)
    return start, end, score


def _unfolded(match: VocabularyMatch, spelling: str) -> Range:
    """Map the matched letters of the folded word back to the spelling."""
    if spelling.isascii() and spelling.isalnum():
        return match.start, match.end
    folded, offsets = fold_aligned(spelling)
    end = offsets[match.end] if match.end < len(folded) else len(spelling)
    return offsets[match.start], max(end, offsets[match.end - 1] + 1)


def _filter_by_case(
    word: QueryWord, spellings: Sequence[Mapping[str, VocabularyMatch]]
) -> Sequence[Mapping[str, VocabularyMatch]]:
    """Keep the spellings with the typed capitals, in text and records, if there are any; keep misspellings always."""
    if word.typed == word.typed.lower():
        return spellings
    with_capitals = [
        {spelling: match for spelling, match in matches.items() if _has_typed_capitals(word, spelling, match)}
        for matches in spellings
    ]
    return with_capitals if any(with_capitals) else spellings


def _has_typed_capitals(word: QueryWord, spelling: str, match: VocabularyMatch) -> bool:
    if match.match_type is MatchType.TYPO:
        return True
    start, _, _ = matched_part(word, match, spelling)
    letters = zip(filter(str.isalnum, word.typed), filter(str.isalnum, spelling[start:]), strict=False)
    return all(letter.isupper() for typed, letter in letters if typed.isupper())


def _split_compounds(word: str, postings: Postings) -> Iterator[Occurrence]:
    """Yield where the word is written as two adjacent words ("selfdefense" as "Self-Defense")."""
    positions = postings.positions_by_spelling
    for cut in range(2, min(len(word), _LONGEST_COMPOUND) - 1):
        halves = [postings.spellings(word[:cut]), postings.spellings(word[cut:])]
        if all(halves):
            counts = [sum(len(positions[spelling]) for spelling in half) for half in halves]
            rarer = counts.index(min(counts))
            for position in (position for spelling in halves[rarer] for position in positions[spelling]):
                first = position - rarer
                other = position + 1 - 2 * rarer
                if postings.in_same_sentence(first, first + 1) and postings.spelling(other) in halves[1 - rarer]:
                    yield occurrence_at(first, first + 1, COMPOUND_SCORE, postings)
