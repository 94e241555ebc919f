"""Syntax of list items, and of the lead-ins above them ("Both sides will:")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import structs

from alliance_tui.extraction.cues import Cue, CueRole, cues
from alliance_tui.extraction.document_signing import signs_documents
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.syntax import SUBJECT_RELATIONS, is_finite, is_nominal, is_verb
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_REACH = 26
"""The tokens at the end of a lead-in that are searched for cues."""


def lead_in_cues(lead_in: Doc) -> tuple[Cue, ...]:
    """The cues with which a lead-in ends, in reading order."""
    tokens = [token for token in lead_in[-_REACH:] if not token.is_punct and not token.is_space]
    chain: list[Cue] = []
    for token in reversed(tokens):
        cue = _lead_in_cue(token)
        if cue is not None:
            chain.insert(0, cue)
        elif chain and is_nominal(token):
            break
    return tuple(chain)


def _lead_in_cue(token: Token) -> Cue | None:
    known = cues()
    lemma = token.lemma_.lower()
    if token.lower_ in known.forms.commissive_modals:
        return Cue(token, CueRole.MODAL, Strength.BINDING if token.lower_ == "shall" else Strength.COMMITTED)
    if is_verb(token) and lemma in known.commissive_verbs:
        return Cue(token, CueRole.COMMISSIVE_VERB, known.commissive_verbs[lemma])
    if token.lower_ in known.commissive_adjectives and not is_nominal(token):
        return Cue(token, CueRole.ADJECTIVE, known.commissive_adjectives[token.lower_])
    if lemma in known.commissive_nouns and is_nominal(token):
        return Cue(token, CueRole.NOUN, known.commissive_nouns[lemma])
    if is_verb(token) and lemma in known.announcement_verbs | known.welcome_verbs:
        return Cue(token, CueRole.WELCOME if lemma in known.welcome_verbs else CueRole.ANNOUNCEMENT)
    if signs_documents(token):
        return Cue(token, CueRole.ANNOUNCEMENT, Strength.AGREED)
    return None


def expects_verb(chain: Sequence[Cue]) -> bool:
    """Whether only a verb can follow the lead-in: "will:", "agreed to:"."""
    last = _last_word(chain)
    return last.lower_ == "to" or (last == chain[-1].token and chain[-1].role is CueRole.MODAL)


def continues_in_item(chain: Sequence[Cue]) -> bool:
    """Whether the item continues the lead-in's own clause: "are committed to:", "agreed on:", "by:"."""
    return _last_word(chain).tag_ in ("IN", "TO")


def _last_word(chain: Sequence[Cue]) -> Token:
    cue = chain[-1].token
    return next(token for token in reversed(cue.doc[cue.i :]) if token == cue or not (token.is_punct or token.is_space))


def first_content_token(sentence: Span) -> Token:
    """The first token that is neither punctuation, space nor an adverb; else the first of all."""
    return next(
        (token for token in sentence if not token.is_punct and not token.is_space and token.pos_ != "ADV"), sentence[0]
    )


def has_explicit_subject(first: Token) -> bool:
    """Whether an item with this first word has its own subject and finite verb: "Norway will fund clinics"."""
    if first.tag_ == "VB":
        return False  # "Identify means for ports", where the parse takes "means" for the verb
    return any(
        token.dep_ in SUBJECT_RELATIONS and token.left_edge.i <= first.i <= token.i and is_finite(token.head)
        for token in (first, *first.ancestors)
    )


def has_finite_verb(sentence: Span) -> bool:
    """Whether a sentence has a finite verb outside relative clauses ("a fund that will train pilots")."""
    return any(is_verb(token) and is_finite(token) and not _in_relative_clause(token) for token in sentence)


def _in_relative_clause(verb: Token) -> bool:
    return any(word.dep_ in ("relcl", "acl") for word in (verb, *verb.ancestors))


def is_imperative(first: Token) -> bool:
    """Whether a sentence with this first word begins with a verb in its base form: "Share information on …"."""
    base = is_verb(first) and first.tag_ == "VB" and first.dep_ not in ("aux", "auxpass")
    return (base or looks_like_verb(first)) and not has_explicit_subject(first)


def looks_like_event_verb(word: Token) -> bool:
    """Whether a word is spelt like an event verb, whatever its tag: "Support", "Fund"."""
    known = cues()
    return (
        word.lower_ in known.event_verbs
        or word.lower_ in known.progressive_event_verbs
        or word.lower_ in known.exploration_verbs
        or looks_like_verb(word)
    )


def looks_like_verb(word: Token) -> bool:
    """Whether a word tagged as a noun is spelt like a listed verb, and a possible object follows it."""
    if word.lower_ not in _verbs() or word.tag_ not in ("NN", "NNP", "JJ") or word.i + 1 >= word.sent.end:
        return False
    following = word.nbor()
    return following.pos_ in ("DET", "ADJ", "PRON", "PROPN", "NUM") or following.tag_ in ("NNS", "NN", "VBN", "VBG")


@cache
def _verbs() -> frozenset[str]:
    classes = structs.astuple(load(Specificity).verbs)
    known = cues()
    return frozenset(
        verb
        for verbs in (*classes, known.event_verbs, known.progressive_event_verbs, known.exploration_verbs)
        for verb in verbs
    )
