"""The attribution of an agreement: the person, office or document that reports it."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Amina Wekesa said that Kenya will buy ten helicopters.",
        "Kenya plans to buy ten helicopters, Defence Minister Amina Wekesa said.",
        "“Kenya will buy ten helicopters,” Amina Wekesa told reporters.",
        "“Kenya will buy ten helicopters,” said Amina Wekesa.",
        "According to Defence Minister Amina Wekesa, Kenya plans to buy ten helicopters.",
        "Kenya plans to buy ten helicopters, according to Amina Wekesa.",
    ],
)
def test_the_reporter_of_an_agreement_is_its_attribution(text: str) -> None:
    assert only_agreement_in(text).attribution == "Amina Wekesa"


@pytest.mark.parametrize(
    "text", ["Norway said it will lend a ship to Chile.", "Kenya will build two radar stations on its coast."]
)
def test_parties_that_speak_for_themselves_are_no_attribution(text: str) -> None:
    assert only_agreement_in(text).attribution is None


def test_a_document_may_be_the_attribution() -> None:
    text = "Peru plans to lend four tugboats, the ministers said in a joint statement."
    assert only_agreement_in(text).attribution == "joint statement"


def test_a_reporter_after_a_quotation_is_the_attribution_of_the_quoted_clause_alone() -> None:
    text = "Chile will open a port, while Peru “plans to lend four tugboats,” Amina Wekesa said in a joint statement."
    assert [record.attribution for record in agreements_in(text)] == [None, "joint statement"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("President Amina Wekesa announced the establishment of a Polar Research Fund.", id="announces"),
        pytest.param(
            "President Amina Wekesa spoke in Lamu. She said that Kenya will buy ten helicopters.", id="as she"
        ),
        pytest.param(
            "President Amina Wekesa spoke in Lamu. The President announced that Kenya will buy ten helicopters.",
            id="by the office",
        ),
        pytest.param("Kenya’s president, Amina Wekesa, said Kenya will buy ten helicopters.", id="beside the office"),
        pytest.param("President Amina Wekesa informed the envoys that Kenya will buy ten helicopters.", id="informs"),
        pytest.param(
            "President Amina Wekesa said, “Peace has a price. Kenya will buy ten helicopters this year.”",
            id="in a quotation begun before",
        ),
    ],
)
def test_a_person_who_reports_a_state_s_agreement_is_its_attribution(text: str) -> None:
    assert agreements_in(text)[-1].attribution == "Amina Wekesa"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "President Amina Wekesa met President Pedro Rojas. The President announced that Kenya will buy ten ships.",
            id="an office that two hold",
        ),
        pytest.param(
            "Amina Wekesa said Kenya would wait, while officials said that Kenya will buy ten helicopters.",
            id="who is not named reports it",
        ),
        pytest.param(
            "Amina Wekesa said, “Peace has a price.” Kenya will buy ten helicopters.", id="after the quotation"
        ),
    ],
)
def test_an_ambiguous_reporter_is_no_attribution(text: str) -> None:
    assert agreements_in(text)[-1].attribution is None


def test_the_speaker_of_a_transcript_is_the_attribution_unless_he_reports_another() -> None:
    text = (
        "PRESIDENT WEKESA: We will buy ten helicopters.\n\n"
        "MR. SINGH: Minister Per Lund said that Norway will lend a ship.\n\nPRESIDENT WEKESA: Thank you.\n"
    )
    assert [record.attribution for record in agreements_in(text)] == ["Wekesa", "Per Lund"]
