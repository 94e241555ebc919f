"""The lines that the command line prints: a sentence once, its matches marked, with its context."""

from __future__ import annotations

import re

from alliance_tui.records import Document
from alliance_tui.search.sentence_lines import MAX_SENTENCE, sentence_lines
from tests.support.sample_index import TEXT, document


def lines_of(*words: str, context: int = 0) -> list[str]:
    ranges = [found.span() for word in words for found in re.finditer(word, TEXT)]
    return list(sentence_lines(document(), ranges, context=context, mark="[{}]".format))


def long_document(text: str) -> Document:
    return Document.from_text(text, title="Long", path="long.txt")


def test_a_sentence_is_printed_once_at_its_first_match() -> None:
    lines = lines_of("command ", "control ")
    assert lines == [
        "leaders.txt:2:72: Prime Minister Fumio Kishida and President Joe Biden agreed to upgrade [command ]and "
        "[control ]of their forces."
    ]


def test_a_line_holds_the_sentence_and_not_the_paragraph() -> None:
    assert lines_of("China") == ["leaders.txt:3:75: [China] objected on the same day."]


def test_the_context_is_of_sentences_and_has_hyphens() -> None:
    before, match, after = lines_of("China", context=1)
    assert before.startswith("leaders.txt-3-1- Japan’s Self")
    assert match.startswith("leaders.txt:3:75: [China]")
    assert after.startswith("leaders.txt-4-1- The Security")


def test_a_gap_in_the_context_is_shown() -> None:
    assert "--" in lines_of("China", "Commanders", context=1)
    assert "--" not in lines_of("China", "Commanders")


def test_no_sentence_is_shown_twice() -> None:
    lines = lines_of("Kishida", "China", context=2)
    assert len([line for line in lines if line != "--"]) == len({line for line in lines if line != "--"})


def test_line_breaks_in_a_sentence_are_spaces() -> None:
    text = "The radar of the coast guard was opened in the old harbour\nof the city on Monday. It works."
    (line,) = sentence_lines(long_document(text), [(4, 9)])
    assert line == "long.txt:1:5: The radar of the coast guard was opened in the old harbour of the city on Monday."


def test_a_long_sentence_is_cut_to_what_surrounds_the_match() -> None:
    text = "water " * 5_000 + "radar " + "water " * 5_000
    (line,) = sentence_lines(long_document(text), [(30_000, 30_005)], mark="[{}]".format)
    assert line.startswith("long.txt:1:30001: …")
    assert "water [radar] water" in line
    assert len(line) < MAX_SENTENCE + 50


def test_a_document_without_a_path_is_called_by_its_title() -> None:
    (line,) = sentence_lines(Document.from_text("A radar works.", title="Seed"), [(2, 7)])
    assert line == "Seed:1:3: A radar works."


def test_matches_before_the_first_sentence_and_none_at_all_are_no_error() -> None:
    assert list(sentence_lines(document(), [])) == []
    assert len(list(sentence_lines(long_document("\n\n  radar"), [(4, 9)]))) == 1


def test_every_match_is_marked() -> None:
    assert sum(line.count("[") for line in lines_of("the ")) == len(re.findall("the ", TEXT))
