"""The timeline: when undertakings were promised and when they fall due, by month, quarter or year.

A date is never made more precise than it is. Each undertaking is counted once: in the period that holds all the days on
which it may fall due, else in the year of the last of them ("2027" is no month). Where it is drawn, it is a span.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.undertakings import by_size, field_of, parties_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Step(StrEnum):
    """The length of the periods of a timeline."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Grouping(StrEnum):
    """What the undertakings of a timeline are grouped by."""

    NONE = "none"
    PARTY = "party"
    FIELD = "field"


class Occasion(StrEnum):
    """What happens to an undertaking on a timeline."""

    DUE = "due"
    PROMISED = "promised"


class Days(Struct, frozen=True, gc=False):
    """A period of time: its first and its last day, ISO."""

    first: str
    last: str


def days_of(row: RegisterRow, occasion: Occasion) -> Days | None:
    """Return the days on which an undertaking may fall due, or that on which it was first promised; None if unknown."""
    if occasion is Occasion.PROMISED:
        return Days(row.first, row.first) if row.first else None
    due = row.due
    if due is None or not (due.earliest and due.latest):
        return None
    ordered = sorted((due.earliest, due.latest))
    return Days(*ordered) if all(map(_ISO_DAY.fullmatch, ordered)) else None


class Axis(Struct, frozen=True, gc=False):
    """The slots of a timeline, from its first to its last year: each year, followed by its months or quarters.

    A slot is a number that grows with time. Without `years`, the axis has no slots.
    """

    step: Step
    years: tuple[int, int] | None

    @property
    def slots_per_year(self) -> int:
        """The year's own slot and those of its periods."""
        return {Step.MONTH: 13, Step.QUARTER: 5, Step.YEAR: 1}[self.step]

    @property
    def slots(self) -> range:
        """All slots."""
        if self.years is None:
            return range(0)
        return range(self.years[0] * self.slots_per_year, (self.years[1] + 1) * self.slots_per_year)

    def slot_of_day(self, day: str) -> int:
        """Return the slot of the month, quarter or year that holds a day."""
        year, month = int(day[:4]), int(day[5:7])
        part = {Step.MONTH: month, Step.QUARTER: (month + 2) // 3, Step.YEAR: 0}[self.step]
        return year * self.slots_per_year + part

    def slot_of(self, days: Days) -> int:
        """Return the slot in which a period is counted: one that holds it all, else the year of its last day."""
        last = self.slot_of_day(days.last)
        return last if self.slot_of_day(days.first) == last else self.slot_of_year(int(days.last[:4]))

    def slot_of_year(self, year: int) -> int:
        """Return the slot of a year itself."""
        return year * self.slots_per_year

    def is_year(self, slot: int) -> bool:
        """Whether a slot is that of a whole year."""
        return slot % self.slots_per_year == 0

    def key(self, slot: int) -> str:
        """Return the period of a slot as "2027", "2027-Q1" or "2027-01"."""
        year, part = divmod(slot, self.slots_per_year)
        if part == 0:
            return f"{year:04}"
        return f"{year:04}-Q{part}" if self.step is Step.QUARTER else f"{year:04}-{part:02}"

    def heading(self, slot: int) -> str:
        """Return the name of a slot beside the year that comes before it: "2027", "Q1" or "Jan"."""
        year, part = divmod(slot, self.slots_per_year)
        if part == 0:
            return str(year)
        return f"Q{part}" if self.step is Step.QUARTER else MONTHS[part - 1]

    def label(self, slot: int) -> str:
        """Return the name of a slot on its own: "2027", "Q1 2027" or "Jan 2027"."""
        return self.heading(slot) if self.is_year(slot) else f"{self.heading(slot)} {slot // self.slots_per_year}"


class TimelineGroup(Struct, frozen=True):
    """Undertakings of one party or field, "" for those of none, by what happens and by slot; `undated` by the first."""

    name: str
    rows: tuple[RegisterRow, ...]
    dated: Mapping[Occasion, Mapping[int, tuple[RegisterRow, ...]]]
    undated: Mapping[Occasion, tuple[RegisterRow, ...]]

    def at(self, occasion: Occasion, slot: int) -> tuple[RegisterRow, ...]:
        """Return the undertakings in a slot."""
        return self.dated[occasion].get(slot, ())


class Timeline(Struct, frozen=True):
    """Undertakings over time: all of them as one group without a name, and the groups in order of their size.

    An undertaking of several parties is in the group of each.
    """

    axis: Axis
    all: TimelineGroup
    groups: tuple[TimelineGroup, ...]


def timeline(rows: Iterable[RegisterRow], step: Step, grouping: Grouping = Grouping.NONE) -> Timeline:
    """Return the timeline of undertakings, from the first year in which anything was promised or falls due."""
    rows = tuple(rows)
    days = {occasion: [days_of(row, occasion) for row in rows] for occasion in Occasion}
    known = [each for of_occasion in days.values() for each in of_occasion if each]
    years = None
    if known:
        years = (int(min(each.first for each in known)[:4]), int(max(each.last for each in known)[:4]))
    axis = Axis(step, years)
    slots = {
        occasion: [axis.slot_of(each) if each else None for each in of_occasion]
        for occasion, of_occasion in days.items()
    }
    members: dict[str, list[int]] = defaultdict(list)
    if grouping is not Grouping.NONE:
        names_of = _NAMES_OF[grouping]
        for index, row in enumerate(rows):
            for name in names_of(row) or ("",):
                members[name].append(index)
    names = by_size((name, len(indices)) for name, indices in members.items())
    groups = tuple(_group(name, rows, members[name], slots) for name in names)
    return Timeline(axis, _group("", rows, range(len(rows)), slots), groups)


_NAMES_OF: Mapping[Grouping, Callable[[RegisterRow], tuple[str, ...]]] = {
    Grouping.PARTY: parties_of,
    Grouping.FIELD: lambda row: (field_of(row),),
}


def _group(
    name: str,
    rows: Sequence[RegisterRow],
    indices: Iterable[int],
    slots: Mapping[Occasion, Sequence[int | None]],
) -> TimelineGroup:
    indices = list(indices)
    dated: dict[Occasion, dict[int, list[RegisterRow]]] = {occasion: defaultdict(list) for occasion in Occasion}
    undated: dict[Occasion, list[RegisterRow]] = {occasion: [] for occasion in Occasion}
    for occasion in Occasion:
        for index in indices:
            slot = slots[occasion][index]
            (undated[occasion] if slot is None else dated[occasion][slot]).append(rows[index])
    return TimelineGroup(
        name,
        tuple(rows[index] for index in indices),
        {occasion: {slot: tuple(each) for slot, each in by_slot.items()} for occasion, by_slot in dated.items()},
        {occasion: tuple(each) for occasion, each in undated.items()},
    )


def in_order_of(rows: Iterable[RegisterRow], occasion: Occasion) -> list[RegisterRow]:
    """Return undertakings by the last day on which they fall due, or by that on which they were promised."""

    def key(row: RegisterRow) -> tuple[bool, str, str]:
        days = days_of(row, occasion)
        return (False, days.last, days.first) if days else (True, row.first, "")

    return sorted(rows, key=key)
