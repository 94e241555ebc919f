"""Records given in JSON Lines, such as hand-coded ones, as the agreements of their document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from alliance_tui.errors import DocumentError
from alliance_tui.records import Agreement, Amount, Analysis, Deadline, Document, Domain, Kind, Span, Strength

_GIVEN_RULE = "given"


def analysis_of_given_records(document: Document, lines: Iterable[str], name: str) -> Analysis:
    """Return an analysis with the records of JSON Lines: `start`, `end` and, where given, the fields of the contract.

    A record without `id` has r and the number of its line, from 1. Records stand in order of their evidence. Raises
    DocumentError, naming the line of the file `name`, for a line that is no record of this document.
    """
    agreements = [_agreement(document, line, number, name) for number, line in enumerate(lines, 1) if line.strip()]
    agreements.sort(key=lambda agreement: agreement.evidence.start)
    return Analysis(document, (), tuple(agreements), _GIVEN_RULE, "")


def _agreement(document: Document, line: str, number: int, name: str) -> Agreement:
    try:
        return _from_fields(document, json.loads(line), number)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DocumentError(
            f"{name}, line {number} is no record of {document.path or document.title}: "
            "each line is an object with start and end, offsets in the text"
        ) from error


def _from_fields(document: Document, fields: dict[str, Any], number: int) -> Agreement:
    evidence = document.span(fields["start"], fields["end"])
    begin, end = fields.get("anchor_start"), fields.get("anchor_end")
    trigger = document.span(begin, end) if begin is not None and end is not None else evidence
    strength, domain, deadline = fields.get("strength"), fields.get("domain"), fields.get("deadline")
    return Agreement(
        id=str(fields.get("id") or f"r{number}"),
        kind=Kind(fields.get("kind", Kind.AGREEMENT)),
        title=fields.get("title") or " ".join(evidence.quote.split()),
        evidence=evidence,
        trigger=trigger,
        rule=_GIVEN_RULE,
        strength=Strength(strength) if strength else None,
        parties=tuple(map(str, fields.get("parties") or ())),
        reaffirms=bool(fields.get("reaffirms")),
        deadline=Deadline(deadline, _quoted(document, evidence, fields.get("deadline_text"))) if deadline else None,
        amounts=tuple(
            Amount(amount["value"], amount["unit"], _quoted(document, evidence, amount.get("text")))
            for amount in fields.get("amounts") or ()
        ),
        instrument=fields.get("instrument"),
        domain=Domain(domain) if domain else None,
        attribution=fields.get("attribution"),
        same_as=fields.get("same_as"),
    )


def _quoted(document: Document, evidence: Span, words: str | None) -> Span:
    """Return where the evidence has these words; all of it where it has not."""
    start = evidence.quote.find(words) if words else -1
    if words is None or start < 0:
        return evidence
    return document.span(evidence.start + start, evidence.start + start + len(words))
