"""The library's screen: all documents, or all their agreements, in a list that one query narrows; Enter opens one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.worker import Worker, WorkerError

from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.handlers import library_handlers
from alliance_tui.explorer.presenters import agreement_list_presenter, library_presenter
from alliance_tui.explorer.screens.query_screen import QueryScreen, import_query_bar
from alliance_tui.explorer.state import agreement_list, library_state, table_view
from alliance_tui.explorer.state.explorer_state import ReviewOrder
from alliance_tui.explorer.state.library_state import (
    ImportProgress,
    LibraryReview,
    LibraryState,
    Listing,
    PreviewedDocument,
)
from alliance_tui.explorer.state.table_view import TableColumn
from alliance_tui.explorer.widgets.agreements.agreement_list_view import (
    AgreementClicked,
    AgreementListView,
    HeadingMoved,
    RowsWanted,
)
from alliance_tui.explorer.widgets.agreements.agreements_pane import HeadingClicked
from alliance_tui.explorer.widgets.base import StatusLine
from alliance_tui.explorer.widgets.documents.document_list import DocumentClicked, DocumentList
from alliance_tui.explorer.widgets.documents.document_preview import DocumentPreview
from alliance_tui.explorer.widgets.documents.passage_preview import LOW_HEIGHT, PassagePreview
from alliance_tui.explorer.widgets.row_window import RowWindow
from alliance_tui.explorer.workers.agreement_reader import AgreementReader
from alliance_tui.explorer.workers.garbage_collection import freeze_and_collect
from alliance_tui.explorer.workers.library_worker import LibraryWorker
from alliance_tui.explorer.workers.register_reader import RegisterReader
from alliance_tui.library.storage.database import LockedLibraryError

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar
    from alliance_tui.library.agreement_keys import AgreementKey
    from alliance_tui.library.corpus_entities import AgreementSummary, CorpusEntity
    from alliance_tui.library.occasions import Occasion
    from alliance_tui.library.register import LifeEntry
    from alliance_tui.library.search.agreement_search import QueryMatcher
    from alliance_tui.linking.register import RegisterRow
    from alliance_tui.overviews.sources import SourceDocument
    from alliance_tui.records import Analysis

_Made = TypeVar("_Made")

PREVIEW_DELAY = 0.2
"""Seconds of rest until the focused document is searched: while keys are typed, the list has Python to itself."""
RETRY_INTERVAL = 2.0
"""Seconds between two attempts to read a library that another process holds."""
MIN_PREVIEW_WIDTH, PREVIEW_SHARE = 120, 0.4
"""Columns from which the focused document is previewed beside the list, and the share of the screen that this takes."""
MIN_HEIGHT_FOR_PASSAGE, MIN_PASSAGE_HEIGHT = 20, 6
"""Rows from which a passage is previewed below the list where there is no room beside it, and the rows of it."""
PASSAGE_DELAY = 0.03
"""Seconds of rest until the passage of the focused agreement, and the rows of the next pages, are read."""
MAX_ROW_WAIT, MAX_LIST_WAIT = 0.15, 0.4
"""Seconds that a step in the list waits at most for the rows that it leads to, and another list for its results."""
PROGRESS_INTERVAL, REFRESH_INTERVAL = 0.25, 5.0
"""Seconds between two reports of an import's progress, and between two refreshes of the list."""


COMPLETING, READING_REGISTER = "Finding all that matches ...", "Reading the register ..."
REVIEWED = "All agreements of the documents that were listed are judged, or were passed over."


