"""The timeline: when undertakings were promised and when they fall due, by month, quarter or year.

A date is never made more precise than it is. Each undertaking is counted once: in the period that holds all the days on
which it may fall due, else in the year of the last of them ("2027" is no month). Where it is drawn, it is a span.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

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


class TimelineEvent(StrEnum):
    """What happens to an undertaking on a timeline."""

    DUE = "due"
    PROMISED = "promised"


class Days(Struct, frozen=True, gc=False):
    """A period of time: its first and its last day, ISO."""

    first: str
    last: str


def days_of(row: RegisterRow, event: TimelineEvent) -> Days | None:
    """Return the days on which an undertaking may fall due, or that on which it was first promised; None if unknown."""
    if event is TimelineEvent.PROMISED:
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
    rows: Sequence[RegisterRow]
    dated: Mapping[TimelineEvent, Mapping[int, Sequence[RegisterRow]]]
    undated: Mapping[TimelineEvent, Sequence[RegisterRow]]

    def at(self, event: TimelineEvent, slot: int) -> Sequence[RegisterRow]:
        """Return the undertakings in a slot."""
        return self.dated[event].get(slot, ())


class Timeline(Struct, frozen=True):
    """Undertakings over time: all of them as one group without a name, and the groups in order of their size.

    An undertaking of several parties is in the group of each.
    """

    axis: Axis
    all: TimelineGroup
    groups: tuple[TimelineGroup, ...]


class DatedRows:
    """Undertakings with all that a timeline needs of them, worked out once: a library has tens of thousands."""

    def __init__(self, rows: Iterable[RegisterRow]) -> None:
        self.rows = tuple(rows)
        self.days = {event: [days_of(row, event) for row in self.rows] for event in TimelineEvent}
        self._months = {
            event: [(_month_of(days.first), _month_of(days.last)) if days else None for days in of_event]
            for event, of_event in self.days.items()
        }
        self._names: dict[Grouping, list[tuple[str, ...]]] = {}

    @cached_property
    def indices(self) -> Mapping[int, int]:
        """The indices of the undertakings by their identity."""
        return {id(row): index for index, row in enumerate(self.rows)}

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which anything was promised or falls due; None without any."""
        months = [each for of_event in self._months.values() for each in of_event if each]
        if not months:
            return None
        return min(first for first, _ in months) // 12, max(last for _, last in months) // 12

    def names(self, grouping: Grouping) -> Sequence[tuple[str, ...]]:
        """Return the groups of each undertaking."""
        if grouping not in self._names:
            names_of = _NAMES_OF[grouping]
            self._names[grouping] = [names_of(row) or ("",) for row in self.rows]
        return self._names[grouping]

    def slots(self, event: TimelineEvent, axis: Axis) -> list[int | None]:
        """Return the slot of each undertaking, one that holds all its days, else the last one's year; None: undated."""
        if axis.years is None:
            return [None] * len(self.rows)
        first_month = axis.years[0] * 12
        months = range(first_month, (axis.years[1] + 1) * 12)
        slot_of = [axis.slot_of_day(f"{month // 12:04}-{month % 12 + 1:02}-01") for month in months]
        slots: list[int | None] = []
        for ends in self._months[event]:
            if ends is None:
                slots.append(None)
                continue
            slot = slot_of[ends[1] - first_month]
            is_within = slot == slot_of[ends[0] - first_month]
            slots.append(slot if is_within else axis.slot_of_year(ends[1] // 12))
        return slots

    def in_order(self, event: TimelineEvent, rows: Iterable[RegisterRow]) -> list[RegisterRow]:
        """Return some of the undertakings by the last day on which they fall due, or by that of the promise."""
        chosen = {self.indices[id(row)] for row in rows}
        return [self.rows[index] for index in self._order(event) if index in chosen]

    def _order(self, event: TimelineEvent) -> Sequence[int]:
        return self._due_order if event is TimelineEvent.DUE else self._promised_order

    @cached_property
    def _due_order(self) -> Sequence[int]:
        return self._sorted_by(TimelineEvent.DUE)

    @cached_property
    def _promised_order(self) -> Sequence[int]:
        return self._sorted_by(TimelineEvent.PROMISED)

    def _sorted_by(self, event: TimelineEvent) -> Sequence[int]:
        days = self.days[event]

        def key(index: int) -> tuple[bool, str, str]:
            known = days[index]
            return (False, known.last, known.first) if known else (True, self.rows[index].first, "")

        return sorted(range(len(self.rows)), key=key)


def _month_of(day: str) -> int:
    """Return the number of a day's month, counted from the year 0."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


_NAMES_OF: Mapping[Grouping, Callable[[RegisterRow], tuple[str, ...]]] = {
    Grouping.PARTY: parties_of,
    Grouping.FIELD: lambda row: (field_of(row),),
}


def timeline(
    dated: DatedRows,
    step: Step,
    grouping: Grouping = Grouping.NONE,
    *,
    rows: Sequence[RegisterRow] | None = None,
    events: Iterable[TimelineEvent] = tuple(TimelineEvent),
) -> Timeline:
    """Return the timeline of undertakings, or of those of them that are in `rows`.

    It begins with the first year in which anything was promised or falls due. The groups have the given events.
    """
    axis = Axis(step, dated.years)
    indices = range(len(dated.rows)) if rows is None else [dated.indices[id(row)] for row in rows]
    slots = {event: dated.slots(event, axis) for event in events}
    members: dict[str, list[int]] = defaultdict(list)
    if grouping is not Grouping.NONE:
        names_of = dated.names(grouping)
        for index in indices:
            for name in names_of[index]:
                members[name].append(index)
    names = by_size((name, len(of_name)) for name, of_name in members.items())
    groups = tuple(_group(name, dated, members[name], slots) for name in names)
    return Timeline(axis, _group("", dated, indices, slots), groups)


def _group(
    name: str, dated: DatedRows, indices: Sequence[int], slots: Mapping[TimelineEvent, Sequence[int | None]]
) -> TimelineGroup:
    rows = dated.rows
    by_event: dict[TimelineEvent, dict[int, list[RegisterRow]]] = {}
    undated: dict[TimelineEvent, list[RegisterRow]] = {}
    for event, slot_of in slots.items():
        by_slot: dict[int | None, list[RegisterRow]] = defaultdict(list)
        for index in indices:
            by_slot[slot_of[index]].append(rows[index])
        undated[event] = by_slot.pop(None, [])
        by_event[event] = {slot: of_slot for slot, of_slot in by_slot.items() if slot is not None}
    return TimelineGroup(name, [rows[index] for index in indices], by_event, undated)


def in_order_of(rows: Iterable[RegisterRow], event: TimelineEvent) -> list[RegisterRow]:
    """Return undertakings by the last day on which they fall due, or by that on which they were promised."""
    dated = DatedRows(rows)
    return dated.in_order(event, dated.rows)
