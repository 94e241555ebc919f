"""The explorer's screen: the one owner of the state. A key becomes the next state, and the panes draw it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.layout import Layout

from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.handlers import document_handlers
from alliance_tui.explorer.presenters import document_presenter
from alliance_tui.explorer.rendering.layout import ExplorerLayout, has_frames, place_regions
from alliance_tui.explorer.screens.query_screen import QueryScreen, import_query_bar
from alliance_tui.explorer.state import jump_labels, transitions
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    ExplorerState,
    Pane,
    agreement_order,
    cursor_span,
    entity_order,
    highlights_for,
    selected_evidence,
)
from alliance_tui.explorer.widgets.agreements_pane import AgreementsPane
from alliance_tui.explorer.widgets.base import LineView, StatusLine
from alliance_tui.explorer.widgets.entities_pane import EntitiesPane
from alliance_tui.explorer.widgets.record_list import RecordClicked
from alliance_tui.explorer.widgets.text_pane import TextPane, TextView
from alliance_tui.explorer.workers.analysis_source import analyse
from alliance_tui.explorer.workers.garbage_collection import freeze_and_collect
from alliance_tui.explorer.workers.search_worker import SHORT_TEXT, SearchResult, SearchWorker
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Analysis, Document
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar
    from alliance_tui.search.completion import Completion

MAX_BURST_SECONDS = 0.25
"""Seconds after which a query is asked, though more keys are waiting that came in with it."""


class DocumentScreen(QueryScreen):
    """Three panes in step over one frozen state."""

    BINDINGS: ClassVar[list[BindingType]] = list(registry.bindings())
    AUTO_FOCUS = ""  # the state says where the keys go

    def __init__(self, state: ExplorerState) -> None:
        self.search_worker = SearchWorker()
        super().__init__(self.search_worker.render_priority)
        self.state = state
        self.highlights = Highlights()
        self.highlighted_selection: SelectedRecord | None = None
        """The choice that the lights are of; that of the state may be newer, where a text is long."""
        self._rows_focused_for: SelectedRecord | None = None
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
        self.agreements = AgreementsPane(id=Pane.AGREEMENTS)
        self.entities = EntitiesPane(id=Pane.ENTITIES)
        self.scroll_before_query = 0
        """How far the text was scrolled when the query line was opened."""
        self._analysed: set[int] = set()
        self._search_result: SearchResult | None = None
        """The last search made aside, with what it lights, so that its matches and lights are drawn at once."""
        self._highlighted_inputs: tuple[Analysis, Matches, SelectedRecord | None] | None = None
        self._pending_query: str | None = None

    def compose(self) -> ComposeResult:
        """Three panes between the lines above and below."""
        yield self.top_line
        yield self.text_pane
        yield self.agreements
        yield self.entities
        yield self.record_line
        yield self.key_line

    def on_mount(self) -> None:
        """Paint the text first, then find out what is in it."""
        self._frame_panes()
        self.draw(self.state)
        self.call_after_refresh(self.read_document)

    @property
    def layout(self) -> Layout:
        """How the parts of the screen are placed."""
        return self.explorer_layout

    def pane_widget(self, pane: Pane) -> LineView:
        """The widget of a pane."""
        return {Pane.TEXT: self.text_pane, Pane.AGREEMENTS: self.agreements, Pane.ENTITIES: self.entities}[pane]

    async def mount_query_bar(self, bar: QueryBar) -> None:
        """Put the query line before the top line."""
        await self.mount(bar, before="#top")

    # From an event to the next state.

    async def action_perform(self, name: str) -> None:
        """Carry out an action of the registry."""
        self._ask_pending()
        if self.state.notice:
            self.become(replace(self.state, notice=""))
        action = registry.COMMANDS_BY_ID.get(name)
        if action and action.transition:
            self.become(action.transition(self.state, self.highlights))
        elif effect := document_handlers.HANDLERS.get(name):
            if waiting := effect(self):
                await waiting
        else:
            self.become(replace(self.state, notice=registry.unknown_command_message(name)))

    def on_key(self, event: events.Key) -> None:
        """While there are labels, every key is a part of one or takes them away."""
        if self.state.jump_labels:
            event.stop()
            self.become(jump_labels.type_label(self.state, event.character))

    def ask(self, query: str) -> None:
        """Ask what is typed; of a burst of keys, not each of them, but what they come to."""
        first, self._pending_query = self._pending_query is None, query
        if not self.context.has_pending_keys:
            self._ask_pending()
        elif first:
            self.set_timer(MAX_BURST_SECONDS, self._ask_pending)

    def _ask_pending(self) -> None:
        query, self._pending_query = self._pending_query, None
        if query is not None and self.state.typing:
            self.become(transitions.set_query(self.state, query, self.query_completions()))

    def query_completions(self) -> tuple[Completion, ...]:
        """What the term before the cursor in the query line may become, first what is put in next."""
        index = self.search_worker.index_for(self.state.analysis)
        if not index or not self.query_bar:
            return ()
        from alliance_tui.search.completion import document_completions  # which the query line has imported already

        field = self.query_bar.field
        return field.alternatives or document_completions(index, *field.text_and_cursor)

    @on(TextPane.Scrolled)
    def _scrolled(self) -> None:
        if not self.state.typing:
            pane = self.text_pane  # as it is by now: keys may have been answered since the message was sent
            self.become(transitions.follow_scroll(self.state, pane.first_offset, pane.last_offset), reveal=False)

    @on(TextPane.Clicked)
    def _text_pressed(self, message: TextPane.Clicked) -> None:
        self.become(transitions.select_in_text(transitions.focus_pane(self.state, Pane.TEXT), message.offset))

    @on(RecordClicked)
    def _record_pressed(self, message: RecordClicked) -> None:
        pane = self.state.pane
        kind = RecordKind.ENTITY if pane is Pane.ENTITIES else RecordKind.AGREEMENT
        self.become(transitions.select(self.state, SelectedRecord(kind, message.record_id)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that was clicked on has the keys, unless later keys have moved them on already."""
        for pane in Pane:
            if event.widget is self.focused is self.pane_widget(pane) and pane is not self.state.pane:
                self.become(transitions.focus_pane(self.state, pane))

    def on_resize(self, event: events.Resize) -> None:
        """Frame the panes where there is room, and tell in the lines what there is room for now."""
        self._frame_panes()
        self._draw_lines(self.styler)

    def _frame_panes(self) -> None:
        frame = has_frames(self.app.size, self.state)
        for pane in Pane:
            self.pane_widget(pane).set_class(frame, "-framed")

    # From a state to what is seen.

    def become(self, state: ExplorerState, *, reveal: bool = True) -> None:
        """Take on the next state, start what it calls for, and draw it."""
        before = self.state
        if state is before:
            return
        self.state = state
        if state.position.document_index != before.position.document_index:
            self.read_document()
        if state.matches.query != state.position.query or (
            state.position.query and state.analysis is not before.analysis
        ):
            self._search()
        self.draw(before, reveal=reveal)

    def draw(self, before: ExplorerState, *, reveal: bool = True) -> None:
        """Draw the state, and bring its point into view where it moved."""
        self._update_highlights()
        if self.highlighted_selection != self._rows_focused_for:
            self._rows_focused_for = self.highlighted_selection
            if self.highlighted_selection:
                self.state = transitions.focus_selected_rows(self.state, self.highlights)
        self.state = state = transitions.focus_listed_rows(self.state, self.highlights)
        point = cursor_span(state, self.highlights)
        moved = (state.position.document_index, state.position.offset) != (
            before.position.document_index,
            before.position.offset,
        )
        moved = moved or state.selection != before.selection
        goal = selected_evidence(state) if state.selection != before.selection else None
        pens = self.styler
        view = document_presenter.text_view(state, self.highlights, point, pens.glyphs)
        self.text_pane.show(view, reveal=(goal or point) if reveal and moved else None)
        agreements, entities = agreement_order(state, self.highlights), entity_order(state, self.highlights)
        note = (
            document_presenter.empty_list_message(state, Pane.AGREEMENTS),
            document_presenter.empty_list_message(state, Pane.ENTITIES),
        )
        self.agreements.show(agreements, self.highlights, state.focused_agreement, self.highlighted_selection, note[0])
        self.entities.show(entities, self.highlights, state.focused_entity, self.highlighted_selection, note[1])
        labels = jump_labels.row_labels(state)
        self.agreements.set_jump_labels(labels)
        self.entities.set_jump_labels(labels)
        for pane in Pane:
            self.pane_widget(pane).border_title = Content(
                document_presenter.pane_title(state, self.highlights, pane, pens.glyphs)
            )
            self.pane_widget(pane).set_class(pane is state.pane, "-current")
        self._draw_lines(pens)
        self._arrange()
        self._place_focus()

    def _place_focus(self) -> None:
        """Focus the widget that the state says."""
        bar = self.query_bar
        widget = bar.field if bar and self.state.typing else self.pane_widget(self.state.pane)
        if self.focused is not widget:
            self.set_focus(widget, scroll_visible=False)

    def _draw_lines(self, pens: document_presenter.LineStyler) -> None:
        """Draw the lines above and below the panes."""
        room = self.app.size.width - 2 * StatusLine.MARGIN
        self.top_line.show(
            document_presenter.title_line(self.state, pens), document_presenter.query_status(self.state, pens)
        )
        self.record_line.show(document_presenter.record_line(self.state, self.highlights, room, pens))
        self.key_line.show(*document_presenter.key_line(self.state, room, pens))

    def _arrange(self) -> None:
        """Lay out the screen where another part has room now."""
        size = self.app.size
        if place_regions(size, self.state) != place_regions(size, self.explorer_layout.state):
            self._frame_panes()
            self.top_line.refresh(layout=True)  # a child's, since the screen keeps its arrangement for its own
        self.explorer_layout.state = self.state

    def _update_highlights(self) -> None:
        """Find what is lit: at once in a short text, else aside, with what was lit before until then."""
        by = (self.state.analysis, self.state.matches, self.state.selection)
        if self._highlighted_inputs and all(
            one is other for one, other in zip(by, self._highlighted_inputs, strict=True)
        ):
            return
        answer = self._search_result
        if answer and by[0] is answer.analysis and by[1] is answer.matches and by[2] is answer.selection:
            self.highlights, self.highlighted_selection = answer.highlights, by[2]
        elif len(self.state.text) <= SHORT_TEXT:
            self.highlights, self.highlighted_selection = highlights_for(self.state), by[2]
        else:
            if not self._highlighted_inputs or self._highlighted_inputs[0].document is not by[0].document:
                self.highlights, self.highlighted_selection = Highlights(), None
            self.run_worker(self._highlight_in_thread(self.state, by), group="light", exclusive=True)
        self._highlighted_inputs = by

    async def _highlight_in_thread(
        self, state: ExplorerState, by: tuple[Analysis, Matches, SelectedRecord | None]
    ) -> None:
        lights = await asyncio.to_thread(highlights_for, state)
        if self._highlighted_inputs is by:
            self.highlights, self.highlighted_selection = lights, by[2]
            self.draw(self.state, reveal=False)

    # What takes time.

    @work(group="analysis")
    async def read_document(self) -> None:
        """Find what is in the document on the screen, unless that is known or under way."""
        number = self.state.position.document_index
        if self.state.current_document.stage is AnalysisStage.WAITING and number not in self._analysed:
            self._analysed.add(number)
            await self._analyse(number, self.state.current_document.document)
            if self.context.cache and self.context.cache.notice:
                self.become(replace(self.state, notice=self.context.cache.notice), reveal=False)
        self.run_worker(self._prepare(), group="index", exclusive=True)

    async def _analyse(self, number: int, document: Document) -> None:
        async with aclosing(analyse(document, self.context.cache, self.context.model)) as told:
            async for event in told:
                self.become(transitions.apply_event(self.state, number, event), reveal=False)

    async def _prepare(self) -> None:
        """Have the query line and the index ready for the first key; answer the query that was given at the start."""
        await asyncio.to_thread(import_query_bar)
        await self.search_worker.prepare(self.state.analysis)
        freeze_and_collect()
        if self.state.matches.query != self.state.position.query:
            await self._search_in_thread()

    def _search(self) -> None:
        analysis, query = self.state.analysis, self.state.position.query
        matches = self.search_worker.search_now(analysis, query)
        if matches is None:
            self.run_worker(self._search_in_thread(), group="search", exclusive=True)
        else:
            self.state = transitions.apply_matches(self.state, matches)
            self._preview_first_match()

    async def _search_in_thread(self) -> None:
        answer = await self.search_worker.search(self.state)
        if answer is not None:
            self._search_result = answer
            self.become(transitions.apply_matches(self.state, answer.matches), reveal=self.state.jump_to_first_match)
            self._preview_first_match()

    def _preview_first_match(self) -> None:
        """While the query is typed, show its first match unless one is in view."""
        state, pane = self.state, self.text_pane
        if state.query_opened_at is None or not state.matches.text:
            return
        if not pane.is_visible(transitions.first_match(state.matches, pane.first_offset)):
            goal = transitions.first_match(state.matches, state.query_opened_at.offset)
            pane.reveal(goal, goal + 1)
