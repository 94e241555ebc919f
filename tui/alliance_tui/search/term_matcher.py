"""From the words of a query to the places at which they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.acronyms import is_acronym, phrases
from alliance_tui.search.cancellation import Watch
from alliance_tui.search.dictionary import is_known_name, is_word
from alliance_tui.search.folding import fold_aligned
from alliance_tui.search.fuzzy_lookup import Meeting, Speller
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import How, Range
from alliance_tui.search.postings import Postings
from alliance_tui.search.query import Mode, Wanted, Words, words_of
from alliance_tui.search.ranking import score
from alliance_tui.search.tokenizer import FUNCTION_WORDS

MOST_PLACES = 2_000
"""How many places of one word are lit at most; beyond that a reader narrows the search."""

_SHORTEST_NAME = 5
_LONGEST_GLUED = 50  # letters of two words run together
_REJOINED = score(How.TYPO, 0.95)
_AROUND = 4  # times the words of a phrase: so far to each side of its rarest word do its others stand, or nearer


class Place(Struct, frozen=True, order=True, gc=False):
    """Where query words stand: the numbers of the first and last word, the offsets to light, and how well."""

    first: int
    last: int
    start: int
    end: int
    score: float


class _Sought(Struct, frozen=True, dict=True):
    """What a query word comes to in some postings: spellings of words that it meets, and phrases that stand for it."""

    postings: Postings
    spellings: Mapping[str, Meeting]
    phrases: Sequence[Place]

    @cached_property
    def count(self) -> int:
        """In how many places it stands."""
        return sum(len(self.postings.at[spelling]) for spelling in self.spellings) + len(self.phrases)


class Finder:
    """Looks up the words of one query in an index.

    `overflowed` tells of what stands in more than MOST_PLACES places.
    """

    def __init__(self, index: SearchIndex, watch: Watch) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self.watch = watch
        self._speller = Speller(index.vocabulary, index.name_words, watch, index.romanised_names)
        self._known: dict[tuple[Wanted, Mode, bool], tuple[_Sought, _Sought]] = {}
        self._also: dict[Words, tuple[list[Place], list[Place]]] = {}
        self.overflowed: list[str] = []

    def may_be_joined(self, first: Words, second: Words) -> None:
        """Takes two words that follow each other in the query to mean, also, one ("air craft" for "aircraft")."""
        joined = first.words[0].folded + second.words[0].folded
        self._add((first, second), [list(_glued(joined, postings)) for postings in self._both])

    def may_be_name(self, typed: Sequence[Words]) -> None:
        """Takes all the words of a query together to mean, also, a name one edit away, whatever word the edit is in."""
        joined = "".join(word.folded for words in typed for word in words.words)
        if is_word(joined) or is_known_name(joined):
            return
        if len(joined) < _SHORTEST_NAME or (len(typed) > 1 and joined in self._index.names):
            return
        near = process.extract(joined, self._index.names.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        for name, edits, _ in near:
            if list(filter(str.isdigit, name)) != list(filter(str.isdigit, joined)):
                continue
            words = words_of(self._index.names[name], Mode.WHOLE)
            points = score(How.TYPO, 0.95 - 0.1 * edits)
            self._add(typed, [[replace(p, score=points) for p in self.places(words, one)] for one in self._both])

    def _add(self, typed: Iterable[Words], places: Sequence[list[Place]]) -> None:
        """Further places, in the text and in the records, for each of these words."""
        for words in typed:
            for known, more in zip(self._also.setdefault(words, ([], [])), places, strict=True):
                known += more

    def count(self, words: Words, postings: Postings) -> int:
        """At most how many places the words have."""
        return min(self._sought(word, words, postings).count for word in words.words)

    def places(self, words: Words, postings: Postings, within: Sequence[range] | None = None) -> list[Place]:
        """Where the words stand side by side, in reading order; only in these ranges of word numbers, if given."""
        found = self._side_by_side(words, postings, within)
        if len(words.words) > 1 and words.mode is Mode.FUZZY:
            found += _glued("".join(word.folded for word in words.words), postings)
        found += self._otherwise(words, postings)
        return sorted(dict.fromkeys(found))

    def _otherwise(self, words: Words, postings: Postings) -> Sequence[Place]:
        """Further places of the words, by what they mean together with others."""
        return self._also[words][self._both.index(postings)] if words in self._also else ()

    def units(
        self,
        words: Words,
        postings: Postings,
        of: Callable[[Iterable[int]], Iterable[int]],
        within: Sequence[range] | None = None,
    ) -> set[int]:
        """The units, which `of` gives for word numbers, of all the words' places, be they lit or not."""
        if len(words.words) > 1:
            return set(of(place.first for place in self.places(words, postings, within)))
        sought = self._sought(words.words[0], words, postings)
        found = set(of(place.first for place in (*sought.phrases, *self._otherwise(words, postings))))
        for _, numbers in _numbers(sought.spellings, postings, within):
            self.watch.look()
            found.update(of(numbers))
        return found

    def _side_by_side(self, words: Words, postings: Postings, within: Sequence[range] | None) -> list[Place]:
        sought = [self._sought(word, words, postings) for word in words.words]
        rarest = min(range(len(sought)), key=lambda part: sought[part].count) if len(sought) > 1 else 0
        found = self._stands(words.words[rarest], sought[rarest], postings, within)
        if len(sought) == 1:
            return found
        around = _AROUND * len(sought)
        end = len(postings)
        self.watch.look()
        around_found = ((max(0, place.first - around), min(end, place.last + around + 1)) for place in found)
        near = [range(*ends) for ends in merged(list(around_found))]
        places: list[Place] = []
        for part, one in enumerate(sought):
            after = found if part == rarest else self._stands(words.words[part], one, postings, near)
            places = list(_joined(places, after, postings)) if part else after
        return places

    def _stands(
        self, wanted: Wanted, sought: _Sought, postings: Postings, within: Sequence[range] | None
    ) -> list[Place]:
        """The places of any of the spellings, the best spelling's first, and of the phrases."""
        starts = postings.starts
        places: list[Place] = []
        for spelling, numbers in _numbers(sought.spellings, postings, within):
            self.watch.look()
            room = MOST_PLACES - len(places)
            start, end, points = _light(wanted, sought.spellings[spelling], spelling)
            places += [Place(n, n, starts[n] + start, starts[n] + end, points) for n in numbers[:room]]
            if len(numbers) > room:
                told = f"“{wanted.typed}” stands in {sought.count:,} places; {MOST_PLACES:,} of them are lit"
                self.overflowed.append(told)
                break
        return [*places, *sought.phrases]

    def _sought(self, wanted: Wanted, words: Words, postings: Postings) -> _Sought:
        typing = words.typing and wanted is words.words[-1]
        key = (wanted, words.mode, typing)
        if key not in self._known:
            self._known[key] = self._look_up(wanted, words.mode, typing)
        return self._known[key][self._both.index(postings)]

    def _look_up(self, wanted: Wanted, mode: Mode, typing: bool) -> tuple[_Sought, _Sought]:
        word = wanted.folded
        strict = Mode.WHOLE if mode is Mode.FUZZY and not typing and word in FUNCTION_WORDS else mode
        met = self._speller.meetings(wanted, strict, typing=typing)
        others: list[list[Place]] = [[], []]
        if mode is Mode.FUZZY:
            misspelt = not met or met[0].how is How.TYPO
            if misspelt:
                others = [list(self.watch.over(_split(word, postings))) for postings in self._both]
            if not any(others) and is_acronym(word) and (misspelt or not self._plain_word(met)):
                others = self._acronym(word)
            if misspelt and any(others):
                met = []
        spellings = _smart_case(wanted, [_spellings(self.watch.over(met), postings) for postings in self._both])
        text, records = map(_Sought, self._both, spellings, others)
        return text, records

    def _acronym(self, word: str) -> list[list[Place]]:
        """The phrases that the letters stand for, in the text and in the records."""
        points = score(How.ACRONYM, len(word) / 10)
        found = phrases(word, self._index, self.watch)
        in_text, in_records = (
            [_spread(first, last, points, postings) for first, last in stretches]
            for stretches, postings in zip(found, self._both, strict=True)
        )
        return [in_text or list(self._mentioned(in_records)), in_records]

    def _mentioned(self, phrases: Iterable[Place]) -> Iterator[Place]:
        """Where the text names, in other words, the entities whose names end with the phrases."""
        text, records = self._both
        for phrase in phrases:
            entity = self._index.entities.get(self._index.owner(records.string_of(phrase.first))[0])
            if entity and phrase.last + 1 == records.string_words(records.string_of(phrase.last)).stop:
                for mention in entity.mentions:
                    numbers = text.within(mention.span.start, mention.span.end)
                    if mention.by_name and numbers:
                        yield _spread(numbers[0], numbers[-1], phrase.score, text)

    def _plain_word(self, met: Sequence[Meeting]) -> bool:
        """Whether the word is met whole, and never in capitals: "aid" is a word where "SCC" stands for something."""
        if met[0].how is not How.WORD:
            return False
        spellings = [spelling for postings in self._both for spelling in postings.spellings(met[0].word)]
        return not any(spelling.isupper() for spelling in spellings)


