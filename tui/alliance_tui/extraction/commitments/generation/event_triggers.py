"""Deeds with no cue between them and what opens the chain: named by a noun, or told as done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.resources import load
from alliance_tui.extraction.syntax import SUBJECTS, direct_object, own_subject, possessor_of
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

TELLING = ("announcing", "welcoming", "including")
"""The openings that tell of a thing rather than lead to a deed."""


def nominal_event(noun: Token, found: Candidate, opening: str) -> Iterator[Candidate]:
    """A deed named by a noun: "the signing of", "a new partnership", "the steady implementation of"."""
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma in known.aspectual_nouns and not any(child.lower_ in ("of", "into") for child in noun.rights):
        return  # "a fresh start", not "the entry into force"
    found = replace(found, trigger=noun, owner=possessor_of(noun) or found.owner)
    around = (*noun.children, noun.head) if noun.dep_ == "nsubjpass" else noun.children
    coming = next((word for word in around if word.lower_ in known.prospective_modifiers), None)
    if coming is not None:
        found = found.with_cue(coming, "coming", Strength.PLANNED)
    if lemma in known.event_nouns or (lemma in known.transaction_nouns and opening in TELLING):
        rung = known.event_nouns.get(lemma) or known.transaction_nouns[lemma]
        yield replace(found.with_cue(noun, "doing", rung), pattern=f"{opening} doing")
    elif lemma in known.deliverable_nouns:
        yield replace(found.with_cue(noun, "thing", Strength.AGREED), pattern=f"{opening} thing")
    elif lemma in known.collective_nouns and opening in ("announcing", "welcoming"):
        yield replace(found.with_cue(noun, "bundle"), pattern=f"bundle {opening}")
    elif lemma in known.commissive_nouns and found.cues and opening not in TELLING:
        yield replace(found.with_cue(noun, "noun", known.commissive_nouns[lemma]), pattern=f"{opening} noun")
    elif opening in TELLING and (made := _made(noun)) is not None:
        yield replace(found.with_cue(made, "deed", Strength.AGREED), trigger=made, pattern=f"{opening} made")
    elif found.cues and (opening not in TELLING or _is_announced_thing(noun, opening)):
        yield replace(found, pattern=f"{opening} noun")


def _made(noun: Token) -> Token | None:
    """The participle of "the Statement of Intent signed in May"."""
    made = (child for child in noun.rights if child.dep_ == "acl" and child.tag_ == "VBN")
    return next((verb for verb in made if cues().event_verbs.get(verb.lemma_.lower()) is Strength.AGREED), None)


_MOODS = frozenset({"progressive", "past", "perfect", "passive"})


def _is_announced_thing(noun: Token, opening: str) -> bool:
    """Whether what is announced is a thing of no list ("a harbour"), yet not too general to check ("a new era")."""
    vague = load("specificity")["nouns"]["vague"]
    return opening == "announcing" and noun.dep_ in ("dobj", "obj") and noun.lemma_.lower() not in vague


def completed_event(verb: Token, lemma: str, found: Candidate) -> Iterator[Candidate]:
    """A deed done or being done, with no cue above it: "signed", "has joined", "are launching", "is investing"."""
    known = cues()
    if is_hostile(verb, lemma) or (lemma == "join" and "passive" in found.modality) or _lacks_object(verb, lemma):
        return
    if (
        lemma in known.negotiation_verbs
        and found.modality & _MOODS
        and (talks := negotiation_event(verb, found)) is not None
    ):
        yield talks
        return
    rung: Strength | None = None
    if found.modality & _MOODS:
        told = known.progressive_event_verbs if "progressive" in found.modality else known.event_verbs
        rung = next((told[name] for name in (lemma, *_phrases(verb, lemma)) if name in told), None)
    elif (known.event_verbs.get(lemma) is Strength.AGREED and _performs(verb, lemma)) or _is_act_of_text(verb, lemma):
        rung = Strength.AGREED
    elif any(known.event_verbs.get(name) is Strength.BINDING for name in _phrases(verb, lemma)):
        rung = Strength.BINDING  # "the agreement takes effect on 1 May"
    if rung is not None:
        mood = min(found.modality & _MOODS, default="present")
        yield replace(found.with_cue(verb, "deed", rung), pattern=f"{mood} deed")


def _phrases(verb: Token, lemma: str) -> Iterator[str]:
    """The verb with what may make another deed of it: "stand up", "put in place", "give approval"."""
    for child in verb.rights if lemma in cues().event_phrase_heads else ():
        if child.dep_ == "prt":
            yield f"{lemma} {child.lower_}"
        elif child.dep_ == "prep":
            yield from (f"{lemma} {child.lower_} {noun.lower_}" for noun in child.rights if noun.dep_ == "pobj")
        elif child.dep_ in ("dobj", "obj"):
            yield f"{lemma} {child.lemma_.lower()}"


def _performs(verb: Token, lemma: str) -> bool:
    """Whether a deed is done by being said: "we establish a fund", "we announce that Norland joins"."""
    stated = lemma in cues().performative_verbs and own_subject(verb) is not None and direct_object(verb) is not None
    return verb.dep_ == "ccomp" or (stated and verb.dep_ in ("ROOT", "conj"))


def _is_act_of_text(verb: Token, lemma: str) -> bool:
    """Whether a text does it by saying so: "the Executive Order bans imports", "it sets up a board" of one before; "I
    hereby expand".
    """
    who = own_subject(verb)
    if who is None or lemma not in cues().enactment_verbs or verb.tag_ not in ("VBZ", "VBP", "VB"):
        return False
    if any(child.lower_ == "hereby" for child in verb.lefts):
        return True
    if who.lower_ == "it":
        before = reversed(verb.doc[: verb.sent.start])
        mains = (token for token in before if token.dep_ in SUBJECTS and token.head.dep_ in ("ROOT", "conj"))
        who = next((token for token in mains if token.pos_ != "PRON"), who)
    return who.lemma_.lower() in cues().text_nouns


def negotiation_event(verb: Token, found: Candidate) -> Candidate | None:
    """The talks that someone is in or enters into, or that are under way: "are in talks on", "has entered into
    negotiations with".
    """
    within = [noun for prep in verb.rights if prep.lower_ in ("in", "into", "under") for noun in prep.rights]
    talk = next(
        (noun for noun in within if noun.dep_ == "pobj" and noun.lemma_.lower() in cues().negotiation_nouns), None
    )
    who = found.actor
    if (
        who is not None
        and who.lemma_.lower() in cues().negotiation_nouns
        and any(noun.lower_ == "way" for noun in within)
    ):
        talk = who  # "talks are under way on"
    if talk is None:
        return None
    return replace(found.with_cue(talk, "exploring", Strength.EXPLORED), trigger=talk, pattern="in talks")


def is_hostile(verb: Token, lemma: str) -> bool:
    """Whether what is done is aimed at another: "launched an attack", "opened an inquiry", "struck militia groups"."""
    known = cues()
    targets = [child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "obj", "nsubjpass")]
    if lemma in known.support_verbs:
        return not any(target in known.support_verb_objects for target in targets)
    return any(target in known.hostile_nouns for target in targets)


def _lacks_object(verb: Token, lemma: str) -> bool:
    """Whether it is not said what was done: "we are beginning this", "the debate is starting"."""
    targets = [child for child in verb.rights if child.dep_ in ("dobj", "obj")]
    if not targets:
        return lemma in cues().aspectual_verbs and not any(child.dep_ == "nsubjpass" for child in verb.lefts)
    return all(target.pos_ == "PRON" and not target.lower_.endswith(("self", "selves")) for target in targets)
