"""Index of the values in postings, by worth."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.values.parser import (
    HEADS,
    MAX_WORDS_BEFORE_HEAD,
    WEAK_STARTERS,
    find_values,
    starts_value,
)
from alliance_tui.search.values.value import Period, Quantity, Value, means, means_unit


class ValueOccurrence(NamedTuple):
    """Where a value stands: the positions of its first and last word, and its offsets in its string."""

    first_position: int
    last_position: int
    start: int
    end: int


class ValueIndex:
    """The values in the strings of some postings, built in one pass over the words at which a value may begin.

    Each value has a number, in reading order.
    """

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._units: dict[str, int] = {}
        self._numbers: dict[float, array[int]] = {}
        """The values by the number of a quantity."""
        self._periods: dict[Period, array[int]] = {}
        self._unit_of = array("B")
        self._firsts, self._starts, self._ends = array("I"), array("I"), array("I")
        for string, starts in _starts_by_string(postings):
            positions = postings.by_string.positions_in(string)
            for start, end, values in find_values(postings.strings[string], starts):
                first = bisect_left(postings.start_offsets, start, positions.start, positions.stop)
                for value in values:
                    self._add(value, first, start, end)

    def _add(self, value: Value, first: int, start: int, end: int) -> None:
        unit = ""
        if isinstance(value, Quantity):
            unit = value.unit
            ordinals = self._numbers.setdefault(value.number, array("I"))
        else:
            ordinals = self._periods.setdefault(value, array("I"))
        ordinals.append(len(self._firsts))
        self._unit_of.append(self._units.setdefault(unit, len(self._units)))
        self._firsts.append(first)
        self._starts.append(start)
        self._ends.append(end)

    def __len__(self) -> int:
        return len(self._firsts)

    def occurrences(self, sought: Value) -> list[ValueOccurrence]:
        """Return where the postings have what a value of a query means, in reading order.

        A date without its year counts for a full date only where no string has the full date.
        """
        if isinstance(sought, Quantity):
            units = {number for unit, number in self._units.items() if means_unit(sought.unit, unit)}
            ordinals = [n for n in self._numbers.get(sought.number, ()) if self._unit_of[n] in units]
        elif sought in self._periods and _is_full_date(sought):
            ordinals = list(self._periods[sought])
        else:
            ordinals = [n for period, numbers in self._periods.items() if means(sought, period) for n in numbers]
        spans = {(self._firsts[n], self._starts[n], self._ends[n]) for n in ordinals}
        return [self._occurrence(*span) for span in sorted(spans)]

    def _occurrence(self, first: int, start: int, end: int) -> ValueOccurrence:
        string = self._postings.by_string.positions_in(self._postings.by_string.unit_of(first))
        last = bisect_left(self._postings.start_offsets, end, first, string.stop) - 1
        return ValueOccurrence(first, max(first, last), start, end)


def _is_full_date(period: Period) -> bool:
    return len(period.edtf) == len("2023-10-07") and not period.edtf.startswith("XXXX")


def _starts_by_string(postings: Postings) -> Iterator[tuple[int, list[int]]]:
    """Yield each string with a value, with the offsets at which one may begin."""
    positions: set[int] = set()
    heads: list[int] = []
    weak: set[int] = set()
    for word in postings.vocabulary:
        if starts_value(word):
            positions.update(postings.positions(word))
        if word in HEADS:
            heads += postings.positions(word)
        if word in WEAK_STARTERS:
            weak.update(postings.spelling_ordinal(spelling) for spelling in postings.spellings(word))
    for head in heads:
        for position in range(max(0, head - MAX_WORDS_BEFORE_HEAD), head):
            if postings.spelling_ordinals[position] in weak:
                positions.add(position)
    starts: list[int] = []
    string = -1
    for position in sorted(positions):
        if (owner := postings.by_string.unit_of(position)) != string:
            if starts:
                yield string, starts
            string, starts = owner, []
        starts.append(postings.start_offsets[position])
    if starts:
        yield string, starts
