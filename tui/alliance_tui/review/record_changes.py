"""What the log makes of the records of an analysis: found again, judged, corrected, added, split and merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.records import Agreement, Analysis, Document, Span
from alliance_tui.review.entry import Action, Entry
from alliance_tui.review.marks import noted, with_value
from alliance_tui.review.record_fields import EVIDENCE, with_field
from alliance_tui.review.relocation import relocate, same_undertaking
from alliance_tui.review.text_anchor import Location, locate

_Value = TypeVar("_Value")


class Judgement(StrEnum):
    """The reader's judgement on a record."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTED = "doubted"


_DECISIONS = frozenset((Judgement.ACCEPTED, Judgement.REJECTED))
JUDGEMENTS: Mapping[Action, Judgement | None] = {
    Action.ACCEPTED: Judgement.ACCEPTED,
    Action.REJECTED: Judgement.REJECTED,
    Action.DOUBTED: Judgement.DOUBTED,
    Action.UNJUDGED: None,
}


class RecordReview(Struct, frozen=True, omit_defaults=True):
    """What the reader did with a record.

    `corrected` are the names of the corrected fields. An `added` record is the reader's own. `words_changed` says that
    the evidence reads slightly differently now. `is_extracted` is false where the extraction no longer lists it.
    """

    judgement: Judgement | None = None
    corrected: tuple[str, ...] = ()
    added: bool = False
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    author: str = ""
    time: str = ""
    words_changed: bool = False
    is_extracted: bool = True

    @property
    def is_changed(self) -> bool:
        """Whether the reader corrected or added it."""
        return bool(self.corrected or self.added)

    @property
    def is_decided(self) -> bool:
        """Whether the reader says what is right: accepted, rejected, or corrected or added and not in doubt."""
        return self.judgement is not Judgement.DOUBTED if self.is_changed else self.judgement in _DECISIONS


class LostRecord(Struct, frozen=True):
    """A record whose words are no longer in the text, as the reader saw it last."""

    record: Agreement
    review: RecordReview


def with_new_reference(record: Agreement, logged_ids: Mapping[str, str]) -> Agreement:
    """Return the record with the present id of the one that it restates."""
    logged = logged_ids.get(record.same_as or "")
    return replace(record, same_as=logged) if logged else record


class WorkingRecord:
    """A record while the log's entries are applied to it; `replaced` once others stand in its place."""

    def __init__(self, base: Agreement, review: RecordReview | None = None, *, is_possible: bool = False) -> None:
        self.base = base
        self.review = review
        self._is_below_threshold = is_possible
        self.was_listed = False
        """Whether the reader saw it among the records and judged, corrected or marked it there."""
        self.corrections: list[Entry] = []
        self.replaced = False

    @property
    def is_possible(self) -> bool:
        """Whether it is below the extraction's threshold, and the reader has neither seen it as a record nor made one
        of it."""
        taken = self.review and (self.review.judgement is Judgement.ACCEPTED or self.review.corrected)
        return self._is_below_threshold and not (taken or self.was_listed)

    def seen(self, document: Document) -> Agreement:
        """Return the record with its corrections."""
        record = self.base
        for entry in self.corrections:
            record = with_field(document, record, entry.field, entry.after, entry.target.record or record)
        return record


