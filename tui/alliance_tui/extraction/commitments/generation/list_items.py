"""Bullets: a lead-in ("Both sides will:") gives actor and cues to the items below it; others speak for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, Cue
from alliance_tui.extraction.commitments.generation.coordination import looks_like_verb, missed_conjuncts
from alliance_tui.extraction.commitments.generation.cue_chains import expand_coordination, expand_token
from alliance_tui.extraction.commitments.generation.document_signing import signs_documents
from alliance_tui.extraction.commitments.generation.event_triggers import nominal_event
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import (
    SUBJECTS,
    is_finite,
    next_word,
    nominal,
    subject,
    verb_after,
    verbal,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 26
"""How many words from its end a lead-in is searched for cues."""


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
    tokens = [token for token in passage.doc[-_REACH:] if not token.is_punct and not token.is_space]
    chain: list[Cue] = []
    for token in reversed(tokens):
        cue = _cue(token)
        if cue is not None:
            chain.insert(0, cue)
        elif chain and nominal(token):
            break
    if not chain:
        return None
    first = chain[0].token
    actor = subject(first if verbal(first) and first.dep_ != "aux" else first.head)
    return Candidate(first, tuple(chain), "lead-in", actor, first, lead_in=passage)


def _cue(token: Token) -> Cue | None:
    known = cues()
    lemma = token.lemma_.lower()
    if token.lower_ in known.commissive_modals:
        return Cue(token, "modal", Strength.BINDING if token.lower_ == "shall" else Strength.COMMITTED)
    if verbal(token) and lemma in known.commissive_verbs:
        return Cue(token, "undertaking", known.commissive_verbs[lemma])
    if token.lower_ in known.commissive_adjectives and not nominal(token):
        return Cue(token, "adjective", known.commissive_adjectives[token.lower_])
    if lemma in known.commissive_nouns and nominal(token):
        return Cue(token, "noun", known.commissive_nouns[lemma])
    if verbal(token) and lemma in known.announcement_verbs | known.welcome_verbs:
        return Cue(token, "welcoming" if lemma in known.welcome_verbs else "announcing")
    if signs_documents(token):
        return Cue(token, "announcing", Strength.AGREED)
    return None


def items_under_lead_in(first: Token, chain: Candidate) -> Iterator[Candidate]:
    """The candidates of an item's first words under a lead-in: "Launch …", "launching …", "A new partnership on …"."""
    if _is_own_clause(first) and not (first.tag_ == "VBG" and _goes_on(chain)):
        return
    start = replace(chain, trigger=first, clause_start=first)
    if not verbal(first) and _wants_verb(chain):
        _read_as_verb(first)
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
    if _is_own_clause(first):
        return
    finite = any(verbal(token) and is_finite(token) and not _tells_of_noun(token) for token in first.sent)
    if not verbal(first) and _names_deed(first) and not finite:
        _read_as_verb(first)
    if headline := _headline(first):
        actor, verb = headline
        plan = Candidate(verb, (Cue(verb, "is to", Strength.PLANNED),), "is to", actor, actor.left_edge)
        yield from expand_coordination(verb, plan, "is to")
        return
    chain = Candidate(first, (Cue(first, "item", Strength.COMMITTED),), "item", None, first)
    if verbal(first) and first.tag_ in ("VB", "VBP", "VBG", "VBZ"):
        yield from expand_coordination(first, chain, "item")
        yield from _strayed(first, chain, "item")
    elif not finite and nominal(head := _head_of(first)) and not _leads_on(head):
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


def is_imperative(first: Token) -> bool:
    """Whether a sentence begins with a verb in its base form: "Share information on …"."""
    base = verbal(first) and first.tag_ == "VB" and first.dep_ not in ("aux", "auxpass")
    return (base or looks_like_verb(first)) and not _is_own_clause(first)


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


def _names_deed(word: Token) -> bool:
    """Whether a verb of the lists is spelt like this: "Support", "Fund"."""
    known = cues()
    listed = (
        word.lower_ in known.event_verbs
        or word.lower_ in known.progressive_event_verbs
        or word.lower_ in known.exploration_verbs
    )
    return listed or looks_like_verb(word)


def _is_own_clause(first: Token) -> bool:
    """Whether an item says itself who will do what: "Norway will fund clinics"."""
    if first.tag_ == "VB":
        return False  # "Identify means for ports", in which "means" is taken for the verb
    return any(
        token.dep_ in SUBJECTS and token.left_edge.i <= first.i <= token.i and is_finite(token.head)
        for token in (first, *first.ancestors)
    )


def _tells_of_noun(verb: Token) -> bool:
    """Whether it stands in a relative clause: "a fund that will train pilots"."""
    return any(word.dep_ in ("relcl", "acl") for word in (verb, *verb.ancestors))


def _wants_verb(chain: Candidate) -> bool:
    """Whether only a verb can follow the lead-in: "will:", "agreed to:"."""
    last = _last_word(chain)
    return last.lower_ == "to" or (last == chain.cues[-1].token and chain.cues[-1].role == "modal")


def _goes_on(chain: Candidate) -> bool:
    """Whether the lead-in's own clause goes on in the item: "are committed to:", "agreed on:", "by:"."""
    return _last_word(chain).tag_ in ("IN", "TO")


def _last_word(chain: Candidate) -> Token:
    cue = chain.cues[-1].token
    return next(token for token in reversed(cue.doc[cue.i :]) if token == cue or not (token.is_punct or token.is_space))


def _read_as_verb(word: Token) -> None:
    """Right a parse that takes an item's verb for a part of the noun after it: "[will:] Open talks", "Fund clinics"."""
    noun = word.head
    if noun.i > word.i and nominal(noun):
        word.head, word.dep_ = (word, "ROOT") if noun.head == noun else (noun.head, noun.dep_)
        noun.head, noun.dep_ = word, "dobj"
    word.pos_, word.tag_ = "VERB", "VB"
