"""Finding the clauses that may undertake something: where a cue chain opens in a sentence.

A chain opens at a modal, a finite verb, an adjective ("is ready to") or a noun ("Japan’s plan to") and is walked down
to its deeds (see chains). Here nothing is refused but what cannot be an undertaking by its grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate
from alliance_tui.extraction.commitments.complements import find_complement, verb_complement
from alliance_tui.extraction.commitments.factuality import (
    is_discourse,
    is_going_to,
    is_rejected,
    modality_of,
)
from alliance_tui.extraction.commitments.generation.cue_chains import (
    expand_complement,
    expand_coordination,
    expand_target,
    expand_token,
)
from alliance_tui.extraction.commitments.generation.event_triggers import negotiation_event, nominal_event
from alliance_tui.extraction.commitments.generation.list_items import items_under_lead_in, items_without_lead_in
from alliance_tui.extraction.cues import Cue, cues
from alliance_tui.extraction.item_syntax import first_word
from alliance_tui.extraction.syntax import (
    auxiliaries,
    direct_object,
    has_own_clause,
    is_infinitive,
    negated,
    next_word,
    own_subject,
    owner_of,
    shares_infinitive,
    subject,
    verbal,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SHORT = {"’re": "be", "'re": "be", "’m": "be", "'m": "be", "’ve": "have", "'ve": "have", "’s": "be", "'s": "be"}
_COURSES = frozenset({"track", "course"})
"""What one is on that will do a thing: "is on track to reopen"."""
_FREE = ("advcl", "ROOT", "conj", "dep", "ccomp", "pcomp")


def generate_candidates(
    sentence: Span, *, lead: Candidate | None = None, may_omit_actor: bool = False
) -> list[Candidate]:
    """The candidates of a sentence in reading order, one an anchor. `lead` is the chain of the lead-in above a
    bullet: its actor and cues reach into the bullet's first words. Without one, `may_omit_actor` says
    that it may be such a bullet all the same ("Launch …").
    """
    found: dict[int, Candidate] = {}
    met: set[int] = set()
    first = (
        items_under_lead_in(first_word(sentence), lead)
        if lead
        else items_without_lead_in(first_word(sentence))
        if may_omit_actor
        else ()
    )
    for candidate in first:
        found.setdefault(candidate.trigger.i, candidate)
        met.add(candidate.trigger.i)
    for token in sentence:
        if token.i in met:
            continue
        for candidate in _openings(token):
            found.setdefault(candidate.trigger.i, candidate)
            met.add(candidate.trigger.i)
            met.update(cue.token.i for cue in candidate.cues)
    return [found[index] for index in sorted(found)]


def _openings(token: Token) -> Iterator[Candidate]:
    if verbal(token) and token.dep_ not in ("aux", "auxpass"):
        yield from _verb_openings(token)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _noun_openings(token)
    elif token.pos_ == "ADJ":
        yield from _adjective_openings(token)


def _verb_openings(verb: Token) -> Iterator[Candidate]:
    known = cues()
    actor = own_subject(verb) if verb.dep_ == "pcomp" else subject(verb)
    start = Candidate(verb, (), "", actor, _opener(verb, actor))
    aux = auxiliaries(verb) or _shared_auxiliaries(verb)
    if verb.dep_ in ("acl", "amod") and not aux and own_subject(verb) is None and not _tasks(verb):
        return
    start = start.with_modality(*modality_of(verb, actor))
    modal = next((a for a in aux if a.tag_ == "MD" or a.lower_ in known.commissive_modals), None)
    if modal is not None:
        if modal.lower_ in known.other_modals:
            start = start.with_modality("bare possibility")
        if any(negated(a) for a in aux):
            start = start.with_modality("negated")
        if any(a.dep_ == "auxpass" for a in aux):
            start = start.with_modality("passive")
        rung = Strength.BINDING if modal.lower_ == "shall" else Strength.COMMITTED
        yield from expand_target(modal, verb, start.with_cue(modal, "modal", rung), "modal")
    elif (thing := _to_be_done(verb)) is not None:
        plan = Candidate(verb, (Cue(verb, "is to", Strength.PLANNED),), "to be done", thing, thing.left_edge)
        yield from expand_coordination(verb, plan.with_modality("passive"), "to be done")
    elif not is_infinitive(verb) and not shares_infinitive(verb):
        words = {form for a in aux for form in (a.lower_, _SHORT.get(a.lower_, a.lemma_))}
        yield from _finite_openings(verb, start, words)


def _to_be_done(verb: Token) -> Token | None:
    """With what it is yet to be done: "the next meeting, to be hosted by Peru"; not "a plan to be revised"."""
    noun = verb.head
    coming = verb.dep_ in ("acl", "relcl") and is_infinitive(verb) and noun.pos_ in ("NOUN", "PROPN")
    if not coming or not any(aux.dep_ == "auxpass" for aux in auxiliaries(verb)):
        return None
    known = cues()
    leads_on = noun.lemma_.lower() in known.commissive_nouns.keys() | known.infinitive_nouns | known.prospect_nouns
    return None if leads_on or noun.i > verb.i or noun.dep_ == "ROOT" else noun


def _shared_auxiliaries(verb: Token) -> list[Token]:
    """Those of the verb it is coordinated with: "are deepening … and launching"."""
    if verb.dep_ != "conj" or verb.head.tag_ != verb.tag_ or own_subject(verb) is not None:
        return []
    return [aux for aux in auxiliaries(verb.head) if aux.tag_ != "MD"]


def _in_preamble(noun: Token) -> bool:
    """Whether it stands in "Building on …", "Recalling …"."""
    return any(
        head.tag_ == "VBG" and head.dep_ == "advcl" and head.lemma_.lower() in cues().preamble_verbs
        for head in noun.ancestors
    )


def _opener(verb: Token, actor: Token | None) -> Token:
    """The first word of the clause: its subject, or, where a coordinated verb shares that, its own first word."""
    own = own_subject(verb)
    if actor is not None and actor.i < verb.i and (own is not None or not _coordinated(verb, actor)):
        return actor.left_edge
    return min((child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "advmod")), default=verb, key=_place)


def _place(token: Token) -> int:
    return token.i


def _coordinated(verb: Token, actor: Token) -> bool:
    """Whether another verb of the actor's stands between them, so that this one is a further conjunct."""
    return verb.dep_ == "conj" and verbal(verb.head) and actor.i < verb.head.i