def apply_to_records(
    analysis: Analysis, entries: Sequence[Entry]
) -> tuple[dict[str, WorkingRecord], list[LostRecord], dict[str, str]]:
    """Return the records that stand in the text by id, the lost ones, and logged ids by those of extracted records."""
    document = analysis.document
    located, lost = _locate_records(analysis, entries)
    extracted = (*analysis.agreements, *analysis.possible)
    logged_ids = _match_extracted(extracted, located)
    possible = {agreement.id for agreement in analysis.possible}
    working: dict[str, WorkingRecord] = {}
    for agreement in extracted:
        identifier = logged_ids.get(agreement.id, agreement.id)
        changed = identifier in located and not located[identifier].location.is_exact
        base = agreement if identifier == agreement.id else replace(agreement, id=identifier)
        review = RecordReview(words_changed=True) if changed else None
        working[identifier] = WorkingRecord(base, review, is_possible=agreement.id in possible)
    for identifier, found in located.items():
        if identifier not in working:
            base = relocate(found.record, document, found.location.start, found.location.end)
            review = RecordReview(is_extracted=False, words_changed=not found.location.is_exact)
            working[identifier] = WorkingRecord(base, review)
    lost_records = {identifier: WorkingRecord(record) for identifier, record in lost.items()}
    for entry in entries:
        _apply(entry, lost_records if entry.target.id in lost else working, document)
    return (
        {identifier: record for identifier, record in working.items() if not record.replaced},
        [LostRecord(each.base, each.review or RecordReview()) for each in lost_records.values() if not each.replaced],
        logged_ids,
    )


class _LocatedRecord(Struct, frozen=True):
    """A record of the log, as it was seen first, and where it is now."""

    record: Agreement
    location: Location


def _locate_records(
    analysis: Analysis, entries: Sequence[Entry]
) -> tuple[dict[str, _LocatedRecord], dict[str, Agreement]]:
    """Return the logged records that are found in the text by id, and those that are not, as they were seen last."""
    document = analysis.document
    located: dict[str, _LocatedRecord] = {}
    lost: dict[str, Agreement] = {}
    for entry in entries:
        for record in logged_records(entry):
            if record.id not in located and (location := _locate_record(document, entry, record)):
                located[record.id] = _LocatedRecord(record, location)
                lost.pop(record.id, None)
            elif record.id not in located:
                lost[record.id] = record
    return located, lost


def _locate_record(document: Document, entry: Entry, record: Agreement) -> Location | None:
    evidence = record.evidence
    if entry.document == document.sha256:
        quotes = document.text[evidence.start : evidence.end] == evidence.quote
        return Location(evidence.start, evidence.end) if quotes else None
    anchor = entry.target.anchor if record is entry.target.record else None
    if anchor is None:  # a part of a split: it moves with the record that was split
        whole = entry.target.anchor and locate(entry.target.anchor, document.text)
        offset = evidence.start - entry.target.anchor.start if entry.target.anchor else 0
        start = whole.start + offset if whole else -1
        unchanged = whole and document.text[start : start + len(evidence.quote)] == evidence.quote
        return Location(start, start + len(evidence.quote)) if unchanged else None
    return locate(anchor, document.text, [record.trigger.quote, *(cue.quote for cue in record.cues)])


def apply_further(
    record: Agreement, review: RecordReview | None, entries: Sequence[Entry], document: Document
) -> tuple[Agreement, RecordReview]:
    """Return a record that is listed, with what was done with it, after further entries on it alone."""
    working = WorkingRecord(record, review)
    for entry in entries:
        _apply(entry, {record.id: working}, document)
    seen = working.seen(document)
    return (record if seen == record else seen), working.review or RecordReview()


def logged_records(entry: Entry) -> list[Agreement]:
    """Return the records that an entry holds: its target, the parts of a split, what was merged."""
    target = [entry.target.record] if entry.target.record else []
    others = {Action.SPLIT: entry.after, Action.MERGED: entry.before}.get(entry.action)
    return target + (_convert(others, list[Agreement]) or [])


class Merge(Struct, frozen=True):
    """The value after a merge: the record that is left, and the ids of those that it replaces."""

    record: Agreement
    ids: tuple[str, ...]


def _convert(value: Any, type_: type[_Value]) -> _Value | None:
    """Return a logged value as this type; None for one of a later version."""
    try:
        return msgspec.convert(value, type_)
    except (msgspec.ValidationError, ValueError):
        return None


