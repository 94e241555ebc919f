"""Coded events: documents of one occasion with their coded records, and which of them are the same undertaking."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.records import Analysis, Document
from tests.quality.data_sets import CORPORA, LINKED, AnnotatedDocument, annotated_documents
from tests.support.shared_folder import shared_folder

RecordKey = tuple[str, str]
"""The name of a document, and the id of one of its records."""

Pair = tuple[RecordKey, RecordKey]
"""Two records in sorted order."""


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
    """All coded events; none where the shared folder, which has their texts, is absent."""
    yield from shared_events()
    yield from own_events()


def shared_events() -> Iterator[Event]:
    """The events of the shared folder, coded there by two readers."""
    if shared := shared_folder():
        documents = _SharedDocuments(shared / "gold")
        for path in sorted((shared / "links").glob("*.json")):
            yield _read_event(path, documents)


def own_events() -> Iterator[Event]:
    """The events coded in the project: of one occasion, or of two that are years apart."""
    documents = {each.name: _analysis(each) for each in annotated_documents([LINKED])}
    for path in sorted((CORPORA / LINKED).glob("*.links.json")):
        if documents:
            yield _read_event(path, documents)


class _SharedDocuments(dict[str, Analysis]):
    """The documents of a folder with their coded records, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __missing__(self, name: str) -> Analysis:
        document = Document.from_text((self._folder / f"{name}.txt").read_text("utf-8"), title=name)
        lines = (self._folder / f"{name}.records.jsonl").read_text("utf-8").splitlines()
        return analysis_of_given_records(document, lines, name)


def _analysis(annotated: AnnotatedDocument) -> Analysis:
    return analysis_of_given_records(annotated.document, map(json.dumps, annotated.records), annotated.name)


def _read_event(path: Path, documents: Mapping[str, Analysis]) -> Event:
    coded = json.loads(path.read_text("utf-8"))
    pairs = {kind: frozenset(_pair(*each) for each in coded[kind]) for kind in ("same", "optional")}
    names = sorted({name for each in pairs.values() for pair in each for name, _ in pair})
    return Event(coded["event"], {name: documents[name] for name in names}, **pairs)


def _pair(first: str, second: str) -> Pair:
    return pair_of(_key(first), _key(second))


def _key(written: str) -> RecordKey:
    name, _, identifier = written.partition("#")
    return name, identifier
