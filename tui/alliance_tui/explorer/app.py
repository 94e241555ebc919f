"""The explorer's app: it makes the screens, and holds the palette, the commands and the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.screen import Screen

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import LibraryError
from alliance_tui.explorer.commands.registry import COMMANDS, COMMANDS_BY_ID, Command
from alliance_tui.explorer.persistence.screen_settings import ScreenSettings
from alliance_tui.explorer.persistence.settings import Settings
from alliance_tui.explorer.rendering import glyphs, theme
from alliance_tui.explorer.rendering.theme import Palette
from alliance_tui.explorer.screens.document_screen import DocumentScreen
from alliance_tui.explorer.screens.query_screen import QueryScreen
from alliance_tui.explorer.state import document_transitions, review_transitions
from alliance_tui.explorer.state.explorer_state import (
    ExplorerState,
    LibraryPass,
    OpenDocument,
    ReadingPosition,
    ReviewOrder,
)
from alliance_tui.explorer.state.table_view import TableView
from alliance_tui.explorer.workers.garbage_collection import freeze_and_collect
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.review.author import author_name
from alliance_tui.terminal.capabilities import Capabilities
from alliance_tui.terminal.terminal_app import TerminalApp

if TYPE_CHECKING:
    from alliance_tui.explorer.screens.library_screen import LibraryScreen
    from alliance_tui.explorer.state.comparison_state import OpenComparison
    from alliance_tui.explorer.state.overview_state import GridPosition, OverviewKey
    from alliance_tui.library.library_document import LibraryDocument

NO_LIBRARY = "With --no-cache there is no library: leave it out, or name one with --library"


class ExplorerApp(TerminalApp[int]):
    """The explorer in a terminal: a document's screen and, from the first visit on, the library's."""

    CSS_PATH = "explorer.tcss"
    TITLE = "alliance-tui"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        state: ExplorerState,
        *,
        model: str | None = None,
        cache: AnalysisCache | None = None,
        palette: Palette | None = None,
        capabilities: Capabilities | None = None,
        commands: Sequence[Command] = COMMANDS,
        mouse: bool | None = None,
        debug: bool = False,
        author: str | None = None,
        citation_style: str | None = None,
        picked_theme: str = "",
    ) -> None:
        """Start with this state, or with the library where the state has no document.

        `palette`, `capabilities` and `mouse` (whether it is on) default to what suits the terminal. With `debug`, a
        fault of the program ends the session. `author` is the name under which the reader's steps are logged, by
        default that of the system's user. `picked_theme` is the one that the reader picked last: it counts where there
        is no `palette` and the terminal has colours.
        """
        super().__init__(capabilities)
        self.initial_state = state
        self.document_screen: DocumentScreen | None = None
        self.library_screen: LibraryScreen | None = None
        self.commands: Mapping[str, Command] = {command.id: command for command in commands}
        self.set_keymap(
            {command.id: ",".join(command.keys) for command in commands if command != COMMANDS_BY_ID[command.id]}
        )
        self.mouse = self.capabilities.mouse if mouse is None else mouse
        self.reading_positions: Mapping[str, ReadingPosition] = {}
        """Reading positions of earlier sessions, by document id."""
        self.library_table = TableView()
        """How the reader left the table of the library in an earlier session."""
        self.model = model
        self.debug_faults = debug
        self.limits: Limits = DEFAULT_LIMITS
        self.cache = cache
        self.author = author_name(author)
        self.citation_style = citation_style or "plain"
        self.configured_theme = palette.name if palette else ""
        self.picked_theme = picked_theme
        if not palette and picked_theme and self.capabilities.colours:
            palette = _known_palette(picked_theme)
        self.comparison: OpenComparison | None = None
        self.overview_positions: dict[OverviewKey, GridPosition] = {}
        self.palette: Palette = palette or theme.palette_for(self.capabilities)
        self.glyphs = glyphs.glyphs_for(self.capabilities)
        self.register_theme(self.palette.theme())
        self.theme = self.palette.name

    def get_default_screen(self) -> Screen[None]:
        """Return the screen below all others: the document's, or the library's where there is no document."""
        state = self.initial_state
        if state.documents:
            return self._make_document_screen(state)
        assert self.cache is not None
        return self._make_library_screen(self.cache.path, state.position.query, state.notice)

    def on_mount(self) -> None:
        """Apply the reader's choice of the mouse where it differs from the terminal's default."""
        self.call_after_refresh(freeze_and_collect)
        if self.mouse != self.capabilities.mouse:
            self.use_mouse(self.mouse)

    def on_unmount(self) -> None:
        """End all work on the library."""
        if self.library_screen is not None:
            self.library_screen.worker.close()
            self.library_screen.reader.close()
            self.library_screen.register_reader.close()
            self.library_screen.stop_import()

    def current_reading_positions(self) -> dict[str, ReadingPosition]:
        """Return the reading position of each document that was on the screen, by document id."""
        if self.document_screen is None:
            return {}
        state = document_transitions.save_reading_position(
            self.document_screen.state, self.document_screen.text_pane.first_offset
        )
        return {reading.document.id: reading.reading_position for reading in state.documents}

    def current_screen_settings(self) -> ScreenSettings:
        """Return how the reader has left the screen."""
        state = self.document_screen.state if self.document_screen else self.initial_state
        library = self.library_screen
        library_table = library.state.agreements.table if library else self.library_table
        return ScreenSettings(state.table, state.sizes, library_table, state.facets_open, self.picked_theme)

    def use_mouse(self, on: bool) -> None:
        """Switch mouse reports; without them the terminal selects text with the mouse."""
        self.mouse = on
        self.set_mouse(on)

    def use_palette(self, palette: Palette) -> None:
        """Change the colours."""
        self.palette = palette
        self.register_theme(palette.theme())
        self.theme = palette.name
        for screen in self.screen_stack:
            if isinstance(screen, QueryScreen):
                screen.draw_lines()

    def enter_library(self) -> None:
        """Show the library as it was left."""
        if self.cache is None:
            assert self.document_screen is not None
            self.document_screen.set_state(replace(self.document_screen.state, notice=NO_LIBRARY))
        elif self.library_screen in self.screen_stack:
            self.pop_screen()
        else:
            self.push_screen(self.library_screen or self._make_library_screen(self.cache.path))

    def leave_library(self) -> None:
        """Show the document again, if one is open."""
        if self.document_screen in self.screen_stack:
            self.pop_screen()
        elif self.document_screen is not None:
            self.push_screen(self.document_screen)

    async def library_documents(self) -> Sequence[LibraryDocument]:
        """Return the library's documents, the latest first; none where there is no library or it cannot be read."""
        if self.cache is None:
            return []
        screen = self.library_screen or self._make_library_screen(self.cache.path)
        try:
            documents = await screen.worker.documents({}) or {}
        except LibraryError:
            return []
        return sorted(documents.values(), key=lambda document: document.date or "", reverse=True)

    async def library_document(self, number: int) -> OpenDocument | None:
        """Return a document of the library as its reader sees it, None where it was removed meanwhile."""
        assert self.library_screen is not None
        return await self.library_screen.worker.open_document(number, self.author)

    async def open_library_document(self, number: int) -> None:
        """Show the document of this number in the library."""
        assert self.library_screen is not None
        await self.library_screen.open_document(number)

    def show_document(self, document: OpenDocument, query: str = "", agreement: str | None = None) -> None:
        """Show a document where it was left, at the query's first match, or at the agreement of this id."""
        position = self.reading_positions.get(document.document.id, ReadingPosition())
        reading = replace(document, reading_position=position)
        if self.document_screen is None:
            state = replace(
                document_transitions.initial_state((reading,)),
                table=self.initial_state.table,
                sizes=self.initial_state.sizes,
                facets_open=self.initial_state.facets_open,
            )
            self.push_screen(self._make_document_screen(document_transitions.go_to_result(state, query, agreement)))
        else:
            if self.screen is not self.document_screen:
                self.leave_library()
            state = document_transitions.add_document(self.document_screen.state, reading)
            self.document_screen.set_state(document_transitions.go_to_result(state, query, agreement))

    def review_from_library(self, document: OpenDocument, order: ReviewOrder, library_pass: LibraryPass) -> bool:
        """Show a document of the library in a review pass, at its first record; return whether there is any."""
        self.show_document(document)
        screen = self.document_screen
        assert screen is not None
        screen.set_state(review_transitions.continue_library_pass(screen.state, screen.highlights, order, library_pass))
        return screen.state.review_order is not None

    async def review_next_document(self) -> None:
        """Go on with the review pass in the library's next document."""
        assert self.library_screen is not None
        await self.library_screen.review_next_document()

    def _make_document_screen(self, state: ExplorerState) -> DocumentScreen:
        self.document_screen = DocumentScreen(state)
        self.install_screen(self.document_screen, "explorer")
        return self.document_screen

    def _make_library_screen(self, path: Path, query: str = "", notice: str = "") -> LibraryScreen:
        from alliance_tui.explorer.screens.library_screen import LibraryScreen  # deferred: many sessions go without
        from alliance_tui.explorer.state.agreement_list import AgreementList
        from alliance_tui.explorer.state.library_state import LibraryState
        from alliance_tui.explorer.workers.library_worker import LibraryWorker

        agreements = AgreementList(table=self.library_table)
        state = LibraryState(query=query, notice=notice, agreements=agreements)
        self.library_screen = LibraryScreen(state, LibraryWorker(path))
        self.install_screen(self.library_screen, "library")
        return self.library_screen


