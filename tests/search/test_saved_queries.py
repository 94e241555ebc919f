"""Saved queries in other queries."""

from __future__ import annotations

import pytest

from alliance_tui.search.saved_queries import expand_saved, reference_to

SAVED = {"arms": "weapon | missile strength:>=agreed", "the sea": "party:norland"}


@pytest.mark.parametrize(
    ("query", "expanded"),
    [
        ("saved:arms", "weapon | missile strength:>=agreed "),
        ("is:new SAVED:Arms by:2030", "is:new weapon | missile strength:>=agreed  by:2030"),
        ('saved:"the sea" radar', "party:norland  radar"),
        ("unsaved:arms radar", "unsaved:arms radar"),
    ],
)
def test_a_saved_query_stands_for_its_terms(query: str, expanded: str) -> None:
    assert expand_saved(query, SAVED) == (expanded, ())


def test_what_cannot_be_had_is_left_out_with_a_message() -> None:
    assert expand_saved("saved:armies radar", SAVED) == (" radar", ("saved: takes arms, the sea",))
    assert expand_saved("saved:", {}) == ("", ("saved: no query is saved yet",))
    assert expand_saved("!saved:arms", SAVED) == ("", ("saved: cannot be negated: negate its terms",))


@pytest.mark.parametrize("name", SAVED)
def test_a_name_is_referred_to_as_it_is_found(name: str) -> None:
    assert expand_saved(reference_to(name), SAVED)[0].strip() == SAVED[name]
