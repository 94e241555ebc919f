"""What a reader can do, as entries for the log. Nothing changes until the entries are appended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from alliance_tui.records import Agreement, Document, Entity, EntityType, record_id
from alliance_tui.review.entity_changes import Part
from alliance_tui.review.entry import (
    Action,
    Entry,
    Step,
    Target,
    document_target,
    entity_target,
    record_target,
)
from alliance_tui.review.record_changes import Judgement, Merge
from alliance_tui.review.record_fields import field_to_json

READER_RULE = "reader"
"""The rule of records that a reader added, split or merged."""

_JUDGING_ACTIONS = {
    Judgement.ACCEPTED: Action.ACCEPTED,
    Judgement.REJECTED: Action.REJECTED,
    Judgement.DOUBTED: Action.DOUBTED,
    None: Action.UNJUDGED,
}


def judge(
    step: Step, records: Iterable[tuple[Agreement, Judgement | None]], judgement: Judgement | None
) -> list[Entry]:
    """Judge records, each given with its judgement until now; those that have this judgement are left alone."""
    return [
        step.entry(_JUDGING_ACTIONS[judgement], record_target(step.document, record), before=before, after=judgement)
        for record, before in records
        if before is not judgement
    ]


def correct(step: Step, record: Agreement, corrected: Agreement, name: str) -> list[Entry]:
    """Correct a field to its value in `corrected`; nothing if that is the present one."""
    if getattr(record, name) == getattr(corrected, name):
        return []
    before, after = (field_to_json(step.document, each, name) for each in (record, corrected))
    target = record_target(step.document, record)
    return [step.entry(Action.CORRECTED, target, field=name, before=before, after=after)]


def add_record(step: Step, record: Agreement) -> list[Entry]:
    """Add a record, which counts as accepted."""
    target = record_target(step.document, record)
    return [step.entry(Action.ADDED, target), step.entry(Action.ACCEPTED, target, after=Judgement.ACCEPTED)]


def split(step: Step, record: Agreement, offset: int) -> list[Entry]:
    """Split a record where a word begins: the parts have the evidence on either side and all other fields."""
    evidence, text = record.evidence, step.document.text
    first_end = len(text[:offset].rstrip(" ,;\n\t"))
    parts = [
        _with_evidence(step.document, record, start, end)
        for start, end in ((evidence.start, first_end), (offset, evidence.end))
    ]
    after = msgspec.to_builtins(parts)
    return [step.entry(Action.SPLIT, record_target(step.document, record), before=record.id, after=after)]


def _with_evidence(document: Document, record: Agreement, start: int, end: int) -> Agreement:
    """Return a part of a record: with its own evidence, and the spans that lie in it."""
    evidence = document.span(start, end)

    def holds(span_start: int, span_end: int) -> bool:
        return start <= span_start and span_end <= end

    trigger = record.trigger if holds(record.trigger.start, record.trigger.end) else evidence
    deadline = record.deadline
    return msgspec.structs.replace(
        record,
        id=record_id(document, "reader", evidence, trigger),
        title=" ".join(evidence.quote.split())[:_TITLE_LENGTH],
        rule=READER_RULE,
        evidence=evidence,
        trigger=trigger,
        cues=tuple(cue for cue in record.cues if holds(cue.start, cue.end)),
        deadline=deadline if deadline and holds(deadline.span.start, deadline.span.end) else None,
        amounts=tuple(amount for amount in record.amounts if holds(amount.span.start, amount.span.end)),
        page=document.page_of(start),
    )


_TITLE_LENGTH = 80


def merge(step: Step, records: Sequence[Agreement]) -> list[Entry]:
    """Merge records into the first: evidence from the first word to the last, the fields of all.

    A field with one value has the first record's that has any. Nothing for fewer than two records.
    """
    if len(records) < 2:
        return []
    ordered = sorted(records, key=lambda record: record.evidence.start)
    first, document = ordered[0], step.document
    evidence = document.span(first.evidence.start, max(record.evidence.end for record in ordered))
    strengths = [record.strength for record in ordered if record.strength]
    merged = msgspec.structs.replace(
        first,
        evidence=evidence,
        parties=tuple(dict.fromkeys(party for record in ordered for party in record.parties)),
        strength=min(strengths, key=lambda strength: strength.rank, default=None),
        deadline=next((record.deadline for record in ordered if record.deadline), None),
        amounts=tuple(dict.fromkeys(amount for record in ordered for amount in record.amounts)),
        instrument=next((record.instrument for record in ordered if record.instrument), None),
        instrument_role=next((record.instrument_role for record in ordered if record.instrument), None),
        attribution=next((record.attribution for record in ordered if record.attribution), None),
        cues=tuple(sorted({cue for record in ordered for cue in record.cues}, key=lambda cue: cue.start)),
    )
    after = msgspec.to_builtins(Merge(merged, tuple(record.id for record in ordered[1:])))
    before = msgspec.to_builtins(ordered)
    return [step.entry(Action.MERGED, record_target(document, first), before=before, after=after)]


def write_note(step: Step, target: Target, words: str, before: str | None = None) -> list[Entry]:
    """Write a note or, with its words until now, change it; without words, delete it."""
    words = words.strip()
    if words == (before or ""):
        return []
    return [step.entry(Action.NOTED, target, before=before, after=words or None)]


def tag(step: Step, targets: Iterable[Target], word: str) -> list[Entry]:
    """Tag something."""
    return [step.entry(Action.TAGGED, target, after=word) for target in targets]


def untag(step: Step, targets: Iterable[Target], word: str) -> list[Entry]:
    """Take a tag away."""
    return [step.entry(Action.UNTAGGED, target, before=word) for target in targets]


def bookmark(step: Step, target: Target, *, on: bool = True) -> list[Entry]:
    """Set or remove a bookmark."""
    return [step.entry(Action.BOOKMARKED if on else Action.UNBOOKMARKED, target)]


def rename(step: Step, entity: Entity, name: str, *, everywhere: bool = False) -> list[Entry]:
    """Rename an entity; under the name of another one, they are joined."""
    return _change_entity(step, Action.RENAMED, entity, entity.name, name, everywhere)


def join(step: Step, entity: Entity, other: Entity, *, everywhere: bool = False) -> list[Entry]:
    """Join an entity to another one, whose name and type both have then."""
    return _change_entity(step, Action.JOINED, entity, entity.name, other.name, everywhere)


def part(step: Step, entity: Entity, forms: Sequence[str], name: str, type_: EntityType) -> list[Entry]:
    """Make some forms of an entity an entity of its own."""
    after = msgspec.to_builtins(Part(tuple(forms), name, type_))
    return _change_entity(step, Action.PARTED, entity, list(entity.forms), after, False)


def retype(step: Step, entity: Entity, type_: EntityType, *, everywhere: bool = False) -> list[Entry]:
    """Give an entity another type."""
    return _change_entity(step, Action.RETYPED, entity, entity.type, type_, everywhere)


def drop(step: Step, entity: Entity, *, everywhere: bool = False) -> list[Entry]:
    """Drop an entity."""
    return [step.entry(Action.DROPPED, entity_target(step.document, entity), before=entity.name, everywhere=everywhere)]


def add_form(step: Step, entity: Entity, form: str, *, everywhere: bool = False) -> list[Entry]:
    """Add a surface form to an entity: its mentions by that form are found in the text."""
    return _change_entity(step, Action.FORM_ADDED, entity, list(entity.forms), form, everywhere)


def _change_entity(
    step: Step, action: Action, entity: Entity, before: Any, after: Any, everywhere: bool
) -> list[Entry]:
    target = entity_target(step.document, entity)
    return [step.entry(action, target, before=before, after=after, everywhere=everywhere)] if before != after else []


def undo(step: Step, undone: str, *, everywhere: bool = False) -> list[Entry]:
    """Undo the step of this id, `everywhere` if its entries count in all documents."""
    return [step.entry(Action.UNDONE, document_target(), undoes=undone, everywhere=everywhere)]


def redo(step: Step, redone: str, *, everywhere: bool = False) -> list[Entry]:
    """Redo the step of this id, which was undone, `everywhere` if its entries count in all documents."""
    return [step.entry(Action.REDONE, document_target(), undoes=redone, everywhere=everywhere)]
