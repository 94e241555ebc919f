"""Candidates of a sentence: where cue chains open.

A chain opens at a modal, a finite verb, an adjective ("is ready to") or a noun ("Japan’s plan to") and is expanded down
to its triggers (`cue_chains`). Only what its grammar excludes is left out here; the rest is for the classifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import (
    Candidate,
    CandidatePattern,
    Modality,
    Opening,
)
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
from alliance_tui.extraction.cues import Cue, CueRole, cues
from alliance_tui.extraction.item_syntax import first_content_token
from alliance_tui.extraction.syntax import (
    auxiliaries,
    direct_object,
    find_subject,
    has_own_clause,
    is_infinitive,
    is_negated,
    is_verb,
    local_subject,
    next_content_token,
    owner_of,
    shares_infinitive,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CONTRACTIONS = {
    "’re": "be", "'re": "be", "’m": "be", "'m": "be", "’ve": "have", "'ve": "have", "’s": "be", "'s": "be",
}  # fmt: skip
"""The lemmas of contracted auxiliaries."""
_COURSE_NOUNS = frozenset({"track", "course"})
""""Is on track to reopen"."""
_PARTICIPLE_CLAUSES = ("advcl", "ROOT", "conj", "dep", "ccomp", "pcomp")
"""The relations of a participle that may undertake by itself."""


def generate_candidates(
    sentence: Span, *, lead_in: Candidate | None = None, may_omit_actor: bool = False
) -> list[Candidate]:
    """Return the candidates of a sentence in reading order, at most one for each trigger.

    Args:
        sentence: The sentence.
        lead_in: The chain of the lead-in above a list item, whose actor and cues apply to the item's first words.
        may_omit_actor: Whether the sentence may be such an item though it has no lead-in ("Launch …").
    """
    candidates: dict[int, Candidate] = {}
    covered: set[int] = set()
    for candidate in _item_candidates(first_content_token(sentence), lead_in, may_omit_actor):
        candidates.setdefault(candidate.trigger.i, candidate)
        covered.add(candidate.trigger.i)
    for token in sentence:
        if token.i in covered:
            continue
        for candidate in _chains_from(token):
            candidates.setdefault(candidate.trigger.i, candidate)
            covered.add(candidate.trigger.i)
            covered.update(cue.token.i for cue in candidate.cues)
    return [candidates[index] for index in sorted(candidates)]


def _item_candidates(first: Token, lead_in: Candidate | None, may_omit_actor: bool) -> Iterable[Candidate]:
    if lead_in is not None:
        return items_under_lead_in(first, lead_in)
    return items_without_lead_in(first) if may_omit_actor else ()


def _chains_from(token: Token) -> Iterator[Candidate]:
    """Yield the candidates of the chains that open at a token."""
    if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
        yield from _verb_chains(token)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _noun_chains(token)
    elif token.pos_ == "ADJ":
        yield from _adjective_chains(token)


def _verb_chains(verb: Token) -> Iterator[Candidate]:
    actor = local_subject(verb) if verb.dep_ == "pcomp" else find_subject(verb)
    aux = auxiliaries(verb) or _shared_auxiliaries(verb)
    if verb.dep_ in ("acl", "amod") and not aux and local_subject(verb) is None and not _is_directive(verb):
        return
    start = Candidate(verb, (), CandidatePattern(), actor, _clause_start(verb, actor))
    start = start.with_modality(*modality_of(verb, actor))
    commissive = cues().forms.commissive_modals
    modal = next((a for a in aux if a.tag_ == "MD" or a.lower_ in commissive), None)
    if modal is not None:
        yield from _modal_chains(verb, modal, start, aux)
    elif (affected := _subject_to_be_affected(verb)) is not None:
        cue = Cue(verb, CueRole.IS_TO, Strength.PLANNED)
        plan = Candidate(verb, (cue,), CandidatePattern(Opening.TO_BE_DONE), affected, affected.left_edge)
        yield from expand_coordination(verb, plan.with_modality(Modality.PASSIVE), Opening.TO_BE_DONE)
    elif not is_infinitive(verb) and not shares_infinitive(verb):
        auxiliary_forms = {form for a in aux for form in (a.lower_, _CONTRACTIONS.get(a.lower_, a.lemma_))}
        yield from _finite_verb_chains(verb, start, auxiliary_forms)


def _modal_chains(verb: Token, modal: Token, start: Candidate, aux: list[Token]) -> Iterator[Candidate]:
    """Expand "Norway will lend a ship", "no fee shall be raised"."""
    if modal.lower_ in cues().forms.other_modals:
        start = start.with_modality(Modality.BARE_POSSIBILITY)
    if any(is_negated(a) for a in aux):
        start = start.with_modality(Modality.NEGATED)
    if any(a.dep_ == "auxpass" for a in aux):
        start = start.with_modality(Modality.PASSIVE)
    strength = Strength.BINDING if modal.lower_ == "shall" else Strength.COMMITTED
    yield from expand_target(modal, verb, start.with_cue(modal, CueRole.MODAL, strength), Opening.MODAL)


def _subject_to_be_affected(verb: Token) -> Token | None:
    """Return the noun of "the next meeting, to be hosted by Peru"; not of "a plan to be revised"."""
    noun = verb.head
    is_postmodifier = verb.dep_ in ("acl", "relcl") and is_infinitive(verb) and noun.pos_ in ("NOUN", "PROPN")
    if not is_postmodifier or not any(aux.dep_ == "auxpass" for aux in auxiliaries(verb)):
        return None
    known = cues()
    takes_infinitive = known.commissive_nouns.keys() | known.infinitive_nouns | known.prospect_nouns
    is_complement = noun.lemma_.lower() in takes_infinitive or noun.i > verb.i or noun.dep_ == "ROOT"
    return None if is_complement else noun


def _shared_auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries that a conjunct shares: "are deepening … and launching"."""
    if verb.dep_ != "conj" or verb.head.tag_ != verb.tag_ or local_subject(verb) is not None:
        return []
    return [aux for aux in auxiliaries(verb.head) if aux.tag_ != "MD"]


