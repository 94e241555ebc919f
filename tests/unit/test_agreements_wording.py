"""The words of a candidate as features, with the real spaCy model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.agreements.features import the_object
from alliance_tui.extraction.agreements.places import find
from alliance_tui.extraction.agreements.wording import wording
from alliance_tui.extraction.parsing import load, parse
from alliance_tui.extraction.segments import segment

pytestmark = pytest.mark.model


def words_of(text: str) -> set[str]:
    """The features of the first candidate of a text."""
    segments = segment(text)
    found = find(segments, list(parse(load(), text, segments)))
    return set(wording(found[0], the_object(found[0]), found))


def test_the_words_of_deed_object_cue_and_actor_are_features() -> None:
    features = words_of("The ministries will build two stations for coastal radar.")
    expected = {"word=build", "object word=station", "deed to=build|station", "first cue=will", "actor word=ministry"}
    assert expected <= features
    assert {"object for=radar", "says=coastal", "main=build", "main beside=will"} <= features


def test_a_name_is_only_the_kind_of_thing_it_names() -> None:
    features = words_of("Norway will lend Kenya three tugboats by May 2033.")
    assert "actor word=GPE" in features
    assert not any(name in feature for name in ("norway", "kenya", "Norway", "Kenya", "2033") for feature in features)


def test_where_a_candidate_stands_among_others_is_a_feature() -> None:
    features = words_of("Chile will open a school. Peru will send teachers and Chile will pay them.")
    assert {"sentence=0", "sentences=2", "before=0"} <= features
