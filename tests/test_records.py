"""Records quote their document, and keep the names under which they are stored."""

from __future__ import annotations

import msgspec
import pytest

from alliance_tui.errors import UngroundedRecordError
from alliance_tui.records import (
    Agreement,
    Analysis,
    Document,
    Entity,
    EntityType,
    Kind,
    Mention,
    Span,
    Strength,
    record_id,
)

DOCUMENT = Document.from_text("Chile will build a port.", title="Port", pages=(0, 11))
AGREEMENT = Agreement("a", Kind.AGREEMENT, "Build a port", DOCUMENT.span(0, 23), DOCUMENT.span(11, 16), "cue")


def test_a_span_quotes_the_text() -> None:
    assert DOCUMENT.span(11, 16) == Span(11, 16, "build")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 3), (20, 99), (-2, 3)])
def test_a_span_is_neither_empty_nor_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        DOCUMENT.span(start, end)


def test_an_analysis_whose_records_quote_something_else_cannot_be_built() -> None:
    other = Document.from_text("Chile will close a port.", title="Port")
    Analysis(DOCUMENT, (), (AGREEMENT,), "hand", "none")
    with pytest.raises(UngroundedRecordError, match="which is not what the text says at 0"):
        Analysis(other, (), (AGREEMENT,), "hand", "none")


def test_an_entity_without_a_mention_cannot_be_built() -> None:
    Entity("e", "Chile", EntityType.STATE, ("Chile",), (Mention(DOCUMENT.span(0, 5)),))
    with pytest.raises(UngroundedRecordError, match="entity Chile has no mention"):
        Entity("e", "Chile", EntityType.STATE, ("Chile",), ())


def test_offsets_before_and_after_a_page_break() -> None:
    assert [DOCUMENT.page_of(offset) for offset in (0, 10, 11)] == [1, 1, 2]
    assert Document.from_text("Chile", title="no pages").page_of(0) is None


def test_strengths_are_ranked() -> None:
    assert Strength.EXPLORED.rank < Strength.AGREED.rank < Strength.COMPLETED.rank
    assert [strength.rank for strength in Strength] == list(range(7))


def test_ids_depend_on_document_kind_and_spans_only() -> None:
    of_agreement = record_id(DOCUMENT, "agreement", DOCUMENT.span(0, 23))
    assert of_agreement == record_id(DOCUMENT, "agreement", AGREEMENT.evidence)
    assert of_agreement != record_id(DOCUMENT, "entity", AGREEMENT.evidence)
    assert of_agreement != record_id(DOCUMENT, "agreement", AGREEMENT.trigger)
    assert DOCUMENT.id == Document.from_text(DOCUMENT.text, title="another title", path="port.txt").id


def test_a_trigger_is_stored_under_its_former_name() -> None:
    stored = msgspec.json.encode(AGREEMENT)
    assert msgspec.json.decode(stored)["anchor"]["quote"] == "build"
    assert msgspec.json.decode(stored, type=Agreement) == AGREEMENT
