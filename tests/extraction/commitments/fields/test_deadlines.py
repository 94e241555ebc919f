"""The deadline of an agreement."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("Chile will open a port by 2033.", "2033", "by 2033"),
        ("Chile and Peru will convene a second round of talks by June 2032.", "2032-06", "by June 2032"),
        ("Norway is to lend a ship to Chile next year.", "2032", "next year"),
        ("Norway’s foreign minister will visit Nairobi in October.", "2031-10", "in October"),
        ("Beginning in 2032, Norway will send two frigates to Mombasa.", "2032", "Beginning in 2032"),
        ("Norway will send two frigates within two years.", "2031-05-20/2033-05-20", "within two years"),
        ("Kenya shall return the vessels within 90 days.", "2031-05-20/2031-08-18", "within 90 days"),
    ],
)
def test_a_deadline_is_resolved_against_the_document_s_date(text: str, edtf: str, words: str) -> None:
    deadline = only_agreement_in(text).deadline
    assert deadline is not None
    assert (deadline.edtf, deadline.span.quote) == (edtf, words)


def test_a_date_that_describes_the_actor_is_no_deadline() -> None:
    assert (
        only_agreement_in(
            "Chile – home to the Harbour School and host of the Games in 2033 – will lend Peru four tugboats."
        ).deadline
        is None
    )


def test_the_date_of_a_promise_is_no_deadline() -> None:
    record = only_agreement_in("Peru and Chile agreed this month to resume joint patrols in March.")
    assert record.deadline is not None
    assert record.deadline.edtf == "2032-03"


def test_a_date_in_a_promise_is_its_deadline() -> None:
    record = only_agreement_in("Peru and Chile pledged by 2035 to build two ports.")
    assert record.deadline is not None
    assert record.deadline.edtf == "2035"


def test_a_date_after_a_parenthesis_is_the_deadline() -> None:
    deadline = only_agreement_in(
        "Chile will resume exports of copper, including to Kenya, beginning in October 2031."
    ).deadline
    assert deadline is not None and deadline.edtf == "2031-10"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param(
            "Kenya confirmed that, in June 2032, Norway will open a port.", "2032-06", id="before its subject"
        ),
        pytest.param(
            "And tomorrow, Norway and Kenya are going to sign a treaty on ports.", "2031-05-21", id="tomorrow"
        ),
        pytest.param(
            "Norway will train forty divers —most of them for work in harbours—by the end of 2033.",
            "2033",
            id="after an aside in dashes",
        ),
        pytest.param(
            "Norway will open two schools, the first of which is to teach from 1 May 2033.",
            "2033-05-01",
            id="part of it",
        ),
        pytest.param(
            "Norway will build a radar line, with the first sectors operational not later than March 2033.",
            "2033-03",
            id="what comes with it",
        ),
        pytest.param(
            "Norway will draft a guide on ports, for adoption by the ministers in January 2033.",
            "2033-01",
            id="what for",
        ),
        pytest.param(
            "Norway will establish a joint school for divers, to be fully operational by June 2033.",
            "2033-06",
            id="when it is to work",
        ),
        pytest.param(
            "Norway will mobilize its shipyards to repair forty ferries in 2033.", "2033", id="of its purpose"
        ),
        pytest.param(
            "Norway and Kenya will hold a ports conference, which will be held in Mombasa in October 2032.",
            "2032-10",
            id="of when it takes place",
        ),
        pytest.param("Today, Norway will sign a treaty on ports with Kenya.", "2031-05-20", id="today"),
        pytest.param("In 2033, Norway will:\n\n- Lend two tugboats to Kenya.", "2033", id="in the lead-in"),
        pytest.param(
            "The October 5-6, 2031 Ports Summit in Mombasa draws near.\n\nAt the Summit, Norway will open a new fund.",
            "2031-10-05/2031-10-06",
            id="of the event at which it is done",
        ),
        pytest.param("Kenya will host the next Kenya–Norway Summit in 2033.", "2033", id="after a dash in a name"),
    ],
)
def test_a_date_beside_the_evidence_is_the_deadline(text: str, edtf: str) -> None:
    deadline = only_agreement_in(text).deadline
    assert deadline is not None and deadline.edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("In mid-May, Norway and Kenya signed a treaty on ports.", id="of what is done"),
        pytest.param("Today, Norway announced that it will lend Kenya four tugboats.", id="of the announcement"),
        pytest.param(
            "Norway will lend Kenya four tugboats to speed its work toward the goal of clean harbours by 2050.",
            id="of a goal further off",
        ),
    ],
)
def test_the_date_of_something_else_is_no_deadline(text: str) -> None:
    assert only_agreement_in(text).deadline is None


def test_a_date_before_the_next_subject_is_the_next_agreement_s() -> None:
    records = agreements_in(
        "Norway will send experts to Nairobi, and in March 2033, Kenya will host a workshop on ports."
    )
    assert [record.deadline and record.deadline.edtf for record in records] == [None, "2033-03"]
    assert records[0].evidence.quote == "Norway will send experts to Nairobi"


def test_each_of_two_agreements_has_its_own_deadline() -> None:
    records = agreements_in("Chile will lend four tugboats by 2032 and train their crews by 2034.")
    assert [record.deadline and record.deadline.edtf for record in records] == ["2032", "2034"]