def _mood(verb: Token, words: set[str]) -> str:
    if verb.tag_ == "VBG":
        return "progressive" if "be" in words else "participle"
    if verb.tag_ == "VBN":
        if verb.dep_ in ("acomp", "attr", "oprd") and verb.head.lemma_ in ("be", "remain"):
            return "passive"
        return "passive" if "be" in words else "perfect" if "have" in words else "participle"
    return "past" if verb.tag_ == "VBD" else "present"


def _finite_openings(verb: Token, start: Candidate, words: set[str]) -> Iterator[Candidate]:
    known = cues()
    lemma = verb.lemma_.lower()
    mood = _mood(verb, words)
    start = start.with_modality(mood)
    if mood == "progressive" and is_going_to(verb):
        target = verb_complement(verb)
        if target is not None:
            if start.actor is not None and is_discourse(target, start.actor):
                start = start.with_modality("talking")
            yield from expand_target(verb, target, start.with_cue(verb, "modal", Strength.COMMITTED), "going to")
            return
    if lemma == "be":
        yield from _copula_openings(verb, start)
        return
    if mood == "participle" and _begins_with_signed(verb):
        start = start.with_modality("passive")
    elif mood == "participle" and _goes_along(verb):
        start = start.with_modality("progressive")
    elif mood == "participle" and not (_tasks(verb) or (verb.dep_ in _FREE and _undertakes_alone(lemma))):
        return
    if mood == "perfect" and lemma in known.transparent_verbs and direct_object(verb) is None:
        return
    yield from expand_token(verb, start, "", root=True)


