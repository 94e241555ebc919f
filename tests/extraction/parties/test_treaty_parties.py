"""Parties of treaties: named states, or the roles of a treaty that names none."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in

pytestmark = pytest.mark.model

BETWEEN_STATES = """Agreement between Chile and Kenya on Mutual Assistance in Investigations of Fishing Offences

Article 1
{duty}
"""

WHO = "World Health Organization"
WITHOUT_NAMES = """Convention on the Protection of Coastal Lighthouses
1961-04-18

The States Parties to the present Convention,
Recalling that lighthouses serve the ships of all nations,
Have agreed as follows:

Article 1
{duty}
"""


@pytest.mark.parametrize(
    ("preamble", "parties"),
    [
        pytest.param(
            "CONVENTION\nBETWEEN\nTHE REPUBLIC OF CHILE\nAND\nTHE REPUBLIC OF KENYA\nON TAXES\n\nThe Government of the "
            "Republic of Chile, mindful of the treaty that it concluded with Peru in 1989, wishes to lower its taxes;",
            {"Chile", "Kenya"},
            id="a title in lines of its own",
        ),
        pytest.param(
            "Agreement on Air Services\n\nThe Government of Chile and the Government of the Republic of Kenya, each "
            "hereinafter called a “Contracting Party”, being members of the air transport conference of Norway,",
            {"Chile", "Kenya"},
            id="a definition of each party",
        ),
        pytest.param(
            "MEMORANDUM OF UNDERSTANDING\n\nChile and Kenya (hereinafter referred to "
            "individually as a “Participant” and collectively as the “Participants”), moved by what Peru said,",
            {"Chile", "Kenya"},
            id="a definition of one and all",
        ),
        pytest.param(
            "Agreement on Pilots\n\nThe Government of Chile\n\nand\n\nthe Government of Kenya,\n\nRecalling "
            "the Convention on Pilots that was done at Lima, and the wish of Peru to accede to it at an early date,",
            {"Chile", "Kenya"},
            id="parties in paragraphs of their own",
        ),
        pytest.param(
            "Agreement on Rescue\n\nThe Governments of the Kingdom of Denmark, the Kingdom of Norway and the "
            "Kingdom of Sweden, hereinafter the Contracting Parties, wishing to help the ships of Kenya too,",
            {"Denmark", "Norway", "Sweden"},
            id="three kingdoms",
        ),
        pytest.param(
            "Agreement\n\nCHILE, of the one part, and THE EUROPEAN UNION (hereinafter “the Union”), of the other "
            "part,\n\nConsidering that grain from Kenya and Norway passes through their ports every day,",
            {"Chile", "European Union"},
            id="a state of the one part and a union of the other",
        ),
    ],
)
def test_each_party_is_every_party_that_title_or_preamble_lists(preamble: str, parties: set[str]) -> None:
    (record,) = agreements_in(
        f"{preamble}\n\nHave agreed as follows:\n\nArticle 1\nEach Party shall register its trawlers.\n"
    )
    assert set(record.parties) == parties


@pytest.mark.parametrize(
    ("duty", "parties"),
    [
        ("Each Party shall register its trawlers.", {"Chile", "Kenya"}),
        ("Each Contracting State shall publish the rates of its port dues.", {"Chile", "Kenya"}),
        ("Neither Government shall raise the fees for pilots.", {"Chile", "Kenya"}),
        ("One Party shall not transfer the boats without the consent of the other Party.", {"Chile", "Kenya"}),
        ("The launchers shall be destroyed within three years.", {"Chile", "Kenya"}),
        ("The competent authorities of the Parties shall report any collision.", {"Chile", "Kenya"}),
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


@pytest.mark.parametrize(
    ("opening", "party"),
    [
        ("The Parties to this Convention,", "Parties"),
        ("The High Contracting Parties,", "High Contracting Parties"),
        (
            "The States concluding this Convention, hereinafter referred to as the “Parties to the Convention”,",
            "Parties",
        ),
    ],
)
def test_a_treaty_without_named_states_calls_its_parties_by_its_own_term(opening: str, party: str) -> None:
    treaty = WITHOUT_NAMES.replace("The States Parties to the present Convention,", opening)
    (record,) = agreements_in(treaty.format(duty="Each Party shall repair all lenses within a year."))
    assert record.parties == (party,)


@pytest.mark.parametrize(
    ("duty", "party"),
    [
        ("All Members shall settle their disputes by peaceful means.", "World Health Organization Members"),
        ("Each Member of the Organization shall report its cases every year.", "World Health Organization Members"),
        ("Member States shall pay their contributions by March.", "World Health Organization Member States"),
    ],
)
def test_the_members_in_the_charter_of_an_organisation_are_its_members(duty: str, party: str) -> None:
    (record,) = agreements_in(f"Constitution of the World Health Organization\n\nArticle 1\n{duty}\n")
    assert record.parties == (party,)


@pytest.mark.parametrize(
    ("duty", "parties"),
    [
        ("The Director-General shall report to the Assembly each year.", ("Director-General",)),
        ("Special sessions shall be convened by the Director-General.", ("Director-General",)),
        ("Measures taken against an epidemic shall be reported at once.", ()),
        ("There shall be established a Committee on Epidemics.", (WHO,)),
    ],
)
def test_a_charter_divides_the_duties_of_its_organisation_among_organs(duty: str, parties: tuple[str, ...]) -> None:
    (record,) = agreements_in(f"Constitution of the {WHO}\n\nArticle 1\n{duty}\n")
    assert record.parties == parties


def test_a_political_party_is_no_party_of_a_treaty() -> None:
    (record,) = agreements_in("Chile and Kenya met on Monday. In Kenya the National Party will build a port in Lamu.")
    assert "Chile" not in record.parties
