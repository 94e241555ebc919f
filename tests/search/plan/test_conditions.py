"""Conditions as predicates, and the values that filters take."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.records import Amount, Deadline, PartyRoles, Strength
from alliance_tui.search.plan.conditions import NameCondition, condition_of
from alliance_tui.search.plan.readings import Meaning
from alliance_tui.search.query import Filter, parse_query
from tests.support.sample_index import HEADQUARTERS, agreement_ids, span


def filter_of(query: str) -> Filter:
    ((term,),) = parse_query(query).groups
    assert isinstance(term.operand, Filter)
    return term.operand


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("due:2024..2025", True),
        ("due:2025..2027", True),
        ("due:..2024", False),
        ("due:2025-03..", True),
        ("due:2026..", False),
        ("due:2025", True),
        ("due:>2025-03", False),
        ("amount:6m", True),
        ("amount:>5m", True),
        ("amount:5m..6m", True),
        ("amount:6m..7m", True),
        ("amount:<6m", False),
        ("is:open", True),
        ("is:completed", False),
        ("is:joint", False),
        ("section:sec", True),
        ("section:peace", True),
        ("section:ecurity", False),
    ],
)
def test_ranges_keep_both_ends_and_other_conditions(query: str, passes: bool) -> None:
    agreement = replace(HEADQUARTERS, amounts=(Amount(6e6, "USD", span("joint")),), section="Peace and Security")
    condition = condition_of(filter_of(query))
    assert condition is not None
    assert condition.passes(agreement) is passes  # type: ignore[arg-type, call-arg]


@pytest.mark.parametrize("query", ["due:soon", "due:2027-13", "by:2027-13", "amount:many", "is:xyz", "due:2025..soon"])
def test_invalid_values_have_no_condition(query: str) -> None:
    assert condition_of(filter_of(query)) is None


def test_by_means_still_to_be_done_unless_what_is_completed_is_asked_for() -> None:
    by, due = condition_of(filter_of("by:2030")), condition_of(filter_of("due:..2030"))
    done = replace(
        HEADQUARTERS,
        strength=Strength.COMPLETED,
        deadline=Deadline("2025", span("by March 2025"), "2025-01-01", "2025-12-31"),
    )
    assert by is not None
    assert due is not None
    assert not by.passes(done)  # type: ignore[arg-type, call-arg]
    assert due.passes(done)  # type: ignore[arg-type, call-arg]


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("does:japan", True),
        ("pays:japan", False),
        ("pays:korea", True),
        ("receives:kenya", True),
        ("hosts:kenya", False),
    ],
)
def test_who_has_which_role(query: str, passes: bool) -> None:
    filter_ = filter_of(query)
    roles = PartyRoles(does=("Japan",), pays=("South Korea",), receives=("Kenya",))
    names = {"japan": "Japan", "korea": "South Korea", "kenya": "Kenya"}
    condition = NameCondition(filter_.field, Meaning(filter_.phrase, ()))
    assert condition.passes(replace(HEADQUARTERS, roles=roles), {names[filter_.value]}, ()) is passes


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("only:japan", ["a-headquarters"]),
        ("with:japan", ["a-upgrade"]),
        ("with:america", ["a-upgrade"]),
        ("to:kishida", ["a-upgrade"]),
        ("party:usa", ["a-upgrade"]),
        ("only:japan by:2025 is:completed", []),
        ("is:joint", ["a-upgrade"]),
    ],
)
def test_who_undertakes_and_with_whom(query: str, ids: list[str]) -> None:
    assert agreement_ids(query) == ids
