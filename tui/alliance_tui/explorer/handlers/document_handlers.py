"""Handlers of the document screen: commands that do more than change the state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.commands.registry import commands_with_handlers, complete_handlers, works_in
from alliance_tui.explorer.handlers import shared_handlers, table_handlers
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort
from alliance_tui.explorer.presenters.facets import facet_rows, first_due
from alliance_tui.explorer.rendering.layout import enlarged, has_room_for_facets
from alliance_tui.explorer.state import (
    document_transitions,
    history,
    jump_labels,
    pane_sizes,
    review_transitions,
    selected_words,
    table_view,
    transitions,
)
from alliance_tui.explorer.state.explorer_state import JumpTarget, Pane, focused_record, in_table, words_selected
from alliance_tui.explorer.state.query_history import adjacent_query
from alliance_tui.explorer.state.table_view import DOCUMENT_COLUMNS
from alliance_tui.explorer.widgets.facets_pane import FacetRow
from alliance_tui.export.labels import count_noun
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Analysis, Entity

if TYPE_CHECKING:
    from alliance_tui.explorer.dialogs.picker_screen import Item

ALL_LINES = 1 << 30
"""More lines than any text or list has."""
LIBRARY_KEY = "library:"
"""Begins the keys of the library's documents in the list of documents."""
PANE_NAMES = {
    Pane.TEXT: "the text",
    Pane.AGREEMENTS: "the agreements",
    Pane.ENTITIES: "the entities",
    Pane.FACETS: "the list to narrow by",
}


def _scroll(lines: Callable[[int], int]) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that scrolls the text, or steps through a list, by `lines` of the pane's height."""

    def _run(screen: DocumentScreenPort) -> None:
        pane = screen.pane_widget(screen.state.pane)
        by = lines(max(1, pane.size.height - 1))
        if screen.state.pane is Pane.FACETS:
            if rows := facet_rows(screen.state):
                goal = min(max(_focused_facet(screen, rows) + by, 0), len(rows) - 1)
                screen.set_state(replace(screen.state, focused_facet=rows[goal].term))
            return
        if abs(by) == 1 and (words := words_selected(screen.state)):
            offset = screen.text_pane.offset_in_row(words[0], by)
            screen.set_state(selected_words.select_word_at(screen.state, offset))
            return
        if screen.state.pane is not Pane.TEXT:
            screen.set_state(transitions.step_row(screen.state, screen.highlights, by))
            return
        if by == ALL_LINES:
            screen.text_pane.finish_layout()
        pane.scroll_to(y=pane.scroll_offset.y + by, animate=False, force=True, immediate=True)

    return _run


def extend_words(by: int) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that moves the end of the selected words by so many rows."""

    def _run(screen: DocumentScreenPort) -> None:
        selected = words_selected(screen.state)
        end = selected[1] - 1 if selected else 0
        screen.set_state(selected_words.extend_to(screen.state, screen.text_pane.offset_in_row(end, by)))

    return _run


def select_words(screen: DocumentScreenPort) -> None:
    """Select the word at the cursor or more of what is selected, also with the mouse."""
    if by_mouse := screen.text_pane.mouse_selection:
        screen.clear_selection()
        screen.set_state(selected_words.select_words(screen.state, *by_mouse))
    else:
        screen.set_state(selected_words.widen(screen.state))


def selected_span(screen: DocumentScreenPort) -> tuple[int, int] | None:
    """Return the span of the text that is selected with the mouse or by keys."""
    return screen.text_pane.mouse_selection or words_selected(screen.state)


def _selected_text(screen: DocumentScreenPort) -> str:
    span = selected_span(screen)
    return screen.state.text[slice(*span)] if span else ""


def _focused_facet(screen: DocumentScreenPort, rows: Sequence[FacetRow]) -> int:
    """Return the index of the focused row of the facets."""
    return next((index for index, row in enumerate(rows) if row.term == screen.state.focused_facet), 0)


async def open_query(screen: DocumentScreenPort) -> None:
    """Open the query line."""
    bar = await screen.mounted_query_bar()
    screen.scroll_before_query = screen.text_pane.scroll_offset.y
    screen.set_state(transitions.open_query(screen.state))
    bar.set_query(screen.state.position.query)


def accept_query(screen: DocumentScreenPort) -> None:
    """Close the query line and go to the first match."""
    screen.set_state(transitions.accept_query(screen.state))


def cancel_query(screen: DocumentScreenPort) -> None:
    """Close the query line and restore what was shown before it was opened."""
    screen.set_state(transitions.cancel_query(screen.state), reveal=False)
    screen.text_pane.scroll_to(y=screen.scroll_before_query, animate=False, force=True, immediate=True)


def recall_query(by: int) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that puts the previous (`by` = -1) or the next query of the session in the query line."""

    def _run(screen: DocumentScreenPort) -> None:
        query = adjacent_query(screen.state.query_history, screen.state.position.query, by)
        if screen.query_bar and query is not None:
            screen.query_bar.set_query(query)

    return _run


