"""Finding the clauses that may undertake something: cue chains from a modal, verb, adjective or noun down to the deed.

A chain is walked from its opening ("the two leaders announced") through its cues ("plans", "to explore") to the
anchor, the word that names the deed; coordinated deeds give a candidate each. Nothing is refused here but what
cannot be an undertaking by its grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.clauses import (
    RELATIVES,
    auxiliaries,
    complement,
    has_own_clause,
    is_infinitive,
    negated,
    next_word,
    nominal,
    siblings,
    strays,
    subject,
    verbal,
)
from alliance_tui.extraction.agreements.cues import cues
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DEPTH = 7

_SHORT = {"’re": "be", "'re": "be", "’m": "be", "'m": "be", "’ve": "have", "'ve": "have", "’s": "be", "'s": "be"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of the chain; `rung` is None where it only passes on or restates."""

    token: Token
    role: str
    rung: Strength | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deed that may be undertaken.

    `opener` is the first token of the clause that holds actor and cue, `first` whether this deed is the first of
    its coordination (whose evidence holds them). `actor` heads the subject.
    """

    anchor: Token
    cues: tuple[Cue, ...]
    opening: str
    actor: Token | None
    opener: Token
    first: bool = True
    owner: Token | None = None
    notes: frozenset[str] = field(default_factory=frozenset)

    def with_cue(self, token: Token, role: str, rung: Strength | None = None) -> Candidate:
        """The same one cue further down."""
        return replace(self, cues=(*self.cues, Cue(token, role, rung)))

    def noted(self, *notes: str) -> Candidate:
        """The same with notes for the judge."""
        return replace(self, notes=self.notes | set(notes))


def candidates(sentence: Span, *, lead: Candidate | None = None) -> list[Candidate]:
    """The candidates of a sentence in reading order, one an anchor. `lead` is the chain of the lead-in above a
    bullet: its actor and cues reach into the bullet's first words.
    """
    found: dict[int, Candidate] = {}
    reached: set[int] = set()
    for token in sentence:
        for candidate in _openings(token, reached, lead):
            found.setdefault(candidate.anchor.i, candidate)
            reached.add(candidate.anchor.i)
            reached.update(cue.token.i for cue in candidate.cues)
    return [found[index] for index in sorted(found)]


def _openings(token: Token, reached: set[int], lead: Candidate | None) -> Iterator[Candidate]:
    if token.i in reached:
        return
    if verbal(token) and token.dep_ not in ("aux", "auxpass"):
        yield from _verb_openings(token, lead)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _noun_openings(token)
    elif token.pos_ == "ADJ":
        yield from _adjective_openings(token)


def _verb_openings(verb: Token, lead: Candidate | None) -> Iterator[Candidate]:
    known = cues()
    actor = subject(verb)
    start = Candidate(verb, (), "", actor, _opener(verb, actor))
    if actor is not None and actor.lower_ in RELATIVES and actor.head == verb:
        start = start.noted("relative")
    if verb.dep_ in ("relcl",):
        start = start.noted("relative")
    if negated(verb):
        start = start.noted("negated")
    aux = auxiliaries(verb)
    words = {form for a in aux for form in (a.lower_, _SHORT.get(a.lower_, a.lemma_))}
    modal = next((a for a in aux if a.tag_ == "MD" or a.lower_ in known.modals), None)
    if modal is not None:
        if modal.lower_ in known.refused_modals:
            start = start.noted("bare possibility")
        if any(negated(a) for a in aux):
            start = start.noted("negated")
        rung = Strength.BINDING if modal.lower_ == "shall" else Strength.COMMITTED
        for member in _group(verb):
            yield from _walk(member, _member(start, verb, member).with_cue(modal, "modal", rung), "modal", 0)
        return
    if "to" in words and verb.head.lemma_ == "be" and verb.dep_ in ("xcomp", "advcl"):
        return  # "is to do" opens at "is"
    if "to" in words:
        return
    yield from _finite_openings(verb, start, words)


def _group(verb: Token) -> list[Token]:
    return [verb, *siblings(verb)]


def _member(start: Candidate, verb: Token, member: Token) -> Candidate:
    if member == verb:
        return replace(start, anchor=member)
    return replace(start, anchor=member, first=False)


def _opener(verb: Token, actor: Token | None) -> Token:
    if actor is not None and actor.i < verb.i:
        return actor.left_edge
    return verb


def _finite_openings(verb: Token, start: Candidate, words: set[str]) -> Iterator[Candidate]:
    known = cues()
    lemma = verb.lemma_.lower()
    progressive = verb.tag_ == "VBG" and "be" in words
    passive = verb.tag_ == "VBN" and "be" in words
    perfect = verb.tag_ == "VBN" and "have" in words
    past = verb.tag_ == "VBD" or perfect
    mood = (
        "progressive"
        if progressive
        else "passive"
        if passive
        else "perfect"
        if perfect
        else "past"
        if past
        else "present"
    )
    start = start.noted(mood)
    if lemma == "go" and progressive and (target := complement(verb)) is not None and is_infinitive(target):
        for member in _group(target):
            yield from _walk(
                member, _member(start, target, member).with_cue(verb, "modal", Strength.COMMITTED), "going to", 0
            )
        return
    if lemma == "be":
        yield from _copula_openings(verb, start)
        return
    if (
        verb.tag_ == "VBG"
        and not progressive
        and lemma not in known.announcing | known.welcoming
        and verb.dep_ not in ("advcl", "ROOT", "conj")
    ):
        return
    yield from _walk(verb, start, "verb", 0, root=True)


def _copula_openings(verb: Token, start: Candidate) -> Iterator[Candidate]:
    following = next_word(verb)
    if (
        following is not None
        and following.lower_ == "to"
        and (target := complement(verb)) is not None
        and verbal(target)
    ):
        for member in _group(target):
            yield from _walk(
                member, _member(start, target, member).with_cue(verb, "is to", Strength.PLANNED), "is to", 0
            )


def _adjective_openings(adjective: Token) -> Iterator[Candidate]:
    rung = cues().adjectives.get(adjective.lower_)
    if rung is None:
        return
    head = adjective.head
    actor = subject(head) if verbal(head) else subject(adjective)
    start = Candidate(adjective, (), "", actor, _opener(adjective, actor)).with_cue(adjective, "adjective", rung)
    if verbal(head) and head.lemma_ == "remain":
        start = start.with_cue(head, "restating")
    if negated(head):
        start = start.noted("negated")
    yield from _below(adjective, start, "adjective", 0)


def _noun_openings(noun: Token) -> Iterator[Candidate]:
    known = cues()
    lemma = noun.lemma_.lower()
    owner = _owner(noun)
    head = _governor(noun)
    actor = subject(head) if head is not None else None
    opener = noun.left_edge
    start = Candidate(noun, (), "", actor, opener, owner=owner).noted("nominal")
    if lemma in known.nouns or lemma in known.opaque_nouns:
        rung = known.nouns.get(lemma)
        target = complement(noun)
        if (target is not None and (verbal(target) or lemma in ("commitment", "pursuit"))) or _clausal(noun):
            yield from _below(noun, start.with_cue(noun, "noun", rung), "noun", 0)


def _clausal(noun: Token) -> bool:
    return any(child.dep_ in ("acl", "relcl", "ccomp") and has_own_clause(child) for child in noun.rights)


def _owner(noun: Token) -> Token | None:
    """Who has the plan: "Japan’s plan", "the U.S. plan", "its plan"."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)


