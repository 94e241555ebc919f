"""Bullets: a lead-in ("Both sides will:") gives actor and cues to the items below it; others speak for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate
from alliance_tui.extraction.commitments.generation.coordination import missed_conjuncts
from alliance_tui.extraction.commitments.generation.cue_chains import expand_coordination, expand_token
from alliance_tui.extraction.commitments.generation.event_triggers import nominal_event
from alliance_tui.extraction.cues import Cue, cues
from alliance_tui.extraction.document_signing import signs_documents
from alliance_tui.extraction.item_syntax import continues_in_item, has_explicit_subject, has_finite_verb, lead_in_cues
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import (
    next_word,
    nominal,
    subject,
    verb_after,
    verbal,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token


def lead_in_chains(segments: Sequence[Segment], passages: Sequence[Passage]) -> dict[int, Candidate]:
    """The chain that each item's lead-in begins, by the offset of the item; items without one are left out."""
    by_start = {passage.segment.start: passage for passage in passages}
    chains: dict[int, Candidate | None] = {}
    found = {}
    for passage in passages:
        index = passage.segment.lead_in
        if index is None:
            continue
        if index not in chains:
            above = by_start.get(segments[index].start)
            chains[index] = _chain(above) if above is not None else None
        chain = chains[index]
        if chain is not None:
            found[passage.offset] = chain
    return found


def _chain(passage: Passage) -> Candidate | None:
    """The cues that a lead-in ends with and the actor before them."""
    chain = lead_in_cues(passage.doc)
    if not chain:
        return None
    first = chain[0].token
    actor = subject(first if verbal(first) and first.dep_ != "aux" else first.head)
    return Candidate(first, chain, "lead-in", actor, first, lead_in=passage)


def items_under_lead_in(first: Token, chain: Candidate) -> Iterator[Candidate]:
    """The candidates of an item's first words under a lead-in: "Launch …", "launching …", "A new partnership on …"."""
    if has_explicit_subject(first) and not (first.tag_ == "VBG" and continues_in_item(chain.cues)):
        return
    start = replace(chain, trigger=first, clause_start=first)
    if verbal(first) and first.tag_ in ("VB", "VBP", "VBG"):
        yield from expand_coordination(first, start, "lead-in")
    else:
        head = _head_of(first)
        if nominal(head):
            made = any(signs_documents(cue.token) for cue in chain.cues)  # an agreement on a fund, not its fund
            yield from (nominal_event if made else expand_token)(
                head, replace(start, clause_start=head.left_edge), "lead-in"
            )
            return
    yield from _strayed(first, start, "lead-in")


def items_without_lead_in(first: Token) -> Iterator[Candidate]:
    """The candidates of an item's first words where nothing above says who will: "Launch …", "Launching …", "A new
    fund for …".
    """
    if has_explicit_subject(first):
        return
    if headline := _headline(first):
        actor, verb = headline
        plan = Candidate(verb, (Cue(verb, "is to", Strength.PLANNED),), "is to", actor, actor.left_edge)
        yield from expand_coordination(verb, plan, "is to")
        return
    chain = Candidate(first, (Cue(first, "item", Strength.COMMITTED),), "item", None, first)
    if verbal(first) and first.tag_ in ("VB", "VBP", "VBG", "VBZ"):
        yield from expand_coordination(first, chain, "item")
        yield from _strayed(first, chain, "item")
    elif nominal(head := _head_of(first)) and not _leads_on(head) and not has_finite_verb(first.sent):
        yield from nominal_event(head, replace(chain, cues=(), clause_start=head.left_edge), "item")


def _leads_on(noun: Token) -> bool:
    """Whether it only leads to what is undertaken: "Plans to open two clinics"."""
    following = next_word(noun)
    return noun.lemma_.lower() in cues().freestanding_nouns and following is not None and following.lower_ == "to"


def _headline(first: Token) -> tuple[Token, Token] | None:
    """Who is to do what in an item that is told like a headline: "Norland to lend four ships"."""
    words = first.doc[first.i : first.sent.end]
    mark = next((word for word in words if word.lower_ == "to" or verbal(word)), None)
    if mark is None or mark.lower_ != "to" or mark.i == first.i or not nominal(mark.nbor(-1)):
        return None
    verb, actor = verb_after(mark, ("VB",)), mark.nbor(-1)
    named = actor.pos_ == "PROPN" and not any(word.pos_ == "ADP" for word in first.doc[first.i : mark.i])
    return (actor, verb) if verb is not None and named else None


def _strayed(first: Token, chain: Candidate, opening: str) -> Iterator[Candidate]:
    """The item's deeds that the parse hangs elsewhere."""
    for stray in missed_conjuncts(first, first):
        yield from expand_token(
            stray, replace(chain, trigger=stray, last_conjunct=stray, is_first_conjunct=False), opening
        )


def _head_of(first: Token) -> Token:
    """The noun whose phrase begins with this word, else the word itself."""
    head = first
    while head.head != head and nominal(head.head) and head.head.left_edge.i <= first.i:
        head = head.head
    return head
