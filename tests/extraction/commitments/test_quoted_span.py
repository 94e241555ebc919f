"""What a record quotes: its evidence with its deadline, and with the whole of a quotation that it opens."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, quotes_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("Norway will build the plant to train 400 engineers by the end of 2033", id="after a purpose"),
        pytest.param("Chile will lend Peru two ships between the end of 2032 and the summer of 2033", id="both ends"),
        pytest.param("Norway will fund a port called “The Gate, which is open”", id="to the end of a quotation"),
        pytest.param("Norway and Chile will help each other to rebuild the port of Lamu", id="no object of its own"),
        pytest.param("On 7 June, Norway will host the ministers of Chile in Oslo", id="a day before the subject"),
        pytest.param("Kenya will publish a guide on how to dredge a port", id="how to"),
        pytest.param("Chile and Peru will discuss ways to open and repair Lamu ports", id="verbs with one object"),
        pytest.param(
            "Chile and Peru will discuss how the Board, with Norway, runs the ports", id="the verb of a subject"
        ),
        pytest.param("Norway will lend Kenya the equipment necessary to dredge the port", id="what is needed for it"),
        pytest.param("Chile and Peru will patrol a free and open sea", id="two adjectives"),
        pytest.param("Chile will put divers to work in Lamu", id="what somebody is put to"),
        pytest.param("Norway pledged to support Lamu in its efforts in the weeks to come", id="a last infinitive"),
        pytest.param(
            "Ana Rojas will travel to Oslo to attend the February 18-20 Lamu Ports Conference", id="after days"
        ),
        pytest.param("Peru will attend the 18–20 June Harbour Conference", id="the noun after a date"),
    ],
)
def test_what_makes_it_checkable_is_quoted(quote: str) -> None:
    assert quotes_in(f"{quote}.") == [quote]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "By the Harbour Act (HA), Norway will build two ports in Lamu.",
            "Norway will build two ports in Lamu",
            id="after a parenthesis",
        ),
        pytest.param(
            "I will be visiting the port and no longer be planning a visit to Lamu.",
            "I will be visiting the port",
            id="without the auxiliary of the next verb",
        ),
        pytest.param(
            "The signing of a fisheries agreement between Chile and Peru is great news for Lamu.",
            "The signing of a fisheries agreement between Chile and Peru",
            id="without what is said of it",
        ),
        pytest.param(
            "Chile announced a new school for divers:",
            "Chile announced a new school for divers",
            id="without a colon",
        ),
    ],
)
def test_a_quote_has_no_loose_mark(text: str, quote: str) -> None:
    assert quotes_in(text)[0] == quote


def test_a_quotation_that_ends_later_is_entered_after_its_mark() -> None:
    text = "“Kenya will buy ten helicopters this year. We shall be glad of them,” Amina Wekesa told reporters."
    assert quotes_in(text)[0] == "Kenya will buy ten helicopters this year"


def test_each_limb_has_its_own_deadline() -> None:
    text = "Norway and Chile signed a treaty. The Parties shall list such aid by 2032, and end it by 2034."
    deadlines = [record.deadline.edtf for record in agreements_in(text) if record.deadline]
    assert deadlines == ["2032", "2034"]


def test_a_day_that_opens_the_sentence_is_the_deadline() -> None:
    (record,) = agreements_in("Also on Monday, the President of Kenya will sign the Ports Act of 2031.")
    assert record.deadline is not None
    assert record.deadline.edtf == "2031-05-26"
