"""The one registry of what the reader can do: key bindings, key bar, help and command palette are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct
from textual.binding import Binding
from textual.keys import key_to_character

from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import ExplorerState, Mode, Pane, record_at_hand
from alliance_tui.highlighting import Highlights
from alliance_tui.records import Kind

Move = Callable[[ExplorerState, Highlights], ExplorerState]
Handler = TypeVar("Handler")


class Where(StrEnum):
    """Where an action's keys work."""

    ANYWHERE = "everywhere"
    TEXT = "in the text"
    LISTS = "in a list"
    QUERY = "in the query line"
    LIBRARY = "in the library"


class Action(Struct, frozen=True):
    """Something to do: by any of `keys` (Textual's names, the one to show first), told by `label` in the key bar.

    `help` is its line in the help. `move` gives the next state; without one the screen carries it out. `useful` says
    whether it would do anything now; `bar` is its place in the key bar, None for none.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: Where = Where.ANYWHERE
    move: Move | None = None
    useful: Callable[[ExplorerState], bool] = lambda _: True
    bar: int | None = None

    @property
    def shown_keys(self) -> str:
        """The keys as a reader knows them."""
        return " ".join(KEY_NAMES.get(key, _shown(key)) for key in self.keys)

    @property
    def told(self) -> str:
        """The first key and the label."""
        return f"{self.key} {self.label}"

    @property
    def key(self) -> str:
        """The first of the keys, as a reader knows it."""
        return KEY_NAMES.get(self.keys[0], _shown(self.keys[0]))


KEY_NAMES = {
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
}


def _shown(key: str) -> str:
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+").upper()
    return key_to_character(key) or key


def _still(move: Callable[[ExplorerState], ExplorerState]) -> Move:
    """A move that needs to know nothing of what is lit."""
    return lambda state, _: move(state)


def _in_list(state: ExplorerState) -> bool:
    return state.pane is not Pane.TEXT


def _in_text(state: ExplorerState) -> bool:
    return state.pane is Pane.TEXT


def _has_records(state: ExplorerState) -> bool:
    return bool(state.analysis.entities or state.analysis.agreements)


def _has_matches(state: ExplorerState) -> bool:
    return bool(state.matches.text)


def _has_stops(state: ExplorerState) -> bool:
    return _has_records(state) or _has_matches(state)


def _has_record(state: ExplorerState) -> bool:
    return record_at_hand(state) is not None


def _has_details(state: ExplorerState) -> bool:
    return _has_record(state) or bool(state.reading.message)


def _has_others(state: ExplorerState) -> bool:
    return any(each.kind is not Kind.AGREEMENT for each in state.analysis.agreements)


def _has_something_to_clear(state: ExplorerState) -> bool:
    return bool(state.choice or state.place.query or state.mode is Mode.FILTER or state.zoomed)


ACTIONS: tuple[Action, ...] = (
    Action("search", ("/",), "search", "Search as you type; typos are forgiven", bar=1),
    Action("next_pane", ("tab",), "pane", "Go to the next pane", move=_still(moves.next_pane), bar=2),
    Action(
        "previous_pane",
        ("shift+tab",),
        "pane back",
        "Go to the pane before",
        move=_still(lambda state: moves.next_pane(state, -1)),
    ),
    Action(
        "choose",
        ("enter",),
        "choose",
        "Choose the record; again for its details",
        useful=_has_records,
        bar=3,
    ),
    Action("details", ("d",), "details", "Show every field of the record", useful=_has_details, bar=8),
    Action(
        "next_match",
        ("n",),
        "next match",
        "Go to the next match in the text",
        move=_still(moves.next_match),
        useful=_has_matches,
        bar=5,
    ),
    Action(
        "previous_match",
        ("N",),
        "match before",
        "Go to the match before",
        move=_still(lambda state: moves.next_match(state, -1)),
        useful=_has_matches,
    ),
    Action(
        "next_stop",
        ("right_square_bracket", "right", "l"),
        "next lit",
        "Go to the next lit span",
        Where.TEXT,
        moves.next_stop,
        lambda state: _in_text(state) and _has_stops(state),
        bar=6,
    ),
    Action(
        "previous_stop",
        ("left_square_bracket", "left", "h"),
        "lit before",
        "Go to the lit span before",
        Where.TEXT,
        moves.previous_stop,
        _in_text,
    ),
    Action("jump", ("s",), "jump", "Label all in view; typing a label chooses it", useful=_has_stops, bar=11),
    Action("down", ("down", "j"), "down", "One line or row down"),
    Action("up", ("up", "k"), "up", "One line or row up"),
    Action("page_down", ("pagedown", "space", "ctrl+f"), "page", "One page down"),
    Action("page_up", ("pageup", "b", "ctrl+b"), "page back", "One page up"),
    Action("top", ("home", "g"), "top", "To the beginning"),
    Action("bottom", ("end", "G"), "end", "To the end"),
    Action(
        "clear",
        ("escape",),
        "clear",
        "Clear the choice, then the query, the filter",
        move=_still(moves.clear),
        useful=_has_something_to_clear,
        bar=7,
    ),
    Action(
        "filter",
        ("f",),
        "filter",
        "Show only what matches, or all again",
        move=_still(moves.toggle_mode),
        useful=lambda state: bool(state.place.query or state.choice),
        bar=9,
    ),
    Action(
        "back",
        ("u", "backspace"),
        "back",
        "Step back: place, choice, query",
        move=_still(moves.back),
        useful=lambda state: bool(state.past),
        bar=10,
    ),
    Action(
        "forward",
        ("U",),
        "forward",
        "Step forward again",
        move=_still(moves.forward),
        useful=lambda state: bool(state.future),
    ),
    Action(
        "others",
        ("x",),
        "declaratory",
        "List declaratory phrases and packages too",
        move=_still(moves.toggle_others),
        useful=_has_others,
    ),
    Action("zoom", ("z",), "zoom", "This pane alone, or all panes", move=_still(moves.toggle_zoom)),
    Action("copy_quote", ("y",), "copy", "Copy the quote", useful=_has_record, bar=4),
    Action("copy_citation", ("Y",), "copy citation", "Copy the quote with title, date and place", useful=_has_record),
    Action("copy_query", ("c",), "copy query", "Copy the query", useful=lambda state: bool(state.place.query)),
    Action(
        "documents",
        ("o",),
        "documents",
        "Open another of the documents",
        useful=lambda state: len(state.readings) > 1,
        bar=8,
    ),
    Action("library", ("L",), "library", "To the library, or back to the document", bar=8),
    Action("theme", ("t",), "theme", "Change the colours"),
    Action("mouse", ("m",), "mouse", "Let go of the mouse, or take it (clicks and the wheel work)"),
    Action("palette", (":", "ctrl+p"), "commands", "Find a command by name"),
    Action("redraw", ("ctrl+l",), "redraw", "Draw the screen again"),
    Action("interrupt", ("ctrl+c",), "copy or quit", "Copy the selected text, or else leave"),
    Action("help", ("?",), "help", "The keys that work here", bar=12),
    Action("quit", ("q", "ctrl+q"), "quit", "Leave", bar=13),
    Action("accept_query", ("enter",), "first match", "Go to the first match", Where.QUERY, bar=1),
    Action(
        "cancel_query", ("escape",), "clear", "Close the query line as if it had not been opened", Where.QUERY, bar=2
    ),
    Action(
        "complete", ("tab",), "complete", "Complete a field's name or value; again for the next", Where.QUERY, bar=3
    ),
    Action("earlier_query", ("up",), "earlier", "Bring back an earlier query", Where.QUERY, bar=4),
    Action("later_query", ("down",), "later", "Bring back a later query", Where.QUERY),
    Action("open", ("enter",), "open", "Open the document at its first match", Where.LIBRARY, bar=2),
    Action("entities", ("e",), "entities", "The entities of all documents, and their agreements", Where.LIBRARY, bar=3),
    Action("sort", ("s",), "sort", "Sort by the next column", Where.LIBRARY, bar=4),
    Action("turn", ("S",), "turn round", "Sort the other way round", Where.LIBRARY),
    Action("add", ("a",), "add", "Add a file or a folder", Where.LIBRARY, bar=5),
    Action("again", ("r",), "read again", "Read the files again that changed since", Where.LIBRARY, bar=2),
    Action("stop", ("x",), "stop adding", "Stop the adding; what is done stays", Where.LIBRARY, bar=1),
)

BY_ID = {action.id: action for action in ACTIONS}


HEARD_IN_LIBRARY = frozenset(
    (
        *("search", "down", "up", "page_down", "page_up", "top", "bottom", "clear", "library", "theme", "mouse"),
        *("redraw", "interrupt", "help", "quit"),
    )
)
"""The actions of everywhere that the library has too."""


def heard_in_library(action: Action) -> bool:
    """Whether the action's keys are heard on the library's screen."""
    return action.where is Where.LIBRARY or action.id in HEARD_IN_LIBRARY


def needing_handlers(*, library: bool = False) -> list[Action]:
    """The actions that a screen with a query line, the document's or the library's, must carry out itself."""
    if library:
        return [action for action in ACTIONS if heard_in_library(action) or action.where is Where.QUERY]
    return [action for action in ACTIONS if action.where is not Where.LIBRARY and not action.move]


def with_handlers(heard: Iterable[Action], handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """A screen's `handlers` by action id. Raises ValueError unless they are those of the actions `heard` there."""
    if odd := {action.id for action in heard} ^ set(handlers):
        raise ValueError(f"actions without a handler, or handlers without an action: {', '.join(sorted(odd))}")
    return handlers