class LibraryScreen(QueryScreen):
    """The library, drawn from one frozen state."""

    DEFAULT_CSS = """
    LibraryScreen { background: $background; color: $foreground; }
    #library-head { height: 1; }
    #library-head QueryBar { width: 50%; min-width: 30; }
    #library-top { width: 1fr; }
    #library-body { height: 1fr; }
    #library-body Vertical { width: 1fr; height: 1fr; }
    LibraryScreen.-preview-below #library-body { layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(registry.library_bindings())
    AUTO_FOCUS = "#documents"

    def __init__(self, state: LibraryState, worker: LibraryWorker) -> None:
        super().__init__(worker.render_priority)
        self.state: LibraryState = state
        self.worker = worker
        self.top_line, self.headings = StatusLine(id="library-top"), StatusLine(id="headings")
        self.document_line, self.key_line = StatusLine(id="record"), StatusLine(id="keys")
        self.document_list, self.preview_pane = DocumentList(), DocumentPreview()
        self.agreement_view, self.passage_pane = AgreementListView(), PassagePreview()
        self.reader, self.register_reader = AgreementReader(worker.path), RegisterReader(worker.path)
        self._matcher: QueryMatcher | None = None
        """The matcher of the query in the agreements that are listed."""
        self._whole_query: str | None = None
        """The query of which everything is to be found, however long it takes."""
        self._stale = set(Listing)
        """The listings whose results are not those of the state's query, order and documents."""
        self._preview_asked_for: int | None = None
        self._shown_analysis: tuple[int, Analysis] | None = None
        """The number and the analysis of the document that is previewed."""
        self._previewed_listing = state.listing
        """The listing that the previews belong to: another one is previewed after a rest."""

    def compose(self) -> ComposeResult:
        """Lay the list between the status lines."""
        with Horizontal(id="library-head"):
            yield self.top_line
        with Horizontal(id="library-body"):
            with Vertical():
                yield self.headings
                yield self.document_list
                yield self.agreement_view
            yield self.preview_pane
            yield self.passage_pane
        yield self.document_line
        yield self.key_line

    def on_screen_resume(self) -> None:
        """Show what is known, then read the library again."""
        self.draw()
        self.call_after_refresh(self.read_library)

    @property
    def list_widget(self) -> RowWindow:
        """The list that is shown."""
        return self.agreement_view if self.state.lists_agreements else self.document_list

    @property
    def rows_in_page(self) -> int:
        """How many rows a page of the list has."""
        return self.list_widget.page()

    @property
    def table_columns(self) -> Sequence[tuple[TableColumn, int]]:
        """The columns of the table of agreements that fit, with their widths."""
        return self.agreement_view.columns

    async def mount_query_bar(self, bar: QueryBar) -> None:
        """Put the query line before the top line."""
        await self.query_one("#library-head").mount(bar, before="#library-top")

    async def find_entities(self, text: str) -> list[CorpusEntity]:
        """Return the library's entities that a text finds, best first."""
        return await self.worker.entities(text)

    async def read_occasion(self, document: int) -> Occasion | None:
        """Return the occasion of a document, None where no other document is of it."""
        return await self.worker.occasion(document)

    @work(group="library-register", exclusive=True)
    async def with_register(
        self, make: Callable[[list[RegisterRow]], _Made], show: Callable[[_Made], Awaitable[None]]
    ) -> None:
        """Make something of the register as of today, in a thread, and show it; not if the reader goes elsewhere."""

        def show_progress(linked: int, unlinked: int) -> None:
            self.show_notice(f"Linking documents: {linked:,} of {unlinked:,} ...")

        with self.report_faults():
            self.show_notice(READING_REGISTER)
            register = await self.register_reader.rows(show_progress)
            made = await asyncio.to_thread(make, register)
            if self.is_current and not self.state.typing:
                self.show_notice("")
                await show(made)

    async def read_sources(self) -> Mapping[int, SourceDocument]:
        """Return the documents by their numbers, with what made their records and who judged them."""
        return await self.register_reader.sources()

    async def read_life(self, row: RegisterRow) -> list[LifeEntry]:
        """Return the statements of an undertaking in order of date."""
        return await self.register_reader.life(row)

    async def with_whole_list(self, listing: Listing, use: Callable[[], Awaitable[None]]) -> None:
        """Call `use` once the results of this listing are all that the query finds; not if the reader goes elsewhere.

        A search for a key reads no more documents than the key leaves time for.
        """
        if self._is_whole(listing):
            await use()
        else:
            self._whole_query = self.state.query
            self.show_notice(COMPLETING)
            self._complete_list(self.state.query, listing, use)

    def _is_whole(self, listing: Listing) -> bool:
        results = self.state.agreements.results if listing is Listing.AGREEMENTS else self.state.results
        is_current = results is not None and results.query == self.state.query and listing not in self._stale
        return is_current and results is not None and results.done and not results.is_partial

    async def write_agreements(self, keys: Sequence[AgreementKey], path: Path, columns: Sequence[str]) -> None:
        """Write agreements, in this order, to a new file in the format of its suffix. Raises AllianceError."""
        await self.worker.write_agreements(keys, path, columns)

    async def source_paths(self, documents: frozenset[int]) -> list[Path]:
        """Return the files of these documents."""
        return await self.worker.source_paths(documents)

    # From an event to the next state

    async def action_perform(self, name: str) -> None:
        """Carry out the command of this id."""
        if self.state.notice:
            self.set_state(replace(self.state, notice=""))
        handler = library_handlers.HANDLERS.get(name)
        if handler is None:
            self.show_notice(registry.unknown_command_message(name))
            return
        with self.report_faults():
            if awaitable := handler(self):
                await awaitable

    def show_notice(self, notice: str) -> None:
        """Show a message until the next key."""
        self.set_state(replace(self.state, notice=notice))

    @contextmanager
    def report_list_faults(self) -> Iterator[None]:
        """Report a fault without which the documents cannot be listed; while the library is locked, try again."""
        try:
            yield
        except Exception as error:
            sentence = self.fault_sentence(error)
            self.set_state(replace(self.state, notice=sentence, fault=sentence))
            if isinstance(error, LockedLibraryError):
                self.set_timer(RETRY_INTERVAL, self._read_again_if_locked)

    def _read_again_if_locked(self) -> None:
        if self.state.fault:
            self.read_library()

    def update_query(self, query: str) -> None:
        """Search for what is typed."""
        if self.state.typing:
            self.update_completions()  # before the search, which may take longer
            self.set_state(library_state.set_query(self.state, query))

    @on(DocumentClicked)
    async def _document_clicked(self, message: DocumentClicked) -> None:
        is_focused = self.state.focused_number == message.number
        self.set_state(replace(self.state, focused_number=message.number))
        if is_focused:
            await self.action_perform("open")

    @on(AgreementClicked)
    async def _agreement_clicked(self, message: AgreementClicked) -> None:
        is_focused = self.state.agreements.index == message.index
        agreements = replace(self.state.agreements, index=message.index)
        self.set_state(replace(self.state, agreements=agreements))
        if is_focused:
            await self.action_perform("open")

    @on(HeadingClicked)
    def _heading_clicked(self, message: HeadingClicked) -> None:
        change = library_state.change_table(lambda table: table_view.sort_by(table, message.column))
        self.set_state(change(self.state))

    @on(HeadingMoved)
    def _show_passage(self) -> None:
        """Show the passage of the focused agreement, with its document where the list does not name that."""
        is_shown = not self._defers_passage and self._previews_listing
        passage = self.state.agreements.passage if is_shown else None
        names_document = not self.agreement_view.names_document
        self.passage_pane.show(passage[1] if passage else None, names_document=names_document)

    @on(RowsWanted)
    def _rows_wanted(self) -> None:
        rows = self.agreement_view.visible_rows
        self.read_rows(rows.start, rows.stop)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the status lines to the new width."""
        self.draw()

    def set_state(self, state: LibraryState) -> None:
        """Take on the next state, start the work that it calls for, and draw it."""
        before, self.state = self.state, state
        if state.query != before.query and before.fault:
            self.read_library()
        elif self._note_stale(before, state):
            self._search_listed()
        elif (
            state.query
            and not state.lists_agreements
            and not state.searching
            and (state.focused_number != before.focused_number or state.results is not before.results)
        ):
            self.preview()
        if state.listing is not before.listing:
            self._preview_listing()
        if state.sort_order != before.sort_order:
            self.sort()
        if not state.lists_agreements and _occasion_inputs(state) != _occasion_inputs(before):
            self.show_occasion()
        if state.lists_agreements and _passage_inputs(state) != _passage_inputs(before):
            self.read_passage()
        self.draw()

    def _note_stale(self, before: LibraryState, state: LibraryState) -> bool:
        """Note which results are those of an earlier state; return whether those that are listed are."""
        if state.query != before.query:
            self._stale, self._whole_query = set(Listing), None
        if state.agreements.order != before.agreements.order:
            self._stale.add(Listing.AGREEMENTS)
        changed = state.query != before.query or state.agreements.order != before.agreements.order
        return (changed or state.listing is not before.listing) and state.listing in self._stale

    def _search_listed(self) -> None:
        """Search for what is listed."""
        self._search_for(self.state.listing)

    def _search_for(self, listing: Listing) -> Worker[None]:
        return self.search_agreements() if listing is Listing.AGREEMENTS else self.search()

    def draw(self) -> None:
        """Draw the state, if the screen is shown."""
        if not self.is_current:
            return
        self.draw_lines()
        state = self.state
        self.document_list.display = not state.lists_agreements
        self.agreement_view.display = state.lists_agreements
        if state.lists_agreements:
            self.agreement_view.show(state.agreements, agreement_list_presenter.empty_message(state, self.styler))
            self._show_passage()
        else:
            self.document_list.show(state)
            if self.preview_pane.display and self._previews_listing:
                self._show_preview()
        if self.query_bar:
            self.query_bar.display = state.typing
        widget = self.query_bar.field if self.query_bar and state.typing else self.list_widget
        if self.focused is not widget:
            self.set_focus(widget, scroll_visible=False)

    def draw_lines(self) -> None:
        """Draw the status lines in the palette in use."""
        styler = self.styler
        state, width = self.state, self.app.size.width
        list_width = self._place_previews(self.app.size)
        self.top_line.show(library_presenter.title_line(state, styler), library_presenter.query_status(state, styler))
        self.headings.show(library_presenter.heading_line(state, list_width - DocumentList.RIGHT_MARGIN, styler))
        self.document_line.show(library_presenter.document_line(state, width - 2, styler))
        self.key_line.show(*library_presenter.key_line(state, width - 2, styler))

    def _place_previews(self, size: Size) -> int:
        """Place the preview beside the list, or that of a passage below it; return the width of the list."""
        state = self.state
        is_wide = size.width >= MIN_PREVIEW_WIDTH
        is_beside = is_wide and not state.lists_table
        is_below = state.lists_agreements and not is_beside and size.height >= MIN_HEIGHT_FOR_PASSAGE
        width = round(size.width * PREVIEW_SHARE) if is_beside else 0
        self.set_class(is_below, "-preview-below")
        previews_documents = self._previewed_listing is Listing.DOCUMENTS
        self.preview_pane.display = is_beside and previews_documents
        self.passage_pane.display = is_below or (is_beside and not previews_documents)
        self.preview_pane.styles.width = width
        self.passage_pane.styles.width = "1fr" if is_below else width
        height = max(MIN_PASSAGE_HEIGHT, size.height // 4)
        self.passage_pane.styles.height = height if is_below else "1fr"
        self.passage_pane.set_class(is_below and height < LOW_HEIGHT, "-low")
        return size.width - width

    @property
    def _previews_listing(self) -> bool:
        """Return whether the previews belong to what is listed."""
        return self._previewed_listing is self.state.listing

    @property
    def _defers_passage(self) -> bool:
        """Whether the passage is shown only when the query line is closed: below the list, it would cost each key."""
        return self.state.typing and self.has_class("-preview-below")

    @work(group="library-listing", exclusive=True)
    async def _preview_listing(self) -> None:
        """Preview what is listed, after a rest."""
        await asyncio.sleep(PREVIEW_DELAY)
        self._previewed_listing = self.state.listing
        self.draw()

    def _show_preview(self) -> None:
        """Show the focused document beside the list, its agreements as soon as they are read."""
        number = self.state.focused_number
        shown = self._shown_analysis
        is_known = shown is not None and shown[0] == number
        self.preview_pane.show(self.state.focused_document, shown[1] if shown and is_known else None)
        if number is not None and not is_known and number != self._preview_asked_for:
            self._preview_asked_for = number
            self.read_preview(number)

    # Work in the library's thread

    @work(group="library-agreements", exclusive=True)
    async def read_preview(self, number: int) -> None:
        """Read the agreements of a document after a rest, and show them beside the list."""
        await asyncio.sleep(PREVIEW_DELAY)
        analysis = None
        with self.report_faults():
            analysis = await self.worker.stored_analysis(number, self.context.author)
        if analysis is not None and number == self.state.focused_number:
            self._shown_analysis = number, analysis
            self._show_preview()

    @work(group="library", exclusive=True)
    async def read_library(self) -> None:
        """List the documents, load the vocabulary, and find the files that changed."""
        with self.report_list_faults():
            documents = await self.worker.documents(self.state.documents)
            if documents is not None:
                self.set_state(library_state.set_documents(self.state, documents))
            await self.worker.prepare()
            await asyncio.to_thread(import_query_bar)
            freeze_and_collect()
            if documents is not None:
                self._stale = set(Listing)
            if documents is not None or self.state.searching:
                self._search_listed()
            changed = await self.worker.changed_documents()
            self.set_state(replace(self.state, changed=changed))

    @work(group="library-search", exclusive=True)
    async def search(self) -> None:
        """Search for the query, and list results as they come."""
        with self.report_list_faults():
            query, sort_order, screenful = (
                self.state.query,
                self.state.sort_order,
                max(1, self.document_list.size.height),
            )
            draw, is_whole = self.document_list.row_drawer(), query == self._whole_query
            async for results, rows in self.worker.search(query, sort_order, screenful, draw, is_whole=is_whole):
                self._stale.discard(Listing.DOCUMENTS)
                self.set_state(library_state.apply_results(self.state, results, rows))
                await asyncio.sleep(0)
                self._on_timer_update()  # Textual would wait for its next frame

    @work(group="library-search", exclusive=True)
    async def search_agreements(self) -> None:
        """Search for agreements, and list them as they come, with the rows that are in view."""
        with self.report_list_faults():
            query, order = self.state.query, self.state.agreements.order
            page = max(1, self.list_widget.size.height) // self.agreement_view.least_height + 1
            is_whole = query == self._whole_query
            async for results, query_matcher in self.worker.search_agreements(query, order, page, is_whole=is_whole):
                matcher = query_matcher if results.active else None
                listed = agreement_list.apply_results(self.state.agreements, results, order, {})
                keys = agreement_list.missing_rows(listed, listed.index - page, listed.index + page)
                draw = self.agreement_view.row_drawer()
                rows = await self.reader.rows(keys, self.state.documents, matcher, draw)
                if (query, order) != (self.state.query, self.state.agreements.order):
                    return
                self._matcher = matcher
                self._stale.discard(Listing.AGREEMENTS)
                agreements = agreement_list.apply_results(self.state.agreements, results, order, rows)
                self.set_state(replace(self.state, agreements=agreements, fault=""))
                await asyncio.sleep(0)
                self._on_timer_update()

    @work(group="library-whole", exclusive=True)
    async def _complete_list(self, query: str, listing: Listing, use: Callable[[], Awaitable[None]]) -> None:
        """Search until the results of a listing, and those that are listed, are whole, then call `use`."""
        for each in dict.fromkeys((self.state.listing, listing)):  # one search ends another that is under way
            while self.state.query == query and not self.state.fault and not self._is_whole(each):
                await _end_of(self._search_for(each))
        if self.state.notice == COMPLETING:
            self.show_notice(self.state.fault)
        if self.is_current and self.state.query == query and self._is_whole(listing):
            with self.report_faults():
                await use()

    async def list_next(self, state: LibraryState) -> None:
        """List what this state does, once its results are there, or at most a moment later: no list is shown empty."""
        if state.lists_agreements and not self.state.lists_agreements and Listing.AGREEMENTS in self._stale:
            await _wait(self.search_agreements(), MAX_LIST_WAIT)
        self.set_state(
            replace(
                self.state,
                listing=state.listing,
                agreements=replace(self.state.agreements, is_table=state.agreements.is_table),
            )
        )

    async def read_agreements(self, index: int) -> None:
        """Read the agreements around this row, or for a moment only where that takes longer."""
        page = self.agreement_view.page() + 1
        reading = self.read_rows(index - page, index + page)
        await _wait(reading, MAX_ROW_WAIT)
        self.read_ahead(index)

    @work(group="library-rows", exclusive=True)
    async def read_rows(self, first: int, last: int) -> None:
        """Read those of the listed agreements from the row `first` to before `last` that have not been read."""
        with self.report_faults():
            results = self.state.agreements.results
            if keys := agreement_list.missing_rows(self.state.agreements, first, last):
                draw = self.agreement_view.row_drawer()
                rows = await self.reader.rows(keys, self.state.documents, self._matcher, draw)
                if rows and results is self.state.agreements.results:
                    agreements = agreement_list.add_rows(self.state.agreements, rows)
                    self.set_state(replace(self.state, agreements=agreements))

    @work(group="library-ahead", exclusive=True)
    async def read_ahead(self, index: int) -> None:
        """After a rest, read the agreements of the next pages."""
        await asyncio.sleep(PASSAGE_DELAY)
        page = self.agreement_view.page() + 1
        self.read_rows(index - 2 * page, index + 3 * page)

    @work(group="library-passage", exclusive=True)
    async def read_passage(self) -> None:
        """Read the passage of the focused agreement after a rest, which is longer while a query is typed."""
        await asyncio.sleep(PREVIEW_DELAY if self.state.typing else PASSAGE_DELAY)
        key = self.state.agreements.focused if not self._defers_passage else None
        with self.report_faults():
            passage = await self.reader.passage(key, self.state.documents, self._matcher) if key else None
            if key in (None, self.state.agreements.focused):
                shown = (key, passage) if key and passage else None
                self.set_state(replace(self.state, agreements=replace(self.state.agreements, passage=shown)))

    @work(group="library-sort", exclusive=True)
    async def sort(self) -> None:
        """List the results in another order."""
        if self.state.results is not None:
            with self.report_faults():
                rows = await self.worker.sort(self.state.results, self.state.sort_order)
                self.set_state(replace(self.state, rows=rows))

    @work(group="library-preview", exclusive=True)
    async def preview(self) -> None:
        """Search the focused document after a rest."""
        number, query = self.state.focused_number, self.state.query
        await asyncio.sleep(PREVIEW_DELAY)
        if number is None or self.state.searching:
            return
        with self.report_faults():
            preview = await self.worker.preview(number, query)
            if preview is not None:
                self.set_state(replace(self.state, previewed=PreviewedDocument(number, query, preview)))

    @work(group="library-occasion", exclusive=True)
    async def show_occasion(self) -> None:
        """Say of which occasion the focused document is, after a rest.

        Not while documents are added: occasions are found among all documents, anew each time these change.
        """
        number = self.state.focused_number
        await asyncio.sleep(PREVIEW_DELAY)
        if number is not None and self.state.import_progress is None and not self.state.searching:
            with self.report_faults():
                occasion = await self.worker.occasion(number)
                if occasion is not None:
                    self.set_state(replace(self.state, occasion_of=number, occasion=occasion))

    @work(group="library-completions", exclusive=True)
    async def update_completions(self, *, complete: bool = False) -> None:
        """Find the completions of the query, and show them or, with `complete`, put the first in."""
        if self.query_bar is None:
            return
        field = self.query_bar.field
        typed = field.text_and_cursor
        with self.report_faults():
            completions = field.alternatives or await self.worker.completions(*typed)
            if not self.state.typing or field.text_and_cursor != typed:
                return
            if complete:
                field.complete(completions)
            elif completions != self.state.completions:
                self.set_state(replace(self.state, completions=completions))

    @work(group="library-import", exclusive=True)
    async def import_files(self, paths: Sequence[Path]) -> None:
        """Add files and folders, showing the progress and, at intervals, the new documents."""
        from alliance_tui.explorer.workers.import_job import ImportJob

        import_job = ImportJob(self.worker.path, paths, self.context.model, self.show_notice)
        self.set_state(replace(self.state, import_progress=ImportProgress(), notice=""))
        shown = listed = time.monotonic()
        notice = "Stopped; what was added stays"
        try:
            async with aclosing(import_job.run()) as steps:
                async for progress in steps:
                    if (now := time.monotonic()) - shown > PROGRESS_INTERVAL:
                        shown = now
                        self.set_state(
                            replace(
                                self.state, import_progress=ImportProgress(progress.fraction, progress.describe_rate())
                            )
                        )
                    if now - listed > REFRESH_INTERVAL:
                        listed = now
                        self.read_library()
            notice = import_job.summary()
        except Exception as error:
            notice = self.fault_sentence(error)
        finally:
            self.set_state(replace(self.state, import_progress=None, notice=notice))
            self.read_library()

    def stop_import(self) -> None:
        """End the import, if one is under way."""
        self.workers.cancel_group(self, "library-import")

    async def open_document(self, document: int, agreement: int | None = None) -> None:
        """Open a document at the query's first match, or at the agreement of this index in its analysis."""
        self.set_state(replace(self.state, focused_number=document))
        with self.report_faults():
            opened = await self.worker.open_document(document, self.context.author)
            if opened is None:
                self.set_state(replace(self.state, notice="This document is no longer in the library"))
            elif agreement is not None and agreement < len(opened.analysis.agreements):
                self.context.show_document(opened, agreement=opened.analysis.agreements[agreement].id)
            else:
                self.context.show_document(opened, await self.worker.query_of_documents(self.state.query))

    async def review_documents(self, order: ReviewOrder) -> None:
        """Begin a review pass through the documents that are listed."""

        async def begin() -> None:
            review = LibraryReview(order, library_state.listed_documents(self.state))
            self.set_state(replace(self.state, review=review))
            await self.review_next_document()

        await self.with_whole_list(self.state.listing, begin)

    async def review_next_document(self) -> None:
        """Open the next document of the review pass at its first record; at the end, come back to the list."""
        review = self.state.review
        if review is None:
            return
        with self.report_faults():
            progress = await self.worker.review_progress()
            number = library_state.next_to_review(review, progress)
            opened = await self.worker.open_document(number, self.context.author) if number is not None else None
            if number is None:
                self.set_state(replace(self.state, review=None, notice=REVIEWED))
                if not self.is_current:
                    self.context.enter_library()
                return
            review = replace(review, opened=review.opened | {number})
            self.set_state(replace(self.state, review=review, focused_number=number))
            progress_so_far = library_state.library_pass(review, progress, number)
            if not (opened and self.context.review_from_library(opened, review.order, progress_so_far)):
                await self.review_next_document()  # removed or judged meanwhile

    async def pick_agreement(self, entity: CorpusEntity) -> None:
        """List the agreements to which the entity is a party, and open the document of the one picked."""
        with self.report_faults():
            self._list_agreements(entity, await self.worker.agreements(entity))

    def _list_agreements(self, entity: CorpusEntity, agreements: Sequence[AgreementSummary]) -> None:
        from alliance_tui.explorer.dialogs.entity_picker import DOCUMENTS_KEY, agreement_items
        from alliance_tui.explorer.dialogs.picker_screen import PickerScreen

        items = agreement_items(entity, agreements, self.context.glyphs)

        async def picked(key: str | None) -> None:
            if key == DOCUMENTS_KEY:
                self.set_state(library_state.set_query(self.state, f'"{entity.name}"'))
            elif key is not None:
                agreement = agreements[int(key)]
                await self.open_document(agreement.document, agreement.position)

        self.app.push_screen(PickerScreen(f"Agreements of {entity.name}", items, verb="open"), picked)


def _occasion_inputs(state: LibraryState) -> tuple[object, ...]:
    """Return what the occasion that is shown depends on."""
    return state.focused_number, id(state.documents), state.import_progress is None


def _passage_inputs(state: LibraryState) -> tuple[object, ...]:
    """Return what the passage that is shown depends on."""
    return state.listing, state.agreements.focused, id(state.agreements.results), state.typing


async def _wait(worker: Worker[None], seconds: float) -> None:
    """Wait for a worker, at most for so long; it goes on afterwards."""
    await asyncio.wait({asyncio.create_task(_end_of(worker))}, timeout=seconds)


async def _end_of(worker: Worker[None]) -> None:
    with suppress(WorkerError):
        await worker.wait()
