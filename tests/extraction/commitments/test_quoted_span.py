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
    ],
)
def test_what_makes_it_checkable_is_quoted(quote: str) -> None:
    assert quotes_in(f"{quote}.") == [quote]


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
