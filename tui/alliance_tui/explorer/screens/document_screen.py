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
from alliance_tui.explorer.rendering.layout import Arrangement, arrange, framed
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
from alliance_tui.explorer.widgets.base import LineView, OneLine
from alliance_tui.explorer.widgets.entities_pane import EntitiesPane
from alliance_tui.explorer.widgets.record_list import RecordPressed
from alliance_tui.explorer.widgets.text_pane import TextPane, TextView
from alliance_tui.explorer.workers.analysis_source import analyse
from alliance_tui.explorer.workers.garbage_collection import collect_from_now_on
from alliance_tui.explorer.workers.search_worker import SHORT, Answer, Searching
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Analysis, Document
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar
    from alliance_tui.search.completion import Completion

BURST = 0.25
"""Seconds after which a query is asked, though more keys are waiting that came in with it."""


class ExplorerScreen(QueryScreen):
    """Three panes in step over one frozen state."""

    BINDINGS: ClassVar[list[BindingType]] = list(registry.bindings())
    AUTO_FOCUS = ""  # the state says where the keys go

    def __init__(self, state: ExplorerState) -> None:
        self.searching = Searching()
        super().__init__(self.searching.way)
        self.state = state
        self.lights = Highlights()
        self.lit_choice: SelectedRecord | None = None
        """The choice that the lights are of; that of the state may be newer, where a text is long."""
        self._stood_with: SelectedRecord | None = None
        self.arrangement = Arrangement(state)
        self.top_line, self.record_line, self.key_line = OneLine(id="top"), OneLine(id="record"), OneLine(id="keys")
        self.text_pane = TextPane(
            TextView(state.current_document.document),
            top=state.current_document.reading_position.top_offset,
            id=Pane.TEXT,
        )
        self.agreements = AgreementsPane(id=Pane.AGREEMENTS)
        self.entities = EntitiesPane(id=Pane.ENTITIES)
        self.scroll_before = 0
        """How far the text was scrolled when the query line was opened."""
        self._asked_for: set[int] = set()
        self._answer: Answer | None = None
        """The last search made aside, with what it lights, so that its matches and lights are drawn at once."""
        self._lit_by: tuple[Analysis, Matches, SelectedRecord | None] | None = None
        self._unasked: str | None = None

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
        return self.arrangement

    def pane_widget(self, pane: Pane) -> LineView:
        """The widget of a pane."""
        return {Pane.TEXT: self.text_pane, Pane.AGREEMENTS: self.agreements, Pane.ENTITIES: self.entities}[pane]

    async def mount_query_bar(self, bar: QueryBar) -> None:
        """Put the query line before the top line."""
        await self.mount(bar, before="#top")

    # From an event to the next state.

    async def action_perform(self, name: str) -> None:
        """Carry out an action of the registry."""
        self._ask_now()
        if self.state.notice:
            self.become(replace(self.state, notice=""))
        action = registry.COMMANDS_BY_ID.get(name)
        if action and action.transition:
            self.become(action.transition(self.state, self.lights))
        elif effect := document_handlers.EFFECTS.get(name):
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
        first, self._unasked = self._unasked is None, query
        if not self.context.has_pending_keys:
            self._ask_now()
        elif first:
            self.set_timer(BURST, self._ask_now)

    def _ask_now(self) -> None:
        query, self._unasked = self._unasked, None
        if query is not None and self.state.typing:
            self.become(transitions.set_query(self.state, query, self.offers()))

    def offers(self) -> tuple[Completion, ...]:
        """What the term before the cursor in the query line may become, first what is put in next."""
        index = self.searching.ready(self.state.analysis)
        if not index or not self.query_bar:
            return ()
        from alliance_tui.search.completion import document_completions  # which the query line has imported already

        field = self.query_bar.field
        return field.others or document_completions(index, *field.typed)

    @on(TextPane.Scrolled)
    def _scrolled(self) -> None:
        if not self.state.typing:
            pane = self.text_pane  # as it is by now: keys may have been answered since the message was sent
            self.become(transitions.follow_scroll(self.state, pane.first_offset, pane.last_offset), reveal=False)

    @on(TextPane.Pressed)
    def _text_pressed(self, message: TextPane.Pressed) -> None:
        self.become(transitions.select_in_text(transitions.focus_pane(self.state, Pane.TEXT), message.offset))

    @on(RecordPressed)
    def _record_pressed(self, message: RecordPressed) -> None:
        pane = self.state.pane
        kind = RecordKind.ENTITY if pane is Pane.ENTITIES else RecordKind.AGREEMENT
        self.become(transitions.select(self.state, SelectedRecord(kind, message.record)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that was clicked on has the keys, unless later keys have moved them on already."""
        for pane in Pane:
            if event.widget is self.focused is self.pane_widget(pane) and pane is not self.state.pane:
                self.become(transitions.focus_pane(self.state, pane))

    def on_resize(self, event: events.Resize) -> None:
        """Frame the panes where there is room, and tell in the lines what there is room for now."""
        self._frame_panes()
        self._draw_lines(self.pens)

    def _frame_panes(self) -> None:
        frame = framed(self.app.size, self.state)
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
        self._light()
        if self.lit_choice != self._stood_with:
            self._stood_with = self.lit_choice
            if self.lit_choice:
                self.state = transitions.focus_selected_rows(self.state, self.lights)
        self.state = state = transitions.focus_listed_rows(self.state, self.lights)
        point = cursor_span(state, self.lights)
        moved = (state.position.document_index, state.position.offset) != (
            before.position.document_index,
            before.position.offset,
        )
        moved = moved or state.selection != before.selection
        goal = selected_evidence(state) if state.selection != before.selection else None
        pens = self.pens
        view = document_presenter.text_view(state, self.lights, point, pens.glyphs)
        self.text_pane.show(view, reveal=(goal or point) if reveal and moved else None)
        agreements, entities = agreement_order(state, self.lights), entity_order(state, self.lights)
        note = document_presenter.note(state, Pane.AGREEMENTS), document_presenter.note(state, Pane.ENTITIES)
        self.agreements.show(agreements, self.lights, state.focused_agreement, self.lit_choice, note[0])
        self.entities.show(entities, self.lights, state.focused_entity, self.lit_choice, note[1])
        labels = jump_labels.row_labels(state)
        self.agreements.label(labels)
        self.entities.label(labels)
        for pane in Pane:
            self.pane_widget(pane).border_title = Content(
                document_presenter.heading(state, self.lights, pane, pens.glyphs)
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

    def _draw_lines(self, pens: document_presenter.Pens) -> None:
        """Draw the lines above and below the panes."""
        room = self.app.size.width - 2 * OneLine.MARGIN
        self.top_line.show(
            document_presenter.place_line(self.state, pens), document_presenter.query_line(self.state, pens)
        )
        self.record_line.show(document_presenter.record_line(self.state, self.lights, room, pens))
        self.key_line.show(*document_presenter.key_line(self.state, room, pens))

    def _arrange(self) -> None:
        """Lay out the screen where another part has room now."""
        size = self.app.size
        if arrange(size, self.state) != arrange(size, self.arrangement.state):
            self._frame_panes()
            self.top_line.refresh(layout=True)  # a child's, since the screen keeps its arrangement for its own
        self.arrangement.state = self.state

    def _light(self) -> None:
        """Find what is lit: at once in a short text, else aside, with what was lit before until then."""
        by = (self.state.analysis, self.state.matches, self.state.selection)
        if self._lit_by and all(one is other for one, other in zip(by, self._lit_by, strict=True)):
            return
        answer = self._answer
        if answer and by[0] is answer.analysis and by[1] is answer.matches and by[2] is answer.choice:
            self.lights, self.lit_choice = answer.lights, by[2]
        elif len(self.state.text) <= SHORT:
            self.lights, self.lit_choice = highlights_for(self.state), by[2]
        else:
            if not self._lit_by or self._lit_by[0].document is not by[0].document:
                self.lights, self.lit_choice = Highlights(), None
            self.run_worker(self._light_aside(self.state, by), group="light", exclusive=True)
        self._lit_by = by

    async def _light_aside(self, state: ExplorerState, by: tuple[Analysis, Matches, SelectedRecord | None]) -> None:
        lights = await asyncio.to_thread(highlights_for, state)
        if self._lit_by is by:
            self.lights, self.lit_choice = lights, by[2]
            self.draw(self.state, reveal=False)

    # What takes time.

    @work(group="analysis")
    async def read_document(self) -> None:
        """Find what is in the document on the screen, unless that is known or under way."""
        number = self.state.position.document_index
        if self.state.current_document.stage is AnalysisStage.WAITING and number not in self._asked_for:
            self._asked_for.add(number)
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
        await self.searching.prepare(self.state.analysis)
        collect_from_now_on()
        if self.state.matches.query != self.state.position.query:
            await self._search_aside()

    def _search(self) -> None:
        analysis, query = self.state.analysis, self.state.position.query
        matches = self.searching.at_once(analysis, query)
        if matches is None:
            self.run_worker(self._search_aside(), group="search", exclusive=True)
        else:
            self.state = transitions.apply_matches(self.state, matches)
            self._preview()

    async def _search_aside(self) -> None:
        answer = await self.searching.answer(self.state)
        if answer is not None:
            self._answer = answer
            self.become(transitions.apply_matches(self.state, answer.matches), reveal=self.state.jump_to_first_match)
            self._preview()

    def _preview(self) -> None:
        """While the query is typed, show its first match unless one is in view."""
        state, pane = self.state, self.text_pane
        if state.query_opened_at is None or not state.matches.text:
            return
        if not pane.is_visible(transitions.first_match(state.matches, pane.first_offset)):
            goal = transitions.first_match(state.matches, state.query_opened_at.offset)
            pane.reveal(goal, goal + 1)
