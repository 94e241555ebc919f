"""Handlers of a review: judgements, corrections, notes and tags on a document's screen.

Imported at the first of them. A step is on disk before it is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from alliance_tui.documents.text_units import sentence_at
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.handlers.document_handlers import selected_span
from alliance_tui.explorer.handlers.entity_review_handlers import edit_entity
from alliance_tui.explorer.handlers.export_handlers import ask_file, columns_of
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort
from alliance_tui.explorer.state import document_review, review_transitions, selected_words, transitions
from alliance_tui.explorer.state.explorer_state import (
    ExplorerState,
    Pane,
    agreement_order,
    focused_record,
    in_table,
    record_reviews,
    words_selected,
)
from alliance_tui.explorer.state.history import move_to
from alliance_tui.explorer.state.table_view import DOCUMENT_COLUMNS
from alliance_tui.export.formats import write_file
from alliance_tui.export.labels import collapse_whitespace, count_noun
from alliance_tui.extraction.proposals import propose_record
from alliance_tui.extraction.typed_values import VALUE_READERS
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Domain, Entity, InstrumentRole, Kind, Strength
from alliance_tui.review import steps
from alliance_tui.review.corrections import (
    TYPED_FIELDS,
    correct_field,
    move_evidence,
    step_strength,
    typed_value,
)
from alliance_tui.review.entry import (
    Action,
    Entry,
    Target,
    document_target,
    entity_target,
    passage_target,
    record_target,
    step_to_redo,
    step_to_undo,
)
from alliance_tui.review.marks import Marks
from alliance_tui.review.record_changes import Judgement, RecordReview
from alliance_tui.review.reviewed_analysis import MarkedPassage, ReviewedAnalysis

NO_RECORD = "Focus an agreement first, or mark some with Space."
_CHOICES: Mapping[str, Sequence[str]] = {
    "kind": tuple(Kind),
    "strength": tuple(Strength),
    "instrument_role": tuple(InstrumentRole),
    "domain": tuple(Domain),
    "reaffirms": ("yes", "no"),
}
"""The values of the fields that have few."""
_NAME_FIELDS = ("parties", "instrument", "attribution")
_FIELD_LABELS = {
    "instrument_role": "role of the instrument",
    "reaffirms": "restates an undertaking",
    "roles": "who does, pays, receives",
}

Handler = Callable[[DocumentScreenPort], Awaitable[None]]


def judge(judgement: Judgement) -> Handler:
    """Return a handler that judges the marked records or the focused one, which again takes the judgement back."""

    async def run(screen: DocumentScreenPort) -> None:
        records = review_transitions.target_records(screen.state)
        if not records:
            screen.show_notice(NO_RECORD)
            return
        reviews = record_reviews(screen.state)
        before = [reviews[record.id].judgement if record.id in reviews else None for record in records]
        goal = None if all(each is judgement for each in before) else judgement
        pairs = list(zip(records, before, strict=True))
        if await screen.log_step(lambda step: steps.judge(step, pairs, goal)):
            await _after_judgement(screen, records, goal)

    return run


async def _after_judgement(screen: DocumentScreenPort, records: Sequence[Agreement], goal: Judgement | None) -> None:
    """Say what was judged and take the marks away; in a review pass, go to the next record or document."""
    said = (goal or "no judgement").capitalize()
    what = f"“{records[0].title}”" if len(records) == 1 else count_noun(len(records), "record")
    state = replace(screen.state, marked=frozenset())
    if state.review_order and goal:  # the next record shows that it is done
        screen.set_state(review_transitions.go_to_unjudged(state, screen.highlights))
        if state.library_pass and not screen.state.review_order:
            await screen.context.review_next_document()
    else:
        screen.set_state(replace(state, notice=f"{said}: {what}"))


def _focused_agreement(screen: DocumentScreenPort) -> Agreement | None:
    """Return the agreement to correct; without one, say so."""
    record = focused_record(screen.state)
    if isinstance(record, Agreement):
        return record
    screen.show_notice(NO_RECORD)
    return None


async def _correct(screen: DocumentScreenPort, record: Agreement, corrected: Agreement, name: str, said: str) -> None:
    if await screen.log_step(lambda step: steps.correct(step, record, corrected, name)):
        screen.show_notice(said)


def change_strength(by: int) -> Handler:
    """Return a handler that steps the strength along the ladder."""

    async def run(screen: DocumentScreenPort) -> None:
        if record := _focused_agreement(screen):
            corrected = step_strength(record, by)
            await _correct(screen, record, corrected, "strength", f"Strength: {corrected.strength}")

    return run


def change_evidence(start: int = 0, end: int = 0) -> Handler:
    """Return a handler that moves an end of the selected words or, without any, of the evidence by words."""

    async def run(screen: DocumentScreenPort) -> None:
        if words_selected(screen.state):
            screen.set_state(selected_words.move_ends(screen.state, start=start, end=end))
        elif record := _focused_agreement(screen):
            moved = move_evidence(screen.state.analysis.document, record, start=start, end=end)
            quote = collapse_whitespace(moved.evidence.quote)
            await _correct(screen, record, moved, "evidence", f"Evidence: “{quote}”")
            screen.set_state(transitions.select(screen.state, SelectedRecord(RecordKind.AGREEMENT, record.id)))

    return run


async def edit(screen: DocumentScreenPort) -> None:
    """List the fields of the focused agreement, or what can be done with the focused entity, and ask for the value."""
    record = focused_record(screen.state)
    if isinstance(record, Entity):
        edit_entity(screen, record)
    elif isinstance(record, Agreement):
        _pick_field(screen, record)
    else:
        screen.show_notice("Focus an agreement or an entity first.")


def _pick_field(screen: DocumentScreenPort, record: Agreement) -> None:
    items = [Item(name, _FIELD_LABELS.get(name, name), typed_value(record, name)) for name in TYPED_FIELDS]

    def picked(name: str | None) -> None:
        if name:
            _ask_value(screen, record, name)

    screen.app.push_screen(PickerScreen(f"Correct: {record.title}", items, verb="correct"), picked)


def _ask_value(screen: DocumentScreenPort, record: Agreement, name: str) -> None:
    analysis = screen.state.analysis
    label = _FIELD_LABELS.get(name, name).capitalize()

    def read(typed: str) -> Agreement:
        return correct_field(analysis, record, name, typed, VALUE_READERS)

    async def typed_in(typed: str | None) -> None:
        if typed is not None:
            corrected = read(typed)
            await _correct(screen, record, corrected, name, f"{label}: {shown(corrected, name)}")

    if choices := _CHOICES.get(name):
        present = typed_value(record, name) or ("no" if name == "reaffirms" else "")
        items = [Item(each, each, "now" if each == present else "") for each in choices]
        screen.app.push_screen(PickerScreen(label, items, verb="choose"), typed_in)
        return
    names = [Item(each.id, each.name, str(each.type)) for each in analysis.entities] if name in _NAME_FIELDS else []
    separator = ";" if name == "parties" else ""
    prompt = PromptScreen(label, typed_value(record, name), lambda typed: shown(read(typed), name), names, separator)
    screen.app.push_screen(prompt, typed_in)


def shown(record: Agreement, name: str) -> str:
    """Return a field's value as it is shown for checking."""
    if name == "deadline" and (deadline := record.deadline) and deadline.earliest:
        return f"{deadline.edtf}: {deadline.earliest} to {deadline.latest}"
    if name == "amounts":
        return "; ".join(f"{amount.value:,.15g} {amount.unit}" for amount in record.amounts) or "none"
    return typed_value(record, name) or "none"


