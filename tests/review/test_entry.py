"""Entries of the review log: undone and redone by entries of their own."""

from __future__ import annotations

from alliance_tui.review import steps
from alliance_tui.review.entry import (
    Action,
    Entry,
    active_entries,
    begin_step,
    decode_entry,
    document_target,
    encode_entry,
    step_to_redo,
    step_to_undo,
)
from tests.support import builders

DOCUMENT = builders.document()


def tagged(word: str, author: str = "ada") -> list[Entry]:
    return steps.tag(begin_step(DOCUMENT, author), [document_target()], word)


def undo(log: list[Entry], author: str = "ada") -> list[Entry]:
    step = step_to_undo(log, author)
    assert step
    return [*log, *steps.undo(begin_step(DOCUMENT, author), step)]


def redo(log: list[Entry], author: str = "ada") -> list[Entry]:
    step = step_to_redo(log, author)
    assert step
    return [*log, *steps.redo(begin_step(DOCUMENT, author), step)]


def words(log: list[Entry]) -> list[object]:
    return [entry.after for entry in active_entries(log)]


def test_steps_are_undone_and_redone_one_by_one() -> None:
    log = tagged("one") + tagged("two")
    log = undo(log)
    assert words(log) == ["one"]
    log = undo(log)
    assert words(log) == []
    assert step_to_undo(log, "ada") is None
    log = redo(log)
    assert words(log) == ["one"]
    log = redo(log)
    assert words(log) == ["one", "two"]
    assert step_to_redo(log, "ada") is None


def test_undoing_changes_no_entry() -> None:
    log = tagged("one")
    assert undo(log)[: len(log)] == log


def test_after_another_step_nothing_is_redone() -> None:
    log = undo(tagged("one")) + tagged("two")
    assert step_to_redo(log, "ada") is None
    assert words(log) == ["two"]


def test_only_ones_own_steps_are_undone() -> None:
    log = tagged("one", "ada") + tagged("two", "ben")
    assert words(undo(log, "ada")) == ["two"]
    assert step_to_undo(undo(log, "ada"), "ada") is None


def test_all_entries_of_a_step_are_undone_together() -> None:
    step = begin_step(DOCUMENT, "ada")
    log = steps.tag(step, [document_target()] * 3, "one")
    assert words(undo(log)) == []


def test_an_entry_is_the_same_after_a_round_trip() -> None:
    analysis = builders.analysis()
    step = begin_step(analysis.document, "ada")
    (entry,) = steps.correct(step, analysis.agreements[0], analysis.agreements[1], "strength")
    line = encode_entry(entry).decode()
    assert decode_entry(line) == entry
    assert encode_entry(decode_entry(line)).decode() == line
    assert (entry.action, entry.field, entry.before, entry.after) == (
        Action.CORRECTED,
        "strength",
        "agreed",
        "explored",
    )
    assert entry.author == "ada"


def test_what_an_entry_says_is_safe_for_a_terminal() -> None:
    hostile = "\x1b]52;c;QUFB\x07 \u202eright to left"
    step = begin_step(DOCUMENT, hostile)
    (entry,) = steps.write_note(step, document_target(), hostile)
    read = decode_entry(encode_entry(entry).decode())
    for text in (read.author, read.after):
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        assert "right to left" in text
