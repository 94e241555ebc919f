"""What a reader says of links: that two records are the same undertaking, or are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from alliance_tui.records import Agreement, Document
from alliance_tui.review.entry import Action, Entry, Step, active_entries, record_target


class LinkedRecord(Struct, frozen=True, order=True):
    """A record by the SHA-256 of its document's text and its id."""

    document: str
    record: str


class LinkDecision(Struct, frozen=True):
    """Two records, in sorted order, of which the reader says that they are the same undertaking, or are not."""

    first: LinkedRecord
    second: LinkedRecord
    is_same: bool


def decide_link(
    step: Step, record: Agreement, other_document: Document, other: Agreement, *, is_same: bool
) -> list[Entry]:
    """Confirm that a record of the step's document and one of another document are the same undertaking, or deny it."""
    action = Action.LINKED if is_same else Action.UNLINKED
    after = {"document": other_document.sha256, "record": other.id, "title": other_document.title}
    return [step.entry(action, record_target(step.document, record), after=after)]


def link_decisions(entries: Sequence[Entry]) -> list[LinkDecision]:
    """Return what the log says of links; of the same two records, what was said last."""
    decisions: dict[tuple[LinkedRecord, LinkedRecord], LinkDecision] = {}
    for entry in _on_links(active_entries(entries)):
        if other := _linked_record(entry.after):
            first, second = sorted((LinkedRecord(entry.document, entry.target.id), other))
            decisions[first, second] = LinkDecision(first, second, entry.action is Action.LINKED)
    return list(decisions.values())


def _on_links(entries: Iterable[Entry]) -> Iterable[Entry]:
    return (entry for entry in entries if entry.action in (Action.LINKED, Action.UNLINKED))


def _linked_record(value: Any) -> LinkedRecord | None:
    """Return the other record of an entry; None for a value of a later version."""
    match value:
        case {"document": str(document), "record": str(record)}:
            return LinkedRecord(document, record)
    return None
