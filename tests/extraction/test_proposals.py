"""Records proposed from a passage that the reader chose."""

from __future__ import annotations

from alliance_tui.documents.text_units import sentence_at
from alliance_tui.extraction.proposals import propose_record
from alliance_tui.records import Agreement, Strength
from tests.support import builders

ANALYSIS = builders.analysis()
TEXT = ANALYSIS.document.text


def proposed(words: str) -> Agreement:
    return propose_record(ANALYSIS, *sentence_at(TEXT, TEXT.index(words)))


def test_the_fields_are_those_of_the_words() -> None:
    record = proposed("joint centre")
    assert (
        record.evidence.quote == "Portugal and Denmark agreed to create a joint centre for undersea cables by June 2027"
    )
    assert record.trigger.quote == "create"
    assert record.title == "Create a joint centre for undersea cables by June 2027"
    assert record.strength is Strength.AGREED
    assert record.parties == ("Portugal", "Denmark")
    assert record.deadline
    assert record.deadline.edtf == "2027-06"


def test_the_weakest_cue_decides() -> None:
    assert proposed("patrol vessels").strength is Strength.EXPLORED


def test_any_words_make_a_record() -> None:
    start = TEXT.index("North Atlantic")
    record = propose_record(ANALYSIS, start, start + len("North Atlantic"))
    assert record.evidence.quote == "North Atlantic"
    assert record.trigger.quote in record.evidence.quote
