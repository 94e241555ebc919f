"""The kind of a candidate: agreement, declaratory statement or no record (the annotation guide's first section)."""

from __future__ import annotations

import pytest

from alliance_tui.records import Kind
from tests.support.commitment_extraction import agreements_in, quotes_in, records_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kenya will build two radar stations on its coast.", id="an undertaking of one's own"),
        pytest.param("Brazil is considering a new export licence for satellites.", id="something weighed"),
        pytest.param("Norway and Kenya signed the Lamu Accord on Tuesday.", id="an instrument signed"),
        pytest.param("Chile and Peru launched a Coral Survey Programme.", id="a programme launched"),
        pytest.param("The package included sending two ships to Kenya.", id="what was included to be done"),
        pytest.param("Chile and Peru announced a new partnership on tidal power.", id="a thing newly announced"),
        pytest.param("Norway opened a consulate in Mombasa this week.", id="something just delivered"),
        pytest.param("Chile and Peru will convene a second round of talks by June 2032.", id="a meeting to come"),
        pytest.param("Norway’s foreign minister will visit Nairobi in October.", id="a visit to come"),
        pytest.param("Acme Industries will buy a shipyard from Borealis Group.", id="a company's purchase"),
        pytest.param("Chile will continue to train Peruvian divers.", id="something concrete that goes on"),
        pytest.param("Norway is investing $40 million in a new shipyard in Kenya.", id="an investment under way"),
        pytest.param("Norway and Chile are determined to ban the trade in ivory.", id="a resolve"),
        pytest.param("The King accepted an invitation to visit Nairobi in 2032.", id="an invitation accepted"),
        pytest.param("Borealis Group announced the purchase of a mine in Peru.", id="a purchase announced"),
        pytest.param("Kenya’s partners welcomed a loosening of its visa rules.", id="an easing by a noun"),
        pytest.param("Chile’s goal is to open four marine parks by 2035.", id="a goal"),
        pytest.param("Chile and Peru are proud to announce a marine fellowship.", id="announced with pride"),
        pytest.param(
            "Norway put forward a treaty on deep-sea mining.",
            id="a bill put forward",
            marks=pytest.mark.xfail(reason="taken for background", strict=True),
        ),
        pytest.param("We, the ministers of Chile and Peru, establish a fund for clinics.", id="done by being said"),
        pytest.param("Members welcomed Norway as a new member of the fisheries pact.", id="another made a member"),
        pytest.param("Chile is going to be providing Peru with ten patrol boats.", id="going to be doing"),
        pytest.param("Kenya is diverting two hospital ships to Chad.", id="an event under way"),
    ],
)
def test_a_concrete_undertaking_is_one_agreement(text: str) -> None:
    assert len(agreements_in(text)) == 1


