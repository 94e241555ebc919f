"""The timeline counts each undertaking once and makes no date more precise than it is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.overviews.timeline import (
    Axis,
    DatedRows,
    Days,
    Grouping,
    Step,
    TimelineEvent,
    days_of,
    in_order_of,
    timeline,
)
from alliance_tui.records import Domain
from tests.overviews.builders import undertaking

JUNE = undertaking("Open the port", "2029-03-04", due=("2031-06", "2031-06-01", "2031-06-30"))
YEAR = undertaking("Build the centre", "2029-11-20", due=("2031", "2031-01-01", "2031-12-31"), parties="Norland")
SPAN = undertaking("Plant oaks", "", due=("2025/2032", "2025-01-01", "2032-12-31"), domain=None, parties="")
UNKNOWN = undertaking("Meet", "2030-01-10", due=("XXXX-11-01", None, None), domain=Domain.SPACE)
ROWS = (JUNE, YEAR, SPAN, UNKNOWN)
days = st.dates().map(str).filter(lambda day: day >= "1000")


def labels(step: Step, event: TimelineEvent) -> dict[str, list[str]]:
    """Return the titles of undertakings by period."""
    shown = timeline(DatedRows(ROWS), step)
    by_slot = shown.all.dated[event]
    return {shown.axis.label(slot): [row.title for row in rows] for slot, rows in sorted(by_slot.items())}


@pytest.mark.parametrize(
    ("step", "due"),
    [
        (Step.MONTH, {"2031": ["Build the centre"], "Jun 2031": ["Open the port"], "2032": ["Plant oaks"]}),
        (Step.QUARTER, {"2031": ["Build the centre"], "Q2 2031": ["Open the port"], "2032": ["Plant oaks"]}),
        (Step.YEAR, {"2031": ["Open the port", "Build the centre"], "2032": ["Plant oaks"]}),
    ],
)
def test_what_is_known_to_the_year_only_is_counted_in_the_year(step: Step, due: dict[str, list[str]]) -> None:
    assert labels(step, TimelineEvent.DUE) == due


def test_a_promise_is_counted_when_it_was_first_made() -> None:
    assert list(labels(Step.QUARTER, TimelineEvent.PROMISED)) == ["Q1 2029", "Q4 2029", "Q1 2030"]


def test_undated_undertakings_are_counted() -> None:
    shown = timeline(DatedRows(ROWS), Step.YEAR).all
    assert shown.undated == {TimelineEvent.DUE: [UNKNOWN], TimelineEvent.PROMISED: [SPAN]}


def test_an_undertaking_is_in_the_group_of_each_of_its_parties() -> None:
    shown = timeline(DatedRows(ROWS), Step.YEAR, Grouping.PARTY)
    assert [(group.name, len(group.rows)) for group in shown.groups] == [("Norland", 3), ("Westmark", 2), ("", 1)]
    assert shown.groups[1].at(TimelineEvent.DUE, shown.axis.slot_of_year(2031)) == [JUNE]


def test_groups_by_field_have_each_undertaking_once() -> None:
    shown = timeline(DatedRows(ROWS), Step.YEAR, Grouping.FIELD)
    assert [(group.name, len(group.rows)) for group in shown.groups] == [("maritime", 2), ("space", 1), ("", 1)]


def test_nothing_dated_gives_an_empty_axis() -> None:
    assert timeline(DatedRows([undertaking("Meet", "")]), Step.MONTH).axis.slots == range(0)
    assert timeline(DatedRows([]), Step.YEAR).axis.slots == range(0)


def test_the_order_is_that_of_the_last_day_and_undated_ones_come_last() -> None:
    assert in_order_of(ROWS, TimelineEvent.DUE) == [JUNE, YEAR, SPAN, UNKNOWN]
    assert in_order_of(ROWS, TimelineEvent.PROMISED) == [JUNE, YEAR, UNKNOWN, SPAN]


def test_reversed_ends_are_put_in_order() -> None:
    odd = undertaking("Odd", "2029-01-01", due=("2031/2030", "2031-01-01", "2030-12-31"))
    assert days_of(odd, TimelineEvent.DUE) == Days("2030-12-31", "2031-01-01")


@given(st.tuples(days, days).map(sorted), st.sampled_from(Step))
def test_a_period_is_counted_in_a_slot_that_holds_its_last_day(ends: list[str], step: Step) -> None:
    dated = DatedRows([undertaking("x", "", due=("2030", ends[0], ends[1]))])
    axis = Axis(step, dated.years)
    (slot,) = dated.slots(TimelineEvent.DUE, axis)
    assert slot is not None
    assert slot in axis.slots
    assert ends[1].startswith(axis.key(slot)[:4])
    if not axis.is_year(slot):
        assert axis.slot_of_day(ends[0]) == axis.slot_of_day(ends[1]) == slot


@given(st.lists(st.tuples(st.tuples(days, days).map(sorted), days), max_size=8), st.sampled_from(Step))
def test_the_counts_of_all_periods_and_the_undated_make_up_the_total(
    dates: list[tuple[list[str], str]], step: Step
) -> None:
    rows = [undertaking("x", said, due=("2030", ends[0], ends[1])) for ends, said in dates]
    shown = timeline(DatedRows(rows), step, Grouping.FIELD)
    for group in (shown.all, *shown.groups):
        for event in TimelineEvent:
            counted = Counter(id(row) for slot in group.dated[event].values() for row in slot)
            assert set(counted.values()) <= {1}
            assert len(counted) + len(group.undated[event]) == len(group.rows)
