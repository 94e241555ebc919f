"""What readers judged and corrected, to train on: exports in the formats "spacy" and "jsonl".

A line of "spacy" is a record in its paragraph, which is read as a document of its own; a line of "jsonl" is a whole
document, of which only the reviewed records count. Rejected records are negative examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from alliance_tui.errors import UsageError
from alliance_tui.export.interchange.standoff import TRIGGER_LABEL
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.records import Kind
from alliance_tui.training.annotations import LABELLED_WEIGHT, Metadata, TrainingDocument

_LABELS = {Kind.AGREEMENT: Label.AGREEMENT, Kind.DECLARATORY: Label.DECLARATORY}


class _Example(Struct):
    """A line of "spacy"."""

    text: str
    spans: list[dict[str, Any]]
    answer: str
    meta: dict[str, Any]


class _ReviewedDocument(Struct):
    """A line of "jsonl"."""

    document: dict[str, Any]
    agreements: list[dict[str, Any]]


def read_reviewed_records(path: Path) -> list[TrainingDocument]:
    """Return the paragraphs and documents of an export with the labels of their triggers.

    Raises UsageError, naming the line, for a file that is neither export.
    """
    documents: dict[tuple[str, str], TrainingDocument] = {}
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}): name an export of reviewed records") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text, date, name, labels = _read_line(line)
        except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
            raise UsageError(
                f"{path}, line {number} is no reviewed record ({error}): write the file with "
                "alliance-tui library export --format spacy, or --format jsonl --only judged"
            ) from error
        known = documents.get((name, text))
        labelled = {**(known.labelled_triggers if known else {}), **labels}
        documents[name, text] = TrainingDocument(
            Path(name), Metadata.of_date(date), labelled_triggers=labelled, text=text
        )
    return list(documents.values())


def _read_line(line: str) -> tuple[str, str | None, str, dict[int, tuple[Label, float]]]:
    """Return the text, the document's date and name, and the labels by the offset of the trigger."""
    value = json.loads(line)
    if "answer" in value:
        example = msgspec.convert(value, _Example)
        return example.text, example.meta.get("date"), str(example.meta["document"]), dict(_example_label(example))
    reviewed = msgspec.convert(value, _ReviewedDocument)
    document = reviewed.document
    labels = dict(label for record in reviewed.agreements for label in _record_label(record))
    return document["text"], document["date"], document["id"], labels


def _example_label(example: _Example) -> Iterator[tuple[int, tuple[Label, float]]]:
    spans = {span["label"]: span for span in example.spans}
    trigger = spans.pop(TRIGGER_LABEL)["start"]
    for kind in spans:
        yield from _label(trigger, kind, example.answer == "reject")


def _record_label(record: dict[str, Any]) -> Iterator[tuple[int, tuple[Label, float]]]:
    review = record.get("review")
    if not review:
        return
    judgement = review["judgement"]
    is_kept = judgement == "accepted" or (judgement is None and (review["corrected"] or review["added"]))
    if is_kept or judgement == "rejected":
        yield from _label(record["anchor_start"], record["kind"], judgement == "rejected")


def _label(trigger: int, kind: str, is_rejected: bool) -> Iterator[tuple[int, tuple[Label, float]]]:
    """Yield the label of a trigger; none for a kept record that is a package, which rules tell."""
    label = Label.NOTHING if is_rejected else _LABELS.get(Kind(kind))
    if label is not None:
        yield int(trigger), (label, LABELLED_WEIGHT)
