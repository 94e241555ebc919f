"""The analysis as its reader sees it: what was extracted, with the judgements, corrections and additions of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.records import Analysis, Document
from alliance_tui.review.entity_changes import ENTITY_CHANGES, apply_entity_entry, find_entity
from alliance_tui.review.entry import Action, Entry, TargetKind, active_entries
from alliance_tui.review.marks import Marks, collect_marks
from alliance_tui.review.record_changes import (
    Judgement,
    LostRecord,
    RecordReview,
    apply_further,
    apply_to_records,
    with_new_reference,
)
from alliance_tui.review.text_anchor import locate


class MarkedPassage(Struct, frozen=True):
    """A passage with the reader's marks; `start` and `end` are None where its words are no longer in the text."""

    quote: str
    start: int | None
    end: int | None
    marks: Marks


class ReviewedAnalysis(Struct, frozen=True):
    """An analysis as the reader sees it, with what the reader did.

    `reviews` are by record id and `entity_marks` by entity id; what is not in them is untouched. `lost` are judged
    records whose words are gone. `entries` are those of the log that count.
    """

    analysis: Analysis
    reviews: Mapping[str, RecordReview] = {}
    lost: tuple[LostRecord, ...] = ()
    document_marks: Marks = Marks()
    entity_marks: Mapping[str, Marks] = {}
    passages: tuple[MarkedPassage, ...] = ()
    entries: tuple[Entry, ...] = ()

    def judgement_of(self, record_id: str) -> Judgement | None:
        """Return the judgement on the record of this id; None without one."""
        review = self.reviews.get(record_id)
        return review.judgement if review else None


def review_analysis(analysis: Analysis, entries: Sequence[Entry], reader: str = "") -> ReviewedAnalysis:
    """Apply the log's entries on this document to its analysis.

    The entries may come from earlier versions of the text. Where authors differ, those of `reader` count.
    """
    in_order = active_entries(entries)
    active = sorted(in_order, key=lambda entry: entry.author == reader)
    if not active:
        return ReviewedAnalysis(analysis)
    on_records = [entry for entry in active if entry.target.kind is TargetKind.RECORD]
    working, lost, logged_ids = apply_to_records(analysis, on_records)
    reviews = {identifier: record.review for identifier, record in working.items() if record.review}
    agreements, possible = (
        tuple(
            with_new_reference(record, logged_ids)
            for record in sorted(
                (each.seen(analysis.document) for each in working.values() if each.is_possible is is_possible),
                key=lambda record: record.evidence.start,
            )
        )
        for is_possible in (False, True)
    )
    reviewed = replace(analysis, agreements=agreements, possible=possible)
    for entry in active:
        if entry.target.kind is TargetKind.ENTITY:
            reviewed = apply_entity_entry(reviewed, entry)
    return ReviewedAnalysis(
        reviewed,
        reviews,
        tuple(lost),
        *_marks_of_others(reviewed, active),
        tuple(in_order),
    )


def after_step(reviewed: ReviewedAnalysis, step: Sequence[Entry], reader: str) -> ReviewedAnalysis | None:
    """Return what the reader sees after a further step of theirs, as `review_analysis` does for the whole log.

    None where the step may change more than its own targets: a split, the name of an entity, a step undone.
    """
    by_record: dict[str, list[Entry]] = {}
    for entry in step:
        if entry.action not in _OWN_ACTIONS or entry.author != reader or entry.document != _text_of(reviewed):
            return None
        if entry.target.kind is TargetKind.RECORD:
            by_record.setdefault(entry.target.id, []).append(entry)
    analysis, entries = reviewed.analysis, (*reviewed.entries, *step)
    reviews, changed = dict(reviewed.reviews), {}
    for record in (each for each in analysis.agreements if each.id in by_record):
        of_record = by_record.pop(record.id)
        seen, reviews[record.id] = apply_further(record, reviews.get(record.id), of_record, analysis.document)
        if seen is not record:
            changed[record.id] = seen
        if seen.evidence.start != record.evidence.start or (changed and _renames_entities(reviewed)):
            return None
    if by_record:
        return None
    if changed:
        agreements = tuple(changed.get(record.id, record) for record in analysis.agreements)
        analysis = replace(analysis, agreements=agreements)
    if all(entry.target.kind is TargetKind.RECORD for entry in step):
        return replace(reviewed, analysis=analysis, reviews=reviews, entries=entries)
    active = sorted(entries, key=lambda entry: entry.author == reader)
    return ReviewedAnalysis(analysis, reviews, reviewed.lost, *_marks_of_others(analysis, active), entries)


