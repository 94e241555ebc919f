"""Triggers without a cue above them: event nouns, completed and ongoing events, negotiations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import (
    REPORTING_OPENINGS,
    Candidate,
    CandidatePattern,
    Modality,
    Opening,
    TriggerForm,
)
from alliance_tui.extraction.cues import CueRole, cues, event_phrase_heads
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles, Specificity
from alliance_tui.extraction.syntax import SUBJECT_RELATIONS, direct_object, local_subject, possessor_of
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_REPORTED = frozenset({Modality.PROGRESSIVE, Modality.PAST, Modality.PERFECT, Modality.PASSIVE})
"""The marks of a clause that reports an event."""


def nominal_event(noun: Token, candidate: Candidate, opening: Opening) -> Iterator[Candidate]:
    """Yield the event that a noun names: "the signing of", "a new partnership", "the steady implementation of"."""
    if noun.lemma_.lower() in cues().aspectual_nouns and not any(c.lower_ in ("of", "into") for c in noun.rights):
        return  # "a fresh start", not "the entry into force"
    candidate = replace(candidate, trigger=noun, owner=possessor_of(noun) or candidate.owner)
    prospective = _prospective_modifier(noun)
    if prospective is not None:
        candidate = candidate.with_cue(prospective, CueRole.PROSPECTIVE, Strength.PLANNED)
    for form, rule in _NOUN_RULES:
        event = rule(noun, noun.lemma_.lower(), candidate, opening)
        if event is not None:
            yield replace(event, pattern=CandidatePattern(opening, form))
            return


def _prospective_modifier(noun: Token) -> Token | None:
    """Return the word by which an event is still to come: "the planned launch", "the launch is expected"."""
    around = (*noun.children, noun.head) if noun.dep_ == "nsubjpass" else noun.children
    return next((word for word in around if word.lower_ in cues().forms.prospective_modifiers), None)


def _event_noun(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "the signing of the pact"; only where it is reported, "a donation of blankets"."""
    known = cues()
    strength = known.event_nouns.get(lemma)
    if strength is None and opening in REPORTING_OPENINGS:
        strength = known.transaction_nouns.get(lemma)
    return None if strength is None else candidate.with_cue(noun, CueRole.EVENT_NOUN, strength)


