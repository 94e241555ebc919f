"""Random keys, pastes and resizes on every screen of the explorer, within this process."""

from __future__ import annotations

import asyncio
import random
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import key_to_character
from textual.pilot import Pilot, WaitForScreenTimeout

from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.commands.registry import COMMANDS
from alliance_tui.explorer.dialogs.path_picker import PathPicker
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.terminal.input_parser import KeyBurst
from tests.faults.libraries import make_library
from tests.faults.queries import random_query
from tests.faults.surface import Surface
from tests.support import builders
from tests.support.hostile_text import faults
from tests.support.pilot import app_on
from tests.support.sample_library import analysis_of
from tests.tools.fuzz_explorer import RecordingDriver

KEYS = 500
"""Keys of one attempt."""
BURST = 10
PATIENCE = 60.0
"""Seconds in which the app must be idle again after a burst; of processor time while it works on a busy machine."""
_SIGN_OF_WORK = 0.1
"""Seconds of processor time."""
SCREENS: dict[str, Sequence[str]] = {
    "document": (),
    "query line": ("slash",),
    "details": ("tab", "enter", "enter"),
    "jump labels": ("s",),
    "review": ("v",),
    "correction": ("tab", "enter", "e"),
    "note": ("tab", "enter", "semicolon"),
    "tag": ("tab", "enter", "number_sign"),
    "marks": ("apostrophe",),
    "export": ("X",),
    "table": ("3", "z"),
    "themes": ("t",),
    "facets": ("F",),
    "what is due": ("T",),
    "entities in the text": ("E",),
    "documents": ("o",),
    "comparison": ("K", "enter"),
    "commands": (":",),
    "help": ("question_mark",),
    "query help": ("f1",),
    "library": ("L",),
    "library's query line": ("L", "slash"),
    "library's help": ("L", "question_mark"),
    "entities": ("L", "e"),
    "register": ("L", "P"),
    "timeline": ("H",),
    "timeline's query line": ("H", "plus", "slash"),
    "library's timeline": ("L", "H"),
    "matrix": ("J",),
    "library's matrix": ("L", "J"),
    "paths": ("L", "a"),
}
"""Keys that lead from the document to each screen."""
_BOUND = tuple(dict.fromkeys(key for command in COMMANDS for key in command.keys))
_TYPED = (*"abcdejkrsuvwxzABNRSUXZ0123456789:;!|'\"^$-_ ", "é", "日", "\u0301", "😀")
_OTHER = ("f3", "ctrl+u", "ctrl+w", "ctrl+a", "ctrl+k", "delete", "shift+up", "alt+b", "insert", "ctrl+z", "shift+tab")
_LEAVING = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
_IN_PATHS = {"slash", "/", "~", "."}
"""What would lead out of the attempt's own folder."""
_SIZES = ((80, 24), (120, 40), (40, 12), (200, 60), (20, 5), (1, 1), (300, 8))


async def press_keys(chance: random.Random, name: str, app: ExplorerApp) -> bytes:
    """Press random keys on the screen of this name, return to it in between, and return every byte that was sent."""
    app.driver_class = RecordingDriver

    async def reader(pilot: Pilot[Any]) -> None:
        await _rest(pilot)
        for _ in range(KEYS // BURST):
            if app._exit:
                return
            await _burst(pilot, ("escape", "escape", *SCREENS[name]) if chance.random() < 0.4 else ())
            if chance.random() < 0.2:
                await pilot.resize_terminal(*chance.choice(_SIZES))
            if chance.random() < 0.1 and not isinstance(app.screen, PathPicker | PromptScreen):
                app.post_message(events.Paste(random_query(chance)))
            await _burst(pilot, list(_random_keys(chance)))
        app.exit()

    await app.run_async(headless=False, mouse=False, size=chance.choice(_SIZES[:3]), auto_pilot=reader)
    if app._exception:
        raise app._exception
    driver = app._driver
    assert isinstance(driver, RecordingDriver)
    return "".join(driver.written).encode("utf-8", "surrogatepass")


def _random_keys(chance: random.Random) -> Iterator[str]:
    for _ in range(BURST):
        kind = chance.random()
        yield chance.choice(_BOUND if kind < 0.6 else _TYPED if kind < 0.9 else _OTHER)


async def _burst(pilot: Pilot[Any], keys: Sequence[str]) -> None:
    """Press keys at once; only the first may be one that leads out of the folder where a path is typed."""
    asks_path = isinstance(pilot.app.screen, PathPicker | PromptScreen)
    harmless = [
        key
        for number, key in enumerate(keys)
        if key not in _LEAVING and not (key in _IN_PATHS and (number or asks_path))
    ]
    pilot.app.post_message(KeyBurst([events.Key(key, _character(key)) for key in harmless]))
    await _pause(pilot)
    await _rest(pilot)


async def _pause(pilot: Pilot[Any]) -> None:
    """Wait until the app has handled all that was sent to it."""
    begin = time.process_time()
    while True:
        begin_of_wait = time.process_time()
        try:
            return await asyncio.wait_for(pilot.pause(), PATIENCE)
        except (TimeoutError, WaitForScreenTimeout):
            now = time.process_time()
            if now - begin > PATIENCE or now - begin_of_wait < _SIGN_OF_WORK:
                raise


def _character(key: str) -> str | None:
    return key if len(key) == 1 else key_to_character(key)


async def _rest(pilot: Pilot[Any]) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        assert asyncio.get_running_loop().time() < deadline, "a worker has not ended"
        await pilot.pause(0.01)


def press(chance: random.Random, folder: Path) -> Iterator[str]:
    """Press random keys on a random screen."""
    yield from press_on(chance.choice(list(SCREENS)), chance, folder)


def press_on(name: str, chance: random.Random, folder: Path) -> Iterator[str]:
    """Press random keys on the screen of this name."""
    library = make_library(folder, chance.choice((0, 30)))
    analyses = [builders.analysis(), analysis_of("radar")]
    with chdir(folder):
        app = app_on(*analyses[: chance.choice((1, 2))], cache=AnalysisCache(library))
        try:
            raw = asyncio.run(press_keys(chance, name, app))
        except Exception:
            yield f"{name}: {traceback.format_exc()}"
        else:
            yield from (f"{name}: {fault!r} was sent" for fault in faults(raw)[:5])


PRESSED = Surface("keys", press, "keys", KEYS, short_attempts=3)
ON_SCREENS = tuple(
    Surface(f"screen: {name}", partial(press_on, name), "keys", KEYS, short_attempts=0) for name in SCREENS
)
