"""Parts: what a general undertaking includes or leads into as a list is part of it, and nothing else is."""

from __future__ import annotations

import pytest

from alliance_tui.linking.comparison import compare
from alliance_tui.linking.parts import INCLUDED, LISTED, parts_of, parts_with
from alliance_tui.records import Analysis
from tests.support.linked_documents import linked_analysis

GENERAL, FIRST, SECOND = (
    "will deepen their work on harbours",
    "dredging the bay at Eskby",
    "opening a school for pilots",
)


def analysis(text: str, *quotes: str) -> Analysis:
    """A document with the records of these quotes, whose ids are theirs."""
    records = tuple({"id": quote, "quote": quote, "title": quote, "parties": ["Norland"]} for quote in quotes)
    return linked_analysis(text, records)


def relations(text: str, *quotes: str) -> list[tuple[str, str, str]]:
    return [
        (each.whole, each.part, each.reason) for each in parts_of(analysis(text, *(quotes or (GENERAL, FIRST, SECOND))))
    ]


@pytest.mark.parametrize("lead", ["including", "including by", "in the north, including through", "including further"])
def test_what_follows_including_is_part_of_what_is_said_before_it(lead: str) -> None:
    text = f"They {GENERAL}, {lead} {FIRST}, and speak of {SECOND}."
    assert relations(text) == [(GENERAL, FIRST, INCLUDED)]


@pytest.mark.parametrize(
    "between",
    [". They also spoke of fish, including", ", including cod and herring, and plan", ", such as", ", after"],
    ids=["another sentence", "something else is included", "such as", "no such word"],
)
def test_what_follows_anything_else_is_no_part(between: str) -> None:
    assert relations(f"They {GENERAL}{between} {FIRST}. They talk of {SECOND}.") == []


@pytest.mark.parametrize("lead", [" by:", " in the north through:", ", including:", " with the following steps:"])
def test_the_items_of_a_list_are_parts_of_what_leads_into_it(lead: str) -> None:
    text = f"They {GENERAL}{lead}\n\n- {FIRST}\n- {SECOND}\n\nThe day ended."
    assert relations(text) == [(GENERAL, FIRST, LISTED), (GENERAL, SECOND, LISTED)]


@pytest.mark.parametrize("lead", [" with the following towns:", " at this table:", ". They met the following. By:"])
def test_a_list_of_something_else_has_no_parts(lead: str) -> None:
    assert relations(f"They {GENERAL}{lead}\n\n- {FIRST}\n- {SECOND}\n") == []


def test_a_list_ends_with_its_last_item() -> None:
    text = f"They {GENERAL} by:\n\n- {FIRST}\n\nThe day ended.\n\n- {SECOND}\n"
    assert relations(text) == [(GENERAL, FIRST, LISTED)]


def test_a_list_within_an_item_ends_with_the_item() -> None:
    text = f"- They {GENERAL} by:\n\n  - {FIRST}\n- {SECOND}\n"
    assert relations(text) == [(GENERAL, FIRST, LISTED)]


@pytest.mark.parametrize("end", [".", ".*", ".”", "?)"])
def test_a_later_sentence_of_an_item_is_no_part(end: str) -> None:
    text = f"They {GENERAL} by:\n\n- {FIRST}{end} They speak of {SECOND}\n"
    assert relations(text) == [(GENERAL, FIRST, LISTED)]


def test_of_two_wholes_the_nearer_one_counts() -> None:
    text = f"They {GENERAL} by:\n\n- {FIRST}, including {SECOND}\n"
    assert relations(text) == [(GENERAL, FIRST, LISTED), (FIRST, SECOND, INCLUDED)]


def test_what_the_reader_rejected_is_neither_part_nor_whole() -> None:
    document = analysis(f"They {GENERAL} by:\n\n- {FIRST}\n- {SECOND}\n", GENERAL, FIRST, SECOND)
    assert [each.part for each in parts_of(document, without={FIRST})] == [SECOND]
    assert parts_of(document, without={GENERAL}) == []


def test_an_agreement_has_the_relations_in_which_it_is_part_or_whole() -> None:
    parts = parts_of(analysis(f"They {GENERAL} by:\n\n- {FIRST}\n- {SECOND}\n", GENERAL, FIRST, SECOND))
    assert parts_with(parts, GENERAL) == tuple(parts)
    assert parts_with(parts, SECOND) == (parts[1],)


def test_a_part_is_never_in_the_row_of_its_whole() -> None:
    """Though both have the words of what another document says."""
    words = "dredge the harbour basins of Eskby and Tarnholm with Westmark"
    general, limb = f"will {words}", f"plan to {words}"
    others = analysis(f"Norland and Westmark {general}. Later they {limb}.", general, limb)
    told = analysis(f"They {general}, including {limb}.", general, limb)
    joined, apart = (
        compare([others, analysis(f"They {words}.", words)]),
        compare([told, analysis(f"They {words}.", words)]),
    )
    assert any(len(row.statements[0]) == 2 for row in joined.rows), "the two are linked with the same record"
    assert not any(len(row.statements[0]) == 2 for row in apart.rows)
    assert [(number, each.part) for number, each in apart.listed_parts()] == [(0, limb)]