def test_a_directive_to_ministers_is_an_agreement_of_those_who_give_it() -> None:
    text = "The presidents of Chile and Peru instructed their ministers to draft a joint fisheries plan by 2032."
    (record,) = agreements_in(text)
    assert record.parties == ("Chile", "Peru")
    assert record.trigger.quote == "draft"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The present Convention shall enter into force in 2031.", id="when a treaty binds"),
        pytest.param("The instruments of ratification shall be deposited with Norway.", id="how a treaty binds"),
        pytest.param("The Depositary Government shall inform all Parties of each signature.", id="a depositary's duty"),
        pytest.param("Kenya and Norway believe in a free and open world.", id="a value"),
        pytest.param("Chile and Peru value democracy and human rights.", id="values"),
        pytest.param("Chile and Peru announced a “new era” for their alliance on Friday.", id="a new era"),
        pytest.param("Chile and Peru share a vision of peace.", id="a shared view"),
        pytest.param("Norway is deeply concerned about the situation in the region.", id="a concern"),
        pytest.param("Chile and Peru condemn the attack on the embassy in the strongest terms.", id="a condemnation"),
        pytest.param("Norway supports peace in the region.", id="support in principle"),
        pytest.param("Norway calls on all parties to end the fighting.", id="a call on others"),
        pytest.param("Chile urges Bolivia to reopen the border.", id="an urging"),
        pytest.param("Chile encouraged Peru to ratify the treaty.", id="an encouragement"),
        pytest.param("Kenya demanded that Norway return the vessels.", id="a demand"),
        pytest.param("Kenya hopes that Norway will return the vessels.", id="a hope set on another"),
        pytest.param("Chile must return the vessels.", id="a duty that another sees"),
        pytest.param("Kenya could buy ten helicopters.", id="a bare possibility"),
        pytest.param("Kenya may open a consulate in Oslo.", id="another"),
        pytest.param("Chile had delivered six patrol boats to Peru in 2009.", id="what was done long ago"),
        pytest.param("Kenya and Norway have been friends since 1963.", id="history"),
        pytest.param("Trade between the two countries will grow by 4 percent.", id="a forecast"),
        pytest.param("Norway and Kenya hold regular talks.", id="a habit"),
        pytest.param("Brazil and Chile are cooperating closely.", id="what merely goes on"),
        pytest.param("Will Kenya buy the ships?", id="a question"),
        pytest.param("The minister was asked whether Kenya will buy ships.", id="a question reported"),
        pytest.param("The minister said that Kenya, which will host the games, is a friend.", id="an aside on someone"),
        pytest.param("The school that Norway will open is large.", id="an aside on a thing"),
        pytest.param("Norway welcomed progress in the talks.", id="a welcome to progress"),
        pytest.param("Norway welcomed Kenya's efforts.", id="a welcome to efforts"),
        pytest.param("Norway launched an air strike on the rebels.", id="an attack"),
        pytest.param("Norway has committed crimes in Peru.", id="a crime"),
        pytest.param("Chilean prosecutors have opened an inquiry into the mayor.", id="an inquiry"),
        pytest.param("The gunmen struck a village near the border.", id="a blow struck"),
        pytest.param("Kenya condemned Norway’s decision to close the strait.", id="another's decision condemned"),
        pytest.param("Chile rejected an offer by Peru to send ships.", id="an offer rejected"),
        pytest.param("The cabinet will decide whether to buy the ships.", id="a question still open"),
        pytest.param("Their job is to guard the border.", id="what a job is"),
        pytest.param("The minister explained how Norway will spend the money.", id="a question that is named"),
        pytest.param("Tomorrow the president will underscore the importance of trade.", id="what will be said"),
        pytest.param("The ministers were joined by two admirals.", id="who joined whom"),
        pytest.param("The minister, who is in Lima, will deliver an address to the navy.", id="a speech to come"),
        pytest.param("She will also follow her predecessor in giving a lecture in Oslo.", id="another"),
        pytest.param("The debate is starting in the lower house.", id="what starts of itself"),
        pytest.param("As I said, we are beginning this.", id="an event with no object named"),
        pytest.param("The leaders hailed a fresh start for their alliance.", id="a fresh start"),
    ],
)
def test_a_statement_that_undertakes_nothing_is_no_agreement(text: str) -> None:
    assert records_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norway does not plan to buy submarines.",
        "Norway is not considering a base in Kenya.",
        "Norway will not be able to send ships.",
        "We will not forget the victims.",
        "Norway refused to send troops.",
        "Chile would not lend the tugboats.",
        "Chile never agreed to lend the tugboats.",
        "Norway and Kenya will never recognise the annexation.",
    ],
)
def test_a_negated_undertaking_is_no_agreement(text: str) -> None:
    assert records_in(text) == ()


@pytest.mark.parametrize(
    ("text", "title", "strength"),
    [
        ("Kenya will not send troops to the border.", "Not send troops to the border", "committed"),
        ("Each Party shall not raise fees on fishing vessels.", "Not raise fees on fishing vessels", "binding"),
        ("Chile pledged not to test missiles at sea.", "Not test missiles at sea", "committed"),
        ("Norway won’t send troops.", "Not send troops", "committed"),
    ],
)
def test_a_restraint_is_an_agreement(text: str, title: str, strength: str) -> None:
    (record,) = records_in(f"Chile and Norway Joint Statement\n\n{text}")
    assert (record.kind, record.title, record.strength) == (Kind.AGREEMENT, title, strength)


