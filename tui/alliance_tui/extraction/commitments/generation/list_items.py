"""Candidates of list items: under a lead-in, which gives actor and cues ("Both sides will:"), or without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, Opening
from alliance_tui.extraction.commitments.generation.coordination import missed_conjuncts
from alliance_tui.extraction.commitments.generation.cue_chains import expand_coordination, expand_token
from alliance_tui.extraction.commitments.generation.event_triggers import nominal_event
from alliance_tui.extraction.cues import Cue, CueRole, cues
from alliance_tui.extraction.document_signing import signs_documents
from alliance_tui.extraction.item_syntax import continues_in_item, has_explicit_subject, has_finite_verb, lead_in_cues
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import (
    find_subject,
    is_nominal,
    is_verb,
    next_content_token,
    verb_after,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token


def lead_in_chains(segments: Sequence[Segment], passages: Sequence[Passage]) -> dict[int, Candidate]:
    """Return the chain that the lead-in of each item opens, by the item's offset in the document."""
    by_start = {passage.segment.start: passage for passage in passages}
    by_lead_in: dict[int, Candidate | None] = {}
    by_item = {}
    for passage in passages:
        index = passage.segment.lead_in
        if index is None:
            continue
        if index not in by_lead_in:
            lead_in = by_start.get(segments[index].start)
            by_lead_in[index] = _lead_in_chain(lead_in) if lead_in is not None else None
        chain = by_lead_in[index]
        if chain is not None:
            by_item[passage.offset] = chain
    return by_item


def _lead_in_chain(passage: Passage) -> Candidate | None:
    """Return the cues with which a lead-in ends, and the actor before them."""
    chain = lead_in_cues(passage.doc)
    if not chain:
        return None
    first = chain[0].token
    actor = find_subject(first if is_verb(first) and first.dep_ != "aux" else first.head)
    return Candidate(first, chain, CandidatePattern(Opening.LEAD_IN), actor, first, lead_in=passage)


def items_under_lead_in(first: Token, chain: Candidate) -> Iterator[Candidate]:
    """Yield the candidates of an item under a lead-in: "Launch …", "launching …", "A new partnership on …".

    `first` is the item's first word, `chain` that of the lead-in.
    """
    if has_explicit_subject(first) and not (first.tag_ == "VBG" and continues_in_item(chain.cues)):
        return
    start = replace(chain, trigger=first, clause_start=first)
    if is_verb(first) and first.tag_ in ("VB", "VBP", "VBG"):
        yield from expand_coordination(first, start, Opening.LEAD_IN)
    elif is_nominal(head := _phrase_head(first)):
        nominal_start = replace(start, clause_start=head.left_edge)
        if any(signs_documents(cue.token) for cue in chain.cues):  # an agreement on a fund is signed, not the fund
            yield from nominal_event(head, nominal_start, Opening.LEAD_IN)
        else:
            yield from expand_token(head, nominal_start, Opening.LEAD_IN)
        return
    yield from _missed_conjuncts(first, start, Opening.LEAD_IN)


def items_without_lead_in(first: Token) -> Iterator[Candidate]:
    """Yield the candidates of an item without actor: "Launch …", "Launching …", "A new fund for …".

    `first` is the item's first word.
    """
    if has_explicit_subject(first):
        return
    if headline := _headline(first):
        actor, verb = headline
        cue = Cue(verb, CueRole.IS_TO, Strength.PLANNED)
        plan = Candidate(verb, (cue,), CandidatePattern(Opening.IS_TO), actor, actor.left_edge)
        yield from expand_coordination(verb, plan, Opening.IS_TO)
        return
    cue = Cue(first, CueRole.ITEM, Strength.COMMITTED)
    chain = Candidate(first, (cue,), CandidatePattern(Opening.ITEM), None, first)
    if is_verb(first) and first.tag_ in ("VB", "VBP", "VBG", "VBZ"):
        yield from expand_coordination(first, chain, Opening.ITEM)
        yield from _missed_conjuncts(first, chain, Opening.ITEM)
    elif is_nominal(head := _phrase_head(first)) and not _takes_infinitive(head) and not has_finite_verb(first.sent):
        yield from nominal_event(head, replace(chain, cues=(), clause_start=head.left_edge), Opening.ITEM)


def _takes_infinitive(noun: Token) -> bool:
    """Whether a noun only introduces what is undertaken: "Plans to open two clinics"."""
    following = next_content_token(noun)
    return noun.lemma_.lower() in cues().freestanding_nouns and following is not None and following.lower_ == "to"


def _headline(first: Token) -> tuple[Token, Token] | None:
    """Return actor and verb of an item worded like a headline: "Norland to lend four ships"."""
    words = first.doc[first.i : first.sent.end]
    mark = next((word for word in words if word.lower_ == "to" or is_verb(word)), None)
    if mark is None or mark.lower_ != "to" or mark.i == first.i or not is_nominal(mark.nbor(-1)):
        return None
    verb, actor = verb_after(mark, ("VB",)), mark.nbor(-1)
    is_name = actor.pos_ == "PROPN" and not any(word.pos_ == "ADP" for word in first.doc[first.i : mark.i])
    return (actor, verb) if verb is not None and is_name else None


def _missed_conjuncts(first: Token, chain: Candidate, opening: Opening) -> Iterator[Candidate]:
    """Yield the candidates of the item's further verbs that the parser did not coordinate with the first."""
    for verb in missed_conjuncts(first, first):
        conjunct = replace(chain, trigger=verb, last_conjunct=verb, is_first_conjunct=False)
        yield from expand_token(verb, conjunct, opening)


def _phrase_head(first: Token) -> Token:
    """Return the noun whose phrase begins with a word, else the word itself."""
    head = first
    while head.head != head and is_nominal(head.head) and head.head.left_edge.i <= first.i:
        head = head.head
    return head
