"""Lists of signed documents: every item is an agreement, what is above it is none."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.classification.signed_lists import SIGNED_LIST_CONFIDENCE
from alliance_tui.records import Kind
from tests.support.commitment_extraction import agreements_in, quotes_in, records_in

pytestmark = pytest.mark.model


ITEMS = ("Protocol on Tea", "Letter of Intent on a Quarry", "MoU on Bees")


def listed(above: str) -> str:
    return f"{above}\n\n" + "\n".join(f"{number}. {item}" for number, item in enumerate(ITEMS, 1))


@pytest.mark.parametrize(
    "above",
    [
        "Kenya and Norway signed the following:",
        "During the visit Kenya and Norway exchanged the following documents:",
        "The following pacts were signed by Kenya and Norway:",
        "The two presidents witnessed the signing of:",
        "Kenya and Norway are glad to announce the conclusion of the following agreements:",
        "Norway will host the games in 2040.\n\nAgreements and MoUs Signed",
        "Norway will host the games in 2040.\n\nList of Outcomes",
    ],
)
def test_each_document_under_words_of_signing_is_agreed(above: str) -> None:
    records = [record for record in agreements_in(listed(above)) if record.evidence.quote in ITEMS]
    assert [record.evidence.quote for record in records] == list(ITEMS)
    assert {record.strength for record in records} == {"agreed"}
    assert {record.confidence for record in records} == {SIGNED_LIST_CONFIDENCE}


def test_the_parties_are_those_of_the_lead_in() -> None:
    text = listed("Kenya and Norway exchanged the following documents:")
    assert {record.parties for record in agreements_in(text)} == {("Kenya", "Norway")}


@pytest.mark.parametrize(
    "above",
    [
        "Kenya and Norway recalled the following documents:",
        "Kenya and Norway exchanged views on:",
        "Norway will host the games in 2040.\n\nBackground",
    ],
)
def test_documents_under_other_words_are_not_signed(above: str) -> None:
    assert SIGNED_LIST_CONFIDENCE not in {record.confidence for record in agreements_in(listed(above))}


@pytest.mark.parametrize(
    "text",
    [
        "The following agreements were signed in Oslo:",
        "Kenya welcomed the signing of the following instruments:",
        "Kenya and Norway signed the following:",
    ],
)
def test_a_lead_in_to_documents_is_no_agreement(text: str) -> None:
    assert text.rstrip(":") not in quotes_in(listed(text))
    assert all(record.kind is not Kind.AGREEMENT for record in records_in(text))
