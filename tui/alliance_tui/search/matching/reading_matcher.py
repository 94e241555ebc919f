"""Occurrences of the readings of query words in the text and the records of an index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.folding import fold_aligned
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.lookup.name_table import mentions_of
from alliance_tui.search.lookup.references import ReferenceKind
from alliance_tui.search.lookup.word_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType, Range
from alliance_tui.search.matching.occurrences import (
    Occurrence,
    join_adjacent,
    occurrence_at,
    position_windows,
    spelling_positions,
)
from alliance_tui.search.matching.ranking import combined_score
from alliance_tui.search.plan.readings import Meaning, Reading
from alliance_tui.search.query import QueryWord
from alliance_tui.search.values.parser import with_marks

MAX_OCCURRENCES = 2_000
"""The occurrences of one word that are highlighted at most."""

_WINDOW_PER_WORD = 4
"""Words to each side of a phrase's rarest word, per word of the phrase, among which the others are looked for. One word
of a query may match several of the text."""

_CASED_TYPES = frozenset({MatchType.WORD, MatchType.SPELLING, MatchType.PREFIX})
"""The match types to which typed capitals apply; other readings are of other words."""


_BY_ANOTHER_NAME = 0.1
"""The quality that a mention by a name loses that is not the one looked for."""


class _Word(Struct, frozen=True):
    """One word of a reading in some postings: its spellings, best first, each with its match."""

    typed: QueryWord | None
    spellings: Mapping[str, VocabularyMatch]


class ReadingMatcher:
    """Finds the occurrences of meanings in an index.

    `truncations` are messages about words with more than MAX_OCCURRENCES occurrences.
    """

    def __init__(self, index: SearchIndex, cancellation: CancellationToken) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self._words: dict[tuple[Meaning, int, Postings], list[_Word]] = {}
        self._references: dict[tuple[Meaning, int, Postings], list[Occurrence]] = {}
        self.cancellation = cancellation
        self.truncations: list[str] = []

    def max_count(self, meaning: Meaning, postings: Postings) -> int:
        """Return an upper bound of the number of a meaning's occurrences."""
        return sum(
            min((_count(word, postings) for word in self._resolve(meaning, number, postings)), default=0)
            if reading.words
            else len(self._referenced(meaning, number, postings))
            for number, reading in enumerate(meaning.readings)
        )

    def occurrences(
        self, meaning: Meaning, postings: Postings, within: Sequence[range] | None = None
    ) -> list[Occurrence]:
        """Return the occurrences of a meaning in reading order, if given only those in these ranges of positions."""
        if len(meaning.readings) == 1 and meaning.readings[0].words:
            return sorted(self._occurrences_of_reading(meaning, 0, postings, within))
        best: dict[tuple[int, int], Occurrence] = {}
        for number in range(len(meaning.readings)):
            for occurrence in self._occurrences_of_reading(meaning, number, postings, within):
                place = occurrence.first_position, occurrence.last_position
                if place not in best or best[place].score < occurrence.score:
                    best[place] = occurrence
        return sorted(best.values())

    def has_any(self, meaning: Meaning) -> bool:
        """Whether a meaning occurs anywhere, or a record is about what it names."""
        return any(self._has_reading(meaning, number) for number in range(len(meaning.readings)))

    def _has_reading(self, meaning: Meaning, number: int) -> bool:
        reading = meaning.readings[number]
        if reading.reference:
            mentions = mentions_of(self._index, reading.reference)
            return bool(mentions.text or mentions.records or mentions.record_ids)
        if len(reading.words) == 1:
            return any(self._resolve(meaning, number, postings)[0].spellings for postings in self._both)
        return any(self._occurrences_of_reading(meaning, number, postings, None) for postings in self._both)

    def record_ids(self, meaning: Meaning) -> frozenset[str]:
        """Return the records that are about what the meaning names."""
        references = [reading.reference for reading in meaning.readings if reading.reference]
        return frozenset[str]().union(*(mentions_of(self._index, reference).record_ids for reference in references))

    def matching_units(
        self,
        meaning: Meaning,
        postings: Postings,
        units_of: Callable[[Iterable[int]], Iterable[int]],
        within: Sequence[range] | None = None,
    ) -> set[int]:
        """Return the units with any occurrence of the meaning, beyond MAX_OCCURRENCES too.

        Args:
            meaning: The meaning.
            postings: The index's postings of the text or of the records.
            units_of: Returns the units (strings, sentences or paragraphs) of word positions.
            within: Ranges of positions to which the look-up is limited.
        """
        units: set[int] = set()
        for number, reading in enumerate(meaning.readings):
            if len(reading.words) != 1:
                found = self._occurrences_of_reading(meaning, number, postings, within)
                units.update(units_of(occurrence.first_position for occurrence in found))
                continue
            (word,) = self._resolve(meaning, number, postings)
            for _, positions in spelling_positions(word.spellings, postings, within, self.cancellation):
                if not positions:
                    continue
                self.cancellation.raise_if_cancelled()
                units.update(units_of(positions))
        return units

    def _occurrences_of_reading(
        self, meaning: Meaning, number: int, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        reading = meaning.readings[number]
        if reading.reference:
            return _inside(self._referenced(meaning, number, postings), within)
        words = self._resolve(meaning, number, postings)
        if len(words) == 1:
            return self._occurrences_of_word(words[0], meaning, postings, within)
        return self._adjacent_occurrences(words, meaning, postings, within)

    def _adjacent_occurrences(
        self, words: Sequence[_Word], meaning: Meaning, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        """Return where all words are adjacent: the rarest word is looked up first, the others around it."""
        rarest = min(range(len(words)), key=lambda n: _count(words[n], postings))
        of_rarest = self._occurrences_of_word(words[rarest], meaning, postings, within)
        windows = position_windows(self.cancellation.iterate(of_rarest), _WINDOW_PER_WORD * len(words), len(postings))
        joined: list[Occurrence] = []
        for number, word in enumerate(words):
            found = of_rarest if number == rarest else self._occurrences_of_word(word, meaning, postings, windows)
            joined = list(join_adjacent(joined, found, postings)) if number else found
        return joined

    def _occurrences_of_word(
        self, word: _Word, meaning: Meaning, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        """Return the occurrences of the spellings, the best spelling's first."""
        offsets = postings.start_offsets
        occurrences: list[Occurrence] = []
        for spelling, positions in spelling_positions(word.spellings, postings, within, self.cancellation):
            if not positions:
                continue
            room = MAX_OCCURRENCES - len(occurrences)
            start, end, score = _matched_part(word.typed, word.spellings[spelling], spelling)
            occurrences += [
                Occurrence(n, n, offsets[n] + start, offsets[n] + end, score)
                for n in self.cancellation.iterate(positions[:room])
            ]
            if len(positions) > room:
                self._report_truncation(meaning, _count(word, postings))
                break
        return occurrences

    def _report_truncation(self, meaning: Meaning, count: int) -> None:
        self.truncations.append(f"“{meaning.typed}” occurs {count:,} times; {MAX_OCCURRENCES:,} are highlighted")

    def _referenced(self, meaning: Meaning, number: int, postings: Postings) -> list[Occurrence]:
        """Return the mentions of what a reading refers to; those by the typed name count as the word itself."""
        key = meaning, number, postings
        if key not in self._references:
            self._references[key] = list(self._mentions(meaning, meaning.readings[number], postings))
        return self._references[key]

    def _mentions(self, meaning: Meaning, reading: Reading, postings: Postings) -> Iterator[Occurrence]:
        if not reading.reference:
            return
        mentions = mentions_of(self._index, reading.reference)
        score = combined_score(reading.match_type, reading.quality)
        as_typed = (
            combined_score(MatchType.WORD, reading.quality) if reading.match_type is not MatchType.TYPO else score
        )
        keys = {meaning.key, *reading.reference.keys}
        mentioned = mentions.text if postings is self._index.text else mentions.records
        if reading.reference.kind is ReferenceKind.VALUE:
            for first, last in self.cancellation.iterate(mentioned):
                is_as_typed = "".join(map(postings.folded, range(first, last + 1))) == meaning.key
                yield _with_marks(occurrence_at(first, last, as_typed if is_as_typed else score, postings), postings)
            return
        for words in self.cancellation.iterate(mentioned):
            first, last, key = _narrowed(*words, keys, postings)
            if key == meaning.key:
                yield occurrence_at(first, last, as_typed, postings)
            else:
                yield occurrence_at(first, last, score if key else score - _BY_ANOTHER_NAME, postings)

    def _resolve(self, meaning: Meaning, number: int, postings: Postings) -> list[_Word]:
        """Return the words of a reading in some postings, by their spellings there."""
        key = meaning, number, postings
        if key not in self._words:
            reading = meaning.readings[number]
            typed = meaning.phrase.words
            resolved: list[list[_Word]] = [[], []]
            for position, matches in enumerate(reading.words):
                word = typed[position] if len(typed) == len(reading.words) else None
                spellings = [self._spellings(matches, each) for each in self._both]
                if word:
                    spellings = self._filter_by_case(word, spellings)
                for words, found in zip(resolved, spellings, strict=True):
                    words.append(_Word(word, found))
            for each, words in zip(self._both, resolved, strict=True):
                self._words[meaning, number, each] = words
        return self._words[key]

    def _spellings(self, matches: Sequence[VocabularyMatch], postings: Postings) -> dict[str, VocabularyMatch]:
        """Return the spellings of the matched words, best first."""
        if len(matches) > len(postings.positions_by_spelling):  # a paragraph, and the many words of a prefix
            by_word = _by_word(matches)
            matches = [by_word[word] for word in postings.vocabulary if word in by_word]
        spellings: dict[str, VocabularyMatch] = {}
        for match in self.cancellation.iterate(matches):
            for spelling in postings.spellings(match.word):
                spellings.setdefault(spelling, match)
        return spellings

    def _filter_by_case(
        self, word: QueryWord, spellings: list[dict[str, VocabularyMatch]]
    ) -> list[dict[str, VocabularyMatch]]:
        """Keep the spellings with the typed capitals, in text and records, if there are any."""
        if word.typed == word.typed.lower():
            return spellings
        spelt = (spelling for postings in self._both for spelling in postings.spellings(word.folded))
        as_typed = {spelling for spelling in spelt if _has_typed_capitals(word, spelling, 0)}
        kept = [
            {
                spelling: match
                for spelling, match in found.items()
                if match.match_type not in _CASED_TYPES
                or (spelling in as_typed if as_typed else _has_typed_capitals(word, spelling, match.start))
            }
            for found in spellings
        ]
        return kept if as_typed or any(kept) else spellings


def _with_marks(occurrence: Occurrence, postings: Postings) -> Occurrence:
    """Return the occurrence of a value with the marks around its words ("$", "%")."""
    string = postings.strings[postings.by_string.unit_of(occurrence.first_position)]
    start, end = with_marks(string, occurrence.start, occurrence.end)
    return replace(occurrence, start=start, end=end)


def _narrowed(first: int, last: int, keys: Collection[str], postings: Postings) -> tuple[int, int, str]:
    """Return the words of a mention that are one of the names looked for, and that name; or all of its words."""
    words = [postings.folded(position) for position in range(first, last + 1)]
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            name = "".join(words[start : start + length])
            if name in keys:
                return first + start, first + start + length - 1, name
    return first, last, ""


def _inside(occurrences: list[Occurrence], within: Sequence[range] | None) -> list[Occurrence]:
    if within is None:
        return occurrences
    inside: list[Occurrence] = []
    ranges = iter(within)
    current = next(ranges, None)
    for occurrence in occurrences:
        while current is not None and current.stop <= occurrence.first_position:
            current = next(ranges, None)
        if current is None:
            break
        if occurrence.first_position in current:
            inside.append(occurrence)
    return inside


def _count(word: _Word, postings: Postings) -> int:
    positions = postings.positions_by_spelling
    return sum(len(positions[spelling]) for spelling in word.spellings)


@cache_by_identity
def _by_word(matches: Sequence[VocabularyMatch]) -> Mapping[str, VocabularyMatch]:
    return {match.word: match for match in matches}


def _matched_part(word: QueryWord | None, match: VocabularyMatch, spelling: str) -> tuple[int, int, float]:
    """Return which characters of a spelling match, from its start, and their score."""
    score = combined_score(match.match_type, match.quality)
    if match.end - match.start == len(match.word):
        if match.match_type is MatchType.WORD and word and spelling == word.typed:
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


def _has_typed_capitals(word: QueryWord, spelling: str, start: int) -> bool:
    letters = zip(filter(str.isalnum, word.typed), filter(str.isalnum, spelling[start:]), strict=False)
    return all(letter.isupper() for typed, letter in letters if typed.isupper())
