"""Context windows: the words of a candidate and around it, by position, which the network reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.classification.candidate_properties import object_head
from alliance_tui.extraction.commitments.classification.lexical_features import name_type
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.normalisation.british_spelling import to_american

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

ContextWindows = tuple[tuple[str, ...], ...]
"""The words of each window, in this order:

1. the title of the section (20 words),
2. the paragraph before the sentence (25),
3. the end of the lead-in (20),
4. the sentence before the evidence (20),
5. the evidence up to three words before the trigger,
6. those three words,
7. the trigger,
8. the three words after it,
9. the next five,
10. the next 20,
11. the sentence after the evidence (12),
12. the heads of object, actor and sentence, in three windows.
"""
WINDOW_COUNT = 14
_NEAR, _NEXT, _FAR, _BESIDE, _AFTER = 3, 8, 25, 20, 12


def context_windows(located: LocatedCandidate) -> ContextWindows:
    """Return the windows of a candidate; names are given by their type alone."""
    sentence, candidate = located.sentence, located.candidate
    trigger, lead_in = candidate.trigger.i, candidate.lead_in
    start, end = located.start_token, located.end_token
    words, lead_in_words = _words(located.passage), _words(lead_in) if lead_in is not None else []
    near = max(start, trigger - _NEAR)
    after = trigger + 1
    windows = (
        (words, max(0, sentence.start - _FAR), sentence.start),
        (lead_in_words, max(0, len(lead_in_words) - _BESIDE), len(lead_in_words)),
        (words, max(sentence.start, start - _BESIDE), start),
        (words, start, near),
        (words, near, trigger),
        (words, trigger, after),
        (words, after, min(after + _NEAR, end)),
        (words, after + _NEAR, min(after + _NEXT, end)),
        (words, after + _NEXT, min(after + _NEAR + _FAR, end)),
        (words, end, min(end + _AFTER, sentence.end)),
    )
    heads = (object_head(located), candidate.actor, sentence.root)
    return (
        tuple((located.passage.segment.section or "").lower().split()[:_BESIDE]),
        *(tuple(word for word in source[first:last] if word) for source, first, last in windows),
        *(() if (word := _word(token)) is None else (word,) for token in heads),
    )


def _words(passage: Passage) -> list[str | None]:
    """Return the word of each token of a passage; None for punctuation and space."""
    return passage.memo("words", lambda: [_word(token) for token in passage.doc])


def _word(token: Token | None) -> str | None:
    if token is None or token.is_punct or token.is_space:
        return None
    return name_type(token) or to_american(token.lower_)
