"""The names of those who speak the passages of a document."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline
from tests.support.entity_extraction import read_with_passages

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def speakers(nlp: Language, text: str, title: str = "test") -> list[str | None]:
    """Return the speaker of each passage."""
    table, passages = read_with_passages(nlp, text, title)
    return [table.speaker(passage) for passage in passages]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("PRESIDENT OTIENO", "Wanjiru Otieno"),
        ("MR. SINGH", "Singh"),
        ("THE PRESIDENT", "Wanjiru Otieno"),
        ("SENIOR ADMINISTRATION OFFICIAL", "senior administration official"),
        ("SENIOR ADMINISTRATION OFFICIAL TWO", "senior administration official"),
        ("QUESTION", None),
    ],
)
def test_the_speaker_of_a_turn(nlp: Language, label: str, speaker: str | None) -> None:
    text = (
        f"{label}: President Wanjiru Otieno of Kenya arrives on Monday.\n\n"
        f"MODERATOR: Thank you.\n\n{label}: We will lend two ships.\n"
    )
    assert speakers(nlp, text)[-1] == speaker


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Remarks by President Wanjiru Otieno on Ports", "Wanjiru Otieno"),
        ("Remarks as Prepared for Delivery by Foreign Minister Wanjiru Otieno at a Dinner", "Wanjiru Otieno"),
        ("Statement from Spokesperson Wanjiru Otieno on Talks with Norway", "Wanjiru Otieno"),
        ("Remarks by President Wanjiru Otieno and Prime Minister Haugen", None),
        ("Readout of the Call of President Wanjiru Otieno with Prime Minister Haugen", None),
    ],
)
def test_the_one_speaker_in_a_title(nlp: Language, title: str, speaker: str | None) -> None:
    assert speakers(nlp, "Thank you all. We will lend two ships.\n", title) == [speaker]


def test_the_spokesperson_who_issues_a_readout(nlp: Language) -> None:
    text = (
        "Spokesperson Col. Wanjiru Otieno provided the following readout:\n\nThe ministers agreed to lend two ships.\n"
    )
    assert speakers(nlp, text)[-1] == "Wanjiru Otieno"


@pytest.mark.parametrize(
    "title",
    [
        "Remarks by President Wanjiru Otieno Announcing a Fund",
        "Statement by President Wanjiru Otieno Marking Five Years",
    ],
)
def test_the_name_in_a_title_ends_before_what_the_text_does(nlp: Language, title: str) -> None:
    assert set(speakers(nlp, "We will lend two ships to Lamu before the year ends.", title)) == {"Wanjiru Otieno"}
