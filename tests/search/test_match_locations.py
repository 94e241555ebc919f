"""Lines and columns of matches, and the keys of the JSON."""

from __future__ import annotations

import msgspec

from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.match_locations import (
    MAX_LINE,
    LocatedMatch,
    grep_lines,
    grep_record_lines,
    locate_matches,
)
from tests.support.sample_index import INDEX, TEXT, document, matches_of


def located_matches(query: str) -> list[LocatedMatch]:
    return list(locate_matches(document(), INDEX, matches_of(query)))


def test_lines_and_columns_count_from_one() -> None:
    first = located_matches("dicsa")[0]
    assert (first.pane, first.text, first.match_type) == ("text", "DICAS", "typo")
    assert first.line == 4
    assert TEXT.splitlines()[3][first.column - 1 :].startswith("DICAS") if first.column else False
    assert TEXT[first.start : first.end] == "DICAS"


def test_an_entity_is_located_at_the_first_mention_by_the_matched_form() -> None:
    entity = next(match for match in located_matches("dicas") if match.pane == "entities")
    assert (entity.name, entity.text) == ("Defense Industrial Cooperation Forum", "DICAS")
    assert entity.start == TEXT.index("DICAS")


def test_an_agreement_is_located_in_its_evidence() -> None:
    agreement = next(match for match in located_matches("headquarters") if match.pane == "agreements")
    assert (agreement.record_id, agreement.start) == ("a-headquarters", TEXT.index("headquarters"))


def test_a_match_outside_the_text_has_no_location() -> None:
    agreement = next(match for match in located_matches("industry") if match.pane == "agreements")
    assert (agreement.text, agreement.start, agreement.line) == ("industry", None, None)


def test_a_match_by_a_filter_is_located_at_its_evidence() -> None:
    agreement = next(match for match in located_matches("has:deadline") if match.pane == "agreements")
    assert agreement.text.startswith("Japan’s Self")


def test_panes_in_order_and_best_first_within_each() -> None:
    matches = located_matches("japan")
    panes = [match.pane for match in matches]
    assert panes == sorted(panes, key=["text", "entities", "agreements"].index)
    for pane in set(panes):
        scores = [match.score for match in matches if match.pane == pane]
        assert scores == sorted(scores, reverse=True)


def test_the_keys_of_the_json() -> None:
    keys = set(msgspec.to_builtins(located_matches("japan")[0]))
    assert keys >= {"pane", "document", "path", "line", "column", "start", "end", "text", "how", "score", "record"}


def test_grep_lines() -> None:
    lines = list(grep_lines(document(), matches_of("kishida")))
    assert lines[0] == f"leaders.txt:2:22: {TEXT.splitlines()[1]}"
    assert len(lines) == 2


def test_grep_lines_of_records() -> None:
    lines = list(grep_record_lines(document(), INDEX, matches_of("has:deadline")))
    assert lines
    assert all(line.startswith("leaders.txt:") for line in lines)


def test_a_long_line_is_cut_to_what_surrounds_the_match() -> None:
    text = "water " * 5_000 + "radar " + "water " * 5_000
    long_document = Document.from_text(text, title="Long", path="long.txt")
    index = SearchIndex.build(text, Analysis(long_document, (), (), "", ""))
    (line,) = grep_lines(long_document, search(index, "radar"))
    assert line.startswith("long.txt:1:30001: …")
    assert "water radar water" in line
    assert len(line) < MAX_LINE + 50


def test_the_output_for_a_long_line_grows_with_its_matches_only() -> None:
    text = "radar " * 2_000
    long_document = Document.from_text(text, title="Long", path="long.txt")
    index = SearchIndex.build(text, Analysis(long_document, (), (), "", ""))
    lines = list(grep_lines(long_document, search(index, "radar")))
    assert sum(map(len, lines)) < len(lines) * (MAX_LINE + 50)