def _begins_with_signed(participle: Token) -> bool:
    """Whether a sentence begins with it and names no other verb: "Signed in Suva by the two ministers."."""
    return participle.dep_ == "ROOT" and participle.i == participle.sent.start and participle.lower_ == "signed"


def _goes_along(participle: Token) -> bool:
    """Whether it tells what another does besides, or a part: "with Peru contributing ships", "including opening X"."""
    if participle.dep_ != "pcomp" or participle.tag_ != "VBG":
        return False
    by = participle.head.lower_
    return by == "including" or (by == "with" and own_subject(participle) is not None)


def _tasks(participle: Token) -> bool:
    """Whether it says what a text orders: "an order directing the Secretary to", "by directing agencies to"."""
    here = participle.dep_ in ("acl", "advcl") or (participle.dep_ == "pcomp" and participle.head.lower_ == "by")
    return here and participle.tag_ == "VBG" and participle.lemma_.lower() in cues().directive_verbs


def _undertakes_alone(lemma: str) -> bool:
    """Whether a participle undertakes by itself: "announcing a fund", "Peru and Chile committing to share data"."""
    known = cues()
    firm = known.commissive_verbs.get(lemma) in (Strength.COMMITTED, Strength.AGREED)
    return firm or lemma in known.announcement_verbs | known.welcome_verbs


def _copula_openings(verb: Token, start: Candidate) -> Iterator[Candidate]:
    """ "Norway is to lend a ship", "the goal is to train divers", "the plan is for Chile to host the games"."""
    known = cues()
    following = next_word(verb)
    named = start.actor.lemma_.lower() if start.actor is not None else ""
    if following is None or start.actor is None or named in known.copular_subjects:
        return
    course = following.nbor() if following.lower_ == "on" and following.i + 1 < verb.sent.end else None
    if course is not None and course.lower_ in _COURSES:
        yield from expand_complement(course, start.with_cue(course, "adjective", Strength.PLANNED), "adjective")
    elif (talks := negotiation_event(verb, start)) is not None:
        yield talks
    if following.lower_ == "to" and (target := verb_complement(verb)) is not None:
        start = start.with_cue(verb, "is to", Strength.PLANNED)
    elif following.lower_ == "for" and named in known.freestanding_nouns:
        target = _infinitive_after(following)
    else:
        return
    if target is None:
        return
    if start.actor is not None and named in known.commissive_nouns:
        start = replace(start.with_cue(start.actor, "noun", known.commissive_nouns[named]), owner=owner_of(start.actor))
    yield from expand_coordination(target, start, "is to")


def _infinitive_after(word: Token) -> Token | None:
    """The verb of "for a Peruvian pilot to fly"."""
    return next((verb for verb in word.head.subtree if verb.i > word.i and verbal(verb) and is_infinitive(verb)), None)


def _adjective_openings(adjective: Token) -> Iterator[Candidate]:
    known = cues()
    rung = known.commissive_adjectives.get(adjective.lower_)
    was_able = adjective.lower_ == "able" and adjective.head.tag_ == "VBD"
    if adjective.dep_ == "amod":
        yield from _misread_tasking(adjective)
        return
    if rung is None and not was_able and adjective.lower_ not in known.evaluative_adjectives:
        return
    head = adjective.head
    actor = subject(head) if verbal(head) else subject(adjective)
    start = Candidate(adjective, (), "", actor, _opener(adjective, actor))
    if rung is None:
        yield from _told_of(adjective, start.with_modality("past") if was_able else start)
        return
    start = start.with_cue(adjective, "adjective", rung)
    if verbal(head) and head.lemma_ == "remain":
        start = start.with_cue(head, "restating")
    if negated(head):
        start = start.with_modality("negated")
    yield from expand_complement(adjective, start, "adjective")