async def split(screen: DocumentScreenPort) -> None:
    """Ask where the second part of the focused agreement's evidence begins."""
    if not (record := _focused_agreement(screen)):
        return
    text, evidence = screen.state.text, record.evidence
    offsets = [evidence.start + index for index, letter in _word_starts(evidence.quote) if index]
    items = [
        Item(
            str(offset),
            collapse_whitespace(text[max(evidence.start, offset - 24) : offset]).rjust(24),
            collapse_whitespace(text[offset : evidence.end]),
        )
        for offset in offsets
    ]

    async def picked(key: str | None) -> None:
        if key and await screen.log_step(lambda step: steps.split(step, record, int(key))):
            screen.show_notice("Split in two.")

    screen.app.push_screen(PickerScreen("Where does the second part begin?", items, verb="split"), picked)


def _word_starts(text: str) -> list[tuple[int, str]]:
    return [(0, text[0])] + [
        (index, letter)
        for index, (before, letter) in enumerate(pairwise(text), 1)
        if before.isspace() and not letter.isspace()
    ]


async def merge(screen: DocumentScreenPort) -> None:
    """Merge the marked agreements into the first."""
    records = review_transitions.target_records(screen.state)
    if len(records) < 2:
        screen.show_notice("Mark two or more agreements with Space first.")
    elif await screen.log_step(lambda step: steps.merge(step, records)):
        screen.set_state(replace(screen.state, marked=frozenset(), notice=f"Merged {len(records)} records into one."))