def app_with_settings(
    state: ExplorerState,
    settings: Settings,
    fault: str = "",
    *,
    model: str | None,
    cache: AnalysisCache | None,
    picked_theme: str = "",
) -> ExplorerApp:
    """Return the app with the reader's settings; its first notice is `fault` or the first setting that is wrong."""
    commands: Sequence[Command] = COMMANDS
    problems = [fault] if fault else []
    if settings.keys:
        from alliance_tui.explorer.commands.key_rebinding import rebind

        commands, wrong = rebind(COMMANDS, settings.keys)
        problems += wrong
    palette = _known_palette(settings.theme or "")
    if settings.theme and not palette:
        from alliance_tui.explorer.rendering.derived_palettes import palette_names

        problems.append(f"there is no theme {settings.theme}, but {', '.join(palette_names())}")
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        message = problems[0] if fault else f"config.toml: {problems[0]}{more}"
        state = replace(state, notice=sanitise_line(message))
    return ExplorerApp(
        state,
        model=model,
        cache=cache,
        palette=palette,
        commands=commands,
        mouse=settings.mouse,
        author=settings.author,
        citation_style=settings.citation,
        picked_theme=picked_theme,
    )


def _known_palette(name: str) -> Palette | None:
    """Return the palette of this name, None for none."""
    if not name or name in theme.PALETTES:
        return theme.PALETTES.get(name)
    from alliance_tui.explorer.rendering.derived_palettes import palette_named  # deferred: it imports Textual's themes

    return palette_named(name)
