"""Features and context windows of candidates, with the real spaCy model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.classification.candidate_properties import object_head
from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, context_windows
from alliance_tui.extraction.commitments.classification.features import extract_features
from alliance_tui.extraction.commitments.classification.lexical_features import lexical_features
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document
from tests.support.commitment_extraction import candidates_in, parse

pytestmark = pytest.mark.model


def words_of(text: str) -> set[str]:
    """The lexical features of the first candidate of a text."""
    first, *_ = candidates_in(text)
    return set(lexical_features(first, object_head(first)))


def context_of(text: str, trigger: str) -> tuple[tuple[str, ...], ...]:
    """The context windows of the candidate with this trigger."""
    (located,) = (c for c in candidates_in(text) if c.candidate.trigger.text == trigger)
    return context_windows(located)


def features_of(text: str) -> set[str]:
    """All features of the first candidate of a text."""
    segments, passages = parse(text)
    table = find_entities(Document.from_text(text, title="test"), passages)
    candidates = locate_candidates(segments, passages)
    return set(
        extract_features(
            candidates[0],
            table,
            MentionIndex(table.entities),
            group_by_sentence(candidates)[candidates[0].sentence_start],
        )
    )


def test_the_words_of_trigger_object_cue_and_actor_are_features() -> None:
    features = words_of("The ministries will build two stations for coastal radar.")
    expected = {"word=build", "object word=station", "deed to=build|station", "first cue=will", "actor word=ministry"}
    assert expected <= features
    assert {"object for=radar", "says=coastal", "main=build", "main beside=will"} <= features


def test_a_name_is_replaced_by_its_type() -> None:
    features = words_of("Norway will lend Kenya three tugboats by May 2033.")
    assert "actor word=GPE" in features
    assert not any(name in feature for name in ("norway", "kenya", "Norway", "Kenya", "2033") for feature in features)


def test_the_position_of_a_candidate_among_others_is_a_feature() -> None:
    features = features_of("Chile will open a school. Peru will send teachers and Chile will pay them.")
    assert {"sentence=0", "sentences=2", "before=0"} <= features


def test_context_windows_hold_words_by_position() -> None:
    body = "Talks went well. Today the two ministries will jointly build a station for radar at sea, an aide said."
    title = "Joint Statement\n\nPorts and Harbours\n\n"
    section, before, lead, left, start, near, trigger, *rest = context_of(f"{title}{body}", "build")
    assert section == ("ports", "and", "harbours") and before == ("talks", "went", "well") and lead == ()
    assert left + start + near == ("DATE", "the", "CARDINAL", "ministries", "will", "jointly") and trigger == ("build",)
    assert rest[0] == ("a", "station", "for") and len(near) == 3
    assert rest[-3:] == [("station",), ("ministries",), ("said",)]
    assert len(context_of(body, "build")) == WINDOW_COUNT


def test_context_windows_hold_the_lead_in_and_the_types_of_names() -> None:
    words = context_of("The United States will:\n\n- Send Kenya two ships\n- Train officers\n", "Send")
    assert words[2] == ("GPE", "GPE", "GPE", "will") and words[6:8] == (("send",), ("GPE", "CARDINAL", "ships"))