def _numbers(
    spellings: Iterable[str], postings: Postings, within: Sequence[range] | None
) -> Iterator[tuple[str, Sequence[int]]]:
    """The numbers at which each of the spellings stands."""
    if within is None:
        yield from ((spelling, postings.at[spelling]) for spelling in spellings)
        return
    if len(within) == 1:
        start, stop = within[0].start, within[0].stop
        for spelling in spellings:
            numbers = postings.at[spelling]
            yield spelling, numbers[bisect_left(numbers, start) : bisect_left(numbers, stop)]
        return
    if sum(map(len, within)) < sum(len(postings.at[spelling]) for spelling in spellings):
        there: dict[int, list[int]] = {postings.ordinal(spelling): [] for spelling in spellings}
        spelt = postings.spelt
        for n in (n for words in within for n in words if spelt[n] in there):
            there[spelt[n]].append(n)
        yield from zip(spellings, there.values(), strict=True)
        return
    begins = [words.start for words in within]
    for spelling in spellings:
        yield spelling, [n for n in postings.at[spelling] if n in within[bisect_right(begins, n) - 1]]


def _spellings(met: Iterable[Meeting], postings: Postings) -> dict[str, Meeting]:
    """The spellings of the words met, the best first."""
    found: dict[str, Meeting] = {}
    for meeting in met:
        for spelling in postings.spellings(meeting.word):
            found.setdefault(spelling, meeting)
    return found


