"""Matching of a text's candidates with gold records; without spaCy's model."""

from __future__ import annotations

from typing import Any

import spacy

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, LocatedCandidate, Opening
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.extraction.layout.segments import Segment, SegmentKind
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.training.labelling import label_candidates

TEXT = "Chile will lend four tugboats and train their crews"

DOC = spacy.blank("en")(TEXT)

PASSAGE = Passage(Segment(SegmentKind.PARAGRAPH, 0, len(TEXT), 0), DOC)


def candidate(evidence: str, trigger: str) -> LocatedCandidate:
    """A located candidate with this evidence and trigger."""
    start = TEXT.index(evidence)
    span = DOC.char_span(start, start + len(evidence))
    assert span
    token = next(token for token in DOC if token.text == trigger)
    return LocatedCandidate(
        Candidate(token, (), CandidatePattern(Opening.MODAL), None, token), span.start, span.end, PASSAGE, DOC[:]
    )


def record(evidence: str, trigger: str, kind: str = "agreement", **more: Any) -> dict[str, Any]:
    """A gold record with this evidence and trigger."""
    start, at = TEXT.index(evidence), TEXT.index(trigger)
    offsets = {"start": start, "end": start + len(evidence), "anchor_start": at, "anchor_end": at + len(trigger)}
    return {"kind": kind, **offsets, **more}


LEND = candidate("Chile will lend four tugboats", "lend")

TRAIN = candidate("train their crews", "train")


def test_a_candidate_has_the_label_of_the_record_whose_trigger_it_contains() -> None:
    gold_records = [
        record("Chile will lend four tugboats", "lend"),
        record("train their crews", "train", "declaratory"),
    ]
    assert label_candidates([LEND, TRAIN], gold_records) == [Label.AGREEMENT, Label.DECLARATORY]


def test_a_candidate_without_a_record_s_trigger_is_nothing() -> None:
    assert label_candidates([LEND, TRAIN], [record("train their crews", "train")]) == [Label.NOTHING, Label.AGREEMENT]
    assert label_candidates([LEND], []) == [Label.NOTHING]


def test_a_gold_package_labels_nothing() -> None:
    assert label_candidates([LEND], [record("Chile will lend four tugboats", "lend", "package")]) == [Label.NOTHING]


def test_an_optional_record_leaves_its_candidate_out() -> None:
    assert label_candidates([LEND], [record("Chile will lend four tugboats", "lend", optional=True)]) == [None]


def test_a_record_matches_one_candidate_preferably_with_its_own_trigger() -> None:
    whole = candidate(TEXT, "will")
    assert label_candidates([whole, LEND], [record("Chile will lend four tugboats", "lend")]) == [
        Label.NOTHING,
        Label.AGREEMENT,
    ]


def test_without_the_same_trigger_the_best_overlap_wins() -> None:
    whole, part = candidate(TEXT, "Chile"), candidate("Chile will lend four tugboats", "will")
    assert label_candidates([whole, part], [record("Chile will lend four tugboats", "lend")]) == [
        Label.NOTHING,
        Label.AGREEMENT,
    ]
