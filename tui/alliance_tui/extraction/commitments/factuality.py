"""Factuality of a clause: whether it presents its event as undertaken, or as negated, conditional or desired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Modality
from alliance_tui.extraction.commitments.complements import verb_complement
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.syntax import (
    RELATIVE_WORDS,
    auxiliaries,
    is_infinitive,
    is_negated,
    is_verb,
    local_subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_QUESTION_CLAUSES = ("ccomp", "pcomp", "csubj", "advcl", "xcomp")
"""The relations of a clause that may be an indirect question."""
_QUESTION_WORDS = frozenset({"how", "why", "what", "where", "who", "which"})
_OBJECTS = ("dobj", "obj", "dative")
_CONVERSATION_VERBS = frozenset({"speak", "talk"})
"""The verbs that are discourse ("speak about") or an event ("speak with the president")."""
_SPEECH_REACH = 12
"""The tokens after a verb in which the noun for a speech is looked for."""


def modality_of(verb: Token, actor: Token | None) -> Iterator[Modality]:
    """Yield the marks of the clause in which a candidate's chain opens, tense and voice left out."""
    known = cues()
    if actor is not None and _is_parenthetical(verb, actor):
        yield Modality.PARENTHETICAL
    elif verb.dep_ == "relcl" or (actor is not None and actor.head == verb and _is_relative(actor)):
        yield Modality.RELATIVE
    if is_negated(verb):
        yield Modality.NEGATED
    if _is_question(verb.sent) or (actor is not None and actor.lower_ in known.forms.nonparty_subjects):
        yield Modality.NOT_A_PARTY
    if actor is not None and is_discourse(verb, actor):
        yield Modality.DISCOURSE
    if is_rejected(verb):
        yield Modality.REJECTED
    mark = next((child.lower_ for child in verb.lefts if child.dep_ in ("mark", "advmod")), None)
    if (verb.dep_ == "advcl" and mark in known.forms.subordinators) or _is_indirect_question(verb):
        yield Modality.SUBORDINATE
    if _is_desired(verb):
        yield Modality.DESIRED


def _is_desired(verb: Token) -> bool:
    """Whether a clause is the object of a wish, or of a forecast about another: "hopes that Chile will"."""
    known = cues()
    if verb.dep_ != "ccomp" or verb.head.i >= verb.i:
        return False
    governor = verb.head.lemma_.lower()
    subject = local_subject(verb)
    is_forecast = governor in known.expectation_verbs and subject is not None and subject.pos_ != "PRON"
    return governor in known.nonfactive_verbs or is_forecast


def _is_question(sentence: Span) -> bool:
    last = next((word for word in reversed(sentence) if word.text.strip(" ”\"'")), None)
    return last is not None and last.text.endswith("?")


def _is_relative(actor: Token) -> bool:
    """Whether a subject refers back by a relative pronoun: "who", "the first of which".

    A relative clause inside the subject does not count: "the ministers, who meet often,".
    """
    pronouns = (word for word in actor.subtree if word.lower_ in RELATIVE_WORDS and word.tag_[0] == "W")
    return any(not any(is_verb(head) for head in word.ancestors if actor.is_ancestor(head)) for word in pronouns)


def _is_parenthetical(verb: Token, actor: Token) -> bool:
    """Whether a relative clause undertakes something itself, by means of or at what it modifies.

    Examples: "a pact, under which both states will share data", "to Oslo, where she will open a school".
    """
    if verb.dep_ != "relcl" or actor.head != verb:
        return False
    first = next((word for word in verb.subtree if word.dep_ != "punct"), verb)
    has_actor = actor != first and (actor.tag_[0] == "N" or actor.lower_ in ("we", "they", "he", "she"))
    by_means = first.dep_ == "prep" and first.i + 1 < actor.i and first.nbor().tag_ in ("WDT", "WP")
    after_comma = first.i > 0 and first.nbor(-1).text == "," and first.lower_ in ("where", "when", "which")
    return has_actor and (by_means or after_comma or first.lower_ == "whereby")


def _is_indirect_question(verb: Token) -> bool:
    """Whether a clause only states a question: "how they will use it", "what it will cost"."""
    first = verb.left_edge
    if verb.head.lower_ in ("is", "’s", "'s") and any(child.lower_ in ("that", "this") for child in verb.head.lefts):
        return False  # "that is why they will do it"
    is_question_word = first.lower_ in _QUESTION_WORDS and first.tag_[0] == "W" and first.i > verb.sent.start
    return verb.dep_ in _QUESTION_CLAUSES and is_question_word


def is_discourse(verb: Token, actor: Token) -> bool:
    """Whether speakers only announce what they say next: "I’ll turn it over to", "we’ll take questions"."""
    known = cues()
    lemma = verb.lemma_.lower()
    if lemma in _CONVERSATION_VERBS and _has_interlocutor(verb):
        return False
    is_future = any(aux.tag_ in ("MD", "TO") for aux in auxiliaries(verb))
    if is_future and (lemma in known.discourse_verbs_any_person or _gives_speech(verb)):
        return True
    if verb.head.lemma_ == "let" and verb.dep_ in ("ccomp", "xcomp"):
        return True
    if actor.lower_ not in ("i", "we") or is_going_to(verb):
        return False
    if any(child.lemma_.lower() in known.discourse_objects for child in verb.rights if child.dep_ in _OBJECTS):
        return True
    return lemma in (known.discourse_verbs_singular if actor.lower_ == "i" else known.discourse_verbs_plural)


def _has_interlocutor(verb: Token) -> bool:
    """Whether a name follows with whom the subject will talk: "will speak with President Otieno next week"."""
    prepositions = (prep for prep in verb.rights if prep.lower_ in ("to", "with"))
    return any(target.pos_ == "PROPN" for prep in prepositions for target in prep.rights)


def _gives_speech(verb: Token) -> bool:
    """Whether the event is a speech: "will deliver an address", "will follow him in giving a lecture"."""
    near = verb.doc[verb.i : min(verb.i + _SPEECH_REACH, verb.sent.end)]
    heads = (word.head for word in near if word.dep_ in _OBJECTS and word.lemma_.lower() in cues().speech_nouns)
    lemmas = (head.lemma_.lower() for head in heads if head == verb or head.tag_ == "VBG")
    return any(lemma in ("give", "make") or "deliver" in lemma for lemma in lemmas)  # "indelivering", in bad copies


def is_going_to(verb: Token) -> bool:
    """Whether a verb is the "going" of "going to do"."""
    target = verb_complement(verb) if verb.lower_ == "going" else None
    return target is not None and is_infinitive(target)


def is_rejected(token: Token) -> bool:
    """Whether a token is in the object of a verb of rejection or regret: "condemned the decision to do"."""
    rejection_verbs = cues().rejection_verbs
    for head in (token, *token.ancestors):
        if head.dep_ in ("dobj", "obj", "pobj") and not is_verb(head):
            governor = head.head.head if head.dep_ == "pobj" else head.head
            if is_verb(governor) and governor.lemma_.lower() in rejection_verbs:
                return True
        elif head.dep_ in ("advcl", "conj", "ROOT") and is_verb(head):
            return False
    return False
