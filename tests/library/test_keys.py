"""What a document is looked up by: its words, each with the units in which it stands."""

from __future__ import annotations

import pytest

from alliance_tui.library.index.terms import RECORDS, Role, keys
from alliance_tui.records import Analysis, Document
from tests.support.sample_library import PAGES, analysis_of


def units(name: str, role: Role, key: str) -> set[int]:
    """The numbers of the units in which a key of a document stands."""
    return set(map(ord, keys(analysis_of(name))[role, key]))


def test_a_word_stands_in_the_title_in_paragraphs_and_in_records() -> None:
    climate, radar = units("radar", Role.WORD, "climate"), units("radar", Role.WORD, "radar")
    assert climate == {3}, "the second paragraph, after the title and the first"
    assert radar == {1}, "of the title alone; the text has radars"
    entities = analysis_of("radar").entities
    records = {unit for unit in units("radar", Role.WORD, "norland") if unit in RECORDS}
    first_agreement = RECORDS.start + len(entities)
    assert records == {RECORDS.start + [e.name for e in entities].index("Norland"), first_agreement}


def test_what_begins_words_stands_where_they_stand() -> None:
    assert units("accord", Role.BEGINNING, "cr") == units("accord", Role.WORD, "crisis")
    assert units("accord", Role.BEGINNING, "h") >= units("accord", Role.WORD, "harbour")
    assert (Role.BEGINNING, "ha") in keys(analysis_of("accord"))
    assert (Role.BEGINNING, "har") not in keys(analysis_of("accord"))


def test_letters_stand_where_the_name_does_that_they_abbreviate() -> None:
    (paragraph,) = units("drones", Role.WORD, "committee") - set(RECORDS)
    assert paragraph in units("drones", Role.INITIALS, "jpc")


@pytest.mark.parametrize("paragraphs", [RECORDS.start - 2, RECORDS.start + 60_000])
def test_however_many_paragraphs_there_are_each_is_told_from_records(paragraphs: int) -> None:
    text = "\n".join(["Here."] * (paragraphs - 1) + ["There."])
    analysis = Analysis(Document.from_text(text, title="Long"), (), (), "rules", "model")
    [unit] = list(keys(analysis)[Role.WORD, "there"])
    assert ord(unit) not in RECORDS
    assert unit not in keys(analysis)[Role.WORD, "here"]
    unit.encode()  # a character that a file can hold


def test_every_word_of_the_shelf_can_be_looked_up() -> None:
    for name in PAGES:
        assert all(written for (role, _), written in keys(analysis_of(name)).items() if role is Role.WORD)
