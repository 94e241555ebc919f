"""The treaty, body or programme of an agreement, and what is done with it."""

from __future__ import annotations

import pytest

from alliance_tui.records import InstrumentRole
from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Norway and Kenya signed the Lamu Accord on Tuesday.", "Lamu Accord", InstrumentRole.SIGNED),
        ("Kenya and Norway today ratified the Lamu Treaty.", "Lamu Treaty", InstrumentRole.SIGNED),
        (
            "Norway will prepare a five-year work plan for ports.",
            "five-year work plan for ports",
            InstrumentRole.CREATED,
        ),
        ("Kenya has joined the Polar Research Fund.", "Polar Research Fund", InstrumentRole.SIGNED),
        ("Norway and Kenya will establish a Harbour Repair Forum.", "Harbour Repair Forum", InstrumentRole.CREATED),
        (
            "Norway and Chile announced the establishment of a Polar Research Fund.",
            "Polar Research Fund",
            InstrumentRole.CREATED,
        ),
        (
            "Norway will use the Polar Research Fund to pay for two stations.",
            "Polar Research Fund",
            InstrumentRole.USED,
        ),
        (
            "Norway and Kenya signed a memorandum of understanding on port security.",
            "memorandum of understanding on port security",
            InstrumentRole.SIGNED,
        ),
        ("Chile and Peru concluded an extradition treaty.", "extradition treaty", InstrumentRole.SIGNED),
    ],
)
def test_an_instrument_is_named_with_its_role(text: str, name: str, role: InstrumentRole) -> None:
    record = only_agreement_in(text)
    assert (record.instrument, record.instrument_role) == (name, role)


@pytest.mark.parametrize(
    "text", ["Chile and Peru have signed 12 agreements.", "Kenya will build two radar stations on its coast."]
)
def test_without_a_specific_instrument_there_is_none(text: str) -> None:
    record = only_agreement_in(text)
    assert (record.instrument, record.instrument_role) == (None, None)


def test_a_body_made_without_a_name_has_the_one_that_the_next_sentence_introduces() -> None:
    text = "Chile and Peru will create a new consultative body. The Coral Reef Council would meet each spring."
    assert agreements_in(text)[0].instrument == "Coral Reef Council"


def test_a_body_named_before_is_not_the_new_one() -> None:
    text = "Chile and Peru sit in the Coral Reef Council. Chile and Peru will create a new body. "
    assert agreements_in(text + "The Coral Reef Council would meet each spring.")[0].instrument is None


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        pytest.param(
            "Norway and Kenya will launch a new strategic dialogue on ports.",
            "strategic dialogue on ports",
            InstrumentRole.CREATED,
            id="what it is about",
        ),
        pytest.param(
            "Norway and Kenya signed a contract to dredge the harbour of Lamu.",
            "contract to dredge the harbour of Lamu",
            InstrumentRole.SIGNED,
            id="what it is to do",
        ),
        pytest.param(
            "Norway will establish a high-level trade council.",
            "high-level trade council",
            InstrumentRole.CREATED,
            id="a hyphen within",
        ),
    ],
)
def test_an_unnamed_instrument_is_described(text: str, words: str, role: InstrumentRole) -> None:
    record = only_agreement_in(text)
    assert (record.instrument, record.instrument_role) == (words, role)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Through the Polar Research Fund, Norway will build two stations.", id="before it"),
        pytest.param("Norway will build two stations, including through the Polar Research Fund.", id="after it"),
        pytest.param("Norway will build two stations under the Polar Research Fund.", id="within it"),
        pytest.param("The Polar Research Fund will pay for two stations.", id="it acts"),
        pytest.param("- Polar Research Fund: Norway will build two stations.", id="it heads the item"),
        pytest.param(
            "Norway joined the Polar Research Fund in 2029. Through this fund, Norway will build two stations.",
            id="it is taken up again",
        ),
    ],
)
def test_the_instrument_under_which_something_is_done_is_used(text: str) -> None:
    record = agreements_in(text)[-1]
    assert (record.instrument, record.instrument_role) == ("Polar Research Fund", InstrumentRole.USED)


def test_a_programme_that_money_will_launch_is_created() -> None:
    record = only_agreement_in("Norway will provide $5 million to launch the Polar Research Fund.")
    assert (record.instrument, record.instrument_role) == ("Polar Research Fund", InstrumentRole.CREATED)


def test_the_instrument_of_one_agreement_is_not_that_of_the_next() -> None:
    first, second = agreements_in(
        "Norway will build two stations under the Polar Research Fund and will lend Chile a ship."
    )
    assert (first.instrument, second.instrument) == ("Polar Research Fund", None)


def test_an_instrument_that_an_agreement_strengthens_is_used() -> None:
    record = only_agreement_in("Norway and Kenya agreed to strengthen the Lamu Accord.")
    assert (record.instrument, record.instrument_role) == ("Lamu Accord", InstrumentRole.USED)


def test_ministers_of_a_group_do_not_make_it_the_instrument() -> None:
    assert (
        only_agreement_in("Norway’s energy minister will meet G7 energy ministers in Oslo in June 2032.").instrument
        is None
    )


def test_a_body_that_acts_as_a_party_is_not_its_own_instrument() -> None:
    record = only_agreement_in("The Council on Harbour Safety is issuing new guidance on oil spills.")
    assert (record.parties, record.instrument) == (("Council on Harbour Safety",), None)


def test_the_owner_of_a_new_thing_is_not_created() -> None:
    record = only_agreement_in("Norway will launch two hubs of the Polar Research Fund.")
    assert (record.instrument, record.instrument_role) == ("Polar Research Fund", InstrumentRole.USED)
