"""From the words of a query to the places at which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from alliance_tui.search.folding import fold_aligned
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import How
from alliance_tui.search.postings import Postings
from alliance_tui.search.query import Mode, Wanted, Words
from alliance_tui.search.ranking import score
from alliance_tui.search.spelling import Meeting, meetings
from alliance_tui.search.words import FUNCTION_WORDS


class Place(NamedTuple):
    """Where query words stand: the numbers of the first and last word, the offsets to light, and how well."""

    first: int
    last: int
    start: int
    end: int
    score: float


class Places(NamedTuple):
    """Places in the text and places in the strings of the records."""

    text: list[Place]
    records: list[Place]


_REJOINED = score(How.TYPO, 0.95)


class Finder:
    """Looks up the words of one query in an index."""

    def __init__(self, index: SearchIndex, cancelled: Callable[[], bool]) -> None:
        self._index = index
        self._cancelled = cancelled

    def places(self, words: Words) -> Places:
        """Where the words stand side by side, in reading order."""
        parts = [self._single(word, words.mode, words.typing and word is words.words[-1]) for word in words.words]
        text, records = parts[0]
        for part in parts[1:]:
            text = list(_joined(text, part.text, self._index.text))
            records = list(_joined(records, part.records, self._index.records))
        if len(parts) > 1 and words.mode is Mode.FUZZY:
            glued = "".join(word.folded for word in words.words)
            text += _glued(glued, self._index.text)
            records += _glued(glued, self._index.records)
        return Places(sorted(text), sorted(records))

    def _single(self, wanted: Wanted, mode: Mode, typing: bool) -> Places:
        both = self._index.text, self._index.records
        if mode is Mode.FUZZY and not typing and wanted.folded in FUNCTION_WORDS:
            mode = Mode.WHOLE
        met = meetings(wanted, mode, typing=typing, vocabulary=self._index.vocabulary, cancelled=self._cancelled)
        if mode is Mode.FUZZY and (not met or met[0].how is How.TYPO):
            split = Places(*(list(_split(wanted.folded, postings)) for postings in both))
            if split.text or split.records:
                return split
        found = Places(*([place for m in met for place in _stands(wanted, m, postings)] for postings in both))
        return _smart_case(wanted, found, self._index)


def _smart_case(wanted: Wanted, found: Places, index: SearchIndex) -> Places:
    """Only the places with the capitals that were typed, if there are any such."""
    if wanted.typed == wanted.typed.lower():
        return found
    cased = Places(
        [place for place in found.text if _has_capitals(wanted.typed, place, index.text)],
        [place for place in found.records if _has_capitals(wanted.typed, place, index.records)],
    )
    return cased if cased.text or cased.records else found


def _has_capitals(typed: str, place: Place, postings: Postings) -> bool:
    if int(place.score) == int(_REJOINED):
        return True
    written = postings.strings[postings.string_of(place.first)][place.start : place.end]
    letters = zip(filter(str.isalnum, typed), filter(str.isalnum, written), strict=False)
    return all(there.isupper() for asked, there in letters if asked.isupper())


def _split(word: str, postings: Postings) -> Iterator[Place]:
    """Where the word stands as two ("selfdefense" in "Self-Defense")."""
    for cut in range(2, len(word) - 1):
        seconds = set(postings.of(word[cut:]))
        for first in postings.of(word[:cut]) if seconds else ():
            if first + 1 in seconds and postings.together(first, first + 1):
                yield Place(first, first + 1, postings.starts[first], postings.ends[first + 1], _REJOINED)


def _glued(word: str, postings: Postings) -> Iterator[Place]:
    """Where words that were asked for side by side stand as one ("co-operation" in "cooperation")."""
    for number in postings.of(word):
        yield Place(number, number, postings.starts[number], postings.ends[number], _REJOINED)


def _joined(before: list[Place], after: list[Place], postings: Postings) -> Iterator[Place]:
    by_first: dict[int, Place] = {}
    for place in after:
        if place.first not in by_first or by_first[place.first].score < place.score:
            by_first[place.first] = place
    for place in before:
        following = by_first.get(place.last + 1)
        if following and postings.together(place.first, following.last):
            yield Place(place.first, following.last, place.start, following.end, min(place.score, following.score))


def _stands(wanted: Wanted, meeting: Meeting, postings: Postings) -> Iterator[Place]:
    whole = meeting.end - meeting.start == len(meeting.word)
    fixed = score(meeting.how, meeting.quality)
    exact = score(How.EXACT, meeting.quality)
    for number in postings.of(meeting.word):
        start, end = postings.starts[number], postings.ends[number]
        if whole:
            to_the_letter = meeting.how is not How.TYPO and postings.surface(number) == wanted.typed
            yield Place(number, number, start, end, exact if to_the_letter else fixed)
        else:
            folded, offsets = fold_aligned(postings.surface(number))
            upto = start + offsets[meeting.end] if meeting.end < len(folded) else end
            yield Place(number, number, start + offsets[meeting.start], upto, fixed)
