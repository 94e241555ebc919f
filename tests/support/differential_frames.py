"""Random sessions of a Textual app on two emulated terminals: one gets the frame differ's bytes, one plain Textual's.

After each frame both must show the same. At each resize the differ's terminal is scribbled over first, since a real
one may reflow what it shows.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyte
from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen

from alliance_tui.explorer import app as app_module
from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.store import open_library
from alliance_tui.terminal.capabilities import Capabilities
from alliance_tui.terminal.terminal_app import TerminalApp
from tests.support import builders
from tests.support.linked_documents import fact_sheet, report, statement
from tests.support.sample_app import SampleApp

KEYS = (
    *("tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "ctrl+l"),
    *("m", "a", "b", "space", "backspace", "left", "right", "slash", "n", "e", "k", "j"),
)
EXPLORER_KEYS = (
    *("tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "ctrl+l"),
    *("1", "2", "3", "F", "4", "F", "z", "z", "S", "R", "O", "C", "right_parenthesis", "equals_sign", "underscore"),
    *("plus", "slash", "n", "f", "d", "s", "x", "u", "U", "E", "T", "t", "o", "question_mark", "f1", "f2", "space"),
    *("j", "k", "right_square_bracket", "left_square_bracket", "a", "i", "p", "colon", "backspace"),
)
LIBRARY_KEYS = (
    *("tab", "tab", "up", "down", "pageup", "pagedown", "home", "end", "enter", "enter", "escape", "escape", "ctrl+l"),
    *("z", "z", "s", "S", "R", "O", "C", "P", "K", "L", "L", "e", "slash", "d", "r", "left", "right", "question_mark"),
    *("f1", "f2", "t", "j", "k", "u", "backspace", "shift+tab", "right_parenthesis"),
)
"""None of them adds files to the library."""
THEMES = ("textual-dark", "textual-light", "ansi-dark", "nord")


class EmulatedDriver(HeadlessDriver):
    """A driver whose terminal is pyte."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.terminal, self.stream = screen_of(Size(*(self._size or (80, 24))))

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.stream.feed(data)


def screen_of(size: Size) -> tuple[pyte.Screen, pyte.Stream]:
    """Return an emulated terminal without line wrap, which Textual switches off."""
    screen = pyte.Screen(size.width, size.height)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    return screen, stream


def seen(screen: pyte.Screen) -> list[list[tuple[Any, ...]]]:
    """Return each cell as a reader sees it: of a blank cell, only what shows.

    Half a wide character is nothing, as in every terminal; pyte would keep it. Combining marks are left out: cut off
    from its letter by the edge of a pane, plain Textual's would join what stands to the left (test_frames has them).
    """
    lines = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    return [
        [_cell(*three) for three in zip([line[-1], *line[:-1]], line, [*line[1:], line[0]], strict=True)]
        for line in lines
    ]


def _cell(before: Any, cell: Any, after: Any) -> tuple[Any, ...]:
    half = not _is_wide(before) if not cell.data else _is_wide(cell) and after.data
    base = cell.data[:1]
    shown = (base != " " and not half) or cell.underscore or cell.reverse or cell.strikethrough
    return (base, *cell[1:]) if shown else (" ", cell.bg)


def _is_wide(cell: Any) -> bool:
    return bool(cell.data) and get_character_cell_size(cell.data[0]) == 2


class ComparedFrames(TerminalApp[None]):
    """An app that also feeds plain Textual's bytes to a second terminal, and compares the two after each frame."""

    frames = 0
    plain: pyte.Screen | None = None
    """The second terminal."""

    def attach(self, size: Size) -> None:
        """Give both terminals this size, with garbage on the frame differ's."""
        if self.plain is None or (self.plain.columns, self.plain.lines) != size:
            self.plain, self._plain_stream = screen_of(size)
        driver = self._driver
        assert isinstance(driver, EmulatedDriver)
        driver.terminal, driver.stream = screen_of(size)
        driver.stream.feed("\x1b[41m" + "garbage " * 7)
        driver._size = (size.width, size.height)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not isinstance(self._driver, EmulatedDriver):
            return
        if self.plain is None:
            self.attach(screen._compositor.size)
        assert self.plain is not None
        self._drawn_whole: LayoutUpdate | None = None
        super()._display(screen, renderable)
        if not isinstance(renderable, CompositorUpdate) or self._batch_count or not self._running or self._closed:
            return
        # What was drawn whole may be newer than the update that Textual asked for.
        self._plain_stream.feed((self._drawn_whole or renderable).render_segments(self.console))
        # Until the app has heard of a resize, it draws for a terminal that is gone.
        if screen._compositor.size == (self.plain.columns, self.plain.lines):
            _compare(seen(self._driver.terminal), seen(self.plain))

    def _full_update(self, screen: Screen[Any]) -> LayoutUpdate:
        self._drawn_whole = super()._full_update(screen)
        return self._drawn_whole


