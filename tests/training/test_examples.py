"""Matching of a text's candidates with gold records; without spaCy's model."""

from __future__ import annotations

from typing import Any

import spacy

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, LocatedCandidate, Opening
from alliance_tui.extraction.layout.segments import Segment, SegmentKind
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.training.annotations import Label
from alliance_tui.training.examples import label_candidates

TEXT = "Chile will lend four tugboats and train their crews"

DOC = spacy.blank("en")(TEXT)

PASSAGE = Passage(Segment(SegmentKind.PARAGRAPH, 0, len(TEXT), 0), DOC)


def found(evidence: str, anchor: str) -> LocatedCandidate:
    """A candidate with this evidence, as `find` would give it."""
    start = TEXT.index(evidence)
    span = DOC.char_span(start, start + len(evidence))
    assert span
    token = next(token for token in DOC if token.text == anchor)
    return LocatedCandidate(
        Candidate(token, (), CandidatePattern(Opening.MODAL), None, token), span.start, span.end, PASSAGE, DOC[:]
    )


def record(evidence: str, anchor: str, kind: str = "agreement", **more: Any) -> dict[str, Any]:
    """A record as coders write it."""
    start, at = TEXT.index(evidence), TEXT.index(anchor)
    places = {"start": start, "end": start + len(evidence), "anchor_start": at, "anchor_end": at + len(anchor)}
    return {"kind": kind, **places, **more}


LEND = found("Chile will lend four tugboats", "lend")

TRAIN = found("train their crews", "train")


def test_a_candidate_has_the_class_of_the_record_whose_anchor_it_holds() -> None:
    coded = [record("Chile will lend four tugboats", "lend"), record("train their crews", "train", "declaratory")]
    assert label_candidates([LEND, TRAIN], coded) == [Label.AGREEMENT, Label.DECLARATORY]


def test_a_candidate_that_holds_no_anchor_is_nothing() -> None:
    assert label_candidates([LEND, TRAIN], [record("train their crews", "train")]) == [Label.NOTHING, Label.AGREEMENT]
    assert label_candidates([LEND], []) == [Label.NOTHING]


def test_a_package_teaches_nothing() -> None:
    assert label_candidates([LEND], [record("Chile will lend four tugboats", "lend", "package")]) == [Label.NOTHING]


def test_a_doubtful_record_leaves_its_candidate_out() -> None:
    assert label_candidates([LEND], [record("Chile will lend four tugboats", "lend", optional=True)]) == [None]


def test_a_record_goes_to_one_candidate_and_that_to_the_one_with_its_own_anchor() -> None:
    whole = found(TEXT, "will")
    assert label_candidates([whole, LEND], [record("Chile will lend four tugboats", "lend")]) == [
        Label.NOTHING,
        Label.AGREEMENT,
    ]


def test_with_another_anchor_the_best_overlap_wins() -> None:
    whole, part = found(TEXT, "Chile"), found("Chile will lend four tugboats", "will")
    assert label_candidates([whole, part], [record("Chile will lend four tugboats", "lend")]) == [
        Label.NOTHING,
        Label.AGREEMENT,
    ]
