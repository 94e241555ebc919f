"""What takes the force of an undertaking from a clause: being denied, relative, conditional or another's wish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.complements import verb_complement
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.syntax import (
    RELATIVES,
    auxiliaries,
    is_infinitive,
    negated,
    own_subject,
    verbal,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ASKED = ("ccomp", "pcomp", "csubj", "advcl", "xcomp")
_QUESTIONS = frozenset({"how", "why", "what", "where", "who", "which"})
_TOLD = ("dobj", "obj", "dative")
_CONVERSING = frozenset({"speak", "talk"})
"""Verbs of what one does with somebody, or in telling of something."""
_SPEECH = 12
"""How many words after a verb a speech may be named."""


def modality_of(verb: Token, actor: Token | None) -> Iterator[str]:
    """The notes for a candidate whose chain opens at this verb."""
    known = cues()
    if actor is not None and _goes_on_in_relative(verb, actor):
        yield "aside"
    elif verb.dep_ == "relcl" or (actor is not None and actor.head == verb and _is_relative(actor)):
        yield "relative"
    if negated(verb):
        yield "negated"
    if _is_question(verb.sent) or (actor is not None and actor.lower_ in known.nonparty_subjects):
        yield "stranger"
    if actor is not None and is_discourse(verb, actor):
        yield "talking"
    if is_rejected(verb):
        yield "rejected"
    mark = next((child.lower_ for child in verb.lefts if child.dep_ in ("mark", "advmod")), None)
    if (verb.dep_ == "advcl" and mark in known.subordinators) or _is_asked(verb):
        yield "subordinate"
    if verb.dep_ == "ccomp" and verb.head.i < verb.i:
        above = verb.head.lemma_.lower()
        own = own_subject(verb)
        if above in known.nonfactive_verbs or (
            above in known.expectation_verbs and own is not None and own.pos_ != "PRON"
        ):
            yield "wished"


def _is_question(sentence: Span) -> bool:
    last = next((word for word in reversed(sentence) if word.text.strip(" ”\"'")), None)
    return last is not None and last.text.endswith("?")


def _is_relative(actor: Token) -> bool:
    """Whether it takes up a noun before: "who", "the first of which"; not "the ministers, who meet often,"."""
    words = (word for word in actor.subtree if word.lower_ in RELATIVES and word.tag_[0] == "W")
    return any(not any(verbal(head) for head in word.ancestors if actor.is_ancestor(head)) for word in words)


def _goes_on_in_relative(verb: Token, actor: Token) -> bool:
    """Whether a relative clause says what is undertaken by means of, at or with what it hangs on: "a pact, under which
    both states will share data", "to Oslo, where she will open a school".
    """
    first = next((word for word in verb.subtree if word.dep_ != "punct"), verb)
    through = first.dep_ == "prep" and first.i + 1 < actor.i and first.nbor().tag_ in ("WDT", "WP")
    set_off = first.i > 0 and first.nbor(-1).text == "," and first.lower_ in ("where", "when", "which")
    acts = actor != first and (actor.tag_[0] == "N" or actor.lower_ in ("we", "they", "he", "she"))
    told = through or set_off or first.lower_ == "whereby"
    return verb.dep_ == "relcl" and actor.head == verb and acts and told


def _is_asked(verb: Token) -> bool:
    """Whether a clause only names a question: "how they will use it", "what it will cost"."""
    first = verb.left_edge
    if verb.head.lower_ in ("is", "’s", "'s") and any(child.lower_ in ("that", "this") for child in verb.head.lefts):
        return False  # "that is why they will do it"
    return verb.dep_ in _ASKED and first.lower_ in _QUESTIONS and first.tag_[0] == "W" and first.i > verb.sent.start


def is_discourse(verb: Token, actor: Token) -> bool:
    """Whether a speaker only leads through the talk: "I’ll turn it over to", "let’s start", "we’ll take questions"."""
    known = cues()
    lemma = verb.lemma_.lower()
    if lemma in _CONVERSING and _converses(verb):
        return False
    promised = any(aux.tag_ in ("MD", "TO") for aux in auxiliaries(verb))
    if promised and (lemma in known.discourse_verbs_any_person or _is_to_speak(verb)):
        return True
    if verb.head.lemma_ == "let" and verb.dep_ in ("ccomp", "xcomp"):
        return True
    if actor.lower_ not in ("i", "we") or is_going_to(verb):
        return False
    told = any(child.lemma_.lower() in known.discourse_objects for child in verb.rights if child.dep_ in _TOLD)
    return told or lemma in (known.discourse_verbs_singular if actor.lower_ == "i" else known.discourse_verbs_plural)


def _converses(verb: Token) -> bool:
    """Whether it is said with whom one will talk: "will speak with President Otieno next week"."""
    beside = (prep for prep in verb.rights if prep.lower_ in ("to", "with"))
    return any(target.pos_ == "PROPN" for prep in beside for target in prep.rights)


def _is_to_speak(verb: Token) -> bool:
    """Whether it is a speech that will be given: "will deliver an address", "will follow him in giving a lecture"."""
    near = verb.doc[verb.i : min(verb.i + _SPEECH, verb.sent.end)]
    given = (word.head for word in near if word.dep_ in _TOLD and word.lemma_.lower() in cues().speech_nouns)
    own = (giving.lemma_.lower() for giving in given if giving == verb or giving.tag_ == "VBG")
    return any(lemma in ("give", "make") or "deliver" in lemma for lemma in own)  # "indelivering", in bad copies


def is_going_to(verb: Token) -> bool:
    """Whether it is "going" in "going to do"."""
    target = verb_complement(verb) if verb.lower_ == "going" else None
    return target is not None and is_infinitive(target)


def is_rejected(token: Token) -> bool:
    """Whether it stands in the object of a verb that rejects or regrets it: "condemned the decision to do"."""
    known = cues()
    for head in (token, *token.ancestors):
        if head.dep_ in ("dobj", "obj", "pobj") and not verbal(head):
            above = head.head.head if head.dep_ == "pobj" else head.head
            if verbal(above) and above.lemma_.lower() in known.rejection_verbs:
                return True
        elif head.dep_ in ("advcl", "conj", "ROOT") and verbal(head):
            return False
    return False
