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


def test_an_engagement_of_a_past_day_is_not_overdue() -> None:
    dated = due("2029-02-05", "2029-02-05")
    assert find_status([stated("2029-01-01", **dated, is_engagement=True)], TODAY).status is Status.PROMISED
    assert find_status([stated("2029-01-01", **dated)], TODAY).status is Status.OVERDUE


def test_an_act_that_is_told_is_delivered_whatever_its_strength() -> None:
    told = stated("2029-03-01", Strength.AGREED, is_act=True)
    assert find_status([told], TODAY).status is Status.DELIVERED
    assert find_status([stated("2029-01-01"), told], TODAY).evidence == 1
    assert find_status([told, stated("2029-05-01")], TODAY).status is Status.UNDER_WAY


@pytest.mark.parametrize(
    ("later", "status"),
    [
        ("2029-01-02", Status.PROMISED),
        ("2029-01-04", Status.PROMISED),
        ("2029-01-05", Status.REAFFIRMED),
        ("2029-02", Status.REAFFIRMED),
    ],
)
def test_documents_of_one_occasion_reaffirm_nothing(later: str, status: Status) -> None:
    assert find_status([stated("2029-01-01"), stated(later)], TODAY).status is status


def test_what_a_document_of_the_same_occasion_says_to_be_done_is_delivered() -> None:
    assert find_status([DONE, stated("2030-01-03")], TODAY).status is Status.DELIVERED


@pytest.mark.parametrize(
    ("day", "status"),
    [("2029-01-01", Status.PROMISED), ("2029-01-04", Status.PROMISED), ("2029-01-05", Status.OVERDUE)],
)
def test_what_is_to_be_done_on_the_occasion_of_its_document_is_not_overdue(day: str, status: Status) -> None:
    assert find_status([stated("2029-01-01", **due(day, day))], TODAY).status is status


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Renew the Straits Memorandum", Status.PROMISED),
        ("Remain neutral in the strait", Status.PROMISED),
        ("Guard the strait", Status.REAFFIRMED),
    ],
)
def test_what_is_renewed_or_remains_restates_nothing(title: str, status: Status) -> None:
    statement = Statement(1, 0, "2029-01-01", title, ("Norland",), Strength.AGREED, reaffirms=True)
    assert find_status([statement], TODAY).status is status


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
