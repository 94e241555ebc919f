"""What lights up where: runs apart and in order, and the three panes in step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.highlighting import (
    Choice,
    Highlights,
    Light,
    RecordKind,
    Run,
    agreements_of,
    flatten,
    highlights,
    overlaid,
)
from alliance_tui.search.engine import search
from alliance_tui.search.matches import NOTHING
from tests.support.sample_index import ANALYSIS, INDEX, TEXT, found

stretches = st.lists(
    st.builds(
        lambda start, length, light: (start, start + length, light),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(list(Light)),
    ),
    max_size=10,
)
choices = st.none() | st.sampled_from(
    [
        *(Choice(RecordKind.ENTITY, entity.id) for entity in ANALYSIS.entities),
        *(Choice(RecordKind.AGREEMENT, agreement.id) for agreement in ANALYSIS.agreements),
        Choice(RecordKind.ENTITY, "nobody"),
    ]
)
queries = st.sampled_from(
    ["", "kishida", "japan", "comand and control", "of ", "has:deadline", "type:body", "zzzz", "a | b"]
)


def by_offset(runs: list[Run] | tuple[Run, ...]) -> dict[int, Light]:
    """The lights of each offset; on the way, that the runs are apart and in order."""
    end = 0
    lights: dict[int, Light] = {}
    for run in runs:
        assert end <= run.start < run.end
        assert run.light
        end = run.end
        lights.update(dict.fromkeys(range(run.start, run.end), run.light))
    return lights


def painted(layers: list[tuple[int, int, Light]]) -> dict[int, Light]:
    """The lights of each offset, the slow and sure way."""
    lights: dict[int, Light] = {}
    for start, end, light in layers:
        for offset in range(start, end):
            lights[offset] = lights.get(offset, Light(0)) | light
    return lights


@given(stretches)
def test_flattened_stretches_cover_what_they_did(layers: list[tuple[int, int, Light]]) -> None:
    assert by_offset(flatten(layers)) == painted(layers)


@given(stretches, stretches)
def test_one_set_of_runs_laid_over_another(
    under: list[tuple[int, int, Light]], over: list[tuple[int, int, Light]]
) -> None:
    runs = flatten(under)
    assert by_offset(overlaid(runs, [run.end for run in runs], flatten(over))) == painted([*under, *over])


@given(queries, choices)
def test_every_reason_to_light_a_stretch_is_kept(query: str, choice: Choice | None) -> None:
    matches = search(INDEX, query)
    lights = by_offset(highlights(ANALYSIS, matches, choice).runs)
    lit = {light: {offset for offset, there in lights.items() if light in there} for light in Light}
    assert max(lights, default=0) < len(TEXT)
    assert lit[Light.MATCH] == {offset for hit in matches.text for offset in range(hit.start, hit.end)}
    assert lit[Light.ENTITY] == {
        offset for e in ANALYSIS.entities for m in e.mentions for offset in range(m.span.start, m.span.end)
    }
    assert lit[Light.AGREEMENT] == {
        offset for a in ANALYSIS.agreements for offset in range(a.evidence.start, a.evidence.end)
    }


@given(queries, choices)
def test_every_record_is_lit_or_dimmed_once_something_is_asked(query: str, choice: Choice | None) -> None:
    matches = search(INDEX, query)
    lights = highlights(ANALYSIS, matches, choice)
    records = {entity.id for entity in ANALYSIS.entities} | {agreement.id for agreement in ANALYSIS.agreements}
    asked = lights.dim_text
    assert set(lights.rows) == (records if asked else set())
    assert all(row.lit is not row.dim for row in lights.rows.values())


def lit_rows(lights: Highlights) -> set[str]:
    return {record for record, row in lights.rows.items() if row.lit}


def test_nothing_is_dimmed_where_nothing_is_asked() -> None:
    lights = highlights(ANALYSIS, NOTHING, None)
    assert not lights.dim_text
    assert not lights.rows
    assert not lights.hit_ticks


def test_a_query_lights_its_records_with_the_letters_that_match() -> None:
    lights = highlights(ANALYSIS, found("dicsa"), None)
    assert lit_rows(lights) == {"e-defense", "a-forum"}
    assert lights.rows["a-forum"].fields["title"] == ((11, 16),)
    assert [TEXT[start:end] for start, end in lights.hit_ticks] == ["DICAS"]


def test_a_chosen_entity_lights_its_mentions_and_the_agreements_it_takes_part_in() -> None:
    lights = highlights(ANALYSIS, NOTHING, Choice(RecordKind.ENTITY, "e-fumio"))
    assert lit_rows(lights) == {"e-fumio", "a-upgrade"}
    assert [TEXT[start:end] for start, end in lights.record_ticks] == ["Fumio Kishida", "Kishida"]


def test_a_chosen_agreement_lights_its_evidence_anchor_deadline_and_those_who_take_part() -> None:
    lights = highlights(ANALYSIS, NOTHING, Choice(RecordKind.AGREEMENT, "a-headquarters"))
    assert lit_rows(lights) == {"a-headquarters", "e-japan", "e-self-defense"}
    anchored = [TEXT[run.start : run.end] for run in lights.runs if Light.ANCHOR in run.light]
    due = [TEXT[run.start : run.end] for run in lights.runs if Light.DEADLINE in run.light]
    assert (anchored, due) == (["open"], ["by March 2025"])


def test_a_choice_wins_over_a_query_but_the_matched_letters_still_stand_out() -> None:
    lights = highlights(ANALYSIS, found("dicas"), Choice(RecordKind.ENTITY, "e-japan"))
    assert "a-forum" not in lit_rows(lights)
    assert lights.rows["a-forum"].fields["title"]


def test_an_entity_takes_part_as_party_as_instrument_and_by_being_named_in_the_evidence() -> None:
    by_id = {entity.id: entity for entity in ANALYSIS.entities}
    taken = {record: [a.id for a in agreements_of(ANALYSIS, entity)] for record, entity in by_id.items()}
    assert taken["e-japan"] == ["a-upgrade", "a-headquarters"]
    assert taken["e-defense"] == ["a-forum"]
    assert taken["e-self-defense"] == ["a-headquarters"]
    assert taken["e-china"] == []


def test_the_same_question_has_the_same_answer() -> None:
    choice = Choice(RecordKind.AGREEMENT, "a-forum")
    assert highlights(ANALYSIS, found("japan"), choice) == highlights(ANALYSIS, found("japan"), choice)
