"""The registry of commands, from which key bindings, key bar, help and command palette are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

from msgspec import Struct
from textual.binding import Binding
from textual.keys import key_to_character

from alliance_tui.explorer.state import history, review_transitions, selected_words, table_view, transitions
from alliance_tui.explorer.state.explorer_state import (
    DisplayMode,
    ExplorerState,
    Pane,
    ReviewOrder,
    focused_record,
    has_records,
    in_table,
    words_selected,
)
from alliance_tui.highlighting import Highlights
from alliance_tui.records import Kind

Transition = Callable[[ExplorerState, Highlights], ExplorerState]
Handler = TypeVar("Handler")


class CommandScope(StrEnum):
    """The part of the explorer in which a command's keys work."""

    ANYWHERE = "everywhere"
    TEXT = "in the text"
    TABLE = "in the table"
    QUERY = "in the query line"
    LIBRARY = "in the library"


class Command(Struct, frozen=True):
    """Something that the reader can do.

    `keys` are Textual's names, the one to show first; `label` is for the key bar and `help` for the lists of commands.
    `transition` gives the next state; a command without one has a handler on each screen. `is_useful` says whether it
    would do anything now. `bar_position` is its place in the key bar, None for none.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    scope: CommandScope = CommandScope.ANYWHERE
    transition: Transition | None = None
    is_useful: Callable[[ExplorerState], bool] = lambda _: True
    bar_position: int | None = None

    @property
    def displayed_keys(self) -> str:
        """The keys as the reader knows them."""
        return " ".join(DISPLAYED_KEY_NAMES.get(key, _displayed_key(key)) for key in self.keys)

    @property
    def first_key(self) -> str:
        """The first of the keys, as the reader knows it."""
        return DISPLAYED_KEY_NAMES.get(self.keys[0], _displayed_key(self.keys[0]))


DISPLAYED_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "backspace": "Backspace",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "f1": "F1",
    "f2": "F2",
    "plus": "+",
    "minus": "-",
}


def _displayed_key(key: str) -> str:
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+").upper()
    if key.startswith("shift+"):
        name = key.removeprefix("shift+")
        return "Shift-" + DISPLAYED_KEY_NAMES.get(name, name.upper())
    return key_to_character(key) or key


def _without_highlights(move: Callable[[ExplorerState], ExplorerState]) -> Transition:
    """Return a transition of the state alone as one of state and highlights."""
    return lambda state, _: move(state)


def _in_text(state: ExplorerState) -> bool:
    return state.pane is Pane.TEXT


def _has_matches(state: ExplorerState) -> bool:
    return bool(state.matches.text)


def _has_stops(state: ExplorerState) -> bool:
    return has_records(state) or _has_matches(state)


def _has_record(state: ExplorerState) -> bool:
    return focused_record(state) is not None


def _has_targets(state: ExplorerState) -> bool:
    return bool(review_transitions.target_records(state))


def _has_record_or_words(state: ExplorerState) -> bool:
    return words_selected(state) is not None or _has_record(state)


def _has_evidence_or_words(state: ExplorerState) -> bool:
    return words_selected(state) is not None or _has_targets(state)


def _has_several_marked(state: ExplorerState) -> bool:
    return len(state.marked) > 1


def _in_agreements(state: ExplorerState) -> bool:
    return state.pane is Pane.AGREEMENTS and has_records(state)


def _has_details(state: ExplorerState) -> bool:
    return _has_record(state) or bool(state.current_document.message)


def _has_declaratory(state: ExplorerState) -> bool:
    return any(record.kind is not Kind.AGREEMENT for record in state.analysis.agreements)


def _has_agreements(state: ExplorerState) -> bool:
    return any(record.kind is Kind.AGREEMENT for record in state.analysis.agreements)


def _has_something_to_clear(state: ExplorerState) -> bool:
    shown = state.selection or state.position.query or state.display_mode is DisplayMode.FILTER or state.zoomed
    return bool(shown or state.marked or state.review_order or words_selected(state))


COMMANDS: tuple[Command, ...] = (
    Command("search", ("/",), "search", "Search as you type; typos are forgiven", bar_position=1),
    Command(
        "next_pane",
        ("tab",),
        "pane",
        "Go to the next pane",
        transition=_without_highlights(transitions.next_pane),
        bar_position=2,
    ),
    Command(
        "previous_pane",
        ("shift+tab",),
        "pane back",
        "Go to the pane before",
        transition=_without_highlights(lambda state: transitions.next_pane(state, -1)),
    ),
    Command(
        "choose",
        ("enter",),
        "choose",
        "Choose the record; again for its details",
        is_useful=has_records,
        bar_position=3,
    ),
    Command("details", ("d",), "details", "Show every field of the record", is_useful=_has_details, bar_position=8),
    Command(
        "next_match",
        ("n",),
        "next match",
        "Go to the next match in the text",
        transition=_without_highlights(transitions.next_match),
        is_useful=_has_matches,
        bar_position=5,
    ),
    Command(
        "previous_match",
        ("N",),
        "match before",
        "Go to the match before",
        transition=_without_highlights(lambda state: transitions.next_match(state, -1)),
        is_useful=_has_matches,
    ),
    Command(
        "next_stop",
        ("right_square_bracket", "right", "l"),
        "highlight",
        "Go to the next highlighted words, or selected word",
        CommandScope.TEXT,
        transitions.next_stop,
        lambda state: _in_text(state) and _has_stops(state),
        bar_position=6,
    ),
    Command(
        "previous_stop",
        ("left_square_bracket", "left", "h"),
        "highlight before",
        "Go to the highlighted or selected words before",
        CommandScope.TEXT,
        transitions.previous_stop,
        _in_text,
    ),
    Command(
        "select_words",
        ("comma",),
        "select",
        "Select the word at the cursor; again: sentence, paragraph",
        CommandScope.TEXT,
        is_useful=lambda state: not state.text.isspace() and bool(state.text),
        bar_position=19,
    ),
    *(
        Command(
            f"select_{where}",
            (f"shift+{key}",),
            f"select {where}",
            f"Selected words: {effect}",
            CommandScope.TEXT,
            transition,
        )
        for where, key, effect, transition in (
            ("on", "right", "one more", _without_highlights(partial(selected_words.move_ends, end=1))),
            ("back", "left", "one less", _without_highlights(partial(selected_words.move_ends, end=-1))),
            ("down", "down", "one line more", None),
            ("up", "up", "one line less", None),
        )
    ),
    Command(
        "jump", ("s",), "jump", "Label all in view; typing a label chooses it", is_useful=_has_stops, bar_position=11
    ),
    Command("down", ("down", "j"), "down", "One line or row down"),
    Command("up", ("up", "k"), "up", "One line or row up"),
    Command("page_down", ("pagedown", "ctrl+f"), "page", "One page down"),
    Command("page_up", ("pageup", "b", "ctrl+b"), "page back", "One page up"),
    Command("top", ("home", "g"), "top", "To the beginning"),
    Command("bottom", ("end", "G"), "end", "To the end"),
    Command(
        "clear",
        ("escape",),
        "clear",
        "Clear the choice, then the query, the filter",
        transition=_without_highlights(transitions.clear),
        is_useful=_has_something_to_clear,
        bar_position=7,
    ),
    Command(
        "filter",
        ("f",),
        "hide rest",
        "Show only what matches, or all again",
        transition=_without_highlights(transitions.toggle_filter),
        is_useful=lambda state: bool(state.position.query or state.selection),
        bar_position=9,
    ),
    Command(
        "facets",
        ("F", "4"),
        "narrow by",
        "Narrow by strength, party, due date, field, speaker",
        is_useful=lambda state: bool(state.analysis.agreements),
        bar_position=6,
    ),
    Command(
        "due_first",
        ("T",),
        "due first",
        "Choose the agreement that falls due first",
        is_useful=lambda state: bool(state.analysis.agreements),
    ),
    Command(
        "back",
        ("u", "backspace"),
        "back",
        "Step back: place, choice, query",
        is_useful=lambda state: bool(state.back_positions) or state.current_document.from_library,
        bar_position=10,
    ),
    Command(
        "forward",
        ("U",),
        "forward",
        "Step forward again",
        transition=_without_highlights(history.forward),
        is_useful=lambda state: bool(state.forward_positions),
    ),
    Command(
        "others",
        ("x",),
        "declaratory",
        "List declaratory phrases and packages too, or hide them",
        transition=_without_highlights(transitions.toggle_declaratory),
        is_useful=_has_declaratory,
    ),
    *(
        Command(
            f"pane_{number}",
            (str(number),),
            pane,
            f"Go to pane {number}: {pane}",
            transition=_without_highlights(partial(transitions.focus_pane, pane=pane)),
        )
        for number, pane in enumerate((Pane.TEXT, Pane.AGREEMENTS, Pane.ENTITIES), 1)
    ),
    Command("larger", ("=",), "larger", "Make this pane larger (also: drag its edge)"),
    Command("smaller", ("_",), "smaller", "Make this pane smaller"),
    Command(
        "types",
        ("E",),
        "entities",
        "Show in the text what kind each entity is, or hide it",
        transition=_without_highlights(transitions.toggle_types),
        is_useful=lambda state: bool(state.analysis.entities),
    ),
    Command(
        "zoom",
        ("z",),
        "zoom",
        "This pane alone (agreements: a table), or all panes",
        transition=_without_highlights(transitions.toggle_zoom),
    ),
    Command("sort_table", ("S",), "sort", "Sort by the next column", CommandScope.TABLE, bar_position=2),
    Command(
        "turn_table",
        ("R",),
        "turn round",
        "Sort the other way round",
        CommandScope.TABLE,
        _without_highlights(transitions.change_table(table_view.turn_round)),
        bar_position=3,
    ),
    Command(
        "group_table",
        ("O",),
        "group",
        "Group by section, party, field or year, or not",
        CommandScope.TABLE,
        _without_highlights(transitions.change_table(table_view.group_by_next)),
        bar_position=4,
    ),
    Command("columns", ("C",), "columns", "Choose the columns", CommandScope.TABLE, bar_position=5),
    Command("wider", (")",), "wider", "Make the column that is sorted by wider", CommandScope.TABLE),
    Command("narrower", ("(",), "narrower", "Make the column that is sorted by narrower", CommandScope.TABLE),
    Command(
        "copy_quote",
        ("y",),
        "copy",
        "Copy the quote, or the selected words",
        is_useful=_has_record_or_words,
        bar_position=4,
    ),
    Command(
        "copy_citation",
        ("Y",),
        "copy citation",
        "Copy the quote with its source; of all marked ones, each",
        is_useful=_has_record,
    ),
    Command("copy_query", ("c",), "copy query", "Copy the query", is_useful=lambda state: bool(state.position.query)),
    Command(
        "documents",
        ("o",),
        "documents",
        "Open another document, also of the library",
        is_useful=lambda state: len(state.documents) > 1,
        bar_position=8,
    ),
    Command("library", ("L",), "library", "To the library, or back to the document", bar_position=8),
    Command(
        "compare",
        ("K",),
        "compare",
        "Compare with another document: in both, in one, differing",
        is_useful=_has_agreements,
        bar_position=22,
    ),
    Command(
        "timeline",
        ("H",),
        "timeline",
        "When promised, when due: of marked, else found, else all",
        is_useful=_has_agreements,
        bar_position=20,
    ),
    Command(
        "matrix",
        ("J",),
        "with whom",
        "Who does what with whom: of marked, else found, else all",
        is_useful=_has_agreements,
        bar_position=21,
    ),
    Command("mark", ("space",), "mark", "Mark the agreement for the next key; in text, page down"),
    Command(
        "mark_range",
        ("M",),
        "mark to here",
        "Mark all agreements from the last marked one to this one",
        transition=review_transitions.mark_range,
        is_useful=_in_agreements,
    ),
    Command(
        "mark_all",
        ("A",),
        "mark all",
        "Mark all agreements that are listed, or none",
        transition=review_transitions.mark_all,
        is_useful=has_records,
    ),
    Command(
        "accept", ("a",), "accept", "Accept the agreement, or all marked ones", is_useful=_has_targets, bar_position=14
    ),
    Command(
        "reject", ("r",), "reject", "Reject it; again takes the judgement back", is_useful=_has_targets, bar_position=15
    ),
    Command("doubt", ("i",), "in doubt", "Leave it in doubt", is_useful=_has_targets, bar_position=16),
    Command(
        "review_pass",
        ("v",),
        "review",
        "Go through what is unjudged, least certain first, or stop",
        transition=lambda state, highlights: review_transitions.toggle_pass(
            state, highlights, ReviewOrder.LEAST_CERTAIN
        ),
        is_useful=has_records,
        bar_position=17,
    ),
    Command(
        "review_in_order",
        ("V",),
        "review in order",
        "Go through what is unjudged, in reading order, or stop",
        transition=lambda state, highlights: review_transitions.toggle_pass(state, highlights, ReviewOrder.READING),
        is_useful=has_records,
    ),
    Command(
        "edit",
        ("e",),
        "correct",
        "Correct a field of the agreement, or the entity",
        is_useful=_has_record,
        bar_position=18,
    ),
    Command(
        "stronger",
        ("plus",),
        "stronger",
        "The next strength up; else a larger pane",
        is_useful=_has_targets,
    ),
    Command(
        "weaker",
        ("minus",),
        "weaker",
        "The next strength down; else a smaller pane",
        is_useful=_has_targets,
    ),
    *(
        Command(command, (key,), label, f"Evidence or selected words: {effect}", is_useful=_has_evidence_or_words)
        for command, key, label, effect in (
            ("evidence_start_back", "left_curly_bracket", "begin earlier", "one more before"),
            ("evidence_start_on", "right_curly_bracket", "begin later", "the first less"),
            ("evidence_end_back", "less_than_sign", "end earlier", "the last less"),
            ("evidence_end_on", "greater_than_sign", "end later", "one more after"),
        )
    ),
    Command("split", ("vertical_line",), "split", "Split the agreement in two", is_useful=_has_targets),
    Command(
        "merge", ("ampersand",), "merge", "Merge the marked agreements into the first", is_useful=_has_several_marked
    ),
    Command("add_record", ("I",), "add", "Make the selected words, or the sentence, a record"),
    Command("note", ("semicolon",), "note", "Write a note on the words, agreement, entity or sentence"),
    Command("note_document", ("D",), "note on all", "Write a note on the document"),
    Command("tag", ("number_sign",), "tag", "Tag it, or take a tag away"),
    Command("tag_document", ("@",), "tag on all", "Tag the document, or take a tag away"),
    Command("bookmark", ("B",), "bookmark", "Bookmark the sentence at the cursor, or not"),
    Command("marks", ("apostrophe",), "notes", "List bookmarks, notes and what is no longer found"),
    Command("possible", ("p",), "possible", "List also what was nearly an agreement, or no longer"),
    Command("export", ("X",), "export", "Write the marked agreements, or all listed, to a file"),
    Command("undo", ("w", "ctrl+z"), "undo", "Undo your last step on this document"),
    Command("redo", ("W", "ctrl+y"), "redo", "Redo the step that you undid last"),
    Command("searches", ("asterisk",), "searches", "Choose a saved search, or save this one"),
    Command("theme", ("t",), "theme", "Choose the colours, shown as you move"),
    Command("mouse", ("m",), "mouse", "Let go of the mouse, or take it (clicks and wheel work)"),
    Command("palette", (":", "ctrl+p"), "commands", "Find a command by name"),
    Command("redraw", ("ctrl+l",), "redraw", "Draw the screen again"),
    Command("interrupt", ("ctrl+c",), "copy or quit", "Copy the selected text, or else leave"),
    Command("help", ("?",), "help", "The keys that work here", bar_position=12),
    Command("quit", ("q", "ctrl+q"), "quit", "Leave", bar_position=13),
    Command("query_help", ("f1",), "query language", "What a query may say"),
    Command("symbols", ("f2",), "symbols", "What the symbols on the screen mean"),
    Command("accept_query", ("enter",), "first match", "Go to the first match", CommandScope.QUERY, bar_position=1),
    Command(
        "cancel_query",
        ("escape",),
        "clear",
        "Close the query line as if it had not been opened",
        CommandScope.QUERY,
        bar_position=2,
    ),
    Command(
        "complete",
        ("tab",),
        "complete",
        "Complete a field's name or value; again for the next",
        CommandScope.QUERY,
        bar_position=3,
    ),
    Command("earlier_query", ("up",), "earlier", "Bring back an earlier query", CommandScope.QUERY, bar_position=4),
    Command("later_query", ("down",), "later", "Bring back a later query", CommandScope.QUERY),
    Command("open", ("enter",), "open", "Open the document at its first match", CommandScope.LIBRARY, bar_position=2),
    Command(
        "entities",
        ("e",),
        "entities",
        "The entities of all documents, and their agreements",
        CommandScope.LIBRARY,
        bar_position=3,
    ),
    Command(
        "listing",
        ("tab",),
        "agreements",
        "List the agreements of all documents, or documents again",
        CommandScope.LIBRARY,
        bar_position=3,
    ),
    Command(
        "table",
        ("z",),
        "table",
        "The agreements of all documents as a table, or as a list",
        CommandScope.LIBRARY,
        bar_position=4,
    ),
    Command(
        "mark_document",
        ("space",),
        "mark",
        "Mark the document, to compare it with other marked ones",
        CommandScope.LIBRARY,
    ),
    Command("sort", ("s",), "sort", "Sort by the next column", CommandScope.LIBRARY, bar_position=4),
    Command("turn", ("S",), "turn round", "Sort the other way round", CommandScope.LIBRARY),
    Command(
        "register",
        ("P",),
        "register",
        "What was undertaken in all documents, what became of it",
        CommandScope.LIBRARY,
        bar_position=9,
    ),
    Command("add", ("a",), "add", "Add a file or a folder", CommandScope.LIBRARY, bar_position=5),
    Command(
        "again", ("r",), "read again", "Read the files again that changed since", CommandScope.LIBRARY, bar_position=2
    ),
    Command(
        "review_library",
        ("v",),
        "review",
        "Review the listed documents, least certain first",
        CommandScope.LIBRARY,
        bar_position=6,
    ),
    Command(
        "review_listed",
        ("V",),
        "review in order",
        "Review the listed documents, as they are listed",
        CommandScope.LIBRARY,
    ),
    Command("stop", ("x",), "stop adding", "Stop the adding; what is done stays", CommandScope.LIBRARY, bar_position=1),
)

_REVIEW_PASS = frozenset(("accept", "reject", "doubt", "edit", "review_pass"))
"""The commands that a review pass needs most."""
_WITH_WORDS = (
    *("add_record", "evidence_end_on", "evidence_start_on", "select_words", "note", "tag", "copy_quote", "bookmark"),
    *("evidence_end_back", "evidence_start_back", "clear", "help", "quit"),
)
"""The commands of the key bar while words are selected, in their order."""
COMMANDS_BY_ID = {command.id: command for command in COMMANDS}


SHARED_WITH_LIBRARY = frozenset(
    (
        *("search", "down", "up", "page_down", "page_up", "top", "bottom", "clear", "library", "theme", "mouse"),
        "searches",
        *("compare", "export", "matrix", "timeline"),
        *("redraw", "interrupt", "help", "query_help", "symbols", "quit"),
        *("group_table", "turn_table", "columns", "wider", "narrower"),
    )
)
"""The commands of the document's screen that the library has too."""


