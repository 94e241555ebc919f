"""Lines and columns of matches, and the keys of the JSON."""

from __future__ import annotations

import msgspec

from alliance_tui.search.match_locations import LocatedMatch, locate_matches, ranges_of_records
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


def test_the_ranges_of_records() -> None:
    ranges = ranges_of_records(document(), INDEX, matches_of("has:deadline"))
    assert ranges == sorted(ranges)
    assert all(TEXT[start:end] for start, end in ranges) and ranges