def _light(wanted: Wanted, meeting: Meeting, spelling: str) -> tuple[int, int, float]:
    """What of a spelling is lit, as offsets from its start, and how well it matches."""
    points = score(meeting.how, meeting.quality)
    if meeting.end - meeting.start == len(meeting.word):
        to_the_letter = meeting.how is How.WORD and spelling == wanted.typed
        return 0, len(spelling), score(How.EXACT, meeting.quality) if to_the_letter else points
    start, end = _letters(meeting, spelling)
    return start, end, points


def _letters(meeting: Meeting, spelling: str) -> Range:
    """Which letters of a spelling the query word meets."""
    if spelling.isascii() and spelling.isalnum():
        return meeting.start, meeting.end
    folded, offsets = fold_aligned(spelling)
    end = offsets[meeting.end] if meeting.end < len(folded) else len(spelling)
    return offsets[meeting.start], max(end, offsets[meeting.end - 1] + 1)


def _smart_case(wanted: Wanted, spellings: list[dict[str, Meeting]]) -> list[dict[str, Meeting]]:
    """Only the spellings with the capitals that were typed, if there are any such; typos are left alone."""
    if wanted.typed == wanted.typed.lower():
        return spellings
    cased = [{s: meeting for s, meeting in some.items() if _has_capitals(wanted, s, meeting)} for some in spellings]
    return cased if any(cased) else spellings


def _has_capitals(wanted: Wanted, spelling: str, meeting: Meeting) -> bool:
    if meeting.how is How.TYPO:
        return True
    start, _, _ = _light(wanted, meeting, spelling)
    letters = zip(filter(str.isalnum, wanted.typed), filter(str.isalnum, spelling[start:]), strict=False)
    return all(there.isupper() for asked, there in letters if asked.isupper())


def _split(word: str, postings: Postings) -> Iterator[Place]:
    """Where the word stands as two ("selfdefense" in "Self-Defense")."""
    for cut in range(2, min(len(word), _LONGEST_GLUED) - 1):
        halves = [postings.spellings(word[:cut]), postings.spellings(word[cut:])]
        if all(halves):
            counts = [sum(len(postings.at[spelling]) for spelling in half) for half in halves]
            rarer = counts.index(min(counts))
            for number in (number for spelling in halves[rarer] for number in postings.at[spelling]):
                first = number - rarer
                other = number + 1 - 2 * rarer
                if postings.together(first, first + 1) and postings.spelling(other) in halves[1 - rarer]:
                    yield _spread(first, first + 1, _REJOINED, postings)


def _glued(word: str, postings: Postings) -> Iterator[Place]:
    """Where words that were asked for side by side stand as one ("co-operation" in "cooperation")."""
    for number in postings.numbers(word):
        yield _spread(number, number, _REJOINED, postings)


def _spread(first: int, last: int, points: float, postings: Postings) -> Place:
    return Place(first, last, postings.starts[first], postings.end(last), points)


def _joined(before: Iterable[Place], after: Iterable[Place], postings: Postings) -> Iterator[Place]:
    following: dict[int, Place] = {}
    for place in after:
        if place.first not in following or following[place.first].score < place.score:
            following[place.first] = place
    for place in before:
        then = following.get(place.last + 1)
        if then and postings.together(place.first, then.last):
            yield Place(place.first, then.last, place.start, then.end, min(place.score, then.score))


def merged(ranges: Collection[Range]) -> tuple[Range, ...]:
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
