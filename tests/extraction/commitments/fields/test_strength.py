"""The strength of an undertaking, and whether it restates an earlier one."""

from __future__ import annotations

import pytest

from alliance_tui.records import Strength
from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Norway will consider lending two icebreakers to Chile.", "explored"),
        ("Norway will review its export rules.", "explored"),
        ("Norway seeks to buy six helicopters.", "aimed"),
        ("Chile hopes to buy six helicopters.", "aimed"),
        ("Norway is ready to train Kenyan pilots.", "aimed"),
        ("Chile is willing to lend Peru two ships.", "aimed"),
        ("Norway and Kenya look forward to opening a joint school for divers.", "aimed"),
        ("Norway intends to deploy three frigates to the Indian Ocean.", "planned"),
        ("Chile and Peru announced plans to hold joint patrols.", "planned"),
        ("Peru is expected to sign the Lamu Accord next year.", "planned"),
        ("Norway is to lend a ship to Chile next year.", "planned"),
        ("Norway is set to send the first two icebreakers to Chile by April.", "planned"),
        ("The ministers of Chile and Peru discussed opportunities to train divers in Arica.", "explored"),
        ("The President of Chile accepted the invitation of Peru to visit Lima.", "committed"),
        ("Norway will look into lending two icebreakers to Chile.", "explored"),
        ("Negotiations on a fisheries accord between Chile and Peru will be launched in May.", "explored"),
        ("Chile and Peru will carry out a feasibility study on a tunnel near Arica.", "explored"),
        ("Chile and Peru will hold consultations on fisheries in Lima in March 2032.", "committed"),
        ("Norway welcomed the conclusion of negotiations between Chile and Peru on a tunnel.", "agreed"),
        ("It was decided to set up a working group of Chile and Peru on fisheries.", "committed"),
        ("Chile and Peru agreed a plan for the port of Arica.", "agreed"),
        ("Delivery of the first Norwegian frigate to Chile is scheduled for 2033.", "planned"),
        ("Kenya will build two radar stations on its coast.", "committed"),
        ("The President put a bill before the Senate. The bill would create a fund for two ports.", "planned"),
        ("Deliveries to Chile are foreseen to start in the second quarter of 2032.", "planned"),
        ("Ghana and the Department of Operational Support signed on Tuesday the memorandum on a clinic.", "agreed"),
        ("The President will be talking to President Otieno in Nairobi next week.", "committed"),
        ("Norway has allocated 40 million dollars to two ports in Chile.", "completed"),
        ("- Norway: Plans to open four clinics by 2033.", "planned"),
        ("- Norway: Commits to manufacturing vaccines in Chile by 2033.", "committed"),
        ("Chile and Peru decided to hold joint patrols.", "committed"),
        ("Peru promised to host the talks in the first half of 2032.", "committed"),
        ("Norway pledged 40 million dollars for the port of Lamu.", "committed"),
        ("Chile would lend Peru four tugboats under the deal.", "committed"),
        ("Kenya agreed to lease four patrol boats from Norway.", "agreed"),
        ("Chile and Peru concluded an extradition treaty.", "agreed"),
        ("Chile and Peru launched a Coral Survey Programme.", "agreed"),
        ("Kenya has joined the Polar Research Fund.", "agreed"),
        ("Kenya shall return the vessels within 90 days.", "binding"),
        ("Kenya and Norway today ratified the Lamu Treaty.", "binding"),
        ("Kenya completed the construction of a naval base at Lamu.", "completed"),
        ("Norway opened a consulate in Mombasa this week.", "completed"),
    ],
)
def test_a_cue_sets_the_strength(text: str, strength: str) -> None:
    assert only_agreement_in(text).strength == strength


