"""Candidates of a document, each with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.commitments.evidence import evidence_span, start_of_trigger_phrase
from alliance_tui.extraction.commitments.generation.cue_openings import generate_candidates
from alliance_tui.extraction.commitments.generation.list_items import lead_in_chains
from alliance_tui.extraction.item_syntax import is_imperative
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.limits import in_steps
from alliance_tui.extraction.nlp.spacy_pipeline import Passage


def locate_candidates(
    segments: Sequence[Segment], passages: Sequence[Passage], document_date: str | None = None
) -> list[LocatedCandidate]:
    """Return all candidates of a document with their evidence, in reading order."""
    located = []
    chains = lead_in_chains(segments, passages)
    length = max((passage.segment.end for passage in passages), default=1)
    for passage in in_steps(passages, lambda passage: passage.offset):
        position = passage.offset / length
        for number, sentence in enumerate(passage.doc.sents):
            lead_in = chains.get(passage.offset) if number == 0 else None
            may_omit = passage.segment.may_omit_actor and (number == 0 or is_imperative(sentence[0]))
            candidates = mark_conjuncts(generate_candidates(sentence, lead_in=lead_in, may_omit_actor=may_omit))
            limits = [
                start_of_trigger_phrase(candidate)
                for candidate in candidates
                if not candidate.is_first_conjunct or _shares_subject(candidate, candidates)
            ]
            for candidate in candidates:
                start, end = evidence_span(candidate, limits)
                located.append(LocatedCandidate(candidate, start, end, passage, sentence, document_date, position))
    return located


def mark_conjuncts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Mark the later conjuncts among a sentence's candidates, which share actor and cues with an earlier one.

    Example: "included a pledge to raise fees and an easing of rules".
    """
    return [
        replace(candidate, is_first_conjunct=False) if _is_later_conjunct(candidate, candidates) else candidate
        for candidate in candidates
    ]


def _shares_subject(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a candidate without a cue above it shares another's subject: "is mining A and opening B"."""
    trigger = candidate.trigger
    return (
        candidate.clause_start == trigger
        and trigger.dep_ == "conj"
        and any(other.trigger == trigger.head and other.actor == candidate.actor for other in candidates)
    )


def _is_later_conjunct(candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether "and" adds a candidate to an earlier one in the same clause."""
    start = start_of_trigger_phrase(candidate)
    if candidate.clause_start.i >= start - 1 or candidate.trigger.doc[start - 1].lower_ != "and":
        return False
    return candidate.is_first_conjunct and any(
        other.is_first_conjunct and other.trigger.i < start and other.clause_start == candidate.clause_start
        for other in candidates
    )


def group_by_sentence(located: Sequence[LocatedCandidate]) -> dict[int, list[LocatedCandidate]]:
    """Group candidates by the offset of their sentence in the document."""
    groups: dict[int, list[LocatedCandidate]] = defaultdict(list)
    for candidate in located:
        groups[candidate.sentence_start].append(candidate)
    return groups
