"""Filter of background: events of earlier years, and what the questioners of a transcript say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, LocatedCandidate, TriggerForm
from alliance_tui.extraction.commitments.classification.candidate_properties import YEAR
from alliance_tui.extraction.layout.speaker_turns import is_questioner

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATE_RELATIONS = frozenset({"prep", "pobj", "npadvmod", "nummod", "compound", "conj", "advmod", "nmod"})
"""The relations by which the year of a date is attached to its verb."""


def is_background(located: LocatedCandidate) -> bool:
    """Whether a candidate is an event before the year of the document, or said by a questioner."""
    if is_questioner(located.passage.segment.speaker or ""):
        return True
    candidate, date = located.candidate, located.document_date
    is_past_event = candidate.pattern.form is TriggerForm.EVENT_VERB and candidate.modality & PAST_TENSES
    if date is None or not is_past_event:
        return False
    years = [int(token.text) for token in _years_of(candidate.trigger)]
    return bool(years) and max(years) < int(date[:4])


def _years_of(verb: Token) -> Iterator[Token]:
    """Yield the years that date the event of a verb."""
    for token in verb.sent:
        if YEAR.fullmatch(token.text):
            head = token
            while head.dep_ in _DATE_RELATIONS and head.head != verb:
                head = head.head
            if head.head == verb and head.dep_ in _DATE_RELATIONS:
                yield token