def _in_preamble(noun: Token) -> bool:
    """Whether a noun is in a preamble: "Building on …", "Recalling …"."""
    return any(
        head.tag_ == "VBG" and head.dep_ == "advcl" and head.lemma_.lower() in cues().preamble_verbs
        for head in noun.ancestors
    )


def _clause_start(verb: Token, actor: Token | None) -> Token:
    """Return the first word of a clause; of a conjunct that shares its subject, the first word of its own."""
    own = local_subject(verb)
    if actor is not None and actor.i < verb.i and (own is not None or not _is_later_conjunct(verb, actor)):
        return actor.left_edge
    before = (child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "advmod"))
    return min(before, default=verb, key=lambda token: token.i)


def _is_later_conjunct(verb: Token, actor: Token) -> bool:
    """Whether another verb of the actor is between the two."""
    return verb.dep_ == "conj" and is_verb(verb.head) and actor.i < verb.head.i


def _tense(verb: Token, auxiliary_forms: set[str]) -> Modality:
    """Return tense, aspect or voice of a verb by its tag and auxiliaries (lower-case forms and lemmas)."""
    if verb.tag_ == "VBG":
        return Modality.PROGRESSIVE if "be" in auxiliary_forms else Modality.PARTICIPLE
    if verb.tag_ == "VBN":
        is_predicate = verb.dep_ in ("acomp", "attr", "oprd") and verb.head.lemma_ in ("be", "remain")
        if is_predicate or "be" in auxiliary_forms:
            return Modality.PASSIVE
        return Modality.PERFECT if "have" in auxiliary_forms else Modality.PARTICIPLE
    return Modality.PAST if verb.tag_ == "VBD" else Modality.PRESENT


def _finite_verb_chains(verb: Token, start: Candidate, auxiliary_forms: set[str]) -> Iterator[Candidate]:
    known = cues()
    lemma = verb.lemma_.lower()
    tense = _tense(verb, auxiliary_forms)
    start = start.with_modality(tense)
    if tense is Modality.PROGRESSIVE and is_going_to(verb):
        target = verb_complement(verb)
        if target is not None:
            if start.actor is not None and is_discourse(target, start.actor):
                start = start.with_modality(Modality.DISCOURSE)
            cued = start.with_cue(verb, CueRole.MODAL, Strength.COMMITTED)
            yield from expand_target(verb, target, cued, Opening.GOING_TO)
            return
    if lemma == "be":
        yield from _copula_chains(verb, start)
        return
    if tense is Modality.PARTICIPLE:
        if _is_signing_note(verb):
            start = start.with_modality(Modality.PASSIVE)
        elif _is_accompanying(verb):
            start = start.with_modality(Modality.PROGRESSIVE)
        elif not _is_directive(verb) and not (verb.dep_ in _PARTICIPLE_CLAUSES and _is_commissive_participle(lemma)):
            return
    if tense is Modality.PERFECT and lemma in known.transparent_verbs and direct_object(verb) is None:
        return
    yield from expand_token(verb, start, Opening.UNMARKED, root=True)


