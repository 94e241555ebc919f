"""Highlights: spans sorted and disjoint, and the three panes consistent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.highlighting import (
    HighlightedSpan,
    HighlightReason,
    Highlights,
    Layer,
    RecordKind,
    SelectedRecord,
    agreements_involving,
    compute_highlights,
    flatten_layers,
    merge_spans,
)
from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.engine import search
from alliance_tui.search.matches import NO_MATCHES
from tests.support.sample_index import ANALYSIS, INDEX, TEXT, matches_of

layer_lists = st.lists(
    st.builds(
        lambda start, length, reason: (start, start + length, reason),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(list(HighlightReason)),
    ),
    max_size=10,
)
selections = st.none() | st.sampled_from(
    [
        *(SelectedRecord(RecordKind.ENTITY, entity.id) for entity in ANALYSIS.entities),
        *(SelectedRecord(RecordKind.AGREEMENT, agreement.id) for agreement in ANALYSIS.agreements),
        SelectedRecord(RecordKind.ENTITY, "nobody"),
    ]
)
queries = st.sampled_from(
    ["", "kishida", "japan", "comand and control", "of ", "has:deadline", "type:body", "zzzz", "a | b"]
)


def reasons_by_offset(spans: Iterable[HighlightedSpan]) -> dict[int, HighlightReason]:
    """Return the reasons at each offset; asserts that the spans are sorted and disjoint."""
    end = 0
    reasons: dict[int, HighlightReason] = {}
    for span in spans:
        assert end <= span.start < span.end
        assert span.reasons
        end = span.end
        reasons.update(dict.fromkeys(range(span.start, span.end), span.reasons))
    return reasons


def expected_reasons(layers: list[Layer]) -> dict[int, HighlightReason]:
    """Return the reasons at each offset, computed offset by offset."""
    reasons: dict[int, HighlightReason] = {}
    for start, end, reason in layers:
        for offset in range(start, end):
            reasons[offset] = reasons.get(offset, HighlightReason(0)) | reason
    return reasons


@given(layer_lists)
def test_flattened_layers_keep_the_reasons_of_every_offset(layers: list[Layer]) -> None:
    assert reasons_by_offset(flatten_layers(layers)) == expected_reasons(layers)


@given(layer_lists, layer_lists)
def test_merged_spans_keep_the_reasons_of_every_offset(under: list[Layer], over: list[Layer]) -> None:
    spans = flatten_layers(under)
    assert reasons_by_offset(
        merge_spans(spans, [span.end for span in spans], flatten_layers(over), CancellationToken(lambda: False))
    ) == expected_reasons([*under, *over])


@given(queries, selections)
def test_every_reason_covers_its_records_and_matches(query: str, selection: SelectedRecord | None) -> None:
    matches = search(INDEX, query)
    reasons = reasons_by_offset(compute_highlights(ANALYSIS, matches, selection).spans)
    covered = {reason: {offset for offset, at in reasons.items() if reason in at} for reason in HighlightReason}
    assert max(reasons, default=0) < len(TEXT)
    assert covered[HighlightReason.MATCH] == {
        offset for match in matches.text for offset in range(match.start, match.end)
    }
    assert covered[HighlightReason.ENTITY] == {
        offset for e in ANALYSIS.entities for m in e.mentions for offset in range(m.span.start, m.span.end)
    }
    assert covered[HighlightReason.AGREEMENT] == {
        offset for a in ANALYSIS.agreements for offset in range(a.evidence.start, a.evidence.end)
    }


@given(queries, selections)
def test_every_record_is_highlighted_or_dimmed_with_a_query_or_selection(
    query: str, selection: SelectedRecord | None
) -> None:
    matches = search(INDEX, query)
    highlights = compute_highlights(ANALYSIS, matches, selection)
    records = {entity.id for entity in ANALYSIS.entities} | {agreement.id for agreement in ANALYSIS.agreements}
    assert set(highlights.rows) == (records if highlights.text_dimmed else set())
    assert all(row.highlighted is not row.dimmed for row in highlights.rows.values())


def highlighted_rows(highlights: Highlights) -> set[str]:
    return {record for record, row in highlights.rows.items() if row.highlighted}


def test_nothing_is_dimmed_without_query_and_selection() -> None:
    highlights = compute_highlights(ANALYSIS, NO_MATCHES, None)
    assert not highlights.text_dimmed
    assert not highlights.rows
    assert not highlights.match_ticks


def test_a_query_highlights_its_records_with_the_matched_ranges() -> None:
    highlights = compute_highlights(ANALYSIS, matches_of("dicsa"), None)
    assert highlighted_rows(highlights) == {"e-defense", "a-forum"}
    assert highlights.rows["a-forum"].matched_ranges["title"] == ((11, 16),)
    assert [TEXT[start:end] for start, end in highlights.match_ticks] == ["DICAS"]


def test_a_selected_entity_highlights_its_mentions_and_its_agreements() -> None:
    highlights = compute_highlights(ANALYSIS, NO_MATCHES, SelectedRecord(RecordKind.ENTITY, "e-fumio"))
    assert highlighted_rows(highlights) == {"e-fumio", "a-upgrade"}
    assert [TEXT[start:end] for start, end in highlights.selection_ticks] == ["Fumio Kishida", "Kishida"]


def test_a_selected_agreement_highlights_its_evidence_trigger_deadline_and_entities() -> None:
    highlights = compute_highlights(ANALYSIS, NO_MATCHES, SelectedRecord(RecordKind.AGREEMENT, "a-headquarters"))
    assert highlighted_rows(highlights) == {"a-headquarters", "e-japan", "e-self-defense"}
    trigger = [TEXT[span.start : span.end] for span in highlights.spans if HighlightReason.TRIGGER in span.reasons]
    deadline = [TEXT[span.start : span.end] for span in highlights.spans if HighlightReason.DEADLINE in span.reasons]
    assert (trigger, deadline) == (["open"], ["by March 2025"])


def test_a_selection_overrides_a_query_but_matched_ranges_remain() -> None:
    highlights = compute_highlights(ANALYSIS, matches_of("dicas"), SelectedRecord(RecordKind.ENTITY, "e-japan"))
    assert "a-forum" not in highlighted_rows(highlights)
    assert highlights.rows["a-forum"].matched_ranges["title"]


def test_an_entity_takes_part_as_party_as_instrument_and_by_a_mention_in_the_evidence() -> None:
    by_id = {entity.id: entity for entity in ANALYSIS.entities}
    taken = {record: [a.id for a in agreements_involving(ANALYSIS, entity)] for record, entity in by_id.items()}
    assert taken["e-japan"] == ["a-upgrade", "a-headquarters"]
    assert taken["e-defense"] == ["a-forum"]
    assert taken["e-self-defense"] == ["a-headquarters"]
    assert taken["e-china"] == []


def test_highlights_of_an_obsolete_query_are_given_up() -> None:
    with pytest.raises(CancelledError):
        compute_highlights(ANALYSIS, matches_of("japan"), None, cancelled=lambda: True)


def test_highlights_are_deterministic() -> None:
    selection = SelectedRecord(RecordKind.AGREEMENT, "a-forum")
    first, second = (compute_highlights(ANALYSIS, matches_of("japan"), selection) for _ in range(2))
    assert first == second
