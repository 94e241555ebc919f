"""Entries of the review log: what a reader did, when, to which words, with the values before and after.

An entry is never changed: undoing and redoing are entries of their own. The entries of one `step`, such as accepting
twenty records at once, are written together and undone together.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, convert, json, to_builtins
from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.records import Agreement, Document, Entity
from alliance_tui.review.text_anchor import TextAnchor, make_anchor


class Action(StrEnum):
    """What a reader did."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTED = "doubted"
    UNJUDGED = "unjudged"
    """The judgement was withdrawn."""
    CORRECTED = "corrected"
    ADDED = "added"
    SPLIT = "split"
    MERGED = "merged"
    NOTED = "noted"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    BOOKMARKED = "bookmarked"
    UNBOOKMARKED = "unbookmarked"
    RENAMED = "renamed"
    JOINED = "joined"
    PARTED = "parted"
    RETYPED = "retyped"
    DROPPED = "dropped"
    FORM_ADDED = "form-added"
    LINKED = "linked"
    """The record is the same undertaking as one of another document."""
    UNLINKED = "unlinked"
    UNDONE = "undone"
    REDONE = "redone"


HISTORY_ACTIONS = frozenset((Action.UNDONE, Action.REDONE))
"""The actions that concern a step rather than a target."""


class TargetKind(StrEnum):
    """The kinds of thing that an entry is about."""

    DOCUMENT = "document"
    PASSAGE = "passage"
    RECORD = "record"
    ENTITY = "entity"


class Target(Struct, frozen=True, omit_defaults=True):
    """What an entry is about.

    `id` is a record's; `name` an entity's. `anchor` is that of the passage, of the record's evidence or of the entity's
    first mention. `record` is the record as the reader saw it before the step, with offsets in the text at that time;
    `possible` says that the extraction held it for a possible agreement then.
    """

    kind: TargetKind
    id: str = ""
    name: str = ""
    anchor: TextAnchor | None = None
    record: Agreement | None = None
    possible: bool = False


class Entry(Struct, frozen=True, omit_defaults=True):
    """One entry of the log.

    `document` is the SHA-256 of the text, `place` the absolute path of its file or, of an entry that was imported, a
    hash of it, "" without one. `time` is ISO, UTC.
    `field` names the corrected field. `before` and `after` are JSON values. `undoes` is the step that an entry
    undoes or redoes. With `everywhere`, an entry on an entity counts in all documents.
    """

    id: str
    step: str
    time: str
    author: str
    document: str
    action: Action
    target: Target
    place: str = ""
    title: str = ""
    field: str = ""
    before: Any = None
    after: Any = None
    undoes: str = ""
    everywhere: bool = False


class Step(Struct, frozen=True):
    """What the entries of one step have in common; `possible` are the ids of possible agreements."""

    id: str
    time: str
    author: str
    document: Document
    possible: frozenset[str] = frozenset()

    def entry(
        self,
        action: Action,
        target: Target,
        *,
        field: str = "",
        before: Any = None,
        after: Any = None,
        undoes: str = "",
        everywhere: bool = False,
    ) -> Entry:
        """Return an entry of this step."""
        return Entry(
            id=_new_id(),
            step=self.id,
            time=self.time,
            author=self.author,
            document=self.document.sha256,
            action=action,
            target=replace(target, possible=True) if target.id in self.possible else target,
            place=place_of(self.document),
            title=self.document.title,
            field=field,
            before=before,
            after=after,
            undoes=undoes,
            everywhere=everywhere,
        )


def begin_step(document: Document, author: str, possible: Iterable[Agreement] = ()) -> Step:
    """Return a new step on a document, with its `possible` records, at the present time."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Step(_new_id(), time, author, document, frozenset(record.id for record in possible))


def step_like(entry: Entry, author: str) -> Step:
    """Return a new step on the document of an entry, for what needs no text: undoing and redoing."""
    return begin_step(Document("", entry.document, entry.title, entry.place or None), author)


def place_of(document: Document) -> str:
    """Return the absolute path of a document's file, without symbolic links; "" for a document without one."""
    path = document.path or ""
    return path if not path or is_exported_place(path) else os.path.realpath(path)


