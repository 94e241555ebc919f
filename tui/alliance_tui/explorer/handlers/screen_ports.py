"""Protocols of the screens as handlers use them, so that handlers import no screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

if TYPE_CHECKING:
    from alliance_tui.explorer.context import ExplorerContext
    from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane, ReviewOrder
    from alliance_tui.explorer.state.library_state import LibraryState, Listing
    from alliance_tui.explorer.state.table_view import TableColumn
    from alliance_tui.explorer.widgets.agreements.agreements_pane import AgreementsPane
    from alliance_tui.explorer.widgets.base import LineView
    from alliance_tui.explorer.widgets.entities_pane import EntitiesPane
    from alliance_tui.explorer.widgets.query_bar import QueryBar
    from alliance_tui.explorer.widgets.text_pane import TextPane
    from alliance_tui.explorer.workers.review_worker import MakeEntries
    from alliance_tui.highlighting import Highlights
    from alliance_tui.library.agreement_keys import AgreementKey
    from alliance_tui.library.corpus_entities import CorpusEntity
    from alliance_tui.library.occasions import Occasion
    from alliance_tui.library.register import LifeEntry
    from alliance_tui.linking.register import RegisterRow
    from alliance_tui.overviews.sources import SourceDocument
    from alliance_tui.search.completion import Completion

_Made = TypeVar("_Made")


class ScreenPort(Protocol):
    """Either screen, as handlers use it."""

    query_bar: QueryBar | None

    @property
    def app(self) -> App[Any]:
        """The running app, by Textual's interface."""

    @property
    def context(self) -> ExplorerContext:
        """The running app, by the explorer's interface."""

    def show_notice(self, notice: str) -> None:
        """Show a message until the next key."""

    def report_faults(self) -> AbstractContextManager[None]:
        """Show an error in one sentence."""

    async def mounted_query_bar(self) -> QueryBar:
        """Return the query line, mounting it at the first use."""

    async def action_perform(self, name: str) -> None:
        """Carry out the command of this id."""


class DocumentScreenPort(ScreenPort, Protocol):
    """The document's screen, as handlers use it."""

    state: ExplorerState
    highlights: Highlights
    text_pane: TextPane
    agreements: AgreementsPane
    entities: EntitiesPane
    after_draw: Callable[[], None] | None
    """Called each time the state was drawn."""
    scroll_before_query: int
    """The text's scroll offset when the query line was opened."""

    def set_state(self, state: ExplorerState, *, reveal: bool = True) -> None:
        """Take on the next state and draw it."""

    async def log_step(self, make: MakeEntries) -> bool:
        """Append a step to the review log and show its effect; return whether that was done.

        It is not for a step without entries, and a fault of the log is shown as a notice.
        """

    def pane_widget(self, pane: Pane) -> LineView:
        """Return the widget of a pane."""

    @property
    def details_region(self) -> Region:
        """The region beside the text, or below it, in which details are shown."""

    async def load_searches(self) -> None:
        """Take on the saved queries."""

    def narrow(self, term: str) -> None:
        """Add a term to the query, or take it away."""

    def query_completions(self) -> tuple[Completion, ...]:
        """Return the completions of the query, the next first."""

    def clear_selection(self) -> None:
        """Let go of what is selected with the mouse."""


class LibraryScreenPort(ScreenPort, Protocol):
    """The library's screen, as handlers use it."""

    state: LibraryState

    @property
    def list_widget(self) -> Widget:
        """The list that is shown."""

    @property
    def rows_in_page(self) -> int:
        """How many rows a page of the list has."""

    @property
    def table_columns(self) -> Sequence[tuple[TableColumn, int]]:
        """The columns of the table of agreements that fit, with their widths."""

    async def list_next(self, state: LibraryState) -> None:
        """List what this state does, with its results."""

    async def read_agreements(self, index: int) -> None:
        """Read the agreements around this row, or for a moment only where that takes longer."""

    def set_state(self, state: LibraryState) -> None:
        """Take on the next state and draw it."""

    def update_completions(self, *, complete: bool = False) -> object:
        """Show the completions of the query or, with `complete`, put the first in."""

    def read_library(self) -> object:
        """List the documents as they are now."""

    def import_files(self, paths: Sequence[Path]) -> object:
        """Add files and folders to the library."""

    def stop_import(self) -> None:
        """End the adding of documents."""

    async def open_document(self, document: int, agreement: int | None = None) -> None:
        """Open the document of this number at its first match, or at the agreement of this index."""

    async def review_documents(self, order: ReviewOrder) -> None:
        """Begin a review pass through the documents that are listed."""

    async def pick_agreement(self, entity: CorpusEntity) -> None:
        """List the agreements of an entity to pick from."""

    async def find_entities(self, text: str) -> list[CorpusEntity]:
        """Return the library's entities that a text finds, best first."""

    async def read_occasion(self, document: int) -> Occasion | None:
        """Return the occasion of a document, None where no other document is of it."""

    def with_register(
        self, make: Callable[[list[RegisterRow]], _Made], show: Callable[[_Made], Awaitable[None]]
    ) -> object:
        """Make something of the register as of today, in a thread, and show it; not if the reader goes elsewhere."""

    async def read_sources(self) -> Mapping[int, SourceDocument]:
        """Return the documents by their numbers, with what made their records and who judged them."""

    async def read_life(self, row: RegisterRow) -> list[LifeEntry]:
        """Return the statements of an undertaking in order of date."""

    async def with_whole_list(self, listing: Listing, use: Callable[[], Awaitable[None]]) -> None:
        """Call `use` once the results of this listing are all that the query finds; not if the reader goes elsewhere.

        A search for a key reads no more documents than the key leaves time for.
        """

    async def write_agreements(self, keys: Sequence[AgreementKey], path: Path, columns: Sequence[str]) -> None:
        """Write agreements, in this order, to a new file in the format of its suffix. Raises AllianceError."""

    async def source_paths(self, documents: frozenset[int]) -> list[Path]:
        """Return the files of these documents."""