async def add_record(screen: DocumentScreenPort) -> None:
    """Add what is selected, or the sentence at the cursor, as an agreement, and list its fields to correct."""
    start, end = _span_at_cursor(screen)
    if start >= end:
        screen.show_notice("Go to a sentence first.")
        return
    before = screen.state.analysis.agreements
    record = propose_record(screen.state.analysis, start, end)
    if await screen.log_step(lambda step: steps.add_record(step, record)):
        listed = {each.id for each in screen.state.analysis.agreements}
        replaced = next((f", in place of “{each.title}”" for each in before if each.id not in listed), "")
        screen.clear_selection()
        selected = transitions.select(screen.state, SelectedRecord(RecordKind.AGREEMENT, record.id))
        notice = f"Added: {record.title}{replaced}"
        screen.set_state(replace(selected, selected_words=None, focused_agreement=record.id, notice=notice))
        _pick_field(screen, record)


def _span_at_cursor(screen: DocumentScreenPort) -> tuple[int, int]:
    """Return the span that is selected in the text or, without any, of the sentence at the cursor."""
    return selected_span(screen) or sentence_at(screen.state.text, screen.state.position.offset)


def _targets(screen: DocumentScreenPort) -> tuple[list[Target], Marks, str]:
    """Return what a note or a tag is for, its marks until now, and its name.

    It is for the selected words, else the marked records, the focused record or the sentence at the cursor.
    """
    state = screen.state
    document, review = state.analysis.document, state.current_document.review
    if span := selected_span(screen):
        return _passage(state, *span)
    records = review_transitions.target_records(state)
    focused = focused_record(state)
    if records:
        known = record_reviews(state).get(records[0].id)
        marks = Marks(known.notes, known.tags) if known else Marks()
        name = records[0].title if len(records) == 1 else count_noun(len(records), "record")
        return [record_target(document, record) for record in records], marks, name
    if isinstance(focused, Entity):
        marks = review.reviewed.entity_marks.get(focused.id, Marks()) if review else Marks()
        return [entity_target(document, focused)], marks, focused.name
    return _passage(state, *_span_at_cursor(screen))


def _passage(state: ExplorerState, start: int, end: int) -> tuple[list[Target], Marks, str]:
    """Return a passage as what a note or a tag is for, its marks until now, and its words; nothing for none."""
    if start >= end:
        return [], Marks(), ""
    review = state.current_document.review
    passages = review.reviewed.passages if review else ()
    marks = next((each.marks for each in passages if (each.start, each.end) == (start, end)), Marks())
    words = collapse_whitespace(state.text[start:end])
    return [passage_target(state.analysis.document, start, end)], marks, f"“{words}”"


async def write_note(screen: DocumentScreenPort) -> None:
    """Ask for a note on the focused record, or on the sentence at the cursor."""
    targets, marks, name = _targets(screen)
    await _ask_note(screen, targets[:1], marks, name)


async def note_document(screen: DocumentScreenPort) -> None:
    """Ask for a note on the document."""
    review = screen.state.current_document.review
    marks = review.reviewed.document_marks if review else Marks()
    await _ask_note(screen, [document_target()], marks, screen.state.analysis.document.title)


async def _ask_note(screen: DocumentScreenPort, targets: Sequence[Target], marks: Marks, name: str) -> None:
    before = marks.notes[-1] if marks.notes else None

    async def typed_in(words: str | None) -> None:
        if words is None or not targets:
            return
        if await screen.log_step(lambda step: steps.write_note(step, targets[0], words, before)):
            screen.show_notice(f"Note: {words.strip()}" if words.strip() else "The note is deleted.")

    screen.app.push_screen(PromptScreen(f"Note on {name}", before or ""), typed_in)


async def tag(screen: DocumentScreenPort) -> None:
    """Ask for a tag of the marked or focused records, or of the sentence at the cursor; one that is there goes."""
    targets, marks, name = _targets(screen)
    _ask_tag(screen, targets, marks, name)


