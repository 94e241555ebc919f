"""A modal that an aside parts from its verb ("will, where appropriate, share data"), which the parse loses at times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.generation.coordination import looks_like_verb
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.syntax import SUBJECTS, auxiliaries, nominal, verbal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTED = re.compile(r"(?:will|would|shall|’ll|'ll),", re.IGNORECASE)
"""A modal with a comma behind it."""
_REACH = 30
"""How many words an aside may have."""


def join_parted(doc: Doc, text: str) -> None:
    """Give each modal before an aside the verb behind it, with the subject before and the object after. `text` is the
    doc's own.
    """
    for modal in doc if _PARTED.search(text) else ():
        if modal.lower_ in cues().commissive_modals and modal.i + 1 < len(doc) and modal.nbor().text == ",":
            verb = _verb_behind(modal)
            if verb is not None and modal not in auxiliaries(verb):
                _join(modal, verb)


def _verb_behind(modal: Token) -> Token | None:
    """The verb that follows the comma at which the aside ends."""
    doc = modal.doc
    for index in range(modal.i + 2, min(modal.i + _REACH, modal.sent.end - 1)):
        word = doc[index]
        if doc[index - 1].text == "," and (looks_like_verb(word) or (verbal(word) and word.tag_ in ("VB", "VBP"))):
            return word.head if word.dep_ in ("aux", "auxpass") else word
        if word.tag_ == "MD" or word.text == ";":
            return None
    return None


def _join(modal: Token, verb: Token) -> None:
    """Hang the modal, its subject and its object on the verb; not where a ring would come of it."""
    clause = modal  # what the parse takes for the head of the modal's clause
    while clause.head != clause and clause.head != verb and clause.head.i >= modal.i:
        clause = clause.head
    before = (child for head in (modal, clause, verb) for child in head.lefts)
    actor = next((child for child in before if child.dep_ in SUBJECTS and child.i < modal.i), None)
    if actor is None or verb == clause:
        return
    above = verb if clause.head in (clause, verb) else clause.head
    if above != verb and ({actor, verb} & {above, *above.ancestors}):
        return
    done_to = verb.head if nominal(verb.head) and verb.head.i > verb.i else None
    verb.head, verb.dep_ = above, "ROOT" if above == verb else clause.dep_
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VB", verb.lower_
    clause.head, clause.dep_ = verb, "advcl"
    if done_to is not None:
        done_to.head, done_to.dep_ = verb, "dobj"
    for word, relation in ((modal, "aux"), (actor, "nsubj")):
        word.head, word.dep_ = verb, relation
