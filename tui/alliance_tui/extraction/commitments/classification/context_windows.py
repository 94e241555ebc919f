"""The words of a candidate by where they stand: what the network reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.classification.features import object_head
from alliance_tui.extraction.commitments.classification.lexical_features import name_type
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.normalisation.british_spelling import to_american

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

ContextWindows = tuple[tuple[str, ...], ...]
"""The words in each of the places, in this order: the section's title, the paragraph before the sentence (25 words),
the lead-in and the sentence before the evidence (20 each); of the evidence all up to three words before the anchor,
those three, the anchor, the three after it, the next five, and 20 more; the sentence after the evidence (12); the heads
of object, actor and sentence.
"""
WINDOW_COUNT = 14
_NEAR, _NEXT, _FAR, _BESIDE, _AFTER = 3, 8, 25, 20, 12


def context_windows(found: LocatedCandidate) -> ContextWindows:
    """The words of a candidate and around it; names only as what kind of thing they name."""
    sentence, candidate = found.sentence, found.candidate
    anchor, lead = candidate.trigger, candidate.lead_in
    words, above = _words(found.passage), _words(lead) if lead is not None else []
    before, after = max(found.start_token, anchor.i - _NEAR), anchor.i + 1
    between = (
        (words, max(0, sentence.start - _FAR), sentence.start),
        (above, max(0, len(above) - _BESIDE), len(above)),
        (words, max(sentence.start, found.start_token - _BESIDE), found.start_token),
        (words, found.start_token, before),
        (words, before, anchor.i),
        (words, anchor.i, after),
        (words, after, min(after + _NEAR, found.end_token)),
        (words, after + _NEAR, min(after + _NEXT, found.end_token)),
        (words, after + _NEXT, min(after + _NEAR + _FAR, found.end_token)),
        (words, found.end_token, min(found.end_token + _AFTER, sentence.end)),
    )
    return (
        tuple((found.passage.segment.section or "").lower().split()[:_BESIDE]),
        *(tuple(word for word in words[start:end] if word) for words, start, end in between),
        *(_word(token) for token in (object_head(found), candidate.actor, sentence.root)),
    )


def _words(passage: Passage) -> list[str | None]:
    """The words of a passage; None for what is no word."""
    return passage.memo("words", lambda: [next(iter(_word(token)), None) for token in passage.doc])


def _word(token: Token | None) -> tuple[str, ...]:
    if token is None or token.is_punct or token.is_space:
        return ()
    return (name_type(token) or to_american(token.lower_),)
