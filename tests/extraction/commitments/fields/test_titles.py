"""Titles of records: whole, in the text's words, and enough by themselves."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.fields.titles import MAX_LENGTH
from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chile will open a joint school for divers.", "Open a joint school for divers"),
        ("Kenya and Chile are committed to opening a school for divers.", "Open a school for divers"),
        ("Two ports will be set up in Lamu by Kenya.", "Set up two ports in Lamu by Kenya"),
        ("Kenya and Chile agreed to a ban on driftnets.", "Ban on driftnets"),
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
    assert len(title) <= MAX_LENGTH
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