_OWN_ACTIONS = frozenset(
    (
        *(Action.ACCEPTED, Action.REJECTED, Action.DOUBTED, Action.UNJUDGED, Action.CORRECTED),
        *(Action.NOTED, Action.TAGGED, Action.UNTAGGED, Action.BOOKMARKED, Action.UNBOOKMARKED),
    )
)
"""The actions that change nothing but their target."""


def _text_of(reviewed: ReviewedAnalysis) -> str:
    return reviewed.analysis.document.sha256


def _renames_entities(reviewed: ReviewedAnalysis) -> bool:
    return any(entry.action in ENTITY_CHANGES for entry in reviewed.entries)


def _marks_of_others(
    analysis: Analysis, entries: Sequence[Entry]
) -> tuple[Marks, Mapping[str, Marks], tuple[MarkedPassage, ...]]:
    """Return the marks on the document, on its entities by id, and on its passages."""
    return (
        collect_marks(entry for entry in entries if entry.target.kind is TargetKind.DOCUMENT),
        _entity_marks(analysis, entries),
        _marked_passages(analysis.document, entries),
    )


def entries_on_listed(reviewed: ReviewedAnalysis) -> list[Entry]:
    """Return the entries that count, without those on records that the analysis does not list."""
    listed = {record.id for record in reviewed.analysis.agreements}
    merged = {entry.target.id for entry in reviewed.entries if entry.action in (Action.SPLIT, Action.MERGED)}
    return [
        entry
        for entry in reviewed.entries
        if entry.target.kind is not TargetKind.RECORD or entry.target.id in listed | merged
    ]


def with_possible(analysis: Analysis) -> Analysis:
    """Return the analysis with its possible agreements among the others, in reading order."""
    apart = without_possible(analysis).agreements
    agreements = sorted((*apart, *analysis.possible), key=lambda each: each.evidence.start)
    return replace(analysis, agreements=tuple(agreements))


def without_possible(analysis: Analysis) -> Analysis:
    """Return the analysis with its possible agreements apart."""
    possible = {record.id for record in analysis.possible}
    return replace(analysis, agreements=tuple(each for each in analysis.agreements if each.id not in possible))


def _entity_marks(analysis: Analysis, entries: Iterable[Entry]) -> dict[str, Marks]:
    by_entity: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.target.kind is TargetKind.ENTITY and (entity := find_entity(analysis, entry)):
            by_entity.setdefault(entity.id, []).append(entry)
    return {identifier: marks for identifier, each in by_entity.items() if (marks := collect_marks(each))}


def _marked_passages(document: Document, entries: Iterable[Entry]) -> tuple[MarkedPassage, ...]:
    """Return the passages that have marks, in reading order, the lost ones last."""
    by_place: dict[tuple[str, int | None, int | None], list[Entry]] = {}
    for entry in entries:
        if entry.target.kind is TargetKind.PASSAGE and (anchor := entry.target.anchor):
            location = locate(anchor, document.text)
            place = (location.start, location.end) if location else (None, None)
            by_place.setdefault((anchor.exact, *place), []).append(entry)
    passages = [MarkedPassage(*place, marks) for place, each in by_place.items() if (marks := collect_marks(each))]
    return tuple(sorted(passages, key=lambda passage: (passage.start is None, passage.start or 0)))
