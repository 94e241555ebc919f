"""Statuses of undertakings: each is given by a statement, never by silence."""

from __future__ import annotations

from typing import Any

import pytest

from alliance_tui.linking.register import (
    RegisterContext,
    RegisterRow,
    Statement,
    Status,
    changes,
    find_status,
    sparkline,
)
from alliance_tui.records import Strength

TODAY = "2030-06-01"


def stated(date: str, strength: Strength = Strength.COMMITTED, **fields: Any) -> Statement:
    return Statement(1, 0, date, "Link radars", ("Norland",), strength, **fields)


def due(edtf: str, latest: str | None) -> dict[str, Any]:
    return {"deadline": edtf, "earliest": latest, "latest": latest}


DONE = stated("2030-01-01", Strength.COMPLETED)


@pytest.mark.parametrize(
    ("statements", "status", "reason", "evidence"),
    [
        ([stated("2029-01-01")], Status.PROMISED, "committed on 2029-01-01", 0),
        ([stated("2029-01-01"), stated("2030-01-01")], Status.REAFFIRMED, "stated again on 2030-01-01", 1),
        (
            [stated("2029-01-01", reaffirms=True)],
            Status.REAFFIRMED,
            "said to restate an earlier undertaking on 2029-01-01",
            0,
        ),
        ([stated("2029-01-01"), stated("2029-01-01")], Status.PROMISED, "committed on 2029-01-01", 0),
        ([stated("2029-01-01"), DONE], Status.DELIVERED, "said to be completed on 2030-01-01", 1),
        (
            [DONE, stated("2030-02-01")],
            Status.UNDER_WAY,
            "completed on 2030-01-01, stated again since",
            0,
        ),
        (
            [stated("2029-01-01", progress="has begun"), stated("2030-01-01")],
            Status.UNDER_WAY,
            "“has begun” on 2029-01-01",
            0,
        ),
        (
            [stated("2029-01-01", **due("2029", "2029-12-31")), stated("2030-01-01")],
            Status.OVERDUE,
            "due 2029; no document here says that it is done",
            0,
        ),
        (
            [stated("2029-01-01", **due("2029", "2029-12-31")), stated("2030-01-01", **due("2031", "2031-12-31"))],
            Status.REAFFIRMED,
            "stated again on 2030-01-01",
            1,
        ),
        (
            [stated("2029-01-01", **due("2029", "2029-12-31")), DONE],
            Status.DELIVERED,
            "said to be completed on 2030-01-01",
            1,
        ),
        ([stated("2029-01-01", **due("XXXX-11-01", None))], Status.PROMISED, "committed on 2029-01-01", 0),
        (
            [stated("2029-01-01", **due("2029", "2029-12-31"), is_limit=False)],
            Status.PROMISED,
            "committed on 2029-01-01",
            0,
        ),
        ([stated("2029-01-01", **due("2028", "2028-12-31"))], Status.PROMISED, "committed on 2029-01-01", 0),
        ([stated("2030-01-01", Strength.COMPLETED, is_done=False)], Status.PROMISED, "stated on 2030-01-01", 0),
        (
            [stated("2030-01-01", Strength.COMPLETED, is_done=False, progress="is being")],
            Status.UNDER_WAY,
            "“is being” on 2030-01-01",
            0,
        ),
        ([stated("")], Status.PROMISED, "committed", 0),
    ],
)
def test_a_status_names_the_statement_that_gives_it(
    statements: list[Statement], status: Status, reason: str, evidence: int
) -> None:
    finding = find_status(statements, TODAY)
    assert (finding.status, finding.reason, finding.evidence) == (status, reason, evidence)


def test_the_day_on_which_something_falls_due_is_not_overdue() -> None:
    statement = stated("2029-01-01", **due("2030-06-01", TODAY))
    assert find_status([statement], TODAY).status is Status.PROMISED
    assert find_status([statement], "2030-06-02").status is Status.OVERDUE


@pytest.mark.parametrize(
    ("title", "earliest", "latest", "status"),
    [
        ("Meet in Eskby", "2029-02-05", "2029-02-05", Status.PROMISED),
        ("Visit the harbours of Norland", "2029-02-05", "2029-02-11", Status.PROMISED),
        ("Meet in Eskby", "2029-02-01", "2029-02-28", Status.OVERDUE),
        ("Sign the Sky Pact", "2029-02-05", "2029-02-05", Status.OVERDUE),
    ],
)
def test_a_meeting_of_a_certain_day_or_week_is_not_overdue(
    title: str, earliest: str, latest: str, status: Status
) -> None:
    meeting = Statement(
        1, 0, "2029-01-01", title, ("Norland",), Strength.PLANNED, deadline="2029-02", earliest=earliest, latest=latest
    )
    assert find_status([meeting], TODAY).status is status


def test_what_is_to_be_done_on_the_day_of_its_document_is_not_overdue() -> None:
    assert find_status([stated("2029-01-01", **due("2029-01-01", "2029-01-01"))], TODAY).status is Status.PROMISED
    assert find_status([stated("2029-01-01", **due("2029-01-02", "2029-01-02"))], TODAY).status is Status.OVERDUE


def test_a_date_from_which_something_holds_is_not_when_it_falls_due() -> None:
    limit = stated("2029-01-01", **due("2031", "2031-12-31"))
    start = stated("2030-01-01", **due("2030", "2030-12-31"), is_limit=False)
    context = RegisterContext(TODAY, [limit, start])
    assert RegisterRow((limit, start), context).due is limit
    assert RegisterRow((start,), context).due is None


def test_a_sparkline_shows_the_ladder_over_time() -> None:
    assert sparkline([Strength.EXPLORED, None, Strength.COMMITTED, Strength.COMPLETED]) == "▁ ▄▇"


def test_changes_are_the_fields_in_which_a_statement_differs_from_the_one_before() -> None:
    later = stated("2030-01-01", Strength.AGREED, **due("2031", "2031-12-31"))
    assert [(each.field, each.before, each.after) for each in changes(stated("2029-01-01"), later)] == [
        ("strength", "committed", "agreed"),
        ("deadline", "", "2031"),
    ]