def complete_query(screen: DocumentScreenPort) -> None:
    """Put the likeliest completion in the query line, or replace it by the next."""
    if screen.query_bar:
        screen.query_bar.field.complete(screen.query_completions())


def select(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """Select the focused record, or show the details of one that is selected already; narrow by the focused facet."""
    if screen.state.pane is Pane.FACETS:
        if rows := facet_rows(screen.state):
            screen.narrow(rows[_focused_facet(screen, rows)].term)
        return None
    state = transitions.select_focused(screen.state)
    if state is screen.state or (state.selection == screen.state.selection and state.pane is not Pane.TEXT):
        return show_details(screen)
    screen.set_state(state)
    return None


def show_jump_labels(screen: DocumentScreenPort) -> None:
    """Label each highlighted span and each row in view."""
    pane, state = screen.text_pane, screen.state
    starts = sorted({start for start, _ in screen.highlights.stops if pane.is_visible(start)})
    spaced = [start for before, start in pairwise([-2, *starts]) if start - before > 1]  # a label may take two cells
    targets = [JumpTarget(Pane.TEXT, start) for start in spaced] if pane.region else []
    for list_pane, view in ((Pane.AGREEMENTS, screen.agreements), (Pane.ENTITIES, screen.entities)):
        targets += [JumpTarget(list_pane, record_id=record_id) for record_id in view.visible_records()]
    screen.set_state(jump_labels.show_labels(state, targets))


def show_details(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """Show every field of the focused record; without one, why the analysis failed."""
    from alliance_tui.explorer.dialogs.details_screen import DetailsScreen
    from alliance_tui.explorer.presenters.record_fields import fields_with_review

    record, current = focused_record(screen.state), screen.state.current_document
    if record is not None:
        title = record.name if isinstance(record, Entity) else record.title
        return screen.app.push_screen(
            DetailsScreen(
                title,
                fields_with_review(screen.state, record),
                _copier(screen),
                screen.details_region,
            )
        )
    if current.message:
        return screen.app.push_screen(DetailsScreen("The analysis failed", [("Why", current.message)], _copier(screen)))
    return None


def _copier(screen: DocumentScreenPort) -> Callable[[str], None]:
    """Return a function that carries out a copying command, given its id, for the record focused on the screen."""

    def _copy(command: str) -> None:
        HANDLERS[command](screen)

    return _copy


def copy_record(
    to_text: Callable[[Analysis, Entity | Agreement], str], name: str
) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that copies the selected text or, without any, `to_text` of the focused record.

    `name` is what the notice calls that text.
    """

    def _run(screen: DocumentScreenPort) -> None:
        record = focused_record(screen.state)
        if selected := _selected_text(screen):
            _copy_text(screen, selected, "selection")
        elif record:
            _copy_text(screen, to_text(screen.state.analysis, record), name)

    return _run


def _quote(_: Analysis, record: Entity | Agreement) -> str:
    from alliance_tui.explorer.presenters.citations import quote  # with the first copy: citations need the exports

    return quote(record)


copy_quote = copy_record(_quote, "quote")


def copy_citation(screen: DocumentScreenPort) -> None:
    """Copy the selected text or, without any, citations of the marked agreements or the focused record."""
    from alliance_tui.explorer.presenters.citations import citation

    style = screen.context.citation_style
    if not screen.state.marked:
        copy_record(lambda analysis, record: citation(analysis, record, style), "citation")(screen)
        return
    records = review_transitions.target_records(screen.state)
    texts = [citation(screen.state.analysis, record, style) for record in records]
    _copy_text(screen, "\n\n".join(texts), count_noun(len(texts), "citation"))


def copy_query(screen: DocumentScreenPort) -> None:
    """Copy the query."""
    if screen.state.position.query:
        _copy_text(screen, screen.state.position.query, "query")


def _copy_text(screen: DocumentScreenPort, text: str, name: str) -> None:
    """Copy a text, and show that it was copied or why it was not."""
    result = screen.context.copy(text)
    tool = f" with {result.tool}" if result.tool else ""
    copied = f"Copied the {name}{tool}: {' '.join(sanitise_line(text).split())}"
    screen.show_notice(copied if result.succeeded else result.error)


def copy_or_quit(screen: DocumentScreenPort) -> None:
    """Copy the selected text or, without any, end the session."""
    if _selected_text(screen):
        copy_quote(screen)
    else:
        screen.context.exit(0)


def step_back(screen: DocumentScreenPort) -> None:
    """Step back to the previous position, or from the first in a document of the library to the library."""
    state = screen.state
    before = state.back_positions[-1] if state.back_positions else None
    stays = before is not None and before.document_index == state.position.document_index
    if state.current_document.from_library and not stays:
        screen.context.enter_library()
    else:
        screen.set_state(history.back(state))


def show_facets(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """Open the facets as a pane, focus or close them; where there is no room, list them in a dialog."""
    if not screen.state.analysis.agreements:
        return None
    if not has_room_for_facets(screen.app.size, screen.state) and screen.state.pane is not Pane.FACETS:
        return _pick_facets(screen)
    screen.set_state(transitions.toggle_facets(screen.state))
    return None


def _pick_facets(screen: DocumentScreenPort) -> Awaitable[None]:
    """List the facets in a dialog, and narrow by each that is picked."""
    from alliance_tui.explorer.dialogs.facets_screen import FacetsScreen
    from alliance_tui.explorer.dialogs.picker_screen import Item

    glyphs = screen.context.glyphs

    def _items() -> list[Item]:
        return [
            Item(
                row.term,
                row.heading,
                f"{row.mark(glyphs)}{row.symbol(glyphs)}{row.label}",
                f"{row.count:,}",
            )
            for row in facet_rows(screen.state)
        ]

    def _closed(_: object) -> None:
        screen.after_draw = None

    dialog = FacetsScreen(_items, screen.narrow)
    screen.after_draw = dialog.refresh_items
    return screen.app.push_screen(dialog, _closed)


def choose_due_first(screen: DocumentScreenPort) -> None:
    """Select the agreement that falls due first after the document's date."""
    record = first_due(screen.state.analysis)
    if record is None:
        screen.show_notice("Nothing falls due after the document's date")
    else:
        state = screen.state
        if state.pane not in (Pane.TEXT, Pane.AGREEMENTS):  # whose own focused row would be told in the record's line
            state = transitions.focus_pane(state, Pane.AGREEMENTS)
        screen.set_state(transitions.select(state, SelectedRecord(RecordKind.AGREEMENT, record.id)))


def sort_table(screen: DocumentScreenPort) -> None:
    """Sort the table by the next of its columns."""
    shown = [column for column, _ in screen.agreements.columns]
    screen.set_state(transitions.change_table(lambda table: table_view.sort_by_next(table, shown))(screen.state))


def _shown_table(screen: DocumentScreenPort) -> table_handlers.ShownTable:
    return table_handlers.ShownTable(
        lambda: screen.state.table,
        DOCUMENT_COLUMNS,
        screen.agreements.columns,
        lambda table: screen.set_state(replace(screen.state, table=table)),
    )


def resize_column(by: int) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that makes the column that is sorted by wider or narrower, by `by` cells."""

    def _run(screen: DocumentScreenPort) -> None:
        if not in_table(screen.state) or not table_handlers.resize_column(_shown_table(screen), by):
            screen.show_notice(table_handlers.NO_COLUMN_TO_RESIZE)

    return _run


def pick_columns(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """List the table's columns, to show or hide them."""
    return table_handlers.pick_columns(screen.app, _shown_table(screen)) if in_table(screen.state) else None


def resize_pane(points: int) -> Callable[[DocumentScreenPort], None]:
    """Return a handler that makes the focused pane larger by so many percentage points of the screen."""

    def _run(screen: DocumentScreenPort) -> None:
        screen.set_state(replace(screen.state, sizes=enlarged(screen.app.size, screen.state, points)))

    return _run


def step_strength(command: str, points: int) -> Callable[[DocumentScreenPort], Awaitable[None] | None]:
    """Return the handler of a command that steps the strength or, where no agreement is focused, sizes the pane."""

    def _run(screen: DocumentScreenPort) -> Awaitable[None] | None:
        if review_transitions.target_records(screen.state):
            return review(command)(screen)
        return resize_pane(points)(screen)

    return _run


def go_to_library(screen: DocumentScreenPort) -> None:
    """Show the library."""
    screen.context.enter_library()


def show_keys(screen: DocumentScreenPort) -> Awaitable[None]:
    """List the commands that work in the focused pane, and carry out the one that is picked."""
    commands = [command for command in screen.context.commands.values() if works_in(command, screen.state)]
    title = f"Keys in {PANE_NAMES[screen.state.pane]}"
    return shared_handlers.pick_command(screen, title, commands, next_page="query language")


def show_commands(screen: DocumentScreenPort) -> Awaitable[None]:
    """List the commands that are useful now, by their labels, and carry out the one that is picked."""
    useful = [
        command
        for command in screen.context.commands.values()
        if works_in(command, screen.state) and command.is_useful(screen.state) and command.id != "palette"
    ]
    return shared_handlers.pick_command(screen, "Commands", sorted(useful, key=lambda command: command.label))


async def pick_document(screen: DocumentScreenPort) -> None:
    """List the open documents and those of the library, and open the one that is picked."""
    from alliance_tui.explorer.dialogs.picker_screen import PickerScreen

    items = await document_items(screen)

    async def _open(picked: str | None) -> None:
        if picked is None:
            return
        if picked.startswith(LIBRARY_KEY):
            await screen.context.open_library_document(int(picked.removeprefix(LIBRARY_KEY)))
        else:
            screen.set_state(document_transitions.open_document(screen.state, int(picked)))

    await screen.app.push_screen(PickerScreen("Documents", items, verb="open"), _open)


def pick_search(screen: DocumentScreenPort) -> Awaitable[None]:
    """List the saved searches."""
    from alliance_tui.explorer.handlers import saved_search_handlers

    def _put(query: str) -> None:
        position = replace(screen.state.position, query=query)
        screen.set_state(history.move_to(screen.state, position))

    return saved_search_handlers.pick_search(screen, screen.state.position.query, _put, screen.load_searches)


async def document_items(screen: DocumentScreenPort) -> list[Item]:
    """Return an item for each open document, its index as the key, and for each other one of the library."""
    from alliance_tui.explorer.dialogs.picker_screen import Item

    documents = [each.document for each in screen.state.documents]
    items = [Item(str(index), "open", document.title, document.date or "") for index, document in enumerate(documents)]
    hashes = {document.sha256 for document in documents}
    return items + [
        Item(f"{LIBRARY_KEY}{stored.number}", "library", stored.title, stored.date or "")
        for stored in await screen.context.library_documents()
        if stored.sha256 not in hashes
    ]


def compare(screen: DocumentScreenPort) -> Awaitable[None]:
    """Compare the document with another one."""
    from alliance_tui.explorer.handlers.comparison_handlers import compare_document

    return compare_document(screen)


def show_timeline(screen: DocumentScreenPort) -> Awaitable[None]:
    """Show when the agreements were promised and fall due."""
    from alliance_tui.explorer.handlers.overview_handlers import show_document_timeline

    return show_document_timeline(screen)


def show_matrix(screen: DocumentScreenPort) -> Awaitable[None]:
    """Show who undertakes what with whom."""
    from alliance_tui.explorer.handlers.overview_handlers import show_document_matrix

    return show_document_matrix(screen)


def mark_or_page(screen: DocumentScreenPort) -> None:
    """Mark the focused agreement, or choose the focused facet; in the text and the entities, go one page down."""
    if screen.state.pane is Pane.AGREEMENTS:
        screen.set_state(review_transitions.toggle_mark(screen.state, screen.highlights))
    elif screen.state.pane is Pane.FACETS:
        select(screen)
    else:
        HANDLERS["page_down"](screen)


def review(command: str) -> Callable[[DocumentScreenPort], Awaitable[None]]:
    """Return the handler of a command of the review, which is imported at its first use."""

    def _run(screen: DocumentScreenPort) -> Awaitable[None]:
        from alliance_tui.explorer.handlers.review_handlers import HANDLERS as REVIEW_HANDLERS

        return REVIEW_HANDLERS[command](screen)

    return _run


_REVIEW_COMMANDS = (
    *("accept", "reject", "doubt", "edit", "split", "merge", "add_record"),
    *("evidence_start_back", "evidence_start_on", "evidence_end_back", "evidence_end_on"),
    *("note", "note_document", "tag", "tag_document", "bookmark", "marks", "undo", "redo", "possible", "export"),
)

Handler = Callable[[DocumentScreenPort], Awaitable[None] | None]

HANDLERS: Mapping[str, Handler] = complete_handlers(
    commands_with_handlers(),
    {
        "down": _scroll(lambda height: 1),
        "up": _scroll(lambda height: -1),
        "page_down": _scroll(lambda height: height),
        "page_up": _scroll(lambda height: -height),
        "top": _scroll(lambda height: -ALL_LINES),
        "bottom": _scroll(lambda height: ALL_LINES),
        "search": open_query,
        "accept_query": accept_query,
        "cancel_query": cancel_query,
        "earlier_query": recall_query(-1),
        "later_query": recall_query(1),
        "complete": complete_query,
        "choose": select,
        "select_words": select_words,
        "select_down": extend_words(1),
        "select_up": extend_words(-1),
        "jump": show_jump_labels,
        "facets": show_facets,
        "larger": resize_pane(pane_sizes.STEP),
        "smaller": resize_pane(-pane_sizes.STEP),
        "stronger": step_strength("stronger", pane_sizes.STEP),
        "weaker": step_strength("weaker", -pane_sizes.STEP),
        "due_first": choose_due_first,
        "sort_table": sort_table,
        "columns": pick_columns,
        "wider": resize_column(table_view.WIDTH_STEP),
        "narrower": resize_column(-table_view.WIDTH_STEP),
        "details": show_details,
        "copy_quote": copy_quote,
        "copy_citation": copy_citation,
        "copy_query": copy_query,
        "searches": pick_search,
        "interrupt": copy_or_quit,
        "documents": pick_document,
        "compare": compare,
        "timeline": show_timeline,
        "matrix": show_matrix,
        "help": show_keys,
        "palette": show_commands,
        "query_help": shared_handlers.show_query_help,
        "symbols": shared_handlers.show_symbols,
        "redraw": shared_handlers.redraw,
        "library": go_to_library,
        "back": step_back,
        "theme": shared_handlers.pick_palette,
        "mouse": shared_handlers.toggle_mouse,
        "quit": shared_handlers.leave,
        "mark": mark_or_page,
    }
    | {command: review(command) for command in _REVIEW_COMMANDS},
)
