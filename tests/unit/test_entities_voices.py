"""For whom a transcript and a document with a title speak."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.entities import EntityTable, find_entities
from alliance_tui.extraction.parsing import load, parse
from alliance_tui.extraction.segments import segment
from alliance_tui.records import Document

pytestmark = pytest.mark.model

PRESS = """PRESIDENT OTIENO: Good afternoon. The President of Kenya is glad to be in Norway. We will send two ships.

PRIME MINISTER HAUGEN: Thank you. Prime Minister Nils Haugen of Norway and President Wanjiru Otieno of Kenya met today.

PRESIDENT OTIENO: We will train 40 divers, and I will visit Bergen again.
"""

CALL = """MODERATOR: Welcome. This call is on background.

SENIOR OFFICIAL: Thank you. President Biden spoke to Secretary Blinken and to the White House staff about Chad and Peru.

SENIOR OFFICIAL: Chad, Chad and Chad again: we will send two ships to Chad.
"""

PACT = """The members of the pact — Chile, Peru, Ecuador, Colombia, and Panama — met in Lima. We will share charts.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def read(nlp: Language, text: str, title: str = "test") -> EntityTable:
    return find_entities(Document.of(text, title=title), list(parse(nlp, text, segment(text))))


def test_two_leaders_who_speak_are_those_whom_we_means(nlp: Language) -> None:
    assert set(read(nlp, PRESS).principals) == {"Kenya", "Norway"}


def test_i_is_the_state_of_who_speaks(nlp: Language) -> None:
    passages = list(parse(nlp, PRESS, segment(PRESS)))
    table = find_entities(Document.of(PRESS, title="test"), passages)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "I")
    assert table.resolve(passage, word) == ("Kenya",)


def test_an_unnamed_official_speaks_for_the_state_whose_leaders_are_named(nlp: Language) -> None:
    assert read(nlp, CALL).principals == ("United States",)


def test_a_title_known_from_elsewhere_tells_who_speaks(nlp: Language) -> None:
    text = "We met today to mark 200 years of friendship with Peru. We will open a clinic."
    assert set(read(nlp, text, "Joint Statement of the Presidents of Chile and Peru").principals) == {"Chile", "Peru"}


def test_a_list_of_many_before_the_verb_speaks(nlp: Language) -> None:
    assert set(read(nlp, PACT).principals) == {"Chile", "Peru", "Ecuador", "Colombia", "Panama"}


def test_a_surname_is_that_of_the_leader_whose_state_the_text_names(nlp: Language) -> None:
    text = "Prime Minister Lee of Singapore said that Singapore will buy two ships. Singapore is glad, Lee said."
    assert "Lee Hsien Loong" in {entity.name for entity in read(nlp, text).entities}


def test_the_place_in_a_title_does_not_speak(nlp: Language) -> None:
    text = "The 2031 NATO Summit in Oslo\n\nAllied leaders will endorse a plan for the defence of ports in the north."
    assert read(nlp, text).principals == ("North Atlantic Treaty Organization",)


def test_a_small_format_whose_members_are_all_named_is_its_members(nlp: Language) -> None:
    named = "Australia, the United Kingdom and the United States met in Perth. AUKUS will fund a dock."
    assert set(read(nlp, named).principals) == {"Australia", "United Kingdom", "United States"}
    passages = list(parse(nlp, named, segment(named)))
    table = find_entities(Document.of(named, title="test"), passages)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "AUKUS")
    assert set(table.resolve(passage, word)) == {"Australia", "United Kingdom", "United States"}


def test_a_format_is_never_expanded_beyond_what_the_text_names(nlp: Language) -> None:
    text = "Australia welcomed the guests. AUKUS will fund a dock."
    passages = list(parse(nlp, text, segment(text)))
    table = find_entities(Document.of(text, title="test"), passages)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "AUKUS")
    assert table.resolve(passage, word) == ("AUKUS",)
