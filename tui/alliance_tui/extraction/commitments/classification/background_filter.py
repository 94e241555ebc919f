"""Filter of background: events of earlier years, a treaty's final clauses, and what questioners of a transcript say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, LocatedCandidate, TriggerForm
from alliance_tui.extraction.commitments.classification.candidate_properties import YEAR
from alliance_tui.extraction.layout.speaker_turns import is_questioner
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.regex import alternation

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATE_RELATIONS = frozenset({"prep", "pobj", "npadvmod", "nummod", "compound", "conj", "advmod", "nmod"})
"""The relations by which the year of a date is attached to its verb."""


def is_background(located: LocatedCandidate) -> bool:
    """Return whether a candidate is an event of an earlier year, a final clause, or the words of a questioner."""
    if is_questioner(located.passage.segment.speaker or "") or _is_final_clause(located):
        return True
    candidate, date = located.candidate, located.document_date
    is_past_event = candidate.pattern.form is TriggerForm.EVENT_VERB and candidate.modality & PAST_TENSES
    if date is None or not is_past_event:
        return False
    years = [int(token.text) for token in _years_of(candidate.trigger)]
    return bool(years) and max(years) < int(date[:4])


def _is_final_clause(located: LocatedCandidate) -> bool:
    """Return whether a clause is a final clause of a treaty: "This Convention shall enter into force on …"."""
    is_provision = any(cue.token.lower_ == "shall" for cue in located.candidate.cues)
    clause = located.passage.doc[located.start_token : located.end_token]
    return is_provision and _final_clause().search(clause.text) is not None


@cache
def _final_clause() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(load(Documents).final_clauses)})\b", re.IGNORECASE)


def _years_of(verb: Token) -> Iterator[Token]:
    """Yield the years that date the event of a verb."""
    for token in verb.sent:
        if YEAR.fullmatch(token.text):
            head = token
            while head.dep_ in _DATE_RELATIONS and head.head != verb:
                head = head.head
            if head.head == verb and head.dep_ in _DATE_RELATIONS:
                yield token
