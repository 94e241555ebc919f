"""Standoff annotations of brat, and examples for training a span classifier.

brat: `.ann`, which belongs to the document's text in a file `.txt`; offsets count code points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from alliance_tui.errors import UsageError
from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.export.provenance import provenance, provenance_line
from alliance_tui.records import Agreement, Span
from alliance_tui.review.record_changes import Judgement, RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis


def to_brat(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield the lines of a `.ann` file: text-bound annotations, attributes and notes. It is on one text.

    Raises UsageError for a second document.
    """
    for number, reviewed in enumerate(documents):
        if number:
            raise UsageError("a file of brat is on one text: export one document, or narrow the query to one")
        yield from _Standoff(reviewed).lines()


class _Standoff:
    """Numbers the annotations of one document."""

    def __init__(self, reviewed: ReviewedAnalysis) -> None:
        self._reviewed = reviewed
        self._numbers = {"T": 0, "A": 0, "#": 0}

    def lines(self) -> Iterator[str]:
        analysis = self._reviewed.analysis
        first = ""
        for entity in analysis.entities:
            for mention in entity.mentions:
                identifier = self._next("T")
                yield self._text_bound(identifier, entity.type.capitalize(), mention.span)
        for record in analysis.agreements:
            identifier = self._next("T")
            first = first or identifier
            yield self._text_bound(identifier, record.kind.capitalize(), record.evidence)
            yield from self._attributes(identifier, record)
        if first:
            yield f"{self._next('#')}\tAnnotatorNotes {first}\t{provenance_line(self._reviewed)}\n"

    def _attributes(self, identifier: str, record: Agreement) -> Iterator[str]:
        review = self._reviewed.reviews.get(record.id)
        values = {
            "Strength": record.strength,
            "Domain": record.domain,
            "Judgement": review.judgement if review else None,
        }
        for name, value in values.items():
            if value:
                yield f"{self._next('A')}\t{name} {identifier} {value}\n"
        remarks = [
            record.title,
            f"parties: {'; '.join(record.parties)}" if record.parties else "",
            f"deadline: {record.deadline.edtf}" if record.deadline else "",
            *(review.notes if review else ()),
        ]
        words = collapse_whitespace(" | ".join(filter(None, remarks)))
        yield f"{self._next('#')}\tAnnotatorNotes {identifier}\t{words}\n"

    def _next(self, prefix: str) -> str:
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]}"

    def _text_bound(self, identifier: str, label: str, span: Span) -> str:
        """Return a text-bound annotation; a span over several lines has a fragment for each."""
        pieces = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", span.quote)]
        offsets = ";".join(f"{span.start + start} {span.start + end}" for start, end in pieces)
        words = " ".join(span.quote[start:end] for start, end in pieces)
        return f"{identifier}\t{label} {offsets}\t{words}\n"


def to_training_examples(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a line of JSON for each record that the reader judged, corrected or added: its paragraph with the evidence.

    A rejected record is a negative example ("answer": "reject"). The keys are those of spaCy's and Prodigy's span
    annotations; offsets count code points of `text`, which begins at `meta.start` in the document.
    """
    for reviewed in documents:
        for record in reviewed.analysis.agreements:
            review = reviewed.reviews.get(record.id)
            if review and review.is_decided:
                yield json.dumps(_training_example(reviewed, record, review)) + "\n"


def _training_example(reviewed: ReviewedAnalysis, record: Agreement, review: RecordReview) -> dict[str, object]:
    document = reviewed.analysis.document
    text = document.text
    start = text.rfind("\n", 0, min(record.evidence.start, record.trigger.start)) + 1
    end = text.find("\n", max(record.evidence.end, record.trigger.end))
    spans = ((str(record.kind), record.evidence), (TRIGGER_LABEL, record.trigger))
    return {
        "text": text[start : end if end >= 0 else len(text)],
        "spans": [{"start": span.start - start, "end": span.end - start, "label": label} for label, span in spans],
        "answer": "reject" if review.judgement is Judgement.REJECTED else "accept",
        "meta": {
            "document": document.id,
            "title": document.title,
            "date": document.date,
            "start": start,
            "record": record.id,
            "strength": record.strength,
            "parties": list(record.parties),
            "corrected": list(review.corrected),
            "added": review.added,
            "author": review.author,
            "time": review.time,
            **provenance(reviewed),
        },
    }


TRIGGER_LABEL = "trigger"
"""The label of the span of a record's trigger."""
