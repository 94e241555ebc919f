"""Corrections as they are typed: read, checked against the document, refused with a hint."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.extraction.typed_values import VALUE_READERS
from alliance_tui.records import Agreement, Amount, PartyRoles, Strength
from alliance_tui.review.corrections import (
    TYPED_FIELDS,
    CorrectionError,
    correct_field,
    move_evidence,
    step_strength,
    typed_value,
)
from tests.support import builders

ANALYSIS = builders.analysis()
CENTRE, VESSELS, DRONES, PORT = ANALYSIS.agreements[:4]


def corrected(name: str, typed: str, record: Agreement = DRONES) -> Agreement:
    return correct_field(ANALYSIS, record, name, typed, VALUE_READERS)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("title", "  Deliver   drones ", "Deliver drones"),
        ("kind", "decl", "declaratory"),
        ("strength", "binding", "binding"),
        ("strength", "pla", "planned"),
        ("strength", "", None),
        ("parties", "portugal; Denmark", ("Portugal", "Denmark")),
        ("parties", "Lisbon, copenhagen, Portugal", ("Portugal", "Denmark")),
        ("parties", "", ()),
        ("parties", "Danish yards", ("Danish yards",)),
        ("instrument", "acpc", "Atlantic Cable Protection Centre"),
        ("instrument_role", "created", "created"),
        ("domain", "air missile defence", "air-missile-defence"),
        ("attribution", "Holm", "Mikkel Holm"),
        ("attribution", "", None),
        ("reaffirms", "yes", True),
    ],
)
def test_a_typed_value_is_read(name: str, typed: str, value: object) -> None:
    assert getattr(corrected(name, typed), name) == value


@pytest.mark.parametrize(
    ("typed", "edtf", "earliest", "latest", "words"),
    [
        ("2027-06", "2027-06", "2027-06-01", "2027-06-30", DRONES.evidence.quote),
        ("2025/2027", "2025/2027", "2025-01-01", "2027-12-31", DRONES.evidence.quote),
        ("by the end of next year", "2027", "2027-01-01", "2027-12-31", None),
        ("within two years", "2026-03-02/2028-03-02", "2026-03-02", "2028-03-02", "within two years"),
        ("by June 2027", "2027-06", "2027-06-01", "2027-06-30", "by June 2027"),
    ],
)
def test_a_deadline_is_edtf_or_words(typed: str, edtf: str, earliest: str, latest: str, words: str | None) -> None:
    deadline = corrected("deadline", typed).deadline
    assert deadline
    assert (deadline.edtf, deadline.earliest, deadline.latest) == (edtf, earliest, latest)
    if words:
        assert deadline.span.quote == words


def test_amounts_are_read_as_in_a_text() -> None:
    (amount,) = corrected("amounts", "2.9 billion dollars").amounts
    assert (amount.value, amount.unit) == (2.9e9, "USD")
    assert corrected("amounts", "").amounts == ()


@pytest.mark.parametrize(
    ("name", "typed", "hint"),
    [
        ("strength", "hard", "it is one of explored, aimed, planned"),
        ("strength", "a", "it is one of"),
        ("parties", "Portugl", "did you mean Portugal?"),
        ("parties", "Xyzzyland", "add it as an entity first"),
        ("deadline", "soonish", "type EDTF"),
        ("deadline", "2027-13", "type EDTF"),
        ("deadline", "20XX-99/..", "type EDTF"),
        ("amounts", "a lot", "type it as in"),
        ("title", " ", "a few words"),
        ("kind", "", "agreement, declaratory, package"),
        ("reaffirms", "maybe", "neither yes nor no"),
        ("rule", "x", "There is no field 'rule'"),
    ],
)
def test_another_value_is_refused_with_what_it_may_be(name: str, typed: str, hint: str) -> None:
    with pytest.raises(CorrectionError, match=hint.replace("?", r"\?")):
        corrected(name, typed)


@pytest.mark.parametrize("name", TYPED_FIELDS)
def test_the_present_value_typed_again_changes_nothing(name: str) -> None:
    for record in (CENTRE, VESSELS, PORT):
        again = corrected(name, typed_value(record, name), record)
        if name == "deadline" and record.deadline:
            assert again.deadline
            assert again.deadline.edtf == record.deadline.edtf
        else:
            assert getattr(again, name) == getattr(record, name)


def test_typed_amounts_read_as_their_words() -> None:
    words = ANALYSIS.document.span(5, 14)
    assert typed_value(replace(DRONES, amounts=(Amount(4, "drones", words),)), "amounts") == words.quote


def test_the_strength_steps_along_the_ladder_and_stops_at_its_ends() -> None:
    assert step_strength(DRONES, 1).strength is Strength.AGREED
    assert step_strength(DRONES, -1).strength is Strength.PLANNED
    assert step_strength(DRONES, 99).strength is Strength.COMPLETED
    assert step_strength(replace(DRONES, strength=None), -1).strength is Strength.EXPLORED


def test_evidence_moves_by_words_and_keeps_its_trigger() -> None:
    document = ANALYSIS.document
    assert move_evidence(document, PORT, start=1).evidence.quote.startswith("pledged to open")
    assert move_evidence(document, PORT, start=9).evidence.quote.startswith("open the port")
    assert move_evidence(document, PORT, start=-1).evidence.quote.startswith("while Lisbon pledged")
    assert move_evidence(document, PORT, end=-2).evidence.quote.endswith("port of Leixões to")
    assert move_evidence(document, PORT, end=-99).evidence.quote == "Lisbon pledged to open"
    whole = move_evidence(document, PORT, start=-99, end=99).evidence
    assert whole.quote.startswith("Denmark will deliver")
    assert whole.quote.endswith("Danish ships")


def test_evidence_without_a_trigger_of_its_own_is_shortened_too() -> None:
    whole = replace(DRONES, trigger=DRONES.evidence, cues=())
    shorter = move_evidence(ANALYSIS.document, move_evidence(ANALYSIS.document, whole, end=-1), start=1)
    assert shorter.evidence.quote == " ".join(DRONES.evidence.quote.split()[1:-1])
    assert shorter.trigger == shorter.evidence


def test_the_parts_of_parties_are_typed_with_their_names() -> None:
    record = corrected("roles", "pays: denmark; rec: Lisbon, NATO")
    assert record.roles == PartyRoles(pays=("Denmark",), receives=("Portugal", "NATO"))
    assert typed_value(record, "roles") == "pays: Denmark; receives: Portugal, NATO"
    assert corrected("roles", typed_value(record, "roles")).roles == record.roles
    assert corrected("roles", "").roles == PartyRoles()
    for wrong in ("Denmark", "lends: Denmark", ": Denmark"):
        with pytest.raises(CorrectionError, match="says no part: type does, pays, receives, hosts and who"):
            corrected("roles", wrong)
