"""What the text tells only as background: deeds of earlier years, and what those who ask put into their questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, LocatedCandidate, TriggerForm

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_QUESTIONER = "Q"
_CARRIES = frozenset({"prep", "pobj", "npadvmod", "nummod", "compound", "conj", "advmod", "nmod"})
"""The relations by which the year of a date hangs on its verb."""


def is_background(found: LocatedCandidate) -> bool:
    """Whether it is no outcome of this document: told as done in a year before the document's, or said by the one who
    asks the questions.
    """
    if found.passage.segment.speaker == _QUESTIONER:
        return True
    candidate = found.candidate
    if (
        found.document_date is None
        or not candidate.modality & PAST_TENSES
        or candidate.pattern.form is not TriggerForm.EVENT_VERB
    ):
        return False
    years = [int(token.text) for token in _dates(candidate.trigger)]
    return bool(years) and max(years) < int(found.document_date[:4])


def _dates(verb: Token) -> Iterator[Token]:
    """The years that say when the verb's deed was done."""
    for token in verb.sent:
        if _YEAR.fullmatch(token.text):
            head = token
            while head.dep_ in _CARRIES and head.head != verb:
                head = head.head
            if head.head == verb and head.dep_ in _CARRIES:
                yield token