def _governor(token: Token) -> Token | None:
    for head in token.ancestors:
        if verbal(head):
            return head
    return None


def _walk(token: Token, found: Candidate, opening: str, depth: int, *, root: bool = False) -> Iterator[Candidate]:
    """Candidates at and below a verb of the chain. `root` is true where no modal or cue stands above it."""
    if depth > _DEPTH:
        return
    if not verbal(token):
        yield from _nominal_deed(token, found, opening)
        return
    known = cues()
    lemma = token.lemma_.lower()
    found = replace(found, anchor=token)
    if negated(token):
        found = found.noted("negated")
    if lemma in known.restating and (lemma in known.phases or lemma in known.undertaking):
        found = found.with_cue(token, "restating")
    for rule in (_undertaking, _exploring, _phase, _carrying, _speech):
        below = list(rule(token, lemma, found, opening, depth))
        if rule is _speech and not root:
            below = [one for one in below if verbal(one.anchor)]
        if below:
            yield from below
            return
    if root:
        yield from _deed(token, lemma, found)
    else:
        yield replace(found, opening=opening)


def _undertaking(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    known = cues()
    rung = known.undertaking.get(lemma)
    if rung is None:
        return
    if lemma == "expect" and "passive" not in found.notes and not any(a.lemma_ == "be" for a in auxiliaries(token)):
        return
    if lemma == "look":
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        if following is None or following.lower_ not in ("to", "forward"):
            return
    yield from _below(token, found.with_cue(token, "undertaking", rung), opening or "verb", depth)


def _exploring(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    if lemma in cues().exploring:
        yield replace(found.with_cue(token, "exploring", Strength.EXPLORED), anchor=token, opening=opening)


def _phase(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    if lemma not in cues().phases:
        return
    target = complement(token)
    if target is not None and verbal(target) and lemma != "maintain":
        yield from _each(target, found, "continuing" if lemma == "continue" else opening, depth)
    elif lemma == "continue":
        obj = next((child for child in token.rights if child.dep_ in ("dobj", "obj")), None)
        if obj is not None:
            yield replace(found, anchor=token, opening=opening)


def _carrying(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    known = cues()
    if lemma in known.carrying_verbs:
        target = complement(token, reach=16)
        if target is not None and verbal(target):
            yield from _each(target, found, opening, depth)
        elif target is not None and target.lemma_.lower() in known.nouns:
            yield from _noun_below(target, found, opening, depth)


def _speech(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    known = cues()
    announcing, welcoming = lemma in known.announcing, lemma in known.welcoming
    if lemma in known.tasking:
        yield from _tasking(token, found)
        return
    if not (announcing or welcoming):
        return
    role = "welcoming" if welcoming else "announcing"
    found = found.with_cue(token, "restating" if lemma in known.restating else role)
    for obj in _objects(token):
        yield from _noun_below(obj, replace(found, first=obj.head == token and found.first), role, depth)


def _objects(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ in ("dobj", "obj", "attr", "nsubj", "ccomp") and nominal(child):
            yield child
            yield from (other for other in siblings(child) if nominal(other))


def _tasking(token: Token, found: Candidate) -> Iterator[Candidate]:
    for child in token.subtree:
        if child.i > token.i and child.lemma_.lower() in cues().hosts and child.i - token.i < 14:
            target = complement(child) or complement(token)
            if target is not None and verbal(target):
                found = found.with_cue(token, "tasking", Strength.COMMITTED)
                yield from _each(target, replace(found, owner=child), "tasking", 0)
            return


def _noun_below(noun: Token, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    """Candidates at and below a noun that a verb announces or welcomes."""
    known = cues()
    lemma = noun.lemma_.lower()
    owner = _owner(noun)
    if owner is not None:
        found = replace(found, owner=owner)
    if lemma in known.nouns or lemma in known.opaque_nouns:
        below = list(_below(noun, found.with_cue(noun, "noun", known.nouns.get(lemma)), opening, depth))
        if below:
            yield from below
            return
    yield from _nominal_deed(noun, found, opening)


def _nominal_deed(noun: Token, found: Candidate, opening: str) -> Iterator[Candidate]:
    """A deed named by a noun: "the signing of", "a new partnership", "the steady implementation of"."""
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma in known.doings:
        rung = next(iter(sorted(known.doings[lemma], key=lambda s: s.rung)))
        yield replace(found.with_cue(noun, "doing", rung), anchor=noun, opening=f"{opening} doing")
    elif lemma in known.things:
        yield replace(found.with_cue(noun, "thing", Strength.AGREED), anchor=noun, opening=f"{opening} thing")
    elif found.cues and opening not in ("announcing", "welcoming"):
        yield replace(found, anchor=noun, opening=f"{opening} noun")


def _below(cue: Token, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    target = complement(cue)
    if target is None:
        return
    yield from _each(target, found, opening, depth)
    if verbal(cue) and verbal(target):
        for stray in strays(cue, target):
            yield from _walk(stray, replace(found, anchor=stray, first=False), opening, depth + 1)


def _each(target: Token, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    for number, member in enumerate([target, *siblings(target)]):
        yield from _walk(member, replace(found, anchor=member, first=found.first and number == 0), opening, depth + 1)


def _deed(verb: Token, lemma: str, found: Candidate) -> Iterator[Candidate]:
    """A deed done or being done, with no cue above it: "signed", "has joined", "are launching", "is investing"."""
    rungs = cues().deeds.get(lemma)
    if rungs is None:
        return
    notes = found.notes
    order: tuple[Strength, ...]
    if "progressive" in notes:
        order = (Strength.EXPLORED, Strength.AGREED, Strength.COMMITTED, Strength.COMPLETED)
    elif notes & {"past", "perfect", "passive"}:
        order = (Strength.COMPLETED, Strength.AGREED, Strength.BINDING, Strength.COMMITTED)
    elif verb.dep_ == "ccomp":
        order = (Strength.AGREED,)
    else:
        return
    rung = next((rung for rung in order if rung in rungs), None)
    if rung is not None:
        mood = next(iter(notes & {"progressive", "past", "perfect", "passive"}), "present")
        yield replace(found.with_cue(verb, "deed", rung), anchor=verb, opening=f"{mood} deed")