def _deliverable(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "a new partnership"."""
    if lemma not in cues().deliverable_nouns:
        return None
    return candidate.with_cue(noun, CueRole.DELIVERABLE, Strength.AGREED)


def _collective(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "announced a package of measures"."""
    is_announced = opening in (Opening.ANNOUNCEMENT, Opening.WELCOME)
    is_collective = lemma in load(InstrumentRoles).collective_nouns
    return candidate.with_cue(noun, CueRole.COLLECTIVE) if is_announced and is_collective else None


def _commissive_noun(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "agreed on a plan"."""
    strengths = cues().commissive_nouns
    if lemma not in strengths or not candidate.cues or opening in REPORTING_OPENINGS:
        return None
    return candidate.with_cue(noun, CueRole.NOUN, strengths[lemma])


def _noun_with_participle(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "welcomed the statement signed in May", where the trigger is "signed"."""
    participle = _agreed_participle(noun) if opening in REPORTING_OPENINGS else None
    if participle is None:
        return None
    return replace(candidate.with_cue(participle, CueRole.EVENT_VERB, Strength.AGREED), trigger=participle)


def _other_noun(noun: Token, lemma: str, candidate: Candidate, opening: Opening) -> Candidate | None:
    """Example: "agreed on a harbour", "announced a harbour"; not "welcomed a harbour"."""
    may_be_event = opening not in REPORTING_OPENINGS or _is_announced_thing(noun, opening)
    return candidate if candidate.cues and may_be_event else None


_NOUN_RULES: tuple[tuple[TriggerForm, Callable[[Token, str, Candidate, Opening], Candidate | None]], ...] = (
    (TriggerForm.EVENT_NOUN, _event_noun),
    (TriggerForm.DELIVERABLE, _deliverable),
    (TriggerForm.COLLECTIVE, _collective),
    (TriggerForm.NOUN, _commissive_noun),
    (TriggerForm.PARTICIPLE, _noun_with_participle),
    (TriggerForm.NOUN, _other_noun),
)
"""The forms of a nominal trigger; the first rule that returns a candidate decides."""


def _agreed_participle(noun: Token) -> Token | None:
    """Return the participle of "the Statement of Intent signed in May"."""
    participles = (child for child in noun.rights if child.dep_ == "acl" and child.tag_ == "VBN")
    strengths = cues().event_verbs
    return next((verb for verb in participles if strengths.get(verb.lemma_.lower()) is Strength.AGREED), None)


def _is_announced_thing(noun: Token, opening: Opening) -> bool:
    """Whether an announced noun of no list is specific enough to check: "a harbour", not "a new era"."""
    vague = load(Specificity).nouns.vague
    return opening is Opening.ANNOUNCEMENT and noun.dep_ in ("dobj", "obj") and noun.lemma_.lower() not in vague


def completed_event(verb: Token, lemma: str, candidate: Candidate) -> Iterator[Candidate]:
    """Yield the event of a verb with no cue above it: "signed", "has joined", "are launching", "is investing"."""
    known = cues()
    reported = candidate.modality & _REPORTED
    passive_join = lemma == "join" and Modality.PASSIVE in candidate.modality
    if is_hostile(verb, lemma) or passive_join or _lacks_object(verb, lemma):
        return
    if lemma in known.negotiation_verbs and reported and (talks := negotiation_event(verb, candidate)) is not None:
        yield talks
        return
    strength = _event_strength(verb, lemma, candidate)
    if strength is not None:
        tense = Opening(min(reported, default=Modality.PRESENT))
        cued = candidate.with_cue(verb, CueRole.EVENT_VERB, strength)
        yield replace(cued, pattern=CandidatePattern(tense, TriggerForm.EVENT_VERB))


def _event_strength(verb: Token, lemma: str, candidate: Candidate) -> Strength | None:
    """Return the strength of the event that a verb reports or performs; None for neither."""
    known = cues()
    if candidate.modality & _REPORTED:
        is_progressive = Modality.PROGRESSIVE in candidate.modality
        strengths = known.progressive_event_verbs if is_progressive else known.event_verbs
        return next((strengths[name] for name in (lemma, *_verb_phrases(verb, lemma)) if name in strengths), None)
    performs = known.event_verbs.get(lemma) is Strength.AGREED and _is_performative(verb, lemma)
    if performs or _is_enactment(verb, lemma):
        return Strength.AGREED
    if any(known.event_verbs.get(name) is Strength.BINDING for name in _verb_phrases(verb, lemma)):
        return Strength.BINDING  # "the agreement takes effect on 1 May"
    return None


def _verb_phrases(verb: Token, lemma: str) -> Iterator[str]:
    """Yield the multiword verbs that a verb may form: "stand up", "put in place", "give approval"."""
    for child in verb.rights if lemma in event_phrase_heads() else ():
        if child.dep_ == "prt":
            yield f"{lemma} {child.lower_}"
        elif child.dep_ == "prep":
            yield from (f"{lemma} {child.lower_} {noun.lower_}" for noun in child.rights if noun.dep_ == "pobj")
        elif child.dep_ in ("dobj", "obj"):
            yield f"{lemma} {child.lemma_.lower()}"


def _is_performative(verb: Token, lemma: str) -> bool:
    """Whether saying it does it: "we establish a fund", "we announce that Norland joins"."""
    is_listed = lemma in cues().performative_verbs
    is_clause = local_subject(verb) is not None and direct_object(verb) is not None and verb.dep_ in ("ROOT", "conj")
    return verb.dep_ == "ccomp" or (is_listed and is_clause)


def _is_enactment(verb: Token, lemma: str) -> bool:
    """Whether a text enacts it: "the Executive Order bans imports", later "it sets up a board"; "I hereby expand"."""
    subject = local_subject(verb)
    if subject is None or lemma not in cues().enactment_verbs or verb.tag_ not in ("VBZ", "VBP", "VB"):
        return False
    if any(child.lower_ == "hereby" for child in verb.lefts):
        return True
    if subject.lower_ == "it":
        earlier = reversed(verb.doc[: verb.sent.start])
        subjects = (
            token for token in earlier if token.dep_ in SUBJECT_RELATIONS and token.head.dep_ in ("ROOT", "conj")
        )
        subject = next((token for token in subjects if token.pos_ != "PRON"), subject)
    return subject.lemma_.lower() in cues().text_nouns


def negotiation_event(verb: Token, candidate: Candidate) -> Candidate | None:
    """Return the negotiation that is under way: "are in talks on", "has entered into negotiations with"."""
    within = [noun for prep in verb.rights if prep.lower_ in ("in", "into", "under") for noun in prep.rights]
    nouns = cues().negotiation_nouns
    talks = next((noun for noun in within if noun.dep_ == "pobj" and noun.lemma_.lower() in nouns), None)
    actor = candidate.actor
    if actor is not None and actor.lemma_.lower() in nouns and any(noun.lower_ == "way" for noun in within):
        talks = actor  # "talks are under way on"
    if talks is None:
        return None
    cued = candidate.with_cue(talks, CueRole.EXPLORATION, Strength.EXPLORED)
    return replace(cued, trigger=talks, pattern=CandidatePattern(Opening.NEGOTIATION))


def is_hostile(verb: Token, lemma: str) -> bool:
    """Whether an event is aimed at another: "launched an attack", "opened an inquiry", "struck militia groups"."""
    known = cues()
    targets = [child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "obj", "nsubjpass")]
    if lemma in known.support_verbs:
        return not any(target in known.support_verb_objects for target in targets)
    return any(target in known.hostile_nouns for target in targets)


def _lacks_object(verb: Token, lemma: str) -> bool:
    """Whether the text does not say what was done: "we are beginning this", "the debate is starting"."""
    targets = [child for child in verb.rights if child.dep_ in ("dobj", "obj")]
    if not targets:
        return lemma in cues().aspectual_verbs and not any(child.dep_ == "nsubjpass" for child in verb.lefts)
    return all(target.pos_ == "PRON" and not target.lower_.endswith(("self", "selves")) for target in targets)
