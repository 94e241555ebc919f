"""Parties of treaties: named states, or the roles of a treaty that names none."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in

pytestmark = pytest.mark.model

BETWEEN_STATES = """Agreement between Chile and Kenya on Mutual Assistance in Investigations of Fishing Offences

Article 1
{duty}
"""

WITHOUT_NAMES = """Convention on the Protection of Coastal Lighthouses
1961-04-18

The States Parties to the present Convention,
Recalling that lighthouses serve the ships of all nations,
Have agreed as follows:

Article 1
{duty}
"""


@pytest.mark.parametrize(
    ("duty", "parties"),
    [
        ("Each Party shall register its trawlers.", {"Chile", "Kenya"}),
        ("The Requested Party shall return the nets within thirty days.", {"Chile", "Kenya"}),
        ("The receiving State shall provide a berth for the patrol boats.", {"Chile", "Kenya"}),
        ("The Kenyan Participant will publish all licences.", {"Kenya"}),
    ],
)
def test_a_duty_between_named_states_is_theirs(duty: str, parties: set[str]) -> None:
    (record,) = agreements_in(BETWEEN_STATES.format(duty=duty))
    assert set(record.parties) == parties


@pytest.mark.parametrize(
    ("duty", "party"),
    [
        ("Each State Party shall keep a register of its lighthouses.", "States Parties"),
        ("The Contracting Parties shall repair all lenses within a year.", "States Parties"),
        ("The receiving State shall provide oil for the lamps of visiting keepers.", "Receiving State"),
        ("The sending State shall pay the keepers each month.", "Sending State"),
    ],
)
def test_a_treaty_without_named_states_has_its_roles_for_parties(duty: str, party: str) -> None:
    (record,) = agreements_in(WITHOUT_NAMES.format(duty=duty))
    assert record.parties == (party,)


def test_a_political_party_is_no_party_of_a_treaty() -> None:
    (record,) = agreements_in("Chile and Kenya met on Monday. In Kenya the National Party will build a port in Lamu.")
    assert "Chile" not in record.parties
