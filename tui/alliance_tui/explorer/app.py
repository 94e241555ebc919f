"""The explorer's app: the terminal, the palette and the one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from textual.screen import Screen

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.commands.registry import ACTIONS, BY_ID, Action
from alliance_tui.explorer.persistence.settings import Settings
from alliance_tui.explorer.rendering import glyphs, theme
from alliance_tui.explorer.rendering.theme import Palette
from alliance_tui.explorer.screens.document_screen import ExplorerScreen
from alliance_tui.explorer.screens.library_navigation import LibraryVisits
from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import ExplorerState, Left
from alliance_tui.explorer.workers.garbage_collection import collect_from_now_on
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.terminal.capabilities import Capabilities
from alliance_tui.terminal.terminal_app import TerminalApp


class ExplorerApp(TerminalApp[int]):
    """Shows a state of the explorer and lets the reader go on from there."""

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
        actions: Sequence[Action] = ACTIONS,
        mouse: bool | None = None,
    ) -> None:
        """A `state` without a document begins with the library.

        `palette`, `capabilities` and `mouse` (whether it is on) are as suits the terminal where they are None.
        """
        super().__init__(capabilities)
        self.first = state
        self.explorer: ExplorerScreen | None = None
        self.actions = {action.id: action for action in actions}
        self.set_keymap({each.id: ",".join(each.keys) for each in actions if each != BY_ID[each.id]})
        self.mouse = self.capabilities.mouse if mouse is None else mouse
        self.library: LibraryVisits = LibraryVisits(self)
        self.places: Mapping[str, Left] = {}
        """Where documents of the library were left in earlier sessions, by their ids."""
        self.model = model
        self.cache = cache
        self.palette = palette or theme.suited_to(self.capabilities)
        self.glyphs = glyphs.suited_to(self.capabilities)
        for each in theme.PALETTES.values():
            self.register_theme(each.theme())
        self.theme = self.palette.name

    def get_default_screen(self) -> Screen[None]:
        """The explorer's screen, or the library's where there is no document, is below all others."""
        return self.library.show_first(self.first) if not self.first.readings else self.show_first(self.first)

    def show_first(self, state: ExplorerState) -> ExplorerScreen:
        """The explorer's screen, made with its first document; it stays until the app ends."""
        self.explorer = ExplorerScreen(state)
        self.install_screen(self.explorer, "explorer")
        return self.explorer

    def left(self) -> dict[str, Left]:
        """Where each document that was on the screen stands, by the documents' ids."""
        if self.explorer is None:
            return {}
        state = moves.leave(self.explorer.state, self.explorer.text_pane.first_offset)
        return {reading.document.id: reading.left for reading in state.readings}

    def on_mount(self) -> None:
        """The session starts with the mouse as suits the terminal; the reader may want it otherwise."""
        self.call_after_refresh(collect_from_now_on)
        if self.mouse != self.capabilities.mouse:
            self.use_mouse(self.mouse)

    def on_unmount(self) -> None:
        """Nothing that the library was asked outlives the session."""
        self.library.close()

    def use_mouse(self, on: bool) -> None:
        """Have clicks and the wheel reported, or leave the mouse to the terminal."""
        self.mouse = on
        self.set_mouse(on)

    def use(self, palette: Palette) -> None:
        """Change to another palette."""
        self.palette = palette
        self.theme = palette.name


def configured(
    state: ExplorerState, settings: Settings, fault: str = "", *, model: str | None, cache: AnalysisCache | None
) -> ExplorerApp:
    """The app as the reader's settings want it; a `fault` of theirs, or what they ask in vain, is its first notice."""
    actions: Sequence[Action] = ACTIONS
    problems = [fault] if fault else []
    if settings.keys:
        from alliance_tui.explorer.commands.keymap import rebound

        actions, wrong = rebound(ACTIONS, settings.keys)
        problems += wrong
    palette = theme.PALETTES.get(settings.theme or "")
    if settings.theme and not palette:
        problems.append(f"there is no theme {settings.theme}, but {', '.join(theme.PALETTES)}")
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        told = problems[0] if fault else f"config.toml: {problems[0]}{more}"
        state = replace(state, notice=sanitise_line(told))
    return ExplorerApp(state, model=model, cache=cache, palette=palette, actions=actions, mouse=settings.mouse)
