"""Coded events: documents of one occasion with their coded records, and which of them are the same undertaking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.records import Analysis, Document
from tests.support.shared_folder import shared_folder

RecordKey = tuple[str, str]
"""The name of a document, and the id of one of its records."""

Pair = tuple[RecordKey, RecordKey]
"""Two records in sorted order."""

OWN_EVENTS = Path(__file__).parent.parent / "corpora" / "links"


class Event(Struct, frozen=True):
    """The documents of an event by name; the pairs that are the same, and those that count neither way."""

    name: str
    documents: dict[str, Analysis]
    same: frozenset[Pair]
    optional: frozenset[Pair]


def pair_of(first: RecordKey, second: RecordKey) -> Pair:
    """The pair of two records, whichever comes first."""
    return (first, second) if first <= second else (second, first)


def coded_events() -> Iterator[Event]:
    """The events of the shared folder, where it is present."""
    if shared := shared_folder():
        for path in sorted((shared / "links").glob("*.json")):
            yield _read_event(path, shared / "gold")


def _read_event(path: Path, gold: Path) -> Event:
    coded = json.loads(path.read_text("utf-8"))
    pairs = {kind: frozenset(_pair(*each) for each in coded[kind]) for kind in ("same", "optional")}
    names = sorted({name for each in pairs.values() for pair in each for name, _ in pair})
    return Event(coded["event"], {name: _read_document(gold, name) for name in names}, **pairs)


def _pair(first: str, second: str) -> Pair:
    return pair_of(_key(first), _key(second))


def _key(written: str) -> RecordKey:
    name, _, identifier = written.partition("#")
    return name, identifier


def _read_document(folder: Path, name: str) -> Analysis:
    document = Document.from_text((folder / f"{name}.txt").read_text("utf-8"), title=name)
    lines = (folder / f"{name}.records.jsonl").read_text("utf-8").splitlines()
    return analysis_of_given_records(document, lines, name)