def _misread_tasking(participle: Token) -> Iterator[Candidate]:
    """ "Ministers tasked officials to report", which the parse takes for officials who are tasked."""
    host = participle.head
    who = next((word for word in host.lefts if word.i == participle.i - 1 and word.tag_ in ("NNS", "NNPS")), None)
    complement = find_complement(host)
    if who is None or complement is None or not is_infinitive(complement.head):
        return
    if participle.lower_.removesuffix("ed") in cues().directive_verbs:
        start = Candidate(participle, (), "", who, host.left_edge, owner=host).with_modality("past")
        yield from expand_target(
            participle, complement.head, start.with_cue(participle, "tasking", Strength.COMMITTED), "tasking"
        )


def _told_of(adjective: Token, start: Candidate) -> Iterator[Candidate]:
    """ "We are proud to announce a fund", "we were able to sign a lease"."""
    known = cues()
    complement = find_complement(adjective)
    if complement is None:
        return
    verb = complement.head
    lemma = verb.lemma_.lower()
    if lemma in known.announcement_verbs | known.welcome_verbs:
        yield from expand_token(verb, start.with_modality("present"), "", root=True)
    elif complement.is_verb and lemma in known.event_verbs and direct_object(verb) is not None:
        yield replace(start.with_cue(verb, "deed", known.event_verbs[lemma]), trigger=verb, pattern="gladly")


def _noun_openings(noun: Token) -> Iterator[Candidate]:
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma not in known.freestanding_nouns | known.deliverable_nouns | set(known.event_nouns) or _in_preamble(noun):
        return
    head = next((head for head in noun.ancestors if verbal(head)), None)
    actor = subject(head) if head is not None else None
    start = Candidate(noun, (), "", actor, noun.left_edge, owner=owner_of(noun)).with_modality("nominal")
    if is_rejected(noun):
        start = start.with_modality("rejected")
    if lemma in known.freestanding_nouns:
        complement = find_complement(noun)
        if (complement is not None and (complement.is_verb or lemma == "commitment")) or _clausal(noun):
            yield from expand_complement(noun, start.with_cue(noun, "noun", known.commissive_nouns.get(lemma)), "noun")
            return
    spoken = head is not None and head.lemma_.lower() in known.announcement_verbs | known.welcome_verbs
    if spoken and noun.head == head and any(aux.tag_ == "MD" for aux in auxiliaries(head)):
        return  # "will announce a new fund": the verb's
    deed = lemma in known.event_nouns and any(prep.lower_ == "of" for prep in noun.rights)
    if deed and (bundle := _bundle_before(noun)) is not None:
        yield from nominal_event(noun, start.with_cue(bundle, "including"), "including")
    elif deed or (lemma in known.deliverable_nouns and ((spoken and _is_new(noun)) or _is_funded(noun))):
        yield from nominal_event(noun, start, "noun")


def _bundle_before(noun: Token) -> Token | None:
    """The verb of "included a pledge to raise fees and, most recently, an easing of rules", wherever the parse hangs
    what "and" adds.
    """
    before = [t for t in noun.doc[noun.sent.start : noun.left_edge.i] if t.pos_ != "ADV" and t.lower_ != ","]
    if not before or before[-1].lower_ != "and":
        return None
    return next((t for t in reversed(before) if verbal(t) and t.lemma_.lower() in cues().inclusion_verbs), None)


def _is_new(noun: Token) -> bool:
    return any(child.lower_ in ("new", "first", "inaugural") for child in noun.lefts)


def _is_funded(noun: Token) -> bool:
    """Whether a named owner's sum of money stands before it: "Acme’s $2 billion investment"."""
    owned = any(child.dep_ == "poss" and child.pos_ == "PROPN" for child in noun.lefts)
    return owned and any(token.is_currency for token in noun.doc[noun.left_edge.i : noun.i])


def _clausal(noun: Token) -> bool:
    return any(child.dep_ in ("acl", "relcl", "ccomp") and has_own_clause(child) for child in noun.rights)
