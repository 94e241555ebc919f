"""Postings: the positions of each word in a list of strings, such as a document's text or the fields of its records."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise, repeat
from typing import NamedTuple

from alliance_tui.search.cancellation import NEVER_CANCELLED, CancellationToken
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS, paragraph_starts, sentence_starts, word_spans

_OTHER_WORD = "."
_HYPHENS = frozenset("-‐‑–")


class UnitIndex:
    """Consecutive units of words (strings, sentences or paragraphs), numbered from 0.

    `first_positions` holds the position of each unit's first word, `length` the number of all words.
    """

    def __init__(self, first_positions: array[int], length: int) -> None:
        self._first_positions = first_positions
        self._length = length

    def unit_of(self, position: int) -> int:
        """Return the unit that contains a word."""
        return bisect_right(self._first_positions, position) - 1

    def units_of(self, positions: Iterable[int]) -> list[int]:
        """Return the unit of each word."""
        return list(map(self.unit_by_position.__getitem__, positions))

    def positions_in(self, unit: int) -> range:
        """Return the positions of a unit's words."""
        is_last = unit + 1 == len(self._first_positions)
        return range(self._first_positions[unit], self._length if is_last else self._first_positions[unit + 1])

    @cached_property
    def unit_by_position(self) -> array[int]:
        """The unit of every word."""
        units = array("I")
        for unit in range(len(self._first_positions)):
            units.extend(repeat(unit, len(self.positions_in(unit))))
        return units

    def split(self, count: int) -> list[range]:
        """Split all positions into about `count` ranges of whole units."""
        ends = [*self._first_positions[:: max(1, len(self._first_positions) // count)], self._length]
        return [range(start, end) for start, end in pairwise(dict.fromkeys([0, *ends]))]


class Postings:
    """An immutable positional index of the words of `strings`.

    Words have consecutive positions from 0 across all strings. They are looked up by their folded form and, within it,
    by their spellings. `start_offsets` holds the offset of each word in its string. `cancellation` is checked while the
    strings are read.
    """

    def __init__(self, strings: Sequence[str], cancellation: CancellationToken = NEVER_CANCELLED) -> None:
        self.strings = strings
        self.start_offsets = array("I")
        self.positions_by_spelling: dict[str, array[int]] = {}
        self.spelling_ordinals = array("I")
        """The ordinal of the spelling of each word."""
        self._spellings: dict[str, list[str]] = {}
        firsts = _FirstPositions(array("I"), array("I"), array("I"))
        initials = array("B")
        entries: dict[str, _Entry] = {}
        for string in cancellation.iterate(strings):
            self._add(string, entries, initials, firsts, cancellation)
        self.by_string, self.by_sentence, self.by_paragraph = (
            UnitIndex(first_positions, len(self.start_offsets)) for first_positions in firsts
        )
        self._ordered_spellings = tuple(self.positions_by_spelling)
        self._ordinals = {spelling: ordinal for ordinal, spelling in enumerate(self._ordered_spellings)}
        self.initials = initials.tobytes().decode("ascii")
        """A character for each word: the upper-case initial of a capitalised word, the lower-case initial of a function
        word, and "." for any other word."""

    def _add(
        self,
        string: str,
        entries: dict[str, _Entry],
        initials: array[int],
        firsts: _FirstPositions,
        cancellation: CancellationToken,
    ) -> None:
        starts, ordinals = self.start_offsets, self.spelling_ordinals
        first = position = len(starts)
        firsts.of_strings.append(first)
        for start, end in cancellation.iterate(word_spans(string)):
            spelling = string[start:end]
            entry = entries.get(spelling) or self._new_entry(spelling, entries)
            if not entry.folded:
                continue
            entry.positions.append(position)
            starts.append(start)
            ordinals.append(entry.ordinal)
            initials.append(entry.initial)
            position += 1
        _append_first_positions(firsts.of_sentences, sentence_starts(string), starts, first)
        _append_first_positions(firsts.of_paragraphs, paragraph_starts(string), starts, first)

    def _new_entry(self, spelling: str, entries: dict[str, _Entry]) -> _Entry:
        folded = fold(spelling)
        initial = ord(_initial(spelling, folded))
        entry = entries[spelling] = _Entry(folded, len(self.positions_by_spelling), array("I"), initial)
        if entry.folded:
            self.positions_by_spelling[spelling] = entry.positions
            self._spellings.setdefault(entry.folded, []).append(spelling)
        return entry

    def __len__(self) -> int:
        return len(self.start_offsets)

    @property
    def vocabulary(self) -> Iterable[str]:
        """The distinct folded words."""
        return self._spellings.keys()

    def spellings(self, word: str) -> Sequence[str]:
        """Return the spellings of a folded word; none if it does not occur."""
        return self._spellings.get(word, ())

    def spelling(self, position: int) -> str:
        """Return the word at a position as written."""
        return self._ordered_spellings[self.spelling_ordinals[position]]

    def folded(self, position: int) -> str:
        """Return the folded word at a position."""
        return fold(self.spelling(position))

    def spelling_ordinal(self, spelling: str) -> int:
        """Return the ordinal of a spelling, by first occurrence."""
        return self._ordinals[spelling]

    def end_offset(self, position: int) -> int:
        """Return the offset in its string at which a word ends."""
        return self.start_offsets[position] + len(self.spelling(position))

    def has_hyphen_after(self, position: int) -> bool:
        """Whether a hyphen joins a word to the next one."""
        string = self.strings[self.by_string.unit_of(position)]
        return string[self.end_offset(position) : self.start_offsets[position + 1]] in _HYPHENS

    def positions(self, word: str) -> list[int]:
        """Return the sorted positions of a folded word in all its spellings."""
        return sorted(n for spelling in self.spellings(word) for n in self.positions_by_spelling[spelling])

    def positions_between(self, start: int, end: int) -> range:
        """Return the positions of the words of the first string that begin between two offsets (end exclusive)."""
        stop = self.by_string.positions_in(0).stop
        return range(bisect_left(self.start_offsets, start, 0, stop), bisect_left(self.start_offsets, end, 0, stop))

    def in_same_sentence(self, first: int, last: int) -> bool:
        """Whether `first` to `last` are positions of words of one sentence, in this order."""
        sentence_of = self.by_sentence.unit_of
        return 0 <= first <= last < len(self.start_offsets) and sentence_of(first) == sentence_of(last)


class _FirstPositions(NamedTuple):
    """The position of the first word of each unit."""

    of_strings: array[int]
    of_sentences: array[int]
    of_paragraphs: array[int]


class _Entry(NamedTuple):
    """A spelling while the postings are built."""

    folded: str
    ordinal: int
    positions: array[int]
    initial: int


def _append_first_positions(
    first_positions: array[int], offsets: Iterable[int], starts: array[int], first: int
) -> None:
    """Append the position of the first word after each offset in the string whose first word is `first`."""
    for offset in offsets:
        position = bisect_left(starts, offset, first)
        if position < len(starts) and (not first_positions or first_positions[-1] < position):
            first_positions.append(position)


def _initial(spelling: str, folded: str) -> str:
    if not folded[:1].isascii() or not folded:
        return _OTHER_WORD
    if folded in FUNCTION_WORDS:
        return folded[0]
    return folded[0].upper() if spelling[0].isupper() else _OTHER_WORD
