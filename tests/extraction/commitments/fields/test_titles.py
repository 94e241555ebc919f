"""Titles of records: whole, in the text's words, and enough by themselves."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.fields.title_length import MAX_LENGTH, TOLERANCE
from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chile will open a joint school for divers.", "Open a joint school for divers"),
        ("Kenya and Chile are committed to opening a school for divers.", "Open a school for divers"),
        ("Two ports will be set up in Lamu by Kenya.", "Set up two ports in Lamu by Kenya"),
        ("Kenya and Chile agreed to a ban on driftnets.", "Ban on driftnets"),
        ("Kenya and Chile announced most recently an easing of rules for ferries.", "Easing of rules for ferries"),
        ("Kenya and Chile agreed to nearly a dozen exchanges of divers.", "Nearly a dozen exchanges of divers"),
        ('Chile said it will open a divers’ school in Lamu next year."', "Open a divers’ school in Lamu next year"),
        ("Chile launched “Clear Water”, a fund for rivers.", "Launch “Clear Water”, a fund for rivers"),
    ],
)  # fmt: skip
def test_a_title_begins_with_the_action_in_its_plain_form(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Chile and Kenya are committed to planning and building a school for divers in Lamu.",
            "Plan and build a school for divers in Lamu",
        ),
        (
            "The harbour master of Lamu is authorized and directed to publish the fees by 2033.",
            "Authorize and direct the harbour master of Lamu to publish the fees by 2033",
        ),
        (
            "Chile will nominate Ana Rojas to serve as its first consul in Lamu.",
            "Nominate Ana Rojas to serve as its first consul in Lamu",
        ),
    ],
)  # fmt: skip
def test_coordinated_verbs_and_what_completes_them_are_whole(text: str, title: str) -> None:
    assert [record.title for record in agreements_in(text)] == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The Ministry of Ports of Kenya released guidance for harbour masters.",
            "Release guidance for harbour masters",
        ),
        ("Kenya is releasing $40 million in funding for clinics.", "Release $40 million in funding for clinics"),
        ("The Ministry of Ports of Kenya issued a new report on tides.", "Issue a new report on tides"),
        ("Kenya announced $40 million in funding for clinics.", "$40 million in funding for clinics"),
    ],
)  # fmt: skip
def test_what_is_published_follows_its_verb(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "I, Ana Rojas, President of Chile, do hereby proclaim May 4, 2033, as National Reef Day.",
            "Proclaim May 4, 2033, as National Reef Day",
        ),
        (
            "I, Ana Rojas, President of Chile, do hereby proclaim May 2033 as National Reef Month.",
            "Proclaim May 2033 as National Reef Month",
        ),
    ],
)  # fmt: skip
def test_a_day_is_proclaimed_as_something(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Chile will launch new models to serve the remote harbours of the south.",
            "Launch new models to serve the remote harbours of the south",
        ),
        (
            "Norway has selected Ana Rojas to be the next Director of Ports.",
            "Select Ana Rojas to be the next Director of Ports",
        ),
        (
            "Kenya and Chile committed to pursuing enhanced cooperation, including on trade and tides.",
            "Pursue enhanced cooperation, including on trade and tides",
        ),
    ],
)
def test_what_so_few_words_are_for_is_part_of_the_title(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


def test_a_title_does_not_end_between_two_adjectives() -> None:
    text = "The ports of Kenya will offer free, daily tours to children."
    assert only_agreement_in(text).title.startswith("Offer free, daily tours")


def test_a_sum_is_followed_by_what_it_is_spent_on() -> None:
    text = "Chile plans to invest $4 billion and open a battery plant in Arica."
    assert agreements_in(text)[0].title == "Invest $4 billion and open a battery plant in Arica"


def test_a_name_that_is_glued_to_the_next_word_is_set_apart() -> None:
    text = "Chile will open a school for divers in Kenyafollowing a review."
    assert only_agreement_in(text).title.startswith("Open a school for divers in Kenya following")


def test_a_title_is_whole_up_to_its_length() -> None:
    text = "Chile will send two frigates and one tanker to the port of Mombasa for joint patrols with Kenyan cutters."
    assert only_agreement_in(text).title == "S" + text.removeprefix("Chile will s").removesuffix(".")


@pytest.mark.parametrize(
    "text",
    [
        "Chile will send two frigates and one tanker to the port of Mombasa for joint patrols with Kenyan cutters in "
        "the western Indian Ocean from the first week of March on.",
        "Kenya will strengthen the protection of the mangrove forests of the north coast in line with the objectives "
        "of the Lamu Declaration on Coastal Forests and of the plan of action that follows it.",
        "Chile will train the pilots, the engineers, the mechanics, the radio operators, the dispatchers, the divers, "
        "the firefighters and the paramedics of the northern coast.",
    ],
)
def test_a_long_title_ends_after_a_whole_phrase_and_says_nothing_of_it(text: str) -> None:
    title = only_agreement_in(text).title
    assert len(title) <= MAX_LENGTH + TOLERANCE
    assert title[1:] in text
    assert title.split()[-1].lower() not in {"of", "the", "in", "line", "for", "with", "and", "to", "western"}


def test_what_a_thing_does_is_named_with_the_thing() -> None:
    text = "Kenya has ordered new ferries. A further eighteen ferries will arrive by the middle of 2032."
    titles = [record.title for record in agreements_in(text)]
    assert "A further eighteen ferries will arrive by the middle of 2032" in titles


def test_a_title_names_the_object_of_an_open_word() -> None:
    assert only_agreement_in("Kenya and Chile will explore how to share radar data.").title == (
        "Explore how to share radar data"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "Kenya will launch a new program to train reef divers, which Chile proposed.",
            "Launch a new program to train reef divers",
            id="what it is for",
        ),
        pytest.param(
            "Norway will provide $40 million to dredge the port of Lamu, which has silted up.",
            "Provide $40 million to dredge the port of Lamu",
            id="a sum",
        ),
        pytest.param(
            "Norway will give $40 million in grants to Kenya to dredge the port of Lamu.",
            "Give $40 million in grants to Kenya to dredge the port of Lamu",
            id="a sum, for what",
        ),
        pytest.param(
            "Chile will open a research facility where it will design, build and test ferries.",
            "Open a research facility where it will design, build and test ferries",
            id="coordinated verbs",
        ),
        pytest.param(
            "The ministers will discuss the measures Kenya is taking to protect the reefs.",
            "Discuss the measures Kenya is taking to protect the reefs",
            id="what is being done",
        ),
        pytest.param(
            "Chile and Peru will find a ship to carry the crews to Lamu.",
            "Find a ship to carry the crews to Lamu",
            id="a bare noun",
        ),
        pytest.param(
            "Kenya will sign an order that will direct the Harbour Board to review all port fees.",
            "Sign an order that will direct the Harbour Board to review all port fees",
            id="what somebody is told to do",
        ),
    ],
)
def test_an_object_that_says_nothing_by_itself_keeps_what_specifies_it(text: str, title: str) -> None:
    assert agreements_in(text)[0].title == title


def test_an_object_that_stands_alone_loses_its_purpose() -> None:
    text = "Kenya will dredge the port of Lamu to let larger ferries in."
    assert only_agreement_in(text).title == "Dredge the port of Lamu"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(
            "Four tugboats will be built in Callao and delivered to Kenya by 2033.",
            ["Build four tugboats in Callao", "Deliver four tugboats to Kenya by 2033"],
            id="the subject of an earlier passive",
        ),
        pytest.param(
            "Kenya will launch a reef survey and extend it to twelve more islands.",
            ["Launch a reef survey", "Extend the reef survey to twelve more islands"],
            id="the object that a pronoun repeats",
        ),
    ],
)
def test_a_title_names_the_object_that_the_sentence_names_earlier(text: str, titles: list[str]) -> None:
    assert [record.title for record in agreements_in(text)] == titles


def test_a_title_a_little_over_its_length_is_left_whole() -> None:
    text = "Chile will send two frigates and one tanker to the port of Mombasa and to the Lamu archipelago for joint "
    text += "patrols with the Kenyan cutters."
    title = only_agreement_in(text).title
    assert title == "S" + text.removeprefix("Chile will s").removesuffix(".")
    assert MAX_LENGTH < len(title) <= MAX_LENGTH + TOLERANCE


def test_a_long_list_is_left_out_rather_than_cut() -> None:
    title = only_agreement_in(
        "Chile will open a school for reef divers in Lamu together with the coast guard, the harbour masters, the "
        "fishing towns, the national museum, and the university of Mombasa."
    ).title
    assert title.startswith("Open a school for reef divers in Lamu")
    assert "coast guard" not in title or title.endswith("the university of Mombasa")


def test_a_long_subject_loses_its_relative_clause_and_keeps_its_verb() -> None:
    text = (
        "Kenya has ordered new ferries. A further eighteen ferries that the yards of Callao and Lamu have built to a "
        "design of the Institute of Naval Architecture of Mombasa will arrive by the middle of 2032."
    )
    titles = [record.title for record in agreements_in(text)]
    assert "A further eighteen ferries will arrive by the middle of 2032" in titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "Chile will train the pilots, engineers and mechanics of the ports of the northern coast and of the "
            "southern islands, including the divers, firefighters and paramedics who work there.",
            "Train the pilots, engineers and mechanics of the ports of the northern coast and of the southern islands",
            id="examples",
        ),
        pytest.param(
            "Norway will nominate Ana Rojas and Juma Otieno to serve in leading roles at the Ministry of Fisheries and "
            "at the International Commission on the Protection of Coral Reefs in the Western Indian Ocean.",
            "Nominate Ana Rojas and Juma Otieno to serve in leading roles",
            id="a part of a name",
        ),
    ],
)
def test_a_long_title_leaves_out_first(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


def test_what_there_will_be_is_named_as_the_text_does() -> None:
    text = "There will be a Special Envoy for Coral Reefs on the Council staff"
    assert only_agreement_in(f"To protect the reefs, {text[:1].lower()}{text[1:]}.").title == text


def test_a_pronoun_of_another_subject_is_left_as_it_is() -> None:
    text = "Chile will buy a ship for its ports, and Norway will repair it in Oslo."
    assert [record.title for record in agreements_in(text)] == ["Buy a ship for its ports", "Repair it in Oslo"]


def test_a_title_ends_before_a_colon() -> None:
    text = "Kenya will publish two reports on its reefs: one that counts fish, and a second that counts divers."
    assert only_agreement_in(text).title == "Publish two reports on its reefs"
