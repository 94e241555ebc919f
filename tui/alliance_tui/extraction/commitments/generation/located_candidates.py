"""A candidate in its place in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.commitments.evidence import evidence_span, start_of_own_words
from alliance_tui.extraction.commitments.generation.cue_openings import generate_candidates
from alliance_tui.extraction.commitments.generation.list_items import lead_in_chains
from alliance_tui.extraction.item_syntax import is_imperative
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage


def locate_candidates(
    segments: Sequence[Segment], passages: Sequence[Passage], date: str | None = None
) -> list[LocatedCandidate]:
    """All candidates with their evidence, in reading order."""
    found = []
    above = lead_in_chains(segments, passages)
    length = max((passage.segment.end for passage in passages), default=1)
    for passage in passages:
        place = passage.offset / length
        for number, sentence in enumerate(passage.doc.sents):
            lead = above.get(passage.offset) if number == 0 else None
            omitted = passage.segment.may_omit_actor and (number == 0 or is_imperative(sentence[0]))
            here = mark_conjuncts(generate_candidates(sentence, lead=lead, may_omit_actor=omitted))
            starts = [
                start_of_own_words(candidate)
                for candidate in here
                if not candidate.is_first_conjunct or _goes_on(candidate, here)
            ]
            for candidate in here:
                first, last = evidence_span(candidate, starts)
                found.append(LocatedCandidate(candidate, first, last, passage, sentence, date, place))
    return found


def mark_conjuncts(here: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence; of those that share actor and cue, what "and" adds is not the first: "included a
    pledge to raise fees and an easing of rules".
    """
    return [
        replace(candidate, is_first_conjunct=False)
        if candidate.is_first_conjunct and any(_adds_to(candidate, other) for other in here if other.is_first_conjunct)
        else candidate
        for candidate in here
    ]


def _goes_on(candidate: Candidate, here: Sequence[Candidate]) -> bool:
    """Whether a deed without a cue but its own verb shares another's subject: "is mining A and opening B"."""
    anchor = candidate.trigger
    return (
        candidate.clause_start == anchor
        and anchor.dep_ == "conj"
        and any(other.trigger == anchor.head and other.actor == candidate.actor for other in here)
    )


def _adds_to(candidate: Candidate, other: Candidate) -> bool:
    start = start_of_own_words(candidate)
    doc = candidate.trigger.doc
    return (
        other.clause_start == candidate.clause_start
        and other.trigger.i < start
        and candidate.clause_start.i < start - 1
        and doc[start - 1].lower_ == "and"
    )


def group_by_sentence(found: Sequence[LocatedCandidate]) -> dict[int, list[LocatedCandidate]]:
    """The candidates of each sentence, by the key of the sentence."""
    groups: dict[int, list[LocatedCandidate]] = defaultdict(list)
    for one in found:
        groups[one.sentence_start].append(one)
    return groups
