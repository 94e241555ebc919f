"""From the words of a query to the places at which they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.acronyms import expand_acronym, may_be_acronym
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.dictionary import is_english_word, is_known_name
from alliance_tui.search.folding import fold_aligned
from alliance_tui.search.fuzzy_lookup import FuzzyMatcher, VocabularyMatch
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import MatchType, Range
from alliance_tui.search.postings import Postings
from alliance_tui.search.query import MatchMode, Phrase, QueryWord, parse_phrase
from alliance_tui.search.ranking import combined_score
from alliance_tui.search.tokenizer import FUNCTION_WORDS

MAX_OCCURRENCES = 2_000
"""How many places of one word are lit at most; beyond that a reader narrows the search."""

_SHORTEST_NAME = 5
_LONGEST_COMPOUND = 50  # letters of two words run together
_COMPOUND_SCORE = combined_score(MatchType.TYPO, 0.95)
_WINDOW_PER_WORD = (
    4  # times the words of a phrase: so far to each side of its rarest word do its others stand, or nearer
)


class Occurrence(Struct, frozen=True, order=True, gc=False):
    """Where query words stand: the numbers of the first and last word, the offsets to light, and how well."""

    first_position: int
    last_position: int
    start: int
    end: int
    score: float


class _ResolvedWord(Struct, frozen=True, dict=True):
    """What a query word comes to in some postings: spellings of words that it meets, and phrases that stand for it."""

    postings: Postings
    spellings: Mapping[str, VocabularyMatch]
    phrases: Sequence[Occurrence]

    @cached_property
    def occurrence_count(self) -> int:
        """In how many places it stands."""
        return sum(len(self.postings.positions_by_spelling[spelling]) for spelling in self.spellings) + len(
            self.phrases
        )


class TermMatcher:
    """Looks up the words of one query in an index.

    `overflowed` tells of what stands in more than MOST_PLACES places.
    """

    def __init__(self, index: SearchIndex, watch: CancellationToken) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self.cancellation = watch
        self._fuzzy_matcher = FuzzyMatcher(index.vocabulary, index.name_words, watch, index.names_by_transliteration)
        self._resolved: dict[tuple[QueryWord, MatchMode, bool], tuple[_ResolvedWord, _ResolvedWord]] = {}
        self._variants: dict[Phrase, tuple[list[Occurrence], list[Occurrence]]] = {}
        self.truncations: list[str] = []

    def allow_compound(self, first: Phrase, second: Phrase) -> None:
        """Takes two words that follow each other in the query to mean, also, one ("air craft" for "aircraft")."""
        joined = first.words[0].folded + second.words[0].folded
        self._add_variants((first, second), [list(_compounds(joined, postings)) for postings in self._both])

    def allow_fuzzy_name(self, typed: Sequence[Phrase]) -> None:
        """Takes all the words of a query together to mean, also, a name one edit away, whatever word the edit is in."""
        joined = "".join(word.folded for words in typed for word in words.words)
        if is_english_word(joined) or is_known_name(joined):
            return
        if len(joined) < _SHORTEST_NAME or (len(typed) > 1 and joined in self._index.names_by_folded_form):
            return
        near = process.extract(
            joined, self._index.names_by_folded_form.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        for name, edits, _ in near:
            if list(filter(str.isdigit, name)) != list(filter(str.isdigit, joined)):
                continue
            words = parse_phrase(self._index.names_by_folded_form[name], MatchMode.WHOLE)
            points = combined_score(MatchType.TYPO, 0.95 - 0.1 * edits)
            self._add_variants(
                typed, [[replace(p, score=points) for p in self.occurrences(words, one)] for one in self._both]
            )

    def _add_variants(self, typed: Iterable[Phrase], places: Sequence[list[Occurrence]]) -> None:
        """Further places, in the text and in the records, for each of these words."""
        for words in typed:
            for known, more in zip(self._variants.setdefault(words, ([], [])), places, strict=True):
                known += more

    def max_count(self, words: Phrase, postings: Postings) -> int:
        """At most how many places the words have."""
        return min(self._resolve(word, words, postings).occurrence_count for word in words.words)

    def occurrences(self, words: Phrase, postings: Postings, within: Sequence[range] | None = None) -> list[Occurrence]:
        """Where the words stand side by side, in reading order; only in these ranges of word numbers, if given."""
        found = self._adjacent_occurrences(words, postings, within)
        if len(words.words) > 1 and words.mode is MatchMode.FUZZY:
            found += _compounds("".join(word.folded for word in words.words), postings)
        found += self._variants_of(words, postings)
        return sorted(dict.fromkeys(found))

    def _variants_of(self, words: Phrase, postings: Postings) -> Sequence[Occurrence]:
        """Further places of the words, by what they mean together with others."""
        return self._variants[words][self._both.index(postings)] if words in self._variants else ()

    def matching_units(
        self,
        words: Phrase,
        postings: Postings,
        of: Callable[[Iterable[int]], Iterable[int]],
        within: Sequence[range] | None = None,
    ) -> set[int]:
        """The units, which `of` gives for word numbers, of all the words' places, be they lit or not."""
        if len(words.words) > 1:
            return set(of(place.first_position for place in self.occurrences(words, postings, within)))
        sought = self._resolve(words.words[0], words, postings)
        found = set(of(place.first_position for place in (*sought.phrases, *self._variants_of(words, postings))))
        for _, numbers in _positions(sought.spellings, postings, within):
            self.cancellation.raise_if_cancelled()
            found.update(of(numbers))
        return found

    def _adjacent_occurrences(
        self, words: Phrase, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        sought = [self._resolve(word, words, postings) for word in words.words]
        rarest = min(range(len(sought)), key=lambda part: sought[part].occurrence_count) if len(sought) > 1 else 0
        found = self._word_occurrences(words.words[rarest], sought[rarest], postings, within)
        if len(sought) == 1:
            return found
        around = _WINDOW_PER_WORD * len(sought)
        end = len(postings)
        self.cancellation.raise_if_cancelled()
        around_found = (
            (max(0, place.first_position - around), min(end, place.last_position + around + 1)) for place in found
        )
        near = [range(*ends) for ends in merge_ranges(list(around_found))]
        places: list[Occurrence] = []
        for part, one in enumerate(sought):
            after = found if part == rarest else self._word_occurrences(words.words[part], one, postings, near)
            places = list(_adjacent(places, after, postings)) if part else after
        return places

    def _word_occurrences(
        self, wanted: QueryWord, sought: _ResolvedWord, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        """The places of any of the spellings, the best spelling's first, and of the phrases."""
        starts = postings.start_offsets
        places: list[Occurrence] = []
        for spelling, numbers in _positions(sought.spellings, postings, within):
            self.cancellation.raise_if_cancelled()
            room = MAX_OCCURRENCES - len(places)
            start, end, points = _matched_part(wanted, sought.spellings[spelling], spelling)
            places += [Occurrence(n, n, starts[n] + start, starts[n] + end, points) for n in numbers[:room]]
            if len(numbers) > room:
                count = sought.occurrence_count
                self.truncations.append(
                    f"“{wanted.typed}” stands in {count:,} places; {MAX_OCCURRENCES:,} of them are lit"
                )
                break
        return [*places, *sought.phrases]

    def _resolve(self, wanted: QueryWord, words: Phrase, postings: Postings) -> _ResolvedWord:
        typing = words.incomplete and wanted is words.words[-1]
        key = (wanted, words.mode, typing)
        if key not in self._resolved:
            self._resolved[key] = self._resolve_uncached(wanted, words.mode, typing)
        return self._resolved[key][self._both.index(postings)]

    def _resolve_uncached(
        self, wanted: QueryWord, mode: MatchMode, typing: bool
    ) -> tuple[_ResolvedWord, _ResolvedWord]:
        word = wanted.folded
        strict = MatchMode.WHOLE if mode is MatchMode.FUZZY and not typing and word in FUNCTION_WORDS else mode
        met = self._fuzzy_matcher.match(wanted, strict, incomplete=typing)
        others: list[list[Occurrence]] = [[], []]
        if mode is MatchMode.FUZZY:
            misspelt = not met or met[0].match_type is MatchType.TYPO
            if misspelt:
                others = [list(self.cancellation.iterate(_split_compounds(word, postings))) for postings in self._both]
            if not any(others) and may_be_acronym(word) and (misspelt or not self._is_plain_word(met)):
                others = self._acronym_occurrences(word)
            if misspelt and any(others):
                met = []
        spellings = _filter_by_case(
            wanted, [_matches_by_spelling(self.cancellation.iterate(met), postings) for postings in self._both]
        )
        text, records = map(_ResolvedWord, self._both, spellings, others)
        return text, records

    def _acronym_occurrences(self, word: str) -> list[list[Occurrence]]:
        """The phrases that the letters stand for, in the text and in the records."""
        points = combined_score(MatchType.ACRONYM, len(word) / 10)
        found = expand_acronym(word, self._index, self.cancellation)
        in_text, in_records = (
            [_occurrence_at(first, last, points, postings) for first, last in stretches]
            for stretches, postings in zip(found, self._both, strict=True)
        )
        return [in_text or list(self._mentions_of(in_records)), in_records]

    def _mentions_of(self, phrases: Iterable[Occurrence]) -> Iterator[Occurrence]:
        """Where the text names, in other words, the entities whose names end with the phrases."""
        text, records = self._both
        for phrase in phrases:
            entity = self._index.entities.get(self._index.owner(records.string_of(phrase.first_position))[0])
            if (
                entity
                and phrase.last_position + 1
                == records.positions_in_string(records.string_of(phrase.last_position)).stop
            ):
                for mention in entity.mentions:
                    numbers = text.positions_between(mention.span.start, mention.span.end)
                    if mention.by_name and numbers:
                        yield _occurrence_at(numbers[0], numbers[-1], phrase.score, text)

    def _is_plain_word(self, met: Sequence[VocabularyMatch]) -> bool:
        """Whether the word is met whole, and never in capitals: "aid" is a word where "SCC" stands for something."""
        if met[0].match_type is not MatchType.WORD:
            return False
        spellings = [spelling for postings in self._both for spelling in postings.spellings(met[0].word)]
        return not any(spelling.isupper() for spelling in spellings)


def _positions(
    spellings: Iterable[str], postings: Postings, within: Sequence[range] | None
) -> Iterator[tuple[str, Sequence[int]]]:
    """The numbers at which each of the spellings stands."""
    if within is None:
        yield from ((spelling, postings.positions_by_spelling[spelling]) for spelling in spellings)
        return
    if len(within) == 1:
        start, stop = within[0].start, within[0].stop
        for spelling in spellings:
            numbers = postings.positions_by_spelling[spelling]
            yield spelling, numbers[bisect_left(numbers, start) : bisect_left(numbers, stop)]
        return
    if sum(map(len, within)) < sum(len(postings.positions_by_spelling[spelling]) for spelling in spellings):
        there: dict[int, list[int]] = {postings.spelling_ordinal(spelling): [] for spelling in spellings}
        spelt = postings.spelling_ordinals
        for n in (n for words in within for n in words if spelt[n] in there):
            there[spelt[n]].append(n)
        yield from zip(spellings, there.values(), strict=True)
        return
    begins = [words.start for words in within]
    for spelling in spellings:
        yield (
            spelling,
            [n for n in postings.positions_by_spelling[spelling] if n in within[bisect_right(begins, n) - 1]],
        )


def _matches_by_spelling(met: Iterable[VocabularyMatch], postings: Postings) -> dict[str, VocabularyMatch]:
    """The spellings of the words met, the best first."""
    found: dict[str, VocabularyMatch] = {}
    for meeting in met:
        for spelling in postings.spellings(meeting.word):
            found.setdefault(spelling, meeting)
    return found


def _matched_part(wanted: QueryWord, meeting: VocabularyMatch, spelling: str) -> tuple[int, int, float]:
    """What of a spelling is lit, as offsets from its start, and how well it matches."""
    points = combined_score(meeting.match_type, meeting.quality)
    if meeting.end - meeting.start == len(meeting.word):
        to_the_letter = meeting.match_type is MatchType.WORD and spelling == wanted.typed
        return 0, len(spelling), combined_score(MatchType.EXACT, meeting.quality) if to_the_letter else points
    start, end = _matched_letters(meeting, spelling)
    return start, end, points


def _matched_letters(meeting: VocabularyMatch, spelling: str) -> Range:
    """Which letters of a spelling the query word meets."""
    if spelling.isascii() and spelling.isalnum():
        return meeting.start, meeting.end
    folded, offsets = fold_aligned(spelling)
    end = offsets[meeting.end] if meeting.end < len(folded) else len(spelling)
    return offsets[meeting.start], max(end, offsets[meeting.end - 1] + 1)


def _filter_by_case(wanted: QueryWord, spellings: list[dict[str, VocabularyMatch]]) -> list[dict[str, VocabularyMatch]]:
    """Only the spellings with the capitals that were typed, if there are any such; typos are left alone."""
    if wanted.typed == wanted.typed.lower():
        return spellings
    cased = [{s: meeting for s, meeting in some.items() if _has_capitals(wanted, s, meeting)} for some in spellings]
    return cased if any(cased) else spellings


def _has_capitals(wanted: QueryWord, spelling: str, meeting: VocabularyMatch) -> bool:
    if meeting.match_type is MatchType.TYPO:
        return True
    start, _, _ = _matched_part(wanted, meeting, spelling)
    letters = zip(filter(str.isalnum, wanted.typed), filter(str.isalnum, spelling[start:]), strict=False)
    return all(there.isupper() for asked, there in letters if asked.isupper())


def _split_compounds(word: str, postings: Postings) -> Iterator[Occurrence]:
    """Where the word stands as two ("selfdefense" in "Self-Defense")."""
    for cut in range(2, min(len(word), _LONGEST_COMPOUND) - 1):
        halves = [postings.spellings(word[:cut]), postings.spellings(word[cut:])]
        if all(halves):
            counts = [sum(len(postings.positions_by_spelling[spelling]) for spelling in half) for half in halves]
            rarer = counts.index(min(counts))
            for number in (number for spelling in halves[rarer] for number in postings.positions_by_spelling[spelling]):
                first = number - rarer
                other = number + 1 - 2 * rarer
                if postings.in_same_sentence(first, first + 1) and postings.spelling(other) in halves[1 - rarer]:
                    yield _occurrence_at(first, first + 1, _COMPOUND_SCORE, postings)


def _compounds(word: str, postings: Postings) -> Iterator[Occurrence]:
    """Where words that were asked for side by side stand as one ("co-operation" in "cooperation")."""
    for number in postings.positions(word):
        yield _occurrence_at(number, number, _COMPOUND_SCORE, postings)


def _occurrence_at(first: int, last: int, points: float, postings: Postings) -> Occurrence:
    return Occurrence(first, last, postings.start_offsets[first], postings.end_offset(last), points)


def _adjacent(before: Iterable[Occurrence], after: Iterable[Occurrence], postings: Postings) -> Iterator[Occurrence]:
    following: dict[int, Occurrence] = {}
    for place in after:
        if place.first_position not in following or following[place.first_position].score < place.score:
            following[place.first_position] = place
    for place in before:
        then = following.get(place.last_position + 1)
        if then and postings.in_same_sentence(place.first_position, then.last_position):
            yield Occurrence(
                place.first_position, then.last_position, place.start, then.end, min(place.score, then.score)
            )


def merge_ranges(ranges: Collection[Range]) -> tuple[Range, ...]:
    """The ranges in order and disjoint, those that overlap made one."""
    if len(ranges) == 1:
        return tuple(ranges)
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)
