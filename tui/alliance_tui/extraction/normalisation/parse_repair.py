"""Repair of parses: the errors of a small parser that the words around them reveal.

A parse is repaired once, when it comes out of the pipeline, and not changed afterwards: entities, parties and
commitments read the same trees, in whatever order and however often they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.cues import Cue, cues
from alliance_tui.extraction.item_syntax import (
    continues_in_item,
    expects_verb,
    first_content_token,
    has_explicit_subject,
    has_finite_verb,
    is_imperative,
    looks_like_event_verb,
    looks_like_verb,
)
from alliance_tui.extraction.syntax import SUBJECT_RELATIONS, auxiliaries, is_nominal, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MAIN_CLAUSE = frozenset({"ROOT", "ccomp", "parataxis"})
"""Relations of the verb of a clause with its own subject."""
_INTERRUPTED_MODAL = re.compile(r"(?:will|would|shall|’ll|'ll),", re.IGNORECASE)
_REACH = 30
"""The longest parenthesis after a modal, in tokens."""


def repair_parse(doc: Doc, text: str, *, may_omit_actor: bool, lead_in: Sequence[Cue]) -> None:
    """Repair the parse of a passage in place.

    Args:
        doc: The passage, tagged, parsed and lemmatised.
        text: Its text, which spaCy would put together anew.
        may_omit_actor: Whether the passage may state an undertaking without its subject, as list items do.
        lead_in: The cues of the lead-in above the passage; empty without one.
    """
    _correct_past_tenses(doc)
    if _INTERRUPTED_MODAL.search(text):
        _join_interrupted_modals(doc)
    if may_omit_actor or lead_in:
        for number, sentence in enumerate(doc.sents):
            verb = _misread_item_verb(sentence, number == 0, may_omit_actor, lead_in)
            if verb is not None:
                _read_as_verb(verb)


def _correct_past_tenses(doc: Doc) -> None:
    """Correct past tenses tagged as participles: "Norland and the Fund signed on Monday the pact"."""
    for token in doc:
        if token.tag_ == "VBN" and token.dep_ in _MAIN_CLAUSE:
            relations = {child.dep_ for child in token.children}
            if "nsubj" in relations and "dobj" in relations and not relations & {"aux", "auxpass"}:
                token.tag_ = "VBD"


def _join_interrupted_modals(doc: Doc) -> None:
    """Attach each modal before a parenthesis to the verb after it: "will, where appropriate, share data"."""
    for modal in doc:
        if modal.lower_ in cues().forms.commissive_modals and modal.i + 1 < len(doc) and modal.nbor().text == ",":
            verb = _verb_after_parenthesis(modal)
            if verb is not None and modal not in auxiliaries(verb):
                _join(modal, verb)


def _verb_after_parenthesis(modal: Token) -> Token | None:
    """The verb that follows the comma at which the parenthesis ends."""
    doc = modal.doc
    for index in range(modal.i + 2, min(modal.i + _REACH, modal.sent.end - 1)):
        word = doc[index]
        if doc[index - 1].text == "," and (looks_like_verb(word) or (is_verb(word) and word.tag_ in ("VB", "VBP"))):
            return word.head if word.dep_ in ("aux", "auxpass") else word
        if word.tag_ == "MD" or word.text == ";":
            return None
    return None


def _join(modal: Token, verb: Token) -> None:
    """Attach the modal, its subject and its object to the verb, unless that made a cycle."""
    clause = modal  # the head of the modal's clause by the parse
    while clause.head != clause and clause.head != verb and clause.head.i >= modal.i:
        clause = clause.head
    before = (child for head in (modal, clause, verb) for child in head.lefts)
    actor = next((child for child in before if child.dep_ in SUBJECT_RELATIONS and child.i < modal.i), None)
    if actor is None or verb == clause:
        return
    above = verb if clause.head in (clause, verb) else clause.head
    if above != verb and ({actor, verb} & {above, *above.ancestors}):
        return
    done_to = verb.head if is_nominal(verb.head) and verb.head.i > verb.i else None
    verb.head, verb.dep_ = above, "ROOT" if above == verb else clause.dep_
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VB", verb.lower_
    clause.head, clause.dep_ = verb, "advcl"
    if done_to is not None:
        done_to.head, done_to.dep_ = verb, "dobj"
    for word, relation in ((modal, "aux"), (actor, "nsubj")):
        word.head, word.dep_ = verb, relation


def _misread_item_verb(sentence: Span, is_first: bool, may_omit_actor: bool, lead_in: Sequence[Cue]) -> Token | None:
    """The first word of an item, where it is a verb that the tagger takes for another part of speech."""
    word = first_content_token(sentence)
    if is_verb(word):
        return None
    if is_first and lead_in:
        own = has_explicit_subject(word) and not (word.tag_ == "VBG" and continues_in_item(lead_in))
        return word if expects_verb(lead_in) and not own else None
    if may_omit_actor and (is_first or is_imperative(sentence[0])) and not has_explicit_subject(word):
        return word if looks_like_event_verb(word) and not has_finite_verb(sentence) else None
    return None


def _read_as_verb(word: Token) -> None:
    """Make a verb of a word, and its object of the noun that it modified: "[will:] Open talks", "Fund clinics"."""
    noun = word.head
    if noun.i > word.i and is_nominal(noun):
        word.head, word.dep_ = (word, "ROOT") if noun.head == noun else (noun.head, noun.dep_)
        noun.head, noun.dep_ = word, "dobj"
    word.pos_, word.tag_ = "VERB", "VB"
