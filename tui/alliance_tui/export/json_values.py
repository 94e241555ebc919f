"""Analyses as JSON objects: the schema that scripts rely on. Its keys are stable."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alliance_tui.export.provenance import provenance
from alliance_tui.records import Agreement, Amount, Analysis, Entity, Mention
from alliance_tui.review.entry import encode_for_export
from alliance_tui.review.marks import Marks
from alliance_tui.review.record_changes import RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, entries_on_listed

SCHEMA_VERSION = 1
"""The version of the schema: keys may be added without a new version, none changes its meaning."""

JsonObject = dict[str, Any]
NO_REVIEWS: Mapping[str, RecordReview] = {}


def analysis_to_json(
    analysis: Analysis, *, with_possible: bool = False, reviews: Mapping[str, RecordReview] = NO_REVIEWS
) -> JsonObject:
    """Return an analysis with the text of its document; offsets are code points from 0 in that text.

    With `with_possible` the possible agreements are among the others, each with `possible`: true. `reviews`
    are by record id; an agreement with one has it as `review`.
    """
    document = analysis.document
    agreements = [
        agreement_to_json(each) | ({"review": review_to_json(reviews[each.id])} if each.id in reviews else {})
        for each in analysis.agreements
    ]
    if with_possible:
        agreements += [agreement_to_json(agreement) | {"possible": True} for agreement in analysis.possible]
        agreements.sort(key=lambda agreement: (agreement["start"], agreement["anchor_start"]))
    return {
        "schema": SCHEMA_VERSION,
        "document": {
            "id": document.id,
            "path": document.path,
            "title": document.title,
            "date": document.date,
            "kind": document.kind,
            "source": document.source,
            "sha256": document.sha256,
            "characters": len(document.text),
            "extractor": analysis.extractor,
            "model": analysis.model,
            "text": document.text,
        },
        "entities": [entity_to_json(entity) for entity in analysis.entities],
        "agreements": agreements,
    }


def entity_to_json(entity: Entity) -> JsonObject:
    """Return an entity with all its mentions; `by_name` is false for mentions such as "the two leaders"."""
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type.value,
        "forms": list(entity.forms),
        "mentions": [_mention_to_json(mention) for mention in entity.mentions],
    }


def agreement_to_json(agreement: Agreement) -> JsonObject:
    """Return a record; `confidence` is present only where it is calibrated."""
    deadline = agreement.deadline
    value = {
        "id": agreement.id,
        "kind": agreement.kind.value,
        "title": agreement.title,
        "start": agreement.evidence.start,
        "end": agreement.evidence.end,
        "quote": agreement.evidence.quote,
        "anchor_start": agreement.trigger.start,
        "anchor_end": agreement.trigger.end,
        "strength": agreement.strength.value if agreement.strength else None,
        "parties": list(agreement.parties),
        "roles": {role: list(names) for role, names in agreement.roles.by_role().items()},
        "reaffirms": agreement.reaffirms,
        "deadline": deadline.edtf if deadline else None,
        "deadline_text": deadline.span.quote if deadline else None,
        "deadline_earliest": deadline.earliest if deadline else None,
        "deadline_latest": deadline.latest if deadline else None,
        "amounts": [_amount_to_json(amount) for amount in agreement.amounts],
        "instrument": agreement.instrument,
        "instrument_role": agreement.instrument_role.value if agreement.instrument_role else None,
        "domain": agreement.domain.value if agreement.domain else None,
        "attribution": agreement.attribution,
        "same_as": agreement.same_as,
        "section": agreement.section,
        "rule": agreement.rule,
        "page": agreement.page,
    }
    return value if agreement.confidence is None else value | {"confidence": agreement.confidence}


def review_to_json(review: RecordReview | None) -> JsonObject:
    """Return what the reader did with a record: judgement, corrected fields, notes and tags, who, when (ISO, UTC)."""
    review = review or RecordReview()
    return {
        "judgement": review.judgement.value if review.judgement else None,
        "corrected": list(review.corrected),
        "added": review.added,
        "notes": list(review.notes),
        "tags": list(review.tags),
        "author": review.author or None,
        "time": review.time or None,
    }


def _mention_to_json(mention: Mention) -> JsonObject:
    span = mention.span
    return {"start": span.start, "end": span.end, "form": span.quote, "by_name": mention.by_name}


def _amount_to_json(amount: Amount) -> JsonObject:
    return {"value": amount.value, "unit": amount.unit, "base": amount.base, "text": amount.span.quote}


def _document_to_json(document: ReviewedAnalysis, with_possible: bool) -> JsonObject:
    """Return an analysis as its reader sees it; `marks` and `log` are there where the reader left any.

    `review import` takes the entries of `log`, those on the records that are listed.
    """
    value = analysis_to_json(document.analysis, with_possible=with_possible, reviews=document.reviews)
    value["document"]["provenance"] = provenance(document)
    more = {
        "marks": marks_to_json(document),
        "log": [json.loads(encode_for_export(entry)) for entry in entries_on_listed(document)],
    }
    return value | {name: each for name, each in more.items() if each}


def marks_to_json(document: ReviewedAnalysis) -> JsonObject:
    """Return the notes, tags and bookmarks on the document, on entities by id, and on passages; {} without any."""
    passages = [
        {"start": each.start, "end": each.end, "quote": each.quote, **_marks_to_json(each.marks)}
        for each in document.passages
    ]
    value = {
        "document": _marks_to_json(document.document_marks) if document.document_marks else None,
        "entities": {identifier: _marks_to_json(marks) for identifier, marks in document.entity_marks.items()},
        "passages": passages,
    }
    return {name: each for name, each in value.items() if each}


def _marks_to_json(marks: Marks) -> JsonObject:
    return {
        "notes": list(marks.notes),
        "tags": list(marks.tags),
        "bookmarked": marks.bookmarked,
        "author": marks.author,
        "time": marks.time,
    }


def to_json(documents: Iterable[ReviewedAnalysis], *, with_possible: bool = False) -> Iterator[str]:
    """Yield each document as an indented object."""
    for document in documents:
        yield json.dumps(_document_to_json(document, with_possible), indent=2) + "\n"


def to_json_list(documents: Iterable[ReviewedAnalysis], *, with_possible: bool = False) -> Iterator[str]:
    """Yield an array of the documents, element by element."""
    separator = "["
    for document in documents:
        yield separator + "\n" + json.dumps(_document_to_json(document, with_possible), indent=2)
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def to_json_lines(documents: Iterable[ReviewedAnalysis], *, with_possible: bool = False) -> Iterator[str]:
    """Yield each document as an object on a line of its own."""
    for document in documents:
        yield json.dumps(_document_to_json(document, with_possible)) + "\n"
