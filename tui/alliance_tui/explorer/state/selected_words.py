"""Transitions of the words that the reader selects by keys: to add a record, to note, tag, bookmark or copy them."""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.documents.text_units import paragraph_at, sentence_at, stepped, word_at, words_around
from alliance_tui.explorer.state.explorer_state import ExplorerState, SelectedWords, words_selected


def widen(state: ExplorerState) -> ExplorerState:
    """Select the word at the cursor or, of selected words, their sentence, then their paragraph."""
    selected = words_selected(state)
    if selected is None:
        return select_words(state, *word_at(state.text, state.position.offset))
    for unit in (word_at, sentence_at, paragraph_at):
        start, end = unit(state.text, selected[0])
        if start <= selected[0] and end >= selected[1] and (start, end) != selected:
            return select_words(state, start, end)
    return state


def select_words(state: ExplorerState, start: int, end: int, cursor: int | None = None) -> ExplorerState:
    """Select a span, with the cursor at the offset `cursor`, by default at its start; an empty span is none."""
    if start >= end:
        return state
    position = replace(state.position, offset=start if cursor is None else cursor)
    words = SelectedWords(position.document_index, start, end)
    return replace(state, selected_words=words, position=position, history_group="")


def step_words(state: ExplorerState, by: int) -> ExplorerState:
    """Select the word `by` words after the first that is selected, in its place."""
    selected = words_selected(state)
    if selected is None:
        return state
    starts = [start for start, _ in words_around(state.text, selected[0])]
    return select_word_at(state, stepped(starts, selected[0], by))


def select_word_at(state: ExplorerState, offset: int) -> ExplorerState:
    """Select the word at an offset."""
    return select_words(state, *word_at(state.text, offset))


def move_ends(state: ExplorerState, *, start: int = 0, end: int = 0) -> ExplorerState:
    """Move the ends of the selected words by so many words; without any, begin with the word at the cursor."""
    selected = words_selected(state)
    if selected is None:
        return widen(state)
    first, last = selected
    if start:
        starts = [begin for begin, _ in words_around(state.text, first)]
        first = stepped([each for each in starts if each < last], first, start)
        return select_words(state, first, last)
    ends = [stop for _, stop in words_around(state.text, last)]
    last = stepped([each for each in ends if each > first], last, end)
    return select_words(state, first, last, _last_word(state.text, first, last))


def extend_to(state: ExplorerState, offset: int) -> ExplorerState:
    """Move the end of the selected words to the word at an offset, or to the first one if that is before it."""
    selected = words_selected(state)
    if selected is None:
        return widen(state)
    _, end = word_at(state.text, max(offset, selected[0]))
    return select_words(state, selected[0], end, _last_word(state.text, selected[0], end))


def _last_word(text: str, start: int, end: int) -> int:
    """Return where the last word of a span begins."""
    return max(start, text.rfind(" ", start, end) + 1)
