"""Records and entries of the review log as W3C Web Annotations (JSON-LD), and such annotations as entries.

An annotation of an entry holds the entry itself as a JSON literal, from which it comes back unchanged. Others come back
as notes and tags on the passage that their TextQuoteSelector quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from alliance_tui.errors import LibraryError
from alliance_tui.export.json_values import JsonObject, agreement_to_json, review_to_json
from alliance_tui.export.provenance import PROGRAM, provenance
from alliance_tui.records import Agreement, Document
from alliance_tui.review.entry import Action, Entry, Target, TargetKind, decode_entry, encode_for_export
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, entries_on_listed
from alliance_tui.review.text_anchor import TextAnchor, make_anchor

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "entry": {"@id": "urn:alliance-tui:entry", "@type": "@json"},
        "record": {"@id": "urn:alliance-tui:record", "@type": "@json"},
    },
]
_TEXT_URN = "urn:sha256:"
_MOTIVATIONS = {
    Action.NOTED: "commenting",
    Action.TAGGED: "tagging",
    Action.BOOKMARKED: "bookmarking",
    Action.CORRECTED: "editing",
    Action.ADDED: "identifying",
}


def records_to_annotations(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield one annotation page with an annotation for each record, and one for each entry of the log on it.

    The entries on the document, its entities and its passages are there, too: the log comes back from the page.
    """
    yield from _page(item for reviewed in documents for item in _document_annotations(reviewed))


def _document_annotations(reviewed: ReviewedAnalysis) -> Iterator[JsonObject]:
    yield from (_record_annotation(reviewed, record) for record in reviewed.analysis.agreements)
    yield from (_entry_annotation(entry) for entry in entries_on_listed(reviewed))


