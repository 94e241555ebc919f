"""What a document is looked up by: its words, each with the units in which it stands."""

from __future__ import annotations

import pytest

from alliance_tui.library.index.terms import RECORD_UNITS, TermKind, index_terms
from alliance_tui.records import Analysis, Document
from tests.support.sample_library import PAGES, analysis_of


def units(name: str, role: TermKind, key: str) -> set[int]:
    """The numbers of the units in which a key of a document stands."""
    return set(map(ord, index_terms(analysis_of(name))[role, key]))


def test_a_word_stands_in_the_title_in_paragraphs_and_in_records() -> None:
    climate, radar = units("radar", TermKind.WORD, "climate"), units("radar", TermKind.WORD, "radar")
    assert climate == {3}, "the second paragraph, after the title and the first"
    assert radar == {1}, "of the title alone; the text has radars"
    entities = analysis_of("radar").entities
    records = {unit for unit in units("radar", TermKind.WORD, "norland") if unit in RECORD_UNITS}
    first_agreement = RECORD_UNITS.start + len(entities)
    assert records == {RECORD_UNITS.start + [e.name for e in entities].index("Norland"), first_agreement}


def test_what_begins_words_stands_where_they_stand() -> None:
    assert units("accord", TermKind.PREFIX, "cr") == units("accord", TermKind.WORD, "crisis")
    assert units("accord", TermKind.PREFIX, "h") >= units("accord", TermKind.WORD, "harbour")
    assert (TermKind.PREFIX, "ha") in index_terms(analysis_of("accord"))
    assert (TermKind.PREFIX, "har") not in index_terms(analysis_of("accord"))


def test_letters_stand_where_the_name_does_that_they_abbreviate() -> None:
    (paragraph,) = units("drones", TermKind.WORD, "committee") - set(RECORD_UNITS)
    assert paragraph in units("drones", TermKind.INITIALS, "jpc")


@pytest.mark.parametrize("paragraphs", [RECORD_UNITS.start - 2, RECORD_UNITS.start + 60_000])
def test_however_many_paragraphs_there_are_each_is_told_from_records(paragraphs: int) -> None:
    text = "\n".join(["Here."] * (paragraphs - 1) + ["There."])
    analysis = Analysis(Document.from_text(text, title="Long"), (), (), "rules", "model")
    [unit] = list(index_terms(analysis)[TermKind.WORD, "there"])
    assert ord(unit) not in RECORD_UNITS
    assert unit not in index_terms(analysis)[TermKind.WORD, "here"]
    unit.encode()  # a character that a file can hold


def test_every_word_of_the_shelf_can_be_looked_up() -> None:
    for name in PAGES:
        assert all(written for (role, _), written in index_terms(analysis_of(name)).items() if role is TermKind.WORD)