def unknown(name: str) -> str:
    """What to tell where an action is asked for that a screen cannot carry out."""
    return f"There is no action {name!r} here"


def works_in(action: Action, state: ExplorerState) -> bool:
    """Whether the action's keys are heard now."""
    if state.typing:
        return action.where is Where.QUERY
    if action.where is Where.TEXT:
        return state.pane is Pane.TEXT
    if action.where is Where.LISTS:
        return state.pane is not Pane.TEXT
    return action.where is Where.ANYWHERE


def bar_of(state: ExplorerState, actions: Iterable[Action]) -> list[Action]:
    """The actions of the key bar: those that would do something now, in their order."""
    fit = [each for each in actions if each.bar is not None and works_in(each, state) and each.useful(state)]
    return sorted(fit, key=lambda each: each.bar or 0)


def bindings(*, query: bool = False) -> list[Binding]:
    """Textual's bindings for the query line, or for all the rest of the explorer's screen."""
    if query:
        return _bindings(action for action in ACTIONS if action.where is Where.QUERY)
    return _bindings(action for action in ACTIONS if action.where not in (Where.QUERY, Where.LIBRARY))


def library_bindings() -> list[Binding]:
    """Textual's bindings for the library's screen. A key that the reader gave twice there is the shared action's."""
    return _bindings(filter(heard_in_library, ACTIONS))


def _bindings(actions: Iterable[Action]) -> list[Binding]:
    return [
        Binding(",".join(action.keys), f"screen.perform('{action.id}')", action.label, show=False, id=action.id)
        for action in actions
    ]