async def tag_document(screen: DocumentScreenPort) -> None:
    """Ask for a tag of the document; one that is there goes."""
    review = screen.state.current_document.review
    marks = review.reviewed.document_marks if review else Marks()
    _ask_tag(screen, [document_target()], marks, screen.state.analysis.document.title)


def _ask_tag(screen: DocumentScreenPort, targets: Sequence[Target], marks: Marks, name: str) -> None:
    known = [Item(word, word, "a tag of this" if word in marks.tags else "") for word in _known_tags(screen)]

    async def typed_in(typed: str | None) -> None:
        word = collapse_whitespace(typed or "").lstrip("#")
        if not word or not targets:
            return
        remove = word in marks.tags
        if await screen.log_step(lambda step: (steps.untag if remove else steps.tag)(step, targets, word)):
            screen.set_state(
                replace(screen.state, marked=frozenset(), notice=f"Tag {word}: {'taken away' if remove else 'set'}.")
            )

    screen.app.push_screen(PromptScreen(f"Tag for {name}", "", suggestions=known), typed_in)


def _known_tags(screen: DocumentScreenPort) -> list[str]:
    """Return the tags in this document, sorted."""
    review = screen.state.current_document.review
    if review is None:
        return []
    reviewed = review.reviewed
    marks = [*reviewed.entity_marks.values(), reviewed.document_marks, *(each.marks for each in reviewed.passages)]
    tags = [*(each.tags for each in reviewed.reviews.values()), *(each.tags for each in marks)]
    return sorted({word for words in tags for word in words})


async def toggle_bookmark(screen: DocumentScreenPort) -> None:
    """Bookmark the sentence at the cursor, or take its bookmark away."""
    start, end = _span_at_cursor(screen)
    if start >= end:
        screen.show_notice("Go to a sentence first.")
        return
    review = screen.state.current_document.review
    on = not any(
        (each.start, each.end) == (start, end) and each.marks.bookmarked
        for each in (review.reviewed.passages if review else ())
    )
    target = passage_target(screen.state.analysis.document, start, end)
    if await screen.log_step(lambda step: steps.bookmark(step, target, on=on)):
        quote = collapse_whitespace(screen.state.text[start:end])
        screen.show_notice(f"{'Bookmarked' if on else 'No bookmark'}: “{quote}”")


async def list_marks(screen: DocumentScreenPort) -> None:
    """List bookmarks, notes and what is no longer found, and go to the one that is picked."""
    review = screen.state.current_document.review
    items = _marked_items(review.reviewed) if review else []
    if not items:
        screen.show_notice("Nothing is bookmarked, noted or tagged here yet: B, ; and # do that.")
        return

    def picked(key: str | None) -> None:
        kinds = {"r": RecordKind.AGREEMENT, "e": RecordKind.ENTITY}
        if key and key[0] in kinds:
            screen.set_state(transitions.select(screen.state, SelectedRecord(kinds[key[0]], key[1:])))
        elif key and key[1:].isdigit() and key.startswith("p"):
            moved = move_to(screen.state, replace(screen.state.position, offset=int(key[1:])))
            screen.set_state(transitions.focus_pane(moved, Pane.TEXT))

    screen.app.push_screen(PickerScreen("Bookmarks, notes and what is no longer found", items, verb="go to"), picked)


def _marked_items(reviewed: ReviewedAnalysis) -> list[Item]:
    """Return an item for each thing with marks and, at the end, for each record that is no longer found.

    A key is "d" for the document, "p" and the offset of a passage, "r" and the id of an agreement, "e" and that of an
    entity, or "l" and a number.
    """
    document = reviewed.analysis.document
    items = [Item("d", "document", _mark_words(reviewed.document_marks), document.title)] * bool(
        reviewed.document_marks
    )
    items += [_passage_item(passage) for passage in reviewed.passages]
    for entity in reviewed.analysis.entities:
        if marks := reviewed.entity_marks.get(entity.id):
            items.append(Item(f"e{entity.id}", "entity", _mark_words(marks), entity.name))
    for record in reviewed.analysis.agreements:
        known = reviewed.reviews.get(record.id)
        if known and (known.notes or known.tags):
            items.append(Item(f"r{record.id}", "agreement", _mark_words(known), record.title))
    for number, each in enumerate(reviewed.lost):
        quote = collapse_whitespace(each.record.evidence.quote)
        items.append(Item(f"l{number}", str(each.review.judgement or "changed"), quote, "no longer found"))
    return items