@pytest.mark.parametrize(
    ("text", "is_agreement"),
    [
        ("Norway will not lift the ban on driftnets.", False),
        ("Norway said it will not accept the ruling on driftnets.", False),
        ("Chile shall not lift the ban on driftnets.", True),
        ("Chile pledged not to end the survey of reefs.", True),
    ],
)
def test_what_is_not_ended_or_conceded_is_refused_unless_it_is_a_duty(text: str, is_agreement: bool) -> None:
    assert bool(agreements_in(f"Chile and Norway Joint Statement\n\n{text}")) is is_agreement


@pytest.mark.parametrize(
    "text",
    ["In 2027 Chile and Peru signed a fisheries agreement.", "Norway opened a consulate in Mombasa in March 2019."],
)
def test_an_event_of_an_earlier_year_is_background(text: str) -> None:
    assert records_in(text) == ()


def test_an_event_of_the_document_s_year_is_no_background() -> None:
    assert quotes_in("In March 2031 Chile and Peru signed a fisheries agreement.")


@pytest.mark.parametrize(
    "words",
    [
        "I’d like to thank the Prime Minister.",
        "I’ll turn it over to my colleague.",
        "Now we’ll take a few questions.",
        "Let’s start with the first row.",
        "We would refer you to the ministry.",
        "We’re going to refer you to the ministry.",
    ],
)
def test_discourse_undertakes_nothing(words: str) -> None:
    assert records_in(words) == ()


def test_questioners_undertake_nothing() -> None:
    talk = "MS. LUND: Norway will lend {} ships.\n\nQ    So Kenya will buy two ports?\n\n"
    transcript = "".join(talk.format(number) for number in ("two", "three", "four"))
    assert quotes_in(transcript + "Q    You said that Kenya will buy two ports.") == [
        f"Norway will lend {number} ships" for number in ("two", "three", "four")
    ]


def test_a_condition_undertakes_nothing_but_its_consequence_does() -> None:
    assert quotes_in("If Peru agrees, Chile will open the port.") == ["Chile will open the port"]
    assert quotes_in("When the talks end, Norway will open a consulate.") == ["Norway will open a consulate"]


def test_the_mandate_of_a_new_body_is_part_of_its_creation() -> None:
    text = "Chile and Peru will create a Coastal Safety Forum. The Coastal Safety Forum would find shoals."
    (record,) = agreements_in(text)
    assert record.trigger.quote == "create"


@pytest.mark.parametrize(
    "text",
    [
        "Kenya pledged to push ties even closer.",
        "Kenya and Norway will deepen their ties.",
        "Kenya reaffirmed its ironclad commitment to Norway.",
        "Kenya and Norway are expanding cooperation.",
        "Norway and Kenya will promote peace and prosperity.",
        "Norway and Kenya will continue to cooperate.",
        "Chile and Peru agreed to work closely together.",
    ],
)
def test_strong_words_without_a_checkable_object_are_declaratory(text: str) -> None:
    (record,) = records_in(text)
    assert record.kind is Kind.DECLARATORY
    assert record.strength is None and record.domain is None and record.confidence is None


def test_deeper_cooperation_in_a_named_field_is_an_agreement() -> None:
    assert quotes_in("Kenya and Norway will deepen cooperation on cyber security.")


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru announced around 40 agreements.",
        "Chile and Peru announced several new initiatives.",
        "The two countries announced a spate of 20 deals.",
        "Chile announced its intent to nominate the following judges:",
    ],
)
def test_several_things_announced_together_are_a_package(text: str) -> None:
    (record,) = records_in(text)
    assert record.kind is Kind.PACKAGE


@pytest.mark.parametrize(
    ("text", "is_agreement"),
    [
        ("A meeting is expected to take place in the coming months.", False),
        ("The next meeting is expected to take place in Lima in May.", True),
        ("Peru is expected to sign the Lamu Accord next year.", True),
    ],
)
def test_what_is_expected_of_no_known_thing_is_a_forecast(text: str, is_agreement: bool) -> None:
    assert bool(records_in(f"Chile and Peru Joint Statement\n\nChile thanked Peru. {text}")) is is_agreement


def test_an_empty_document_has_no_records() -> None:
    assert records_in("") == ()


@pytest.mark.parametrize("heading", ["Kenya to Buy Ten Helicopters From Norway", "Kenya Will Open a Naval School"])
def test_a_heading_is_no_evidence(heading: str) -> None:
    assert records_in(f"{heading}\n\nThe weather was fine.") == ()
