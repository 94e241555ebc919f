"""Mapping of mentions to parties."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.parties.party_mapping import represented_party, without_institutions


def test_an_institution_is_no_party_beside_its_organisation() -> None:
    assert without_institutions(("Kenya", "European Commission", "European Union")) == ("Kenya", "European Union")
    assert without_institutions(("Kenya", "European Commission")) == ("Kenya", "European Commission")


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Joseph R. Biden, Jr.", "United States"),
        ("Joseph R. Biden", "United States"),
        ("Kishida Fumio", "Japan"),
        ("Scholz", "Germany"),
        ("Ana Biden", None),
        ("Otieno", None),
    ],
)
def test_a_listed_leader_represents_a_state_by_any_form_of_the_name(name: str, party: str | None) -> None:
    assert represented_party(name, PersonIndex()) == party
