"""Features and context windows of candidates, with the real spaCy model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.classification.candidate_properties import object_head
from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, context_windows
from alliance_tui.extraction.commitments.classification.features import extract_features
from alliance_tui.extraction.commitments.classification.lexical_features import lexical_features
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document

pytestmark = pytest.mark.model


def words_of(text: str) -> set[str]:
    """What the words of the first candidate of a text give."""
    segments = segment(text)
    found = locate_candidates(segments, list(parse_segments(load_pipeline(), text, segments)))
    return set(lexical_features(found[0], object_head(found[0])))


def context_of(text: str, anchor: str) -> tuple[tuple[str, ...], ...]:
    """The words by where they stand, of the candidate with this anchor."""
    segments = segment(text)
    found = locate_candidates(segments, list(parse_segments(load_pipeline(), text, segments)))
    (one,) = (one for one in found if one.candidate.trigger.text == anchor)
    return context_windows(one)


def features_of(text: str) -> set[str]:
    """All features of the first candidate of a text."""
    segments = segment(text)
    passages = list(parse_segments(load_pipeline(), text, segments))
    names = find_entities(Document.from_text(text, title="test"), passages)
    found = locate_candidates(segments, passages)
    return set(
        extract_features(
            found[0], names, MentionIndex(names.entities), group_by_sentence(found)[found[0].sentence_start]
        )
    )


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


def test_the_network_reads_the_words_by_where_they_stand() -> None:
    said = "Talks went well. Today the two ministries will jointly build a station for radar at sea, an aide said."
    title = "Joint Statement\n\nPorts and Harbours\n\n"
    section, before, lead, left, start, near, deed, *rest = context_of(f"{title}{said}", "build")
    assert section == ("ports", "and", "harbours") and before == ("talks", "went", "well") and lead == ()
    assert left + start + near == ("DATE", "the", "CARDINAL", "ministries", "will", "jointly") and deed == ("build",)
    assert rest[0] == ("a", "station", "for") and len(near) == 3
    assert rest[-3:] == [("station",), ("ministries",), ("said",)]
    assert len(context_of(said, "build")) == WINDOW_COUNT


def test_the_network_reads_the_lead_in_of_an_item_and_of_names_only_their_kind() -> None:
    words = context_of("The United States will:\n\n- Send Kenya two ships\n- Train officers\n", "Send")
    assert words[2] == ("GPE", "GPE", "GPE", "will") and words[6:8] == (("send",), ("GPE", "CARDINAL", "ships"))
