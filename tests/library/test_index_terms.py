"""The index terms of a document, each with its units."""

from __future__ import annotations

import pytest

from alliance_tui.library.index.terms import RECORD_UNITS, TermKind, index_terms
from alliance_tui.records import Analysis, Document
from tests.support.sample_library import PAGES, analysis_of


def units(name: str, kind: TermKind, term: str) -> set[int]:
    """The units of an index term of a sample document."""
    return set(map(ord, index_terms(analysis_of(name))[kind, term]))


def test_a_word_has_the_title_paragraphs_and_records_as_units() -> None:
    climate, radar = units("radar", TermKind.WORD, "climate"), units("radar", TermKind.WORD, "radar")
    assert climate == {3}, "the second paragraph, after the title and the first"
    assert radar == {1}, "of the title alone; the text has radars"
    entities = analysis_of("radar").entities
    records = {unit for unit in units("radar", TermKind.WORD, "norland") if unit in RECORD_UNITS}
    first_agreement = RECORD_UNITS.start + len(entities)
    assert records == {RECORD_UNITS.start + [e.name for e in entities].index("Norland"), first_agreement}


def test_a_prefix_has_the_units_of_its_words() -> None:
    assert units("accord", TermKind.PREFIX, "cr") == units("accord", TermKind.WORD, "crisis")
    assert units("accord", TermKind.PREFIX, "h") >= units("accord", TermKind.WORD, "harbour")
    assert (TermKind.PREFIX, "ha") in index_terms(analysis_of("accord"))
    assert (TermKind.PREFIX, "har") not in index_terms(analysis_of("accord"))


def test_initials_have_the_units_of_their_name() -> None:
    (paragraph,) = units("drones", TermKind.WORD, "committee") - set(RECORD_UNITS)
    assert paragraph in units("drones", TermKind.INITIALS, "jpc")


@pytest.mark.parametrize("paragraphs", [RECORD_UNITS.start - 2, RECORD_UNITS.start + 60_000])
def test_no_number_of_paragraphs_reaches_the_units_of_records(paragraphs: int) -> None:
    text = "\n".join(["Here."] * (paragraphs - 1) + ["There."])
    analysis = Analysis(Document.from_text(text, title="Long"), (), (), "rules", "model")
    [unit] = list(index_terms(analysis)[TermKind.WORD, "there"])
    assert ord(unit) not in RECORD_UNITS
    assert unit not in index_terms(analysis)[TermKind.WORD, "here"]
    unit.encode()  # a character that a file can hold


def test_every_word_of_the_library_has_units() -> None:
    for name in PAGES:
        terms = index_terms(analysis_of(name)).items()
        assert all(term_units for (kind, _), term_units in terms if kind is TermKind.WORD)
