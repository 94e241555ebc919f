"""Driver of the explorer in tests: presses keys and reads the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from rich.style import Style
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.rendering.theme import DARK, Palette
from alliance_tui.explorer.screens.document_screen import DocumentScreen
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument, Position
from alliance_tui.highlighting import HighlightReason
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Agreement, Analysis, Document, Entity
from alliance_tui.terminal.capabilities import Capabilities
from tests.support import builders


def app_on(
    *analyses: Analysis,
    unread: Sequence[Document] = (),
    query: str = "",
    palette: Palette = DARK,
    cache: AnalysisCache | None = None,
    model: str | None = None,
) -> ExplorerApp:
    """Return the app on documents whose analyses are known, and others that are still to be analysed."""
    documents = [OpenDocument(analysis, AnalysisStage.DONE) for analysis in analyses] + [
        OpenDocument.unread(document) for document in unread
    ]
    state = ExplorerState(tuple(documents), Position(query=query))
    return ExplorerApp(state, palette=palette, cache=cache, model=model, capabilities=Capabilities(), debug=True)


class Drive:
    """A running app, its keys and its screen."""

    def __init__(self, app: ExplorerApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> DocumentScreen:
        """The document's screen."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, DocumentScreen)
        return screen

    @property
    def state(self) -> ExplorerState:
        """The state of the document's screen."""
        return self.screen.state

    async def press(self, *keys: str) -> None:
        """Press keys, each once what the one before has started is done, and wait until nothing is under way."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0)  # widgets get keys by way of the app, whose messages alone were waited for
            await self._complete()
        await self.rest()

    async def type(self, text: str) -> None:
        """Type the characters of a text."""
        await self.press(*("space" if character == " " else character for character in text))

    async def retype(self, text: str) -> None:
        """Type a text in place of what a field has."""
        await self.press("ctrl+u")
        await self.type(text)

    async def search(self, query: str) -> None:
        """Open the query line and type a query."""
        await self.press("slash")
        await self.type(query)

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await self.pilot.pause()
        await self._complete()
        await self.pilot.pause()

    async def _complete(self) -> None:
        """Wait until all workers are done."""
        while self.app.workers:
            with suppress(WorkerCancelled):  # which a key, or a later worker of its group, cancelled meanwhile
                await self.app.workers.wait_for_complete()
                break
            await self.pilot.pause(0.01)

    def strips(self, selector: str) -> list[Strip]:
        """Return the visible rows of a widget."""
        widget = self.app.screen.query_one(selector)
        return [widget.render_line(y) for y in range(widget.size.height)]

    def shown(self, selector: str) -> str:
        """Return the visible text of a widget."""
        return "\n".join(strip.text.rstrip() for strip in self.strips(selector))

    def styles(self, selector: str, words: str) -> list[Style]:
        """Return the styles of the first occurrence of `words` within a visible row."""
        for strip in self.strips(selector):
            at = strip.text.find(words)
            if at >= 0:
                piece = strip.crop(at, at + len(words))
                return [segment.style or Style() for segment in piece]
        raise AssertionError(f"{words!r} is not in {selector}:\n{self.shown(selector)}")

    def heading(self, selector: str) -> str:
        """Return the title in a pane's border."""
        return str(self.app.screen.query_one(selector).border_title).strip()

    def agreement(self, title: str) -> Agreement:
        """Return the agreement whose title begins with `title`."""
        return next(each for each in self.state.analysis.agreements if each.title.startswith(title))

    def entity(self, name: str) -> Entity:
        """Return the entity of this name."""
        return next(each for each in self.state.analysis.entities if each.name == name)

    def highlighted(self, reason: HighlightReason) -> list[str]:
        """Return the spans of the text that are highlighted for this reason."""
        spans = self.screen.highlights.spans
        return [self.state.text[span.start : span.end] for span in spans if reason in span.reasons]


@asynccontextmanager
async def driving(app: ExplorerApp | None = None, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    """Run the app (by default on the document of `builders`) on a screen of this size."""
    app = app or app_on(builders.analysis())
    async with app.run_test(size=size) as pilot:
        drive = Drive(app, pilot)
        await drive.rest()
        yield drive


def pressing(keys: Sequence[str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Return a `run_before` hook for snapshots: press the keys, each once the one before is done."""

    async def press(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app, ExplorerApp)
        drive = Drive(pilot.app, pilot)
        await drive.rest()
        await drive.press(*keys)

    return press