def _is_signing_note(participle: Token) -> bool:
    """Whether a participle opens a sentence without another verb: "Signed in Suva by the two ministers."."""
    return participle.dep_ == "ROOT" and participle.i == participle.sent.start and participle.lower_ == "signed"


def _is_accompanying(participle: Token) -> bool:
    """Whether a participle gives a further action: "with Peru contributing ships", "including opening X"."""
    if participle.dep_ != "pcomp" or participle.tag_ != "VBG":
        return False
    preposition = participle.head.lower_
    return preposition == "including" or (preposition == "with" and local_subject(participle) is not None)


def _is_directive(participle: Token) -> bool:
    """Whether a participle says what a text orders: "an order directing the Secretary to", "by directing agencies"."""
    by_means = participle.dep_ == "pcomp" and participle.head.lower_ == "by"
    is_clause = participle.dep_ in ("acl", "advcl") or by_means
    return is_clause and participle.tag_ == "VBG" and participle.lemma_.lower() in cues().directive_verbs


def _is_commissive_participle(lemma: str) -> bool:
    """Whether a participle undertakes by itself: "announcing a fund", "Peru and Chile committing to share data"."""
    known = cues()
    firm = known.commissive_verbs.get(lemma) in (Strength.COMMITTED, Strength.AGREED)
    return firm or lemma in known.announcement_verbs | known.welcome_verbs


def _copula_chains(verb: Token, start: Candidate) -> Iterator[Candidate]:
    """Expand "Norway is to lend a ship", "the goal is to train divers", "the plan is for Chile to host the games"."""
    known = cues()
    following = next_content_token(verb)
    if following is None or start.actor is None:
        return
    subject_lemma = start.actor.lemma_.lower()
    if subject_lemma in known.copular_subjects:
        return
    course = following.nbor() if following.lower_ == "on" and following.i + 1 < verb.sent.end else None
    if course is not None and course.lower_ in _COURSE_NOUNS:
        cued = start.with_cue(course, CueRole.ADJECTIVE, Strength.PLANNED)
        yield from expand_complement(course, cued, Opening.ADJECTIVE)
    elif (talks := negotiation_event(verb, start)) is not None:
        yield talks
    if following.lower_ == "to" and (target := verb_complement(verb)) is not None:
        start = start.with_cue(verb, CueRole.IS_TO, Strength.PLANNED)
    elif following.lower_ == "for" and subject_lemma in known.freestanding_nouns:
        target = _infinitive_after(following)
    else:
        return
    if target is None:
        return
    if start.actor is not None and subject_lemma in known.commissive_nouns:
        cued = start.with_cue(start.actor, CueRole.NOUN, known.commissive_nouns[subject_lemma])
        start = replace(cued, owner=owner_of(start.actor))
    yield from expand_coordination(target, start, Opening.IS_TO)


def _infinitive_after(word: Token) -> Token | None:
    """Return the verb of "for a Peruvian pilot to fly"."""
    return next((verb for verb in word.head.subtree if verb.i > word.i and is_verb(verb) and is_infinitive(verb)), None)


def _adjective_chains(adjective: Token) -> Iterator[Candidate]:
    known = cues()
    strength = known.commissive_adjectives.get(adjective.lower_)
    was_able = adjective.lower_ == "able" and adjective.head.tag_ == "VBD"
    if adjective.dep_ == "amod":
        yield from _misread_directive(adjective)
        return
    if strength is None and not was_able and adjective.lower_ not in known.evaluative_adjectives:
        return
    head = adjective.head
    actor = find_subject(head) if is_verb(head) else find_subject(adjective)
    start = Candidate(adjective, (), CandidatePattern(), actor, _clause_start(adjective, actor))
    if strength is None:
        yield from _evaluated_event(adjective, start.with_modality(Modality.PAST) if was_able else start)
        return
    start = start.with_cue(adjective, CueRole.ADJECTIVE, strength)
    if is_verb(head) and head.lemma_ == "remain":
        start = start.with_cue(head, CueRole.RESTATEMENT)
    if is_negated(head):
        start = start.with_modality(Modality.NEGATED)
    yield from expand_complement(adjective, start, Opening.ADJECTIVE)


def _misread_directive(participle: Token) -> Iterator[Candidate]:
    """Expand "Ministers tasked officials to report", where the parser takes "tasked" for a modifier of "officials"."""
    addressee = participle.head
    actor = next((w for w in addressee.lefts if w.i == participle.i - 1 and w.tag_ in ("NNS", "NNPS")), None)
    complement = find_complement(addressee)
    if actor is None or complement is None or not is_infinitive(complement.head):
        return
    if participle.lower_.removesuffix("ed") in cues().directive_verbs:
        start = Candidate(participle, (), CandidatePattern(), actor, addressee.left_edge, owner=addressee)
        cued = start.with_modality(Modality.PAST).with_cue(participle, CueRole.DIRECTIVE, Strength.COMMITTED)
        yield from expand_target(participle, complement.head, cued, Opening.DIRECTIVE)


