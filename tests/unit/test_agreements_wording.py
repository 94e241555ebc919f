"""The words of a candidate as features, with the real spaCy model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.agreements.features import features, the_object
from alliance_tui.extraction.agreements.names import NamedPlaces
from alliance_tui.extraction.agreements.places import by_sentence, find
from alliance_tui.extraction.agreements.wording import wording
from alliance_tui.extraction.entities import find_entities
from alliance_tui.extraction.parsing import load, parse
from alliance_tui.extraction.segments import segment
from alliance_tui.records import Document

pytestmark = pytest.mark.model


def words_of(text: str) -> set[str]:
    """What the words of the first candidate of a text give."""
    segments = segment(text)
    found = find(segments, list(parse(load(), text, segments)))
    return set(wording(found[0], the_object(found[0])))


def features_of(text: str) -> set[str]:
    """All features of the first candidate of a text."""
    segments = segment(text)
    passages = list(parse(load(), text, segments))
    names = find_entities(Document.of(text, title="test"), passages)
    found = find(segments, passages)
    return set(features(found[0], names, NamedPlaces(names.entities), by_sentence(found)[found[0].sentence_key]))


def test_the_words_of_deed_object_cue_and_actor_are_features() -> None:
    found = words_of("The ministries will build two stations for coastal radar.")
    expected = {"word=build", "object word=station", "deed to=build|station", "first cue=will", "actor word=ministry"}
    assert expected <= found
    assert {"object for=radar", "says=coastal", "main=build", "main beside=will"} <= found


def test_a_name_is_only_the_kind_of_thing_it_names() -> None:
    found = words_of("Norway will lend Kenya three tugboats by May 2033.")
    assert "actor word=GPE" in found
    assert not any(name in feature for name in ("norway", "kenya", "Norway", "Kenya", "2033") for feature in found)


def test_where_a_candidate_stands_among_others_is_a_feature() -> None:
    found = features_of("Chile will open a school. Peru will send teachers and Chile will pay them.")
    assert {"sentence=0", "sentences=2", "before=0"} <= found
