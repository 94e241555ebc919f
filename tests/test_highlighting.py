"""What lights up where: runs apart and in order, and the three panes in step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.highlighting import (
    HighlightedSpan,
    HighlightReason,
    Highlights,
    RecordKind,
    SelectedRecord,
    agreements_involving,
    compute_highlights,
    flatten_layers,
    merge_spans,
)
from alliance_tui.search.engine import search
from alliance_tui.search.matches import NO_MATCHES
from tests.support.sample_index import ANALYSIS, INDEX, TEXT, found

stretches = st.lists(
    st.builds(
        lambda start, length, light: (start, start + length, light),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(list(HighlightReason)),
    ),
    max_size=10,
)
choices = st.none() | st.sampled_from(
    [
        *(SelectedRecord(RecordKind.ENTITY, entity.id) for entity in ANALYSIS.entities),
        *(SelectedRecord(RecordKind.AGREEMENT, agreement.id) for agreement in ANALYSIS.agreements),
        SelectedRecord(RecordKind.ENTITY, "nobody"),
    ]
)
queries = st.sampled_from(
    ["", "kishida", "japan", "comand and control", "of ", "has:deadline", "type:body", "zzzz", "a | b"]
)


def by_offset(runs: list[HighlightedSpan] | tuple[HighlightedSpan, ...]) -> dict[int, HighlightReason]:
    """The lights of each offset; on the way, that the runs are apart and in order."""
    end = 0
    lights: dict[int, HighlightReason] = {}
    for run in runs:
        assert end <= run.start < run.end
        assert run.reasons
        end = run.end
        lights.update(dict.fromkeys(range(run.start, run.end), run.reasons))
    return lights


def painted(layers: list[tuple[int, int, HighlightReason]]) -> dict[int, HighlightReason]:
    """The lights of each offset, the slow and sure way."""
    lights: dict[int, HighlightReason] = {}
    for start, end, light in layers:
        for offset in range(start, end):
            lights[offset] = lights.get(offset, HighlightReason(0)) | light
    return lights


@given(stretches)
def test_flattened_stretches_cover_what_they_did(layers: list[tuple[int, int, HighlightReason]]) -> None:
    assert by_offset(flatten_layers(layers)) == painted(layers)


@given(stretches, stretches)
def test_one_set_of_runs_laid_over_another(
    under: list[tuple[int, int, HighlightReason]], over: list[tuple[int, int, HighlightReason]]
) -> None:
    runs = flatten_layers(under)
    assert by_offset(merge_spans(runs, [run.end for run in runs], flatten_layers(over))) == painted([*under, *over])


@given(queries, choices)
def test_every_reason_to_light_a_stretch_is_kept(query: str, choice: SelectedRecord | None) -> None:
    matches = search(INDEX, query)
    lights = by_offset(compute_highlights(ANALYSIS, matches, choice).spans)
    lit = {light: {offset for offset, there in lights.items() if light in there} for light in HighlightReason}
    assert max(lights, default=0) < len(TEXT)
    assert lit[HighlightReason.MATCH] == {offset for hit in matches.text for offset in range(hit.start, hit.end)}
    assert lit[HighlightReason.ENTITY] == {
        offset for e in ANALYSIS.entities for m in e.mentions for offset in range(m.span.start, m.span.end)
    }
    assert lit[HighlightReason.AGREEMENT] == {
        offset for a in ANALYSIS.agreements for offset in range(a.evidence.start, a.evidence.end)
    }


@given(queries, choices)
def test_every_record_is_lit_or_dimmed_once_something_is_asked(query: str, choice: SelectedRecord | None) -> None:
    matches = search(INDEX, query)
    lights = compute_highlights(ANALYSIS, matches, choice)
    records = {entity.id for entity in ANALYSIS.entities} | {agreement.id for agreement in ANALYSIS.agreements}
    asked = lights.text_dimmed
    assert set(lights.rows) == (records if asked else set())
    assert all(row.highlighted is not row.dimmed for row in lights.rows.values())


def lit_rows(lights: Highlights) -> set[str]:
    return {record for record, row in lights.rows.items() if row.highlighted}


def test_nothing_is_dimmed_where_nothing_is_asked() -> None:
    lights = compute_highlights(ANALYSIS, NO_MATCHES, None)
    assert not lights.text_dimmed
    assert not lights.rows
    assert not lights.match_ticks


def test_a_query_lights_its_records_with_the_letters_that_match() -> None:
    lights = compute_highlights(ANALYSIS, found("dicsa"), None)
    assert lit_rows(lights) == {"e-defense", "a-forum"}
    assert lights.rows["a-forum"].matched_ranges["title"] == ((11, 16),)
    assert [TEXT[start:end] for start, end in lights.match_ticks] == ["DICAS"]


def test_a_chosen_entity_lights_its_mentions_and_the_agreements_it_takes_part_in() -> None:
    lights = compute_highlights(ANALYSIS, NO_MATCHES, SelectedRecord(RecordKind.ENTITY, "e-fumio"))
    assert lit_rows(lights) == {"e-fumio", "a-upgrade"}
    assert [TEXT[start:end] for start, end in lights.selection_ticks] == ["Fumio Kishida", "Kishida"]


def test_a_chosen_agreement_lights_its_evidence_anchor_deadline_and_those_who_take_part() -> None:
    lights = compute_highlights(ANALYSIS, NO_MATCHES, SelectedRecord(RecordKind.AGREEMENT, "a-headquarters"))
    assert lit_rows(lights) == {"a-headquarters", "e-japan", "e-self-defense"}
    anchored = [TEXT[run.start : run.end] for run in lights.spans if HighlightReason.TRIGGER in run.reasons]
    due = [TEXT[run.start : run.end] for run in lights.spans if HighlightReason.DEADLINE in run.reasons]
    assert (anchored, due) == (["open"], ["by March 2025"])


def test_a_choice_wins_over_a_query_but_the_matched_letters_still_stand_out() -> None:
    lights = compute_highlights(ANALYSIS, found("dicas"), SelectedRecord(RecordKind.ENTITY, "e-japan"))
    assert "a-forum" not in lit_rows(lights)
    assert lights.rows["a-forum"].matched_ranges["title"]


def test_an_entity_takes_part_as_party_as_instrument_and_by_being_named_in_the_evidence() -> None:
    by_id = {entity.id: entity for entity in ANALYSIS.entities}
    taken = {record: [a.id for a in agreements_involving(ANALYSIS, entity)] for record, entity in by_id.items()}
    assert taken["e-japan"] == ["a-upgrade", "a-headquarters"]
    assert taken["e-defense"] == ["a-forum"]
    assert taken["e-self-defense"] == ["a-headquarters"]
    assert taken["e-china"] == []


def test_the_same_question_has_the_same_answer() -> None:
    choice = SelectedRecord(RecordKind.AGREEMENT, "a-forum")
    assert compute_highlights(ANALYSIS, found("japan"), choice) == compute_highlights(ANALYSIS, found("japan"), choice)