def _passage_item(passage: MarkedPassage) -> Item:
    name = "bookmark" if passage.marks.bookmarked else "note"
    lost = "no longer found" if passage.start is None else ""
    words = _mark_words(passage.marks) or collapse_whitespace(passage.quote)
    return Item(f"p{passage.start}", name, words, lost)


def _mark_words(marks: Marks | RecordReview) -> str:
    """Return notes and tags in one line."""
    return " / ".join((*marks.notes, *(f"#{word}" for word in marks.tags)))


def _step_back(
    find: Callable[[Sequence[Entry], str], str | None], make: Callable[..., list[Entry]], done: str
) -> Handler:
    """Return a handler that undoes or redoes a step on the document on the screen."""

    async def run(screen: DocumentScreenPort) -> None:
        review = screen.state.current_document.review
        entries = review.entries if review else ()
        step_id = find(entries, screen.context.author)
        if step_id is None:
            screen.show_notice(f"There is nothing to be {done}.")
            return
        of_step = [entry for entry in entries if entry.step == step_id]
        everywhere = any(entry.everywhere for entry in of_step)
        if await screen.log_step(lambda step: make(step, step_id, everywhere=everywhere)):
            screen.show_notice(f"{done.capitalize()}: {_description(of_step)}")

    return run


def _description(entries: Sequence[Entry]) -> str:
    """Return what a step did, in a few words."""
    first = entries[0]
    if len(entries) > 1 and len({entry.target.id for entry in entries}) > 1:
        return f"{first.action}, {len(entries)} records"
    record, anchor = first.target.record, first.target.anchor
    name = record.title if record else first.target.name or (anchor.exact if anchor else first.title)
    words = str(first.after or first.before) if first.action in _WORDED else ""
    done = " ".join(filter(None, (first.action, first.field, words)))
    return collapse_whitespace(f"{done}, “{name}”")


_WORDED = frozenset((Action.TAGGED, Action.UNTAGGED, Action.NOTED))
"""The actions that are told with their words."""


async def toggle_possible(screen: DocumentScreenPort) -> None:
    """List the possible agreements below the others, or no longer."""
    possible = screen.state.analysis.possible
    if not possible:
        screen.show_notice("There are no possible agreements beside those that are listed.")
        return
    state = document_review.toggle_possible(screen.state)
    number = count_noun(len(possible), "possible agreement")
    shown = (
        f"{number} below the others: accepting one makes it a record." if state.current_document.shows_possible else ""
    )
    screen.set_state(replace(state, notice=shown or f"{number} no longer listed."))


async def export_listed(screen: DocumentScreenPort) -> None:
    """Ask for a file, and write the marked agreements, or all that are listed, in the format of its suffix."""
    state = screen.state
    review = state.current_document.review
    records = tuple(
        record for record in agreement_order(state, screen.highlights) if not state.marked or record.id in state.marked
    )
    if not records:
        screen.show_notice(NOTHING_TO_EXPORT)
        return
    analysis = replace(state.analysis, agreements=records)
    reviewed = document_review.reviewed_analysis(analysis, review)
    columns = columns_of(state.table, DOCUMENT_COLUMNS) if in_table(state) else ()
    stem = Path(analysis.document.path or "agreements").stem
    content = count_noun(len(records), "record")
    ask_file(screen, stem, content, lambda path: asyncio.to_thread(write_file, [reviewed], path, columns))


HANDLERS: Mapping[str, Handler] = {
    "possible": toggle_possible,
    "export": export_listed,
    "accept": judge(Judgement.ACCEPTED),
    "reject": judge(Judgement.REJECTED),
    "doubt": judge(Judgement.DOUBTED),
    "edit": edit,
    "stronger": change_strength(1),
    "weaker": change_strength(-1),
    "evidence_start_back": change_evidence(start=-1),
    "evidence_start_on": change_evidence(start=1),
    "evidence_end_back": change_evidence(end=-1),
    "evidence_end_on": change_evidence(end=1),
    "split": split,
    "merge": merge,
    "add_record": add_record,
    "note": write_note,
    "note_document": note_document,
    "tag": tag,
    "tag_document": tag_document,
    "bookmark": toggle_bookmark,
    "marks": list_marks,
    "undo": _step_back(step_to_undo, steps.undo, "undone"),
    "redo": _step_back(step_to_redo, steps.redo, "redone"),
}
"""The handlers by command id."""
