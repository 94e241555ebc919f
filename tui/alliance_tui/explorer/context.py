"""Protocols of the app as widgets, dialogs, handlers and screens use it, so that none of them imports the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from alliance_tui.documents.limits import Limits
from alliance_tui.explorer.commands.registry import Command
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.theme import Palette
from alliance_tui.explorer.state.explorer_state import LibraryPass, OpenDocument, ReviewOrder
from alliance_tui.library.analysis_cache import AnalysisCache

if TYPE_CHECKING:
    from alliance_tui.explorer.state.comparison_state import OpenComparison
    from alliance_tui.explorer.state.overview_state import GridPosition, OverviewKey
    from alliance_tui.library.library_document import LibraryDocument
    from alliance_tui.terminal.clipboard import CopyResult  # deferred: most sessions copy nothing


class ThemeContext(Protocol):
    """The palette and the glyphs that a widget draws with."""

    palette: Palette
    glyphs: Glyphs


class ExplorerContext(ThemeContext, Protocol):
    """The app as screens and handlers use it, besides what every Textual app has."""

    commands: Mapping[str, Command]
    """The commands by id, with the reader's own keys."""
    cache: AnalysisCache | None
    citation_style: str
    """The style of citations, or a template: see `presenters.citations`."""
    author: str
    """The name under which the reader's steps are logged."""
    model: str | None
    """The spaCy pipeline to use; None for the default."""
    limits: Limits
    """The limits on analysing a document."""
    debug_faults: bool
    """Whether a fault of the program ends the session, with its traceback."""
    comparison: OpenComparison | None
    """The comparison that the reader left for the text of one of its documents."""
    overview_positions: dict[OverviewKey, GridPosition]
    """The last position in each overview of this session."""
    mouse: bool
    configured_theme: str
    """The theme that config.toml names, "" for none."""
    picked_theme: str
    """The theme that the reader picked last, "" for none; kept between sessions."""
    has_pending_keys: bool

    def copy(self, text: str) -> CopyResult:
        """Copy a text to the reader's clipboard."""

    def use_palette(self, palette: Palette) -> None:
        """Change the colours."""

    def use_mouse(self, on: bool) -> None:
        """Switch mouse reports."""

    def action_redraw(self) -> None:
        """Draw the whole screen again."""

    def exit(self, result: int | None = None) -> None:
        """End the session with this exit status."""

    def enter_library(self) -> None:
        """Show the library."""

    def leave_library(self) -> None:
        """Show the document."""

    async def library_documents(self) -> Sequence[LibraryDocument]:
        """Return the library's documents, the latest first; none where there is no library."""

    async def library_document(self, number: int) -> OpenDocument | None:
        """Return a document of the library as its reader sees it, None where it was removed meanwhile."""

    async def open_library_document(self, number: int) -> None:
        """Show the document of this number in the library."""

    def show_document(self, document: OpenDocument, query: str = "", agreement: str | None = None) -> None:
        """Show a document at the query's first match, or at the agreement of this id."""

    def review_from_library(self, document: OpenDocument, order: ReviewOrder, library_pass: LibraryPass) -> bool:
        """Show a document of the library in a review pass, at its first record; return whether there is any."""

    async def review_next_document(self) -> None:
        """Go on with the review pass in the library's next document."""
