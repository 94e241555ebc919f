"""The document's screen, which owns the explorer's state: an event leads to the next state, and the panes draw it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.layout import Layout
from textual.widget import Widget

from alliance_tui.errors import AllianceError
from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.handlers import document_handlers
from alliance_tui.explorer.presenters import document_presenter
from alliance_tui.explorer.presenters.facets import facet_rows, toggled
from alliance_tui.explorer.rendering.document_style import NO_STYLE, DocumentStyle, document_style
from alliance_tui.explorer.rendering.layout import (
    DETAILS,
    Divider,
    ExplorerLayout,
    details_region,
    divider_at,
    has_frames,
    place_regions,
)
from alliance_tui.explorer.rendering.short_names import short_names
from alliance_tui.explorer.rendering.strips import parts_width
from alliance_tui.explorer.screens.query_screen import QueryScreen, import_query_bar
from alliance_tui.explorer.state import document_transitions, jump_labels, table_view, transitions
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    ExplorerState,
    OpenDocument,
    Pane,
    agreement_order,
    cursor_span,
    entity_order,
    highlights_for,
    in_table,
    selected_evidence,
)
from alliance_tui.explorer.widgets.agreements.agreements_pane import AgreementsPane, HeadingClicked
from alliance_tui.explorer.widgets.base import LineClicked, LineView, NoteLines, StatusLine
from alliance_tui.explorer.widgets.entities_pane import EntitiesPane
from alliance_tui.explorer.widgets.facets_pane import FacetClicked, FacetsPane
from alliance_tui.explorer.widgets.fields_view import DetailsPane
from alliance_tui.explorer.widgets.record_list import RecordClicked
from alliance_tui.explorer.widgets.text_pane import TextPane, TextView
from alliance_tui.explorer.workers.analysis_source import extracted, known_analysis
from alliance_tui.explorer.workers.garbage_collection import freeze_and_collect
from alliance_tui.explorer.workers.search_worker import SHORT_TEXT, SearchResult, SearchWorker
from alliance_tui.extraction.events import Event, Failed, Finished, Partial
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.library.storage.database import LibraryFile
from alliance_tui.records import Analysis, Document
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar
    from alliance_tui.explorer.workers.review_worker import MakeEntries
    from alliance_tui.library.review.review_log import ReviewLog
    from alliance_tui.review.document_review import DocumentReview
    from alliance_tui.search.completion import Completion

MAX_PAINT_WAIT = 0.1
"""Seconds that the work after an analysis waits for its paint."""
MAX_LOG_WAIT = 2.0
"""Seconds to wait for another process that holds the library, before the review log is given up."""
MAX_BURST_SECONDS = 0.25
"""Seconds after which the query is searched for though more keys of the same burst are waiting."""


NO_DETAILS = "Move onto an agreement or an entity: all that is known of it is shown here."
NO_LOG = "With --no-cache nothing is kept: leave it out, or name a library with --library"

HighlightInputs = tuple[Analysis, Matches, SelectedRecord | None]
"""The inputs from which highlights are computed."""


class DocumentScreen(QueryScreen):
    """The text, the agreements and the entities of a document, drawn from one frozen state."""

    BINDINGS: ClassVar[list[BindingType]] = list(registry.bindings())
    AUTO_FOCUS = ""  # the state decides

    def __init__(self, state: ExplorerState) -> None:
        self.search_worker = SearchWorker()
        super().__init__(self.search_worker.render_priority)
        self.state = state
        self.highlights = Highlights()
        self.highlighted_selection: SelectedRecord | None = None
        """The selection that `highlights` were computed for; in a long text, that of the state may be newer."""
        self._rows_focused_for: SelectedRecord | None = None
        """The selection for which rows were focused in both lists."""
        self.explorer_layout = ExplorerLayout(state)
        self.top_line, self.record_line, self.key_line = (
            StatusLine(id="top"),
            StatusLine(id="record"),
            StatusLine(id="keys"),
        )
        self.text_pane = TextPane(
            TextView(state.current_document.document),
            top=state.current_document.reading_position.top_offset,
            id=Pane.TEXT,
        )
        self.summary = StatusLine(id="summary")
        self.welcome = NoteLines(id="welcome")
        self.agreements = AgreementsPane(id=Pane.AGREEMENTS)
        self.entities = EntitiesPane(id=Pane.ENTITIES)
        self.facets = FacetsPane(id=Pane.FACETS)
        self.details = DetailsPane(id=DETAILS)
        self._dragged: Divider | None = None
        """The divider that the mouse drags."""
        self.after_draw: Callable[[], None] | None = None
        self.scroll_before_query = 0
        """The text's scroll offset when the query line was opened."""
        self._styles: dict[str, DocumentStyle] = {}
        """The looks of the documents' parts, by document id."""
        self._analysed: set[int] = set()
        """Indices of the documents whose analysis was started."""
        self._reviewed: set[int] = set()
        """Indices of the documents whose entries of the review log were read."""
        self._search_result: SearchResult | None = None
        """The latest search made in the thread, so that its matches and highlights are drawn together."""
        self._highlighted_inputs: HighlightInputs | None = None
        """The inputs of `highlights`, or of those being computed; a thread compares its identity."""
        self._pending_query: str | None = None
        """The query typed last, while the search waits for the end of a burst of keys."""

    def compose(self) -> ComposeResult:
        """Lay the panes between the status lines; `layout` places them."""
        yield self.top_line
        yield self.summary
        yield self.text_pane
        yield self.agreements
        yield self.entities
        yield self.facets
        yield self.details
        yield self.welcome
        yield self.record_line
        yield self.key_line

    def on_mount(self) -> None:
        """Paint the text first, then analyse it."""
        self._frame_panes()
        self._update(self.state)
        self.call_after_refresh(self.read_document)

    @property
    def layout(self) -> Layout:
        """The layout of the screen's parts."""
        return self.explorer_layout

    @property
    def details_region(self) -> Region:
        """The region beside the text, or below it, in which details are shown."""
        return details_region(self.app.size, self.state)

    def pane_widget(self, pane: Pane) -> LineView:
        """Return the widget of a pane."""
        return {
            Pane.TEXT: self.text_pane,
            Pane.AGREEMENTS: self.agreements,
            Pane.ENTITIES: self.entities,
            Pane.FACETS: self.facets,
        }[pane]

    async def mount_query_bar(self, bar: QueryBar) -> None:
        """Put the query line before the top line."""
        await self.mount(bar, before="#top")

    # From an event to the next state

    async def action_perform(self, name: str) -> None:
        """Carry out the command of this id."""
        self._apply_pending_query()
        if self.state.notice or self.state.welcome:
            self.set_state(replace(self.state, notice="", welcome=False))
        command = registry.COMMANDS_BY_ID.get(name)
        with self.report_faults():
            if command and command.transition:
                self.set_state(command.transition(self.state, self.highlights))
            elif handler := document_handlers.HANDLERS.get(name):
                if awaitable := handler(self):
                    await awaitable
            else:
                self.show_notice(registry.unknown_command_message(name))

    def show_notice(self, notice: str) -> None:
        """Show a message until the next key."""
        self.set_state(replace(self.state, notice=notice))

    def on_key(self, event: events.Key) -> None:
        """While jump labels are shown, take each key for a part of one."""
        if self.state.jump_labels:
            event.stop()
            self.set_state(jump_labels.type_label(self.state, event.character))

    def update_query(self, query: str) -> None:
        """Search for what is typed; of a burst of keys, for what they amount to."""
        first, self._pending_query = self._pending_query is None, query
        if not self.context.has_pending_keys:
            self._apply_pending_query()
        elif first:
            self.set_timer(MAX_BURST_SECONDS, self._apply_pending_query)

    def _apply_pending_query(self) -> None:
        query, self._pending_query = self._pending_query, None
        if query is not None and self.state.typing:
            with self.report_faults():
                self.set_state(transitions.set_query(self.state, query, self.query_completions()))

    def query_completions(self) -> tuple[Completion, ...]:
        """Return the completions of the term before the cursor, the one to put in next first."""
        index = self.search_worker.index_for(self.state.current_document)
        if not index or not self.query_bar:
            return ()
        from alliance_tui.search.completion import document_completions  # imported with the query line

        field = self.query_bar.field
        return field.alternatives or document_completions(index, *field.text_and_cursor, self.search_worker.saved)

    @on(TextPane.Scrolled)
    def _scrolled(self) -> None:
        if not self.state.typing:
            pane = self.text_pane  # as it is now: keys may have been handled since the message was sent
            self.set_state(transitions.follow_scroll(self.state, pane.first_offset, pane.last_offset), reveal=False)

    @on(TextPane.Clicked)
    def _text_clicked(self, message: TextPane.Clicked) -> None:
        state = replace(transitions.focus_pane(self.state, Pane.TEXT), selected_words=None)
        self.set_state(transitions.select_in_text(state, message.offset))

    @on(LineClicked)
    def _line_clicked(self, message: LineClicked) -> None:
        if message.line != "summary":
            return
        part = document_presenter.summary_part_at(self._summary_parts(self.styler), message.x)
        if part and part.term:
            self.narrow(part.term)
        elif part:
            self.set_state(transitions.select(self.state, SelectedRecord(RecordKind.AGREEMENT, part.agreement)))

    def narrow(self, term: str) -> None:
        """Add a term to the query, or take it away."""
        self.set_state(transitions.narrow(self.state, toggled(self.state.position.query, term)))

    @on(HeadingClicked)
    def _heading_clicked(self, message: HeadingClicked) -> None:
        self.set_state(replace(self.state, table=table_view.sort_by(self.state.table, message.column)))

    @on(RecordClicked)
    def _record_clicked(self, message: RecordClicked) -> None:
        pane = self.state.pane
        kind = RecordKind.ENTITY if pane is Pane.ENTITIES else RecordKind.AGREEMENT
        self.set_state(transitions.select(self.state, SelectedRecord(kind, message.record_id)))

    @on(FacetClicked)
    def _facet_clicked(self, message: FacetClicked) -> None:
        self.set_state(replace(self.state, focused_facet=message.term))
        self.narrow(message.term)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the edge of a pane."""
        self._dragged = divider_at(self.app.size, self.state, event.screen_offset)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the edge that the mouse holds."""
        if self._dragged:
            self.set_state(replace(self.state, sizes=self._dragged.dragged(self.state.sizes, event.screen_offset)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the edge."""
        self._dragged = None

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a place and the offset in its text; nothing at an edge, so that no selection begins."""
        if self._dragged or divider_at(self.app.size, self.state, Offset(x, y)):
            return None, None
        return super().get_widget_and_offset_at(x, y)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Focus the pane that was clicked on, unless later keys have moved the focus already."""
        for pane in Pane:
            if event.widget is self.focused is self.pane_widget(pane) and pane is not self.state.pane:
                self.set_state(transitions.focus_pane(self.state, pane))

    def on_resize(self, event: events.Resize) -> None:
        """Frame the panes where there is room, and fit the status lines to the new width."""
        self._frame_panes()
        self._draw_lines(self.styler)

    def _frame_panes(self) -> None:
        frame = has_frames(self.app.size, self.state)
        for widget in (*map(self.pane_widget, Pane), self.details):
            widget.set_class(frame, "-framed")

    # From a state to the screen

    def set_state(self, state: ExplorerState, *, reveal: bool = True) -> None:
        """Take on the next state, start the work that it calls for, and draw it.

        With `reveal`, the cursor or the selected evidence is scrolled into view where it moved.
        """
        before = self.state
        if state is before:
            return
        self.state = state
        if state.position.document_index != before.position.document_index:
            self.read_document()
        if state.matches.query != state.position.query or (state.position.query and _is_changed(before, state)):
            self._search()
        self._update(before, reveal=reveal)

    def _update(self, before: ExplorerState, *, reveal: bool = True) -> None:
        """Bring the highlights and the focused rows into line with the state, then draw it."""
        self._update_highlights()
        if self.highlighted_selection and self.highlighted_selection != self._rows_focused_for:
            self.state = transitions.focus_selected_rows(self.state, self.highlights)
        self._rows_focused_for = self.highlighted_selection
        self.state = transitions.focus_listed_rows(self.state, self.highlights)
        self.draw(before, reveal=reveal)

    def draw(self, before: ExplorerState, *, reveal: bool = True) -> None:
        """Draw the state, which stays as it is; with `reveal`, scroll to what moved since the state `before`."""
        state, styler = self.state, self.styler
        cursor = cursor_span(state, self.highlights)
        selected = state.selection != before.selection
        moved = selected or (
            (state.position.document_index, state.position.offset)
            != (before.position.document_index, before.position.offset)
        )
        goal = (selected_evidence(state) if selected else None) or cursor
        view = document_presenter.text_view(state, self.highlights, cursor, self._document_style())
        self.text_pane.show(view, reveal=goal if reveal and moved else None)
        self._draw_lists()
        for pane in Pane:
            title = document_presenter.pane_title(state, self.highlights, pane, styler.glyphs)
            self.pane_widget(pane).border_title = Content(title)
            self.pane_widget(pane).set_class(pane is state.pane, "-current")
        self._draw_lines(styler)
        self._arrange()
        self._draw_side()
        self._place_focus()
        if self.after_draw:
            self.after_draw()

    def draw_lines(self) -> None:
        """Draw the status lines, and the facets or details, in the palette in use."""
        self._draw_lines(self.styler)
        self._draw_side()

    def _document_style(self) -> DocumentStyle:
        """Return the looks of the parts of the document on the screen, as far as they are known."""
        return self._styles.get(self.state.current_document.document.id, NO_STYLE)

    def _draw_lists(self) -> None:
        """Draw the agreements and the entities."""
        state, highlights, selection = self.state, self.highlights, self.highlighted_selection
        labels = jump_labels.row_labels(state)
        empty = document_presenter.empty_list_message(state, Pane.AGREEMENTS)
        agreements = agreement_order(state, highlights)
        self.agreements.names = short_names(state.analysis)
        self.agreements.show_table(state.table if in_table(state) else None, state.analysis)
        self.agreements.show(agreements, highlights, state.focused_agreement, selection, empty)
        self.agreements.set_jump_labels(labels)
        self.agreements.set_review_marks(document_presenter.review_marks(state, self.styler.glyphs))
        empty = document_presenter.empty_list_message(state, Pane.ENTITIES)
        entities = entity_order(state, highlights)
        self.entities.show(entities, highlights, state.focused_entity, selection, empty)
        self.entities.set_jump_labels(labels)

    def _draw_side(self) -> None:
        """Draw the facets or the details, if they are shown."""
        state = self.state
        regions = place_regions(self.app.size, state)
        if Pane.FACETS in regions:
            empty = document_presenter.empty_list_message(state, Pane.FACETS)
            self.facets.show(facet_rows(state), state.focused_facet, empty)
        if DETAILS in regions:
            from alliance_tui.explorer.presenters.record_fields import fields_with_review  # wide screens alone need it

            record = document_presenter.detailed_record(state)
            self.details.border_title = Content(" Details ")
            self.details.show(fields_with_review(state, record) if record else [("", NO_DETAILS)])

    def _place_focus(self) -> None:
        """Give the focus to the widget that the state names."""
        bar = self.query_bar
        widget = bar.field if bar and self.state.typing else self.pane_widget(self.state.pane)
        if self.focused is not widget:
            self.set_focus(widget, scroll_visible=False)

    def _summary_parts(self, styler: document_presenter.LineStyler) -> list[document_presenter.SummaryPart]:
        """Return the parts of the line that sums up the agreements."""
        width = self.app.size.width - 2 * StatusLine.MARGIN
        return document_presenter.summary_parts(self.state, width, styler)

    def _draw_lines(self, styler: document_presenter.LineStyler) -> None:
        """Draw the status lines above and below the panes."""
        width = self.app.size.width - 2 * StatusLine.MARGIN
        if "summary" in place_regions(self.app.size, self.state):
            self.summary.show(document_presenter.summary_line(self._summary_parts(styler), styler))
        self.welcome.lines = document_presenter.welcome_lines(styler) if self.state.welcome else []
        status = document_presenter.query_status(self.state, styler)
        room = place_regions(self.app.size, self.state)["top"].width - 2 * StatusLine.MARGIN - parts_width(status) - 1
        self.top_line.show(document_presenter.title_line(self.state, room, styler), status)
        self.record_line.show(document_presenter.record_line(self.state, self.highlights, width, styler))
        self.key_line.show(*document_presenter.key_line(self.state, width, styler))

    def _arrange(self) -> None:
        """Lay out the screen again where the state gives its parts other regions."""
        size = self.app.size
        if place_regions(size, self.state) != place_regions(size, self.explorer_layout.state):
            self._frame_panes()
            self.top_line.refresh(layout=True)  # a child's: the screen keeps its own arrangement otherwise
        self.explorer_layout.state = self.state

    def _update_highlights(self) -> None:
        """Compute the highlights: at once in a short text, else in a thread, with the previous ones until then."""
        inputs = (self.state.analysis, self.state.matches, self.state.selection)
        previous = self._highlighted_inputs
        if previous and _same_objects(inputs, previous):
            return
        self._highlighted_inputs = inputs
        result = self._search_result
        if result and _same_objects(inputs, (result.analysis, result.matches, result.selection)):
            self.highlights, self.highlighted_selection = result.highlights, result.selection
        elif len(self.state.text) <= SHORT_TEXT:
            self.highlights, self.highlighted_selection = highlights_for(self.state), self.state.selection
        else:
            if not previous or previous[0].document is not self.state.analysis.document:
                self.highlights, self.highlighted_selection = Highlights(), None
            self._highlight_in_thread(self.state, inputs)

    @work(group="highlights", exclusive=True)
    async def _highlight_in_thread(self, state: ExplorerState, inputs: HighlightInputs) -> None:
        with self.report_faults():
            highlights = await asyncio.to_thread(highlights_for, state)
            if self._highlighted_inputs is inputs:
                self.highlights, self.highlighted_selection = highlights, state.selection
                self._update(self.state, reveal=False)

    # The review log

    async def log_step(self, make: MakeEntries) -> bool:
        """Append a step to the review log and show its effect; return whether that was done."""
        if self.context.cache is None:
            self.show_notice(NO_LOG)
            return False
        from alliance_tui.explorer.state.document_review import apply_review  # with the first step
        from alliance_tui.explorer.workers.review_worker import append_step

        index, document = self.state.position.document_index, self.state.current_document
        try:
            review = await asyncio.to_thread(append_step, self._review_log(), document, self.context.author, make)
        except AllianceError as error:
            self.show_notice(f"Nothing is logged: {error}")
            return False
        if review is None:
            self.show_notice("Nothing has changed.")
            return False
        self.set_state(apply_review(self.state, index, review), reveal=False)
        return True

    def _review_log(self) -> ReviewLog:
        from alliance_tui.library.review.review_log import ReviewLog

        assert self.context.cache is not None
        return ReviewLog(self.context.cache.path)

    async def _load_review(self, index: int) -> None:
        """Show what the log says of the document of this index."""
        if self.context.cache is None or index in self._reviewed:
            return
        self._reviewed.add(index)
        try:
            review = await asyncio.to_thread(self._read_review, self.state.documents[index])
        except AllianceError as error:
            self.show_notice(str(error))
            return
        if review is not None:
            from alliance_tui.explorer.state.document_review import apply_review

            self.set_state(apply_review(self.state, index, review), reveal=False)

    def _read_review(self, document: OpenDocument) -> DocumentReview | None:
        assert self.context.cache is not None
        if not LibraryFile(self.context.cache.path).has_rows("review_log", MAX_LOG_WAIT):
            return None
        from alliance_tui.explorer.workers.review_worker import load_review  # where nothing is logged, not needed

        return load_review(self._review_log(), document, self.context.author)

    async def _apply_event(self, index: int, event: Event) -> None:
        """Take on an event of the analysis, with what the log says of its records."""
        while (review := self.state.documents[index].review) and isinstance(event, Finished | Partial):
            from alliance_tui.explorer.state.document_review import apply_review
            from alliance_tui.review.document_review import make_review

            extracted = document_transitions.apply_event(self.state, index, event).documents[index].analysis
            made = await asyncio.to_thread(make_review, extracted, review.entries, self.context.author, review.read_to)
            if self.state.documents[index].review is review:  # else the reader has taken a step meanwhile
                state = document_transitions.apply_event(self.state, index, event)
                self.set_state(apply_review(state, index, made), reveal=False)
                return
        self.set_state(document_transitions.apply_event(self.state, index, event), reveal=False)

    # Work in threads and processes

    @work(group="analysis")
    async def read_document(self) -> None:
        """Analyse the document on the screen, unless that is done or under way, and prepare the search in it."""
        index, document = self.state.position.document_index, self.state.current_document.document
        await self._load_review(index)
        is_unread = self.state.documents[index].stage is AnalysisStage.WAITING and index not in self._analysed
        if is_unread:
            self._analysed.add(index)
            is_unread = not await self._show_known_analysis(index, document)
            await self._wait_for_paint()  # of a known analysis, which any other work would delay
        if document.id not in self._styles:
            self._style_document(document)
        if is_unread:
            await self._analyse(index, document)
            if self.context.cache and self.context.cache.notice:
                self.set_state(replace(self.state, notice=self.context.cache.notice), reveal=False)
        self._prepare()

    @work(group="style")
    async def _style_document(self, document: Document) -> None:
        """Find headings, items and speakers in a thread, and draw the text with them."""
        self._styles[document.id] = NO_STYLE
        self._styles[document.id] = await asyncio.to_thread(document_style, document)
        if self.state.current_document.document is document:
            self.draw(self.state, reveal=False)

    async def _wait_for_paint(self) -> None:
        """Wait until the state is painted; while a dialog covers the screen, for a moment only."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(painted.wait(), MAX_PAINT_WAIT)

    async def _show_known_analysis(self, index: int, document: Document) -> bool:
        """Show the analysis that takes no extraction, if there is one; return whether there is."""
        with self.report_faults():
            if known := await known_analysis(document, self.context.cache, self.context.model):
                await self._apply_event(index, Finished(known))
                return True
        return False

    async def _analyse(self, index: int, document: Document) -> None:
        context = self.context
        try:
            async with aclosing(extracted(document, context.cache, context.model, context.limits)) as extraction_events:
                async for event in extraction_events:
                    await self._apply_event(index, event)
        except Exception as error:
            failed = Failed(self.fault_sentence(error))
            self.set_state(document_transitions.apply_event(self.state, index, failed), reveal=False)

    @work(group="index", exclusive=True)
    async def _prepare(self) -> None:
        """Make the query line and the index ready for the first key, and search for a query given at the start."""
        with self.report_faults():
            await asyncio.to_thread(import_query_bar)
            await self.load_searches()
            await self.search_worker.prepare(self.state)
        freeze_and_collect()
        if self.state.matches.query != self.state.position.query:
            self._search_in_thread()

    async def load_searches(self) -> None:
        """Take on the saved queries."""
        if self.context.cache is not None:
            from alliance_tui.library.saved_searches import SavedSearches

            self.search_worker.saved = await asyncio.to_thread(SavedSearches(self.context.cache.path).all)

    def _search(self) -> None:
        query = self.state.position.query
        try:
            self._list_possible_for(query)
            matches = self.search_worker.search_now(self.state.current_document, query)
        except Exception as error:
            matches = Matches(query, problems=(self.fault_sentence(error),))
        if matches is None:
            self._search_in_thread()
        else:
            self.state = transitions.apply_matches(self.state, matches)
            self._preview_first_match()

    def _list_possible_for(self, query: str) -> None:
        """List the possible agreements while the query asks for them."""
        if "is:" in query.lower() or self.state.current_document.possible_asked:
            from alliance_tui.explorer.state.document_review import list_possible_for
            from alliance_tui.search.plan.conditions import POSSIBLE, asks_for_status

            self.state = list_possible_for(self.state, asked=asks_for_status(query, POSSIBLE))

    @work(group="search", exclusive=True)
    async def _search_in_thread(self) -> None:
        query = self.state.position.query
        try:
            result = await self.search_worker.search(self.state)
        except Exception as error:
            matches = Matches(query, problems=(self.fault_sentence(error),))
            self.set_state(transitions.apply_matches(self.state, matches))
            return
        if result is not None:
            self._search_result = result
            self.set_state(transitions.apply_matches(self.state, result.matches), reveal=self.state.jump_to_first_match)
            self._preview_first_match()

    def _preview_first_match(self) -> None:
        """While the query is typed, scroll to its first match unless one is in view."""
        state, pane = self.state, self.text_pane
        if state.query_opened_at is None or not state.matches.text:
            return
        if not pane.is_visible(transitions.first_match(state.matches, pane.first_offset)):
            goal = transitions.first_match(state.matches, state.query_opened_at.offset)
            pane.reveal(goal, goal + 1)


def _is_changed(before: ExplorerState, state: ExplorerState) -> bool:
    """Return whether what is searched has changed: the records of the document, or what the reader did with them."""
    same_review = state.current_document.review is before.current_document.review
    return state.analysis is not before.analysis or not same_review


def _same_objects(inputs: HighlightInputs, others: HighlightInputs) -> bool:
    """Compare by identity: a comparison by value would walk the whole analysis."""
    return all(one is other for one, other in zip(inputs, others, strict=True))