def _compare(ours: list[list[tuple[Any, ...]]], plain: list[list[tuple[Any, ...]]]) -> None:
    """Fail where the two terminals show something else."""
    ComparedFrames.frames += 1
    wrong = [
        f"line {y}, column {x}: {ours[y][x]} where plain Textual shows {plain[y][x]}"
        for y in range(len(plain))
        for x in range(len(plain[y]))
        if ours[y][x] != plain[y][x]
    ]
    assert not wrong, "\n".join(wrong[:5])


async def session(
    app: ComparedFrames,
    seed: int,
    keys: Sequence[str],
    change_colours: Callable[[random.Random], None],
    steps: int = 30,
) -> None:
    """Run a random session: these keys, resizes, colours, notices. Fails where the two terminals ever differ."""
    chance = random.Random(seed)

    async def reader(pilot: Pilot[Any]) -> None:
        for _ in range(steps):
            match chance.randrange(12):
                case 0:
                    size = Size(chance.randint(16, 210), chance.randint(5, 60)) if chance.random() < 0.7 else app.size
                    app.attach(size)
                    app.post_message(events.Resize(size, size))
                case 1:
                    change_colours(chance)
                case 2:
                    app.notify("条約 signed", markup=False, timeout=60)
                case _:
                    await pilot.press(chance.choice(keys))
            await pilot.pause()
        app.exit()

    await app.run_async(headless=False, mouse=False, size=(80, 24), auto_pilot=reader)
    if app._exception:
        raise app._exception


def assert_sample_draws_as_plain_textual(seed: int) -> None:
    """Run one random session of the sample app. Fails where the two terminals ever differ."""

    class ComparedSample(ComparedFrames, SampleApp):
        pass

    app = ComparedSample(Capabilities(), driver_class=EmulatedDriver)
    app.console._color_system = ColorSystem.TRUECOLOR
    asyncio.run(session(app, seed, KEYS, lambda chance: setattr(app, "theme", chance.choice(THEMES))))


def assert_explorer_draws_as_plain_textual(seed: int) -> None:
    """Run one random session of the explorer. Fails where the two terminals ever differ, or on a fault."""
    reading = OpenDocument(builders.analysis(), AnalysisStage.DONE)
    _assert_draws_as_plain_textual(ExplorerState((reading,)), None, seed, EXPLORER_KEYS)


def assert_library_draws_as_plain_textual(seed: int) -> None:
    """Run one random session in a library: its lists, the register, comparisons. Fails as the explorer's does."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.sqlite"
        with open_library(library) as opened:
            for number, analysis in enumerate((statement(), fact_sheet(), report())):
                path = Path(folder) / f"{number}.txt"
                path.write_text(analysis.document.text, encoding="utf-8")
                opened.upsert(analysis, read_source_file(path))
        _assert_draws_as_plain_textual(ExplorerState(()), AnalysisCache(library), seed, LIBRARY_KEYS)


def _assert_draws_as_plain_textual(
    state: ExplorerState, cache: AnalysisCache | None, seed: int, keys: Sequence[str]
) -> None:
    class ComparedExplorer(ComparedFrames, ExplorerApp):
        CSS_PATH = str(Path(app_module.__file__).with_name("explorer.tcss"))

    app = ComparedExplorer(state, cache=cache, capabilities=Capabilities(), debug=True)
    app.driver_class = EmulatedDriver
    app.console._color_system = ColorSystem.TRUECOLOR
    palettes = list(PALETTES.values())[:3]
    asyncio.run(session(app, seed, keys, lambda chance: app.use_palette(chance.choice(palettes))))