def exported_place(place: str) -> str:
    """Return a place as an export has it: a hash of the path, which tells nothing of this machine elsewhere."""
    if not place or is_exported_place(place):
        return place
    return _HASH + hashlib.sha256(os.fsencode(place)).hexdigest()


def is_exported_place(place: str) -> bool:
    """Return whether a place is a hash, as that of an entry that was imported."""
    return place.startswith(_HASH)


_HASH = "urn:sha256:"


def _new_id() -> str:
    return secrets.token_hex(16)


def document_target() -> Target:
    """Return the document as a target."""
    return Target(TargetKind.DOCUMENT)


def passage_target(document: Document, start: int, end: int) -> Target:
    """Return a passage as a target."""
    return Target(TargetKind.PASSAGE, anchor=make_anchor(document.text, start, end))


def record_target(document: Document, record: Agreement) -> Target:
    """Return a record as a target."""
    evidence = record.evidence
    return Target(
        TargetKind.RECORD,
        id=record.id,
        anchor=make_anchor(document.text, evidence.start, evidence.end),
        record=record,
    )


def entity_target(document: Document, entity: Entity) -> Target:
    """Return an entity as a target."""
    first = entity.mentions[0].span
    anchor = make_anchor(document.text, first.start, first.end)
    return Target(TargetKind.ENTITY, id=entity.id, name=entity.name, anchor=anchor)


_encoder = json.Encoder(order="deterministic")
_decoder = json.Decoder(Entry)


def encode_entry(entry: Entry) -> bytes:
    """Encode an entry as JSON, each value always to the same bytes."""
    return _encoder.encode(entry)


def encode_for_export(entry: Entry) -> bytes:
    """Encode an entry as JSON without the path of the document's file."""
    return encode_entry(replace(entry, place=exported_place(entry.place)))


def decode_entry(line: str) -> Entry:
    """Decode an entry; what it quotes and says passes the gate for foreign text, as it may come from elsewhere.

    Raises msgspec.MsgspecError or ValueError for one that is damaged or of a later version.
    """
    entry = _decoder.decode(line)
    if "\\u" not in line and sanitise(line) == line:
        return entry
    return convert(_sanitised(to_builtins(entry)), Entry)


def _sanitised(value: Any) -> Any:
    match value:
        case str():
            return sanitise(value)
        case list() | tuple():
            return [_sanitised(each) for each in value]
        case dict():
            return {key: _sanitised(each) for key, each in value.items()}
    return value


def active_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the steps that were not undone, or were redone since, in their order."""
    undone = undone_steps(entries)
    return [entry for entry in entries if entry.action not in HISTORY_ACTIONS and entry.step not in undone]


def undone_steps(entries: Sequence[Entry]) -> set[str]:
    """Return the steps that are undone now."""
    undone: set[str] = set()
    for entry in entries:
        if entry.action is Action.UNDONE:
            undone.add(entry.undoes)
        elif entry.action is Action.REDONE:
            undone.discard(entry.undoes)
    return undone


def step_to_undo(entries: Sequence[Entry], author: str) -> str | None:
    """Return the author's latest step that is not undone; None without one."""
    active = [entry for entry in active_entries(entries) if entry.author == author]
    return active[-1].step if active else None


def step_to_redo(entries: Sequence[Entry], author: str) -> str | None:
    """Return the step that the author undid last, unless it was redone or another step followed; else None."""
    undone = undone_steps(entries)
    for entry in reversed([entry for entry in entries if entry.author == author]):
        if entry.action is Action.UNDONE and entry.undoes in undone:
            return entry.undoes
        if entry.action not in HISTORY_ACTIONS and entry.step not in undone:
            return None
    return None
