"""The explorer's app: the terminal, the palette and the one screen."""

from __future__ import annotations

from textual.screen import Screen

from alliance_tui.explorer import glyphs, theme
from alliance_tui.explorer.screen import ExplorerScreen
from alliance_tui.explorer.state import ExplorerState
from alliance_tui.explorer.theme import Palette
from alliance_tui.library.cache import AnalysisCache
from alliance_tui.terminal.capabilities import Capabilities
from alliance_tui.terminal.frames import FrameDiffApp


class ExplorerApp(FrameDiffApp[int]):
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
    ) -> None:
        super().__init__(capabilities)
        self.first = state
        self.model = model
        self.cache = cache
        self.palette = palette or theme.suited_to(self.capabilities)
        self.glyphs = glyphs.UNICODE if self.capabilities.unicode else glyphs.ASCII
        for each in theme.PALETTES.values():
            self.register_theme(each.theme())
        self.theme = self.palette.name

    def get_default_screen(self) -> Screen[None]:
        """The explorer's screen is the first and only one below the modal ones."""
        return ExplorerScreen(self.first)

    def use(self, palette: Palette) -> None:
        """Change to another palette."""
        self.palette = palette
        self.theme = palette.name
