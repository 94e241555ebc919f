"""A candidate in its place in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from alliance_tui.extraction.commitments.candidate import Candidate, Found
from alliance_tui.extraction.commitments.evidence import extent, own_start
from alliance_tui.extraction.commitments.generation.cue_openings import candidates
from alliance_tui.extraction.commitments.generation.list_items import is_order, leads
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.normalisation.parse_repair import join_parted


def find(segments: Sequence[Segment], passages: Sequence[Passage], date: str | None = None) -> list[Found]:
    """All candidates with their evidence, in reading order."""
    found = []
    above = leads(segments, passages)
    length = max((passage.segment.end for passage in passages), default=1)
    for passage in passages:
        place = passage.offset / length
        join_parted(passage.doc, passage.text)
        for number, sentence in enumerate(passage.doc.sents):
            lead = above.get(passage.offset) if number == 0 else None
            omitted = passage.segment.may_omit_actor and (number == 0 or is_order(sentence[0]))
            here = in_turn(candidates(sentence, lead=lead, may_omit_actor=omitted))
            starts = [own_start(candidate) for candidate in here if not candidate.first or _goes_on(candidate, here)]
            for candidate in here:
                first, last = extent(candidate, starts)
                found.append(Found(candidate, first, last, passage, sentence, date, place))
    return found


def in_turn(here: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence; of those that share actor and cue, what "and" adds is not the first: "included a
    pledge to raise fees and an easing of rules".
    """
    return [
        replace(candidate, first=False)
        if candidate.first and any(_adds_to(candidate, other) for other in here if other.first)
        else candidate
        for candidate in here
    ]


def _goes_on(candidate: Candidate, here: Sequence[Candidate]) -> bool:
    """Whether a deed without a cue but its own verb shares another's subject: "is mining A and opening B"."""
    anchor = candidate.anchor
    return (
        candidate.opener == anchor
        and anchor.dep_ == "conj"
        and any(other.anchor == anchor.head and other.actor == candidate.actor for other in here)
    )


def _adds_to(candidate: Candidate, other: Candidate) -> bool:
    start = own_start(candidate)
    doc = candidate.anchor.doc
    return (
        other.opener == candidate.opener
        and other.anchor.i < start
        and candidate.opener.i < start - 1
        and doc[start - 1].lower_ == "and"
    )


def by_sentence(found: Sequence[Found]) -> dict[int, list[Found]]:
    """The candidates of each sentence, by the key of the sentence."""
    groups: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        groups[one.sentence_key].append(one)
    return groups
