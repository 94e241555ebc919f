"""The words of a candidate by where they stand: what the network reads of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.features import the_object
from alliance_tui.extraction.agreements.wording import kind_of_name

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.agreements.places import Found

Context = tuple[tuple[str, ...], ...]
"""The words in each of the places, in this order: the section's title, the paragraph before the sentence, the lead-in,
the sentence before the evidence; of the evidence all up to three words before the anchor, those three, the anchor, the
three after it, the next five and the rest; the sentence after the evidence; the heads of object, actor and sentence.
"""
PLACES = 14
_NEAR, _BESIDE, _FAR, _AFTER = 3, 20, 25, 12


def context(found: Found) -> Context:
    """The words of a candidate and around it; names only as what kind of thing they name."""
    doc, sentence, candidate = found.passage.doc, found.sentence, found.candidate
    anchor, lead = candidate.anchor, candidate.lead
    before = max(found.first, anchor.i - _NEAR)
    after = anchor.i + 1
    target = the_object(found)
    return (
        tuple((found.passage.segment.section or "").lower().split()[:_BESIDE]),
        _words(doc[max(0, sentence.start - _FAR) : sentence.start]),
        _words(lead.doc[-_BESIDE:]) if lead is not None else (),
        _words(doc[max(sentence.start, found.first - _BESIDE) : found.first]),
        _words(doc[found.first : before]),
        _words(doc[before : anchor.i]),
        _words([anchor]),
        _words(doc[after : min(after + _NEAR, found.last)]),
        _words(doc[after + _NEAR : min(after + _NEAR + 5, found.last)]),
        _words(doc[after + _NEAR + 5 : min(after + _NEAR + _FAR, found.last)]),
        _words(doc[found.last : min(found.last + _AFTER, sentence.end)]),
        _words([target] if target is not None else []),
        _words([candidate.actor] if candidate.actor is not None else []),
        _words([sentence.root]),
    )


def _words(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(kind_of_name(token) or token.lower_ for token in tokens if not (token.is_punct or token.is_space))