@pytest.mark.parametrize(
    ("text", "strength", "cues"),
    [
        (
            "Norway plans to explore the possibility of building a shipyard in Kenya.",
            Strength.EXPLORED,
            ["plans", "explore"],
        ),
        (
            "Norway promised to consider lending Kenya two icebreakers.",
            Strength.EXPLORED,
            ["promised", "consider"],
        ),
        ("Norway and Kenya are willing to explore joint patrols.", Strength.EXPLORED, ["willing", "explore"]),
        ("Norway and Kenya announced a goal of doubling their trade in tea.", Strength.AIMED, ["announced", "goal"]),
        ("Norway announced its vision to cooperate with Kenya on satellites.", Strength.AIMED, ["announced", "vision"]),
        ("Norway will strive to open a consulate in Mombasa.", Strength.AIMED, ["will", "strive"]),
        ("Chile and Peru agreed that they will share radar data.", Strength.COMMITTED, ["will"]),
    ],
)
def test_the_weakest_cue_of_a_chain_wins(text: str, strength: Strength, cues: list[str]) -> None:
    record = only_agreement_in(text)
    assert record.strength is strength
    assert [cue.quote for cue in record.cues] == cues


def test_talks_in_an_item_are_explored_though_the_verb_is_tagged_as_an_adjective() -> None:
    (first, second) = agreements_in(
        "The two countries will:\n- Open talks on a tax treaty\n- Fund clinics in Lamu by 2033"
    )
    assert (first.strength, first.trigger.quote) == (Strength.EXPLORED, "Open")
    assert (second.strength, second.trigger.quote) == (Strength.COMMITTED, "Fund")


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru will begin talks on a fisheries treaty.",
        "Norway announced the start of negotiations with Kenya on a fisheries treaty.",
    ],
)
def test_talks_that_begin_are_explored_whatever_the_verb(text: str) -> None:
    assert only_agreement_in(text).strength is Strength.EXPLORED


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Chile and Peru are considering building a tunnel.", "explored"),
        ("Norway and Kenya are pursuing opportunities for joint patrols.", "explored"),
        ("Norway is preparing a framework for joint patrols.", "planned"),
        ("Brazil and Chile are establishing a joint naval school.", "agreed"),
    ],
)
def test_the_progressive_has_strengths_of_its_own(text: str, strength: str) -> None:
    assert only_agreement_in(text).strength == strength


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Norway welcomed the signing of a fisheries agreement between Chile and Peru.", "agreed"),
        ("Norway welcomed Chile's plan to buy three icebreakers.", "planned"),
        ("Chile welcomed Peru's decision to open a naval school.", "committed"),
        ("Chile welcomes the opening of the Callao Naval School.", "completed"),
    ],
)
def test_a_welcomed_event_has_its_own_strength(text: str, strength: str) -> None:
    assert only_agreement_in(text).strength == strength


@pytest.mark.parametrize(
    "text",
    [
        "Chile reaffirmed its commitment to spend 3 percent of its gross domestic product on defence.",
        "Norway reiterated its plan to open a consulate in Mombasa.",
        "Norway and Kenya remain committed to opening a joint school for divers.",
        "Norway and Kenya will continue to share radar data.",
        "Kenya reaffirms that it will host the talks in 2032.",
    ],
)
def test_restated_and_continued_undertakings_reaffirm(text: str) -> None:
    assert only_agreement_in(text).reaffirms


@pytest.mark.parametrize(
    "text", ["Norway intends to open a consulate in Mombasa.", "Norway announced that it will lend two icebreakers."]
)
def test_new_undertakings_do_not_reaffirm(text: str) -> None:
    assert not only_agreement_in(text).reaffirms


def test_each_of_two_plans_has_its_own_strength() -> None:
    text = "Chile plans to lend four tugboats and intends to train their crews."
    assert [record.strength for record in agreements_in(text)] == [Strength.PLANNED, Strength.PLANNED]
    text = "Chile will lend four tugboats, and Peru is considering a second port."
    assert [record.strength for record in agreements_in(text)] == [Strength.COMMITTED, Strength.EXPLORED]
