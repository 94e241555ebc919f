"""Redundant records: what another record of the same words already says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import Agreement, Kind, Span

_ANNOUNCEMENT = re.compile(r"announc", re.IGNORECASE)
"""The trigger of an announcement."""


@cache
def _signing() -> re.Pattern[str]:
    """The start of the trigger of a signing."""
    return re.compile(alternation(load(InstrumentRoles).signing_quotes.trigger_stems))


@cache
def _signed_document() -> re.Pattern[str]:
    """The start of a quote that only describes a document: "a new deal [to lend]"."""
    nouns = alternation(load(InstrumentRoles).signing_quotes.objects)
    return re.compile(rf"(?:[\w.-]+ ){{0,5}}?(?:{nouns}) ", re.IGNORECASE)


def drop_redundant_records(records: Sequence[Agreement]) -> list[Agreement]:
    """Leave out agreements that another one makes redundant; the other kinds are kept.

    Of agreements with the same quote only the one with the highest confidence is kept ("pledged that we will lend").
    An announcement goes where its content is an agreement of its own ("the announcement that it will lend"), and the
    content of a document beside the signing of it ("signed an agreement to lend").
    """
    by_quote: dict[tuple[int, int], Agreement] = {}
    for record in sorted(records, key=lambda record: record.confidence or 0.0):
        if record.kind is Kind.AGREEMENT:
            by_quote[record.evidence.start, record.evidence.end] = record
    best = {id(record) for record in by_quote.values()}
    agreements = _AgreementsByStart(by_quote.values())
    return [
        record
        for record in records
        if record.kind is not Kind.AGREEMENT or (id(record) in best and not _is_redundant(record, agreements))
    ]


class _AgreementsByStart:
    """Agreements by the offset of their evidence, to find those within or around another one's."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        self._agreements = sorted(agreements, key=lambda agreement: agreement.evidence.start)
        self._starts = [agreement.evidence.start for agreement in self._agreements]
        spans = (agreement.evidence for agreement in self._agreements)
        self._longest = max((span.end - span.start for span in spans), default=0)

    def overlapping(self, span: Span) -> Sequence[Agreement]:
        """Return the agreements whose evidence overlaps a span, and some before it."""
        first = bisect_left(self._starts, span.start - self._longest)
        return self._agreements[first : bisect_left(self._starts, span.end)]


def _is_redundant(record: Agreement, agreements: _AgreementsByStart) -> bool:
    near = agreements.overlapping(record.evidence)
    if _ANNOUNCEMENT.match(record.trigger.quote) and any(_is_within(other, record) for other in near):
        return True
    is_document = _signed_document().match(record.evidence.quote) is not None
    return is_document and any(_signing().match(other.trigger.quote) and _is_within(record, other) for other in near)


def _is_within(inner: Agreement, outer: Agreement) -> bool:
    """Whether the evidence of one record is within that of another."""
    return (
        inner is not outer and outer.evidence.start <= inner.evidence.start and inner.evidence.end <= outer.evidence.end
    )
