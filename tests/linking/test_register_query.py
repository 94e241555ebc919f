"""Queries on the register."""

from __future__ import annotations

import pytest

from alliance_tui.linking.register import RegisterContext, RegisterRow, Statement
from alliance_tui.linking.register_query import matching_rows
from alliance_tui.records import Domain, Strength

BOTH = ("Norland", "Westmark")
RADARS = (
    Statement(1, 0, "2028-03-04", "Link coastal radars", BOTH, Strength.PLANNED, domain=Domain.MARITIME),
    Statement(2, 3, "2029-05-06", "Link coastal radars", BOTH, Strength.COMMITTED),
)
DRONES = (
    Statement(
        1,
        1,
        "2028-03-04",
        "Deliver drones",
        ("Suderia",),
        Strength.COMPLETED,
        instrument="Sky Pact",
        domain=Domain.OTHER,
    ),
)
OAKS = (
    Statement(3, 0, "2029-12-31", "Plant oaks", ("Westmark",), Strength.AGREED, "2029", "2029-01-01", "2029-12-31"),
)
UNDATED = (Statement(4, 0, "", "Teach pilots", ("Ostia",), Strength.AIMED),)
CONTEXT = RegisterContext("2030-01-01", [*RADARS, *DRONES, *OAKS, *UNDATED])
ROWS = [RegisterRow(statements, CONTEXT) for statements in (RADARS, DRONES, OAKS, UNDATED)]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "Link Deliver Plant Teach"),
        ("overdue:yes", "Plant"),
        ("overdue:no", "Link Deliver Teach"),
        ("first:2028", "Link Deliver"),
        ("first:2028-04..2029", "Plant"),
        ("last:>=2029-05", "Link Plant"),
        ("last:<2029", "Deliver"),
        ("told:>1", "Link"),
        ("told:1", "Deliver Plant Teach"),
        ("told:1..2", "Link Deliver Plant Teach"),
        ("status:delivered", "Deliver"),
        ("status:reaff", "Link"),
        ("status:silent", ""),
        ("party:westmark", "Link Plant"),
        ("party:westmark party:norland", "Link"),
        ("!party:westmark", "Deliver Teach"),
        ("strength:planned", "Link"),
        ("domain:maritime", "Link"),
        ('instrument:"sky pact"', "Deliver"),
        ("sky drones", "Deliver"),
        ("coastal westmark", "Link"),
        ('"coastal radars" told:2', "Link"),
    ],
)
def test_a_query_leaves_the_rows_that_match(query: str, titles: str) -> None:
    matches = matching_rows(ROWS, query)
    assert " ".join(row.title.split()[0] for row in matches.rows) == titles
    assert matches.problems == ()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("status:forgotten", "status: takes promised"),
        ("told:many", "told: takes a number"),
        ("first:soon", "first: takes a date"),
        ("overdue:perhaps", "overdue: takes yes or no"),
        ("colour:red", "“colour” is no field of the register"),
        ("party:", "party: waits for a value"),
    ],
)
def test_what_cannot_be_understood_is_said_and_ignored(query: str, problem: str) -> None:
    matches = matching_rows(ROWS, query)
    assert len(matches.rows) == len(ROWS)
    assert matches.problems[0].startswith(problem)
