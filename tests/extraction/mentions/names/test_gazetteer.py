"""The gazetteer: every name of its lexicons is found, in order and without overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.records import EntityType


def test_every_state_has_a_name_that_is_found_again() -> None:
    for name, state in load(States).states.items():
        for form in (name, *state.forms):
            entry = gazetteer().get(form)
            assert entry is not None and entry.type in {EntityType.STATE, EntityType.PLACE}, form


def test_no_state_is_named_only_by_an_adjective() -> None:
    for state in load(States).states.values():
        for demonym in state.demonyms:
            entry = gazetteer().get(demonym)
            assert entry is not None and (entry.sense is Sense.DEMONYM or entry.type is EntityType.STATE), demonym


@given(st.text(alphabet=st.sampled_from("US.-Japn ’'“2+\n()Koreathe ,"), max_size=80))
def test_matches_are_in_order_and_do_not_overlap(text: str) -> None:
    last = 0
    for match in gazetteer().find(text):
        assert last <= match.start < match.end <= len(text)
        last = match.end