def works_in_library(command: Command) -> bool:
    """Return whether the command works on the library's screen."""
    return command.scope is CommandScope.LIBRARY or command.id in SHARED_WITH_LIBRARY


def commands_with_handlers(*, library: bool = False) -> list[Command]:
    """Return the commands that the document's screen, or the library's, needs handlers for."""
    if library:
        return [command for command in COMMANDS if works_in_library(command) or command.scope is CommandScope.QUERY]
    return [command for command in COMMANDS if command.scope is not CommandScope.LIBRARY and not command.transition]


def complete_handlers(expected: Iterable[Command], handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """Return the handlers by command id. Raises ValueError unless they are those of the `expected` commands."""
    if unmatched := {command.id for command in expected} ^ set(handlers):
        raise ValueError(f"actions without a handler, or handlers without an action: {', '.join(sorted(unmatched))}")
    return handlers


def unknown_command_message(name: str) -> str:
    """Return the notice for a command that a screen does not have."""
    return f"There is no action {name!r} here"


def works_in(command: Command, state: ExplorerState) -> bool:
    """Return whether the command's keys work in this state."""
    if state.typing:
        return command.scope is CommandScope.QUERY
    if command.scope is CommandScope.TABLE:
        return in_table(state)
    if command.scope is CommandScope.TEXT:
        return state.pane is Pane.TEXT
    return command.scope is CommandScope.ANYWHERE


def key_bar_commands(state: ExplorerState, commands: Iterable[Command]) -> list[Command]:
    """Return the commands of the key bar, those that are useful now, in its order.

    Those of a review pass are in it among the agreements, and in a pass they come first. While words are selected, it
    has what can be done with them.
    """
    useful = [command for command in commands if works_in(command, state) and command.is_useful(state)]
    if words_selected(state):
        chosen = (command for command in useful if command.id in _WITH_WORDS)
        return sorted(chosen, key=lambda command: _WITH_WORDS.index(command.id))
    reviewing = state.review_order is not None
    if not reviewing and state.pane is not Pane.AGREEMENTS:
        return in_key_bar(command for command in useful if command.id not in _REVIEW_PASS)
    return sorted(in_key_bar(useful), key=lambda command: reviewing and command.id not in _REVIEW_PASS)


def in_key_bar(commands: Iterable[Command]) -> list[Command]:
    """Return the commands that have a place in the key bar, in its order."""
    shown = [command for command in commands if command.bar_position is not None]
    return sorted(shown, key=lambda command: command.bar_position or 0)


def bindings(*, query: bool = False) -> list[Binding]:
    """Return Textual's bindings for the query line, or for the rest of the document's screen."""
    if query:
        return _bindings(command for command in COMMANDS if command.scope is CommandScope.QUERY)
    return _bindings(command for command in COMMANDS if command.scope not in (CommandScope.QUERY, CommandScope.LIBRARY))


def library_bindings() -> list[Binding]:
    """Return Textual's bindings for the library's screen. Of two commands with one key, the shared one has it."""
    return _bindings(filter(works_in_library, COMMANDS))


def _bindings(commands: Iterable[Command]) -> list[Binding]:
    return [
        Binding(",".join(command.keys), f"screen.perform('{command.id}')", command.label, show=False, id=command.id)
        for command in commands
    ]
