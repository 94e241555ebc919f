"""Every key that is bound on a screen is carried out there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.screen import Screen

from alliance_tui.explorer.commands.registry import (
    COMMANDS,
    COMMANDS_BY_ID,
    Command,
    CommandScope,
    commands_with_handlers,
    complete_handlers,
)
from alliance_tui.explorer.handlers import document_handlers, library_handlers
from alliance_tui.explorer.screens.document_screen import DocumentScreen
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.library.analysis_cache import AnalysisCache
from tests.support import builders
from tests.support.pilot import app_on, driving
from tests.support.sample_library import fill

SCREENS = {
    "document": [],
    "list of agreements": ["tab"],
    "list of entities": ["tab", "tab"],
    "labels": ["s"],
    "query line": ["slash"],
    "help": ["question_mark"],
    "commands": ["colon"],
    "details": ["tab", "d"],
    "documents": ["o"],
    "library": ["L"],
    "library, query line": ["L", "slash"],
    "library, help": ["L", "question_mark"],
    "library, entities": ["L", "e"],
    "library, agreements of an entity": ["L", "e", "enter"],
    "library, path": ["L", "a"],
}
"""How a reader gets to each screen, and to each state of one that has keys of its own."""


def carried_out_by(screen: Screen[object]) -> Mapping[str, object]:
    """Return what carries out each command of a screen, by the command's id."""
    if isinstance(screen, LibraryScreen):
        return library_handlers.HANDLERS
    assert isinstance(screen, DocumentScreen)
    transitions = {
        command.id: command.transition
        for command in COMMANDS
        if command.transition and command.scope is not CommandScope.LIBRARY
    }
    return {**transitions, **document_handlers.HANDLERS}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_every_key_of_a_screen_has_a_handler(keys: list[str], tmp_path: Path) -> None:
    other = builders.analysis(builders.document(title="Second"))
    app = app_on(builders.analysis(), other, cache=AnalysisCache(fill(tmp_path)))
    async with driving(app) as drive:
        await drive.press(*keys)
        screen = app.screen
        bound = [active for active in screen.active_bindings.values() if active.node is not app]
        assert bound
        for node, binding, *_ in bound:
            target, name, parameters = app._parse_action(binding.action, node)
            assert hasattr(target, f"action_{name}") or hasattr(target, f"_action_{name}"), binding
            if name == "perform":
                assert isinstance(target, Screen)
                assert parameters[0] in carried_out_by(target), binding


QUERY_KEYS = [key for command in COMMANDS if command.scope is CommandScope.QUERY for key in command.keys]


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_no_key_of_the_query_line_ends_the_program(keys: list[str], tmp_path: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press(*keys)
        for typed in ("", "pa", "party:"):
            await drive.type(typed)
            await drive.press(*sorted(QUERY_KEYS, key=lambda key: key in ("enter", "escape")))  # which close the line
            await drive.press(*keys)
        assert drive.app.return_value in (None, 0), "it is left only where leaving was picked"


@pytest.mark.parametrize("keys", [[], ["L"]], ids=["document", "library"])
async def test_an_unknown_action_is_named_and_ends_nothing(keys: list[str], tmp_path: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press(*keys)
        screen = drive.app.screen
        assert isinstance(screen, DocumentScreen | LibraryScreen)
        await screen.action_perform("fly")
        assert "no action 'fly'" in drive.shown("#record")
        await drive.press("question_mark", "escape")
        assert drive.app.screen is screen


def test_a_screen_without_the_handlers_of_its_actions_cannot_be_built() -> None:
    handlers = {command.id: print for command in commands_with_handlers(library=True)}
    assert complete_handlers(commands_with_handlers(library=True), handlers) is handlers
    del handlers["complete"]
    with pytest.raises(ValueError, match="complete"):
        complete_handlers(commands_with_handlers(library=True), handlers)
    with pytest.raises(ValueError, match="fly"):
        complete_handlers([COMMANDS_BY_ID["quit"]], {"quit": print, "fly": print})


def test_each_action_is_carried_out_on_some_screen() -> None:
    def carried_out(command: Command) -> bool:
        return bool(command.transition) or command.id in {*document_handlers.HANDLERS, *library_handlers.HANDLERS}

    assert [command.id for command in COMMANDS if not carried_out(command)] == []


async def test_drawing_changes_nothing_in_the_state() -> None:
    async with driving() as drive:
        await drive.press("tab", "enter")
        state = replace(drive.state, focused_agreement="no such record", focused_entity=None)
        drive.screen.state = state
        drive.screen.draw(state)
        assert drive.screen.state is state
        await drive.press("tab")
        listed = {entity.id for entity in drive.state.analysis.entities}
        assert drive.state.focused_entity in listed, "the next state has its rows focused again"
