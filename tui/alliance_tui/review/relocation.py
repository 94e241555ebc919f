"""Records at new offsets: as they were seen in an earlier text, or beside those of another extraction."""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.records import Agreement, Document, Span

_SAME_EVIDENCE = 0.6
"""The least overlap, as a share of what both pieces of evidence cover, of two records of one undertaking."""


def relocate(record: Agreement, document: Document, start: int, end: int) -> Agreement:
    """Return the record with `text[start:end]` as its evidence and all other spans moved along.

    A cue whose words are gone is left out; a trigger, deadline or amount whose words are gone rests on the evidence.
    """
    evidence = document.span(start, end)
    if evidence == record.evidence and all(
        document.text[span.start : span.end] == span.quote for span in record.spans()
    ):
        return record
    shift = start - record.evidence.start

    def move(span: Span) -> Span | None:
        moved = span.start + shift
        if moved >= 0 and document.text[moved : moved + len(span.quote)] == span.quote:
            return document.span(moved, moved + len(span.quote))
        found = document.text.find(span.quote, start, end)
        return document.span(found, found + len(span.quote)) if found >= 0 else None

    deadline = record.deadline and replace(record.deadline, span=move(record.deadline.span) or evidence)
    return replace(
        record,
        evidence=evidence,
        trigger=evidence if record.trigger == record.evidence else move(record.trigger) or evidence,
        cues=tuple(moved for cue in record.cues if (moved := move(cue))),
        deadline=deadline,
        amounts=tuple(replace(amount, span=move(amount.span) or evidence) for amount in record.amounts),
        page=document.page_of(start),
    )


def same_undertaking(record: Agreement, other: Agreement) -> float:
    """Return how much two records of one text look like one undertaking: 0 for not at all, at most 2."""
    shared = min(record.evidence.end, other.evidence.end) - max(record.evidence.start, other.evidence.start)
    if shared <= 0:
        return 0.0
    covered = max(record.evidence.end, other.evidence.end) - min(record.evidence.start, other.evidence.start)
    overlap = shared / covered
    if record.trigger == other.trigger:
        return 1 + overlap
    return overlap if overlap >= _SAME_EVIDENCE else 0.0
