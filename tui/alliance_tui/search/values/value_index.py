"""Index of the values in postings, by worth."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.values.parser import (
    HEADS,
    MAX_WORDS_BEFORE_HEAD,
    WEAK_STARTERS,
    find_values,
    starts_value,
)
from alliance_tui.search.values.value import Period, Quantity, Value, means, means_unit, value_of

WordRange = tuple[int, int]
"""The positions of a first and a last word."""


class ValueIndex:
    """The values in the strings of some postings, built in one pass over the words at which a value may begin.

    Each value has a number, in reading order.
    """

    def __init__(self, postings: Postings) -> None:
        self._units: dict[str, int] = {}
        self._unit_names: list[str] = []
        self._numbers: dict[float, array[int]] = {}
        """The values by the number of a quantity."""
        self._periods: dict[Period, array[int]] = {}
        self._unit_of = array("B")
        self._firsts, self._lasts = array("I"), array("I")
        for string, starts in _starts_by_string(postings):
            positions = postings.by_string.positions_in(string)
            for start, end, values in find_values(postings.strings[string], starts):
                first = bisect_left(postings.start_offsets, start, positions.start, positions.stop)
                last = max(first, bisect_left(postings.start_offsets, end, first, positions.stop) - 1)
                for value in values:
                    self._add(value, first, last)

    def _add(self, value: Value, first: int, last: int) -> None:
        unit = ""
        if isinstance(value, Quantity):
            unit = value.unit
            ordinals = self._numbers.setdefault(value.number, array("I"))
        else:
            ordinals = self._periods.setdefault(value, array("I"))
        ordinals.append(len(self._firsts))
        if unit not in self._units:
            self._units[unit] = len(self._unit_names)
            self._unit_names.append(unit)
        self._unit_of.append(self._units[unit])
        self._firsts.append(first)
        self._lasts.append(last)

    def __len__(self) -> int:
        return len(self._firsts)

    @property
    def keys(self) -> Iterator[str]:
        """The keys of all values."""
        for number, ordinals in self._numbers.items():
            for unit in {self._unit_of[ordinal] for ordinal in ordinals}:
                yield Quantity(number, self._unit_names[unit]).key
        yield from (period.key for period in self._periods)

    def keys_meant_by(self, sought: Value) -> list[str]:
        """Return the keys of the values that a value of a query means."""
        if isinstance(sought, Period):
            return [period.key for period in self._periods if means(sought, period)]
        units = {self._unit_names[self._unit_of[ordinal]] for ordinal in self._numbers.get(sought.number, ())}
        return [Quantity(sought.number, unit).key for unit in sorted(units) if means_unit(sought.unit, unit)]

    def occurrences(self, key: str) -> list[WordRange]:
        """Return the positions of the first and last words of the values with a key, in reading order."""
        value = value_of(key)
        if isinstance(value, Quantity):
            unit = self._units.get(value.unit)
            ordinals = [n for n in self._numbers.get(value.number, ()) if self._unit_of[n] == unit]
        else:
            ordinals = list(self._periods.get(value, ()))
        return sorted({(self._firsts[n], self._lasts[n]) for n in ordinals})


def _starts_by_string(postings: Postings) -> Iterator[tuple[int, list[int]]]:
    """Yield each string with a value, with the offsets at which one may begin."""
    flags = bytearray(len(postings))  # one for each word; to sort the positions would keep other threads waiting
    weak: set[int] = set()
    for word in postings.vocabulary:
        if starts_value(word):
            for position in postings.positions(word):
                flags[position] = 1
        if word in WEAK_STARTERS:
            weak.update(postings.spelling_ordinal(spelling) for spelling in postings.spellings(word))
    for head in (position for word in HEADS for position in postings.positions(word)):
        for position in range(max(0, head - MAX_WORDS_BEFORE_HEAD), head):
            if postings.spelling_ordinals[position] in weak:
                flags[position] = 1
    starts: list[int] = []
    string = -1
    position = flags.find(1)
    while position >= 0:
        if (owner := postings.by_string.unit_of(position)) != string:
            if starts:
                yield string, starts
            string, starts = owner, []
        starts.append(postings.start_offsets[position])
        position = flags.find(1, position + 1)
    if starts:
        yield string, starts


@cache_by_identity
def values_in_text(text: Postings) -> ValueIndex:
    """Return the values in the postings of a text; the last few are cached."""
    return ValueIndex(text)


@cache_by_identity
def values_in_records(records: Postings) -> ValueIndex:
    """Return the values in the postings of records, which change while their text does not; the last few are cached."""
    return ValueIndex(records)