def _evaluated_event(adjective: Token, start: Candidate) -> Iterator[Candidate]:
    """Expand "We are proud to announce a fund", "we were able to sign a lease"."""
    known = cues()
    complement = find_complement(adjective)
    if complement is None:
        return
    verb = complement.head
    lemma = verb.lemma_.lower()
    if lemma in known.announcement_verbs | known.welcome_verbs:
        yield from expand_token(verb, start.with_modality(Modality.PRESENT), Opening.UNMARKED, root=True)
    elif complement.is_verb and lemma in known.event_verbs and direct_object(verb) is not None:
        cued = start.with_cue(verb, CueRole.EVENT_VERB, known.event_verbs[lemma])
        yield replace(cued, trigger=verb, pattern=CandidatePattern(Opening.GLADNESS))


def _noun_chains(noun: Token) -> Iterator[Candidate]:
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma not in known.freestanding_nouns | known.deliverable_nouns | set(known.event_nouns) or _in_preamble(noun):
        return
    verb = next((head for head in noun.ancestors if is_verb(head)), None)
    actor = find_subject(verb) if verb is not None else None
    start = Candidate(noun, (), CandidatePattern(), actor, noun.left_edge, owner=owner_of(noun))
    start = start.with_modality(Modality.NOMINAL)
    if is_rejected(noun):
        start = start.with_modality(Modality.REJECTED)
    if lemma in known.freestanding_nouns and _takes_complement(noun):
        cued = start.with_cue(noun, CueRole.NOUN, known.commissive_nouns.get(lemma))
        yield from expand_complement(noun, cued, Opening.NOUN)
        return
    is_reported = verb is not None and verb.lemma_.lower() in known.announcement_verbs | known.welcome_verbs
    if verb is not None and is_reported and noun.head == verb and any(a.tag_ == "MD" for a in auxiliaries(verb)):
        return  # in "will announce a new fund" the trigger is the verb
    yield from _freestanding_event(noun, start, is_reported=is_reported)


def _takes_complement(noun: Token) -> bool:
    """Whether a noun leads to an action: "the plan to open a port", "the commitment to peace", "a pledge that"."""
    complement = find_complement(noun)
    leads_on = complement is not None and (complement.is_verb or noun.lemma_.lower() == "commitment")
    return leads_on or any(c.dep_ in ("acl", "relcl", "ccomp") and has_own_clause(c) for c in noun.rights)


def _freestanding_event(noun: Token, start: Candidate, *, is_reported: bool) -> Iterator[Candidate]:
    """Expand "the signing of a lease", "announced a new clinic", "Acme’s $2 billion investment".

    `is_reported`: whether a verb of announcement or welcome is the nearest verb above the noun.
    """
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma in known.event_nouns and any(prep.lower_ == "of" for prep in noun.rights):
        inclusion = _inclusion_verb_before(noun)
        if inclusion is not None:
            yield from nominal_event(noun, start.with_cue(inclusion, CueRole.INCLUSION), Opening.INCLUSION)
        else:
            yield from nominal_event(noun, start, Opening.NOUN)
    elif lemma in known.deliverable_nouns and ((is_reported and _is_new(noun)) or _is_funded(noun)):
        yield from nominal_event(noun, start, Opening.NOUN)


def _inclusion_verb_before(noun: Token) -> Token | None:
    """Return the verb of "included a pledge to raise fees and, most recently, an easing of rules"."""
    before = [t for t in noun.doc[noun.sent.start : noun.left_edge.i] if t.pos_ != "ADV" and t.lower_ != ","]
    if not before or before[-1].lower_ != "and":
        return None
    return next((t for t in reversed(before) if is_verb(t) and t.lemma_.lower() in cues().inclusion_verbs), None)


def _is_new(noun: Token) -> bool:
    return any(child.lower_ in ("new", "first", "inaugural") for child in noun.lefts)


def _is_funded(noun: Token) -> bool:
    """Whether a noun has an owner's name and a sum of money before it: "Acme’s $2 billion investment"."""
    owned = any(child.dep_ == "poss" and child.pos_ == "PROPN" for child in noun.lefts)
    return owned and any(token.is_currency for token in noun.doc[noun.left_edge.i : noun.i])