def entries_to_annotations(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one annotation page with an annotation for each entry of a review log."""
    yield from _page(_entry_annotation(entry) for entry in entries)


def _page(items: Iterable[JsonObject]) -> Iterator[str]:
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"type": "AnnotationPage",\n"items": ['
    separator = "\n"
    for item in items:
        yield separator + json.dumps(item)
        separator = ",\n"
    yield "\n]}\n"


def _record_annotation(reviewed: ReviewedAnalysis, record: Agreement) -> JsonObject:
    document, review = reviewed.analysis.document, reviewed.reviews.get(record.id)
    anchor = make_anchor(document.text, record.evidence.start, record.evidence.end)
    tags = [str(record.strength or record.kind), *(review.tags if review else ())]
    notes = review.notes if review else ()
    value = {
        "id": f"urn:alliance-tui:{document.id}:{record.id}",
        "type": "Annotation",
        "motivation": "assessing" if review and review.judgement else "identifying",
        "generator": {"type": "Software", "name": PROGRAM},
        "body": [
            _body("describing", record.title),
            *(_body("tagging", tag) for tag in tags),
            *(_body("commenting", note) for note in notes),
        ],
        "target": _target(document.sha256, anchor, document),
        "record": agreement_to_json(record) | {"review": review_to_json(review), "provenance": provenance(reviewed)},
    }
    if review and review.time:
        value |= {"creator": {"type": "Person", "name": review.author}, "created": _xsd_time(review.time)}
    return value


def _body(purpose: str, value: str) -> JsonObject:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(sha256: str, anchor: TextAnchor | None, document: Document | None = None) -> JsonObject:
    source = {"id": f"{_TEXT_URN}{sha256}", "type": "Text", "format": "text/plain"}
    if document:
        source |= {"dcterms:title": document.title}
    if anchor is None:
        return source
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.start + len(anchor.exact)}
    return {"type": "SpecificResource", "source": source["id"], "selector": [quote, position]}


def _entry_annotation(entry: Entry) -> JsonObject:
    words = [word for word in (str(entry.action), entry.field) if word]
    body = [_body("describing", " ".join(words))]
    if entry.action in (Action.NOTED, Action.TAGGED) and entry.after:
        body.append(_body(_MOTIVATIONS[entry.action], str(entry.after)))
    return {
        "id": f"urn:uuid:{_uuid(entry.id)}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS.get(entry.action, "assessing"),
        "creator": {"type": "Person", "name": entry.author},
        "created": _xsd_time(entry.time),
        "body": body,
        "target": _target(entry.document, entry.target.anchor),
        "entry": json.loads(encode_for_export(entry)),
    }


def _uuid(identifier: str) -> str:
    """Return 32 hexadecimal digits as a UUID is written; another id as it is."""
    parts = (identifier[:8], identifier[8:12], identifier[12:16], identifier[16:20], identifier[20:])
    return "-".join(parts) if len(identifier) == 32 else identifier


def _xsd_time(time: str) -> str:
    return time.replace("+00:00", "Z")


def parse_annotations(text: str, name: str, document: Document | None = None) -> list[Entry]:
    """Return the entries of an annotation, or of a page, collection or list of annotations.

    Annotations of other programs become notes and tags; they are on `document` unless their source names a text by its
    hash. Raises LibraryError for a file that holds no annotations, or one that is on no known text.
    """
    try:
        entries = [entry for item in _items(json.loads(text)) for entry in _entries(item, document)]
    except (ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise LibraryError(f"{name} is not a file of web annotations ({error}): export it again as JSON-LD") from error
    if not entries:
        reason = f"{name} has no annotation with a quote on a known text"
        raise LibraryError(f"{reason}: name the document with --document")
    return entries


def _items(value: Any) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for each in value:
            yield from _items(each)
    elif "items" in value:
        yield from _items(value["items"])
    elif "first" in value and isinstance(value["first"], dict):
        yield from _items(value["first"])
    elif value.get("type") == "Annotation":
        yield value


def _entries(item: JsonObject, document: Document | None) -> Iterator[Entry]:
    if "entry" in item:
        yield decode_entry(json.dumps(item["entry"]))
        return
    if "record" in item:  # what the reader did with it is in entries of their own
        return
    target = item["target"]
    source = target.get("source", "") if isinstance(target, dict) else ""
    source = source.get("id", "") if isinstance(source, dict) else source
    sha256 = source.removeprefix(_TEXT_URN) if source.startswith(_TEXT_URN) else document.sha256 if document else ""
    selectors = target.get("selector", []) if isinstance(target, dict) else []
    quote = _selector(selectors, "TextQuoteSelector")
    if not sha256 or not quote:
        return
    position = _selector(selectors, "TextPositionSelector") or {}
    anchor = TextAnchor(quote["exact"], quote.get("prefix", ""), quote.get("suffix", ""), int(position.get("start", 0)))
    creator = item.get("creator", "")
    author = creator.get("name", "") if isinstance(creator, dict) else str(creator)
    bodies = item.get("body", item.get("bodyValue", []))
    for number, body in enumerate(bodies if isinstance(bodies, list) else [bodies]):
        purpose = body.get("purpose", "commenting") if isinstance(body, dict) else "commenting"
        words = body.get("value", "") if isinstance(body, dict) else str(body)
        if words:
            action = Action.TAGGED if purpose == "tagging" else Action.NOTED
            identifier = f"{item.get('id', '')}#{number}"
            yield Entry(
                id=identifier,
                step=identifier,
                time=str(item.get("created", "")),
                author=author or "import",
                document=sha256,
                action=action,
                target=Target(TargetKind.PASSAGE, anchor=anchor),
                after=words,
            )


def _selector(selectors: Sequence[JsonObject] | JsonObject, kind: str) -> JsonObject | None:
    """Return the selector of this type, also where it refines another one."""
    for each in selectors if isinstance(selectors, list) else [selectors]:
        if isinstance(each, dict):
            if each.get("type") == kind:
                return each
            if "refinedBy" in each and (refined := _selector(each["refinedBy"], kind)):
                return refined
    return None