def _match_extracted(agreements: Sequence[Agreement], located: Mapping[str, _LocatedRecord]) -> dict[str, str]:
    """Return the logged record's id by the extracted record's id, where another id is the same undertaking's."""
    ids = {agreement.id for agreement in agreements}
    free = sorted((each for each in agreements if each.id not in located), key=lambda each: each.evidence.start)
    longest = max((each.evidence.end - each.evidence.start for each in free), default=0)
    pairs = []
    for identifier, found in located.items():
        if identifier in ids:
            continue
        moved = _moved(found)
        first = bisect_left(free, moved.evidence.start - longest, key=lambda each: each.evidence.start)
        end = moved.evidence.end
        near = takewhile(lambda each: each.evidence.start < end, free[first:])  # noqa: B023 - used at once
        pairs += [(-score, identifier, each.id) for each in near if (score := same_undertaking(moved, each))]
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, identifier, extracted in sorted(pairs):
        if extracted not in matched and identifier not in taken:
            matched[extracted] = identifier
            taken.add(identifier)
    return matched


def _moved(found: _LocatedRecord) -> Agreement:
    """Return the record with its evidence and trigger where it was found, to compare their offsets."""
    record, location = found.record, found.location
    evidence = Span(location.start, location.end, "\0" * (location.end - location.start))
    start = max(0, record.trigger.start + location.start - record.evidence.start)
    trigger = Span(start, start + len(record.trigger.quote), record.trigger.quote)
    return replace(record, evidence=evidence, trigger=trigger)


def _apply(entry: Entry, working: Mapping[str, WorkingRecord], document: Document) -> None:
    """Apply an entry to its record, if that is among the working ones."""
    record = working.get(entry.target.id)
    if record is None:
        return
    review = record.review or RecordReview()
    record.was_listed |= not entry.target.possible
    match entry.action:
        case Action.CORRECTED:
            record.corrections.append(entry)
            review = replace(review, corrected=with_value(review.corrected, entry.field))
        case Action.ADDED:
            review = replace(review, added=True)
        case Action.SPLIT:
            _apply_split(entry, record, working)
        case Action.MERGED:
            if merge := _convert(entry.after, Merge):
                _replace_base(record, merge.record, entry, document)
                for identifier in set(merge.ids) & set(working):
                    working[identifier].replaced = True
                review = replace(review, corrected=with_value(review.corrected, EVIDENCE))
        case Action.ACCEPTED:
            _replace_base(record, entry.target.record, entry, document)
            review = replace(review, judgement=Judgement.ACCEPTED)
        case Action.REJECTED | Action.DOUBTED | Action.UNJUDGED:
            review = replace(review, judgement=JUDGEMENTS[entry.action])
        case _:
            notes, tags = noted(review.notes, review.tags, entry)
            review = replace(review, notes=notes, tags=tags)
    record.review = replace(review, author=entry.author, time=entry.time)


def _apply_split(entry: Entry, record: WorkingRecord, working: Mapping[str, WorkingRecord]) -> None:
    parts = [part for part in logged_records(entry)[1:] if part.id in working]
    record.replaced = bool(parts)
    for part in parts:
        review = working[part.id].review or RecordReview()
        working[part.id].review = replace(review, added=True, author=entry.author, time=entry.time)


def _replace_base(record: WorkingRecord, logged: Agreement | None, entry: Entry, document: Document) -> None:
    """Keep the values that the reader saw, whatever another extraction says, from here on."""
    if logged is None:
        return
    if entry.document == document.sha256:
        location: Location | None = Location(logged.evidence.start, logged.evidence.end)
    elif logged is entry.target.record and entry.target.anchor:
        location = locate(entry.target.anchor, document.text, [logged.trigger.quote])
    else:
        location = Location(record.base.evidence.start, record.base.evidence.end)
    if location and location.end <= len(document.text):
        record.base = relocate(replace(logged, id=record.base.id), document, location.start, location.end)
        record.corrections.clear()
