"""Handlers of the document screen: commands that do more than change the state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.commands.registry import Command, commands_with_handlers, complete_handlers, works_in
from alliance_tui.explorer.context import ExplorerContext
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort
from alliance_tui.explorer.presenters.citations import citation, quote
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state import jump_labels, transitions
from alliance_tui.explorer.state.explorer_state import JumpTarget, Pane, focused_record
from alliance_tui.explorer.state.query_history import adjacent_query
from alliance_tui.records import Agreement, Analysis, Entity

ALL_LINES = 1 << 30
PANE_NAMES = {Pane.TEXT: "the text", Pane.AGREEMENTS: "the agreements", Pane.ENTITIES: "the entities"}


def _scroll(lines: Callable[[int], int]) -> Callable[[DocumentScreenPort], None]:
    """Scroll the text, or step through a list, by what `lines` makes of the pane's height."""

    def _run(screen: DocumentScreenPort) -> None:
        pane = screen.pane_widget(screen.state.pane)
        by = lines(max(1, pane.size.height - 1))
        if screen.state.pane is not Pane.TEXT:
            screen.set_state(transitions.step_row(screen.state, screen.highlights, by))
            return
        if by == ALL_LINES:
            screen.text_pane.finish_layout()
        pane.scroll_to(y=pane.scroll_offset.y + by, animate=False, force=True, immediate=True)

    return _run


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
    """Close the query line and show all as it was before."""
    screen.set_state(transitions.cancel_query(screen.state), reveal=False)
    screen.text_pane.scroll_to(y=screen.scroll_before_query, animate=False, force=True, immediate=True)


def recall_query(by: int) -> Callable[[DocumentScreenPort], None]:
    """Put an earlier (`by` = -1) or a later query in the query line."""

    def _run(screen: DocumentScreenPort) -> None:
        query = adjacent_query(screen.state.query_history, screen.state.position.query, by)
        if screen.query_bar and query is not None:
            screen.query_bar.set_query(query)

    return _run


def complete_query(screen: DocumentScreenPort) -> None:
    """Put the likeliest completion in the query line, or the next in its place."""
    if screen.query_bar:
        screen.query_bar.field.complete(screen.query_completions())


def select(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """Choose the record at hand; the details of one that is chosen already."""
    state = transitions.select_focused(screen.state)
    if state is screen.state or (state.selection == screen.state.selection and state.pane is not Pane.TEXT):
        return show_details(screen)
    screen.set_state(state)
    return None


def show_jump_labels(screen: DocumentScreenPort) -> None:
    """Put a label on each lit span of the text and each row that is in view."""
    pane, state = screen.text_pane, screen.state
    starts = sorted({start for start, _ in screen.highlights.stops if pane.is_visible(start)})
    apart = [start for before, start in pairwise([-2, *starts]) if start - before > 1]  # a label may take two cells
    spots = [JumpTarget(Pane.TEXT, start) for start in apart] if pane.region else []
    for list_pane, view in ((Pane.AGREEMENTS, screen.agreements), (Pane.ENTITIES, screen.entities)):
        spots += [JumpTarget(list_pane, record_id=record) for record in view.visible_records()]
    screen.set_state(jump_labels.show_labels(state, spots))


def show_details(screen: DocumentScreenPort) -> Awaitable[None] | None:
    """Show every field of the record at hand; without one, why the analysis failed."""
    from alliance_tui.explorer.dialogs.details_screen import DetailsScreen, record_fields

    record, reading = focused_record(screen.state), screen.state.current_document
    if record is not None:
        title = record.name if isinstance(record, Entity) else record.title
        return screen.app.push_screen(
            DetailsScreen(title, record_fields(reading.analysis, record), copy=_copier(screen))
        )
    if reading.message:
        return screen.app.push_screen(
            DetailsScreen("The analysis failed", [("Why", reading.message)], copy=_copier(screen))
        )
    return None


def _copier(screen: DocumentScreenPort) -> Callable[[str], None]:
    """Return a function that carries out a copying command, given its id, for the record focused on the screen."""

    def _copy(command: str) -> None:
        HANDLERS[command](screen)

    return _copy


def copy_record(make: Callable[[Analysis, Entity | Agreement], str], what: str) -> Callable[[DocumentScreenPort], None]:
    """Copy what `make` gives for the record at hand, or the selected text where there is some."""

    def _run(screen: DocumentScreenPort) -> None:
        selected = (screen.get_selected_text() or "").strip()
        record = focused_record(screen.state)
        if selected:
            text, told = selected, "selection"
        elif record:
            text, told = make(screen.state.analysis, record), what
        else:
            return
        _copy_text(screen, text, told)

    return _run


def copy_query(screen: DocumentScreenPort) -> None:
    """Copy the query, as the command line takes it too."""
    if screen.state.position.query:
        _copy_text(screen, screen.state.position.query, "query")


def _copy_text(screen: DocumentScreenPort, text: str, told: str) -> None:
    """Copy a text, and tell that it is done or why it is not."""
    copied = screen.context.copy(text)
    by = f" with {copied.tool}" if copied.tool else ""
    notice = f"Copied the {told}{by}: {' '.join(sanitise_line(text).split())}" if copied.succeeded else copied.error
    screen.set_state(replace(screen.state, notice=notice))


def copy_or_quit(screen: DocumentScreenPort) -> None:
    """Copy the selected text; without any, leave."""
    if screen.get_selected_text():
        copy_record(lambda _, record: quote(record), "quote")(screen)
    else:
        screen.context.exit(0)


def next_palette(app: ExplorerContext) -> str:
    """Change to the next palette; what there is to say of it."""
    names = list(PALETTES)
    palette = PALETTES[names[(names.index(app.palette.name) + 1) % len(names)]]
    app.use_palette(palette)
    return f"Colours: {palette.name}"


def switch_mouse(app: ExplorerContext) -> str:
    """Take the mouse, or leave it to the terminal; what there is to say of it."""
    app.use_mouse(not app.mouse)
    told = "clicks and the wheel work here" if app.mouse else "the terminal selects text with it"
    return f"Mouse {'on' if app.mouse else 'off'}: {told}."


def next_theme(screen: DocumentScreenPort) -> None:
    """Change to the next palette."""
    screen.set_state(replace(screen.state, notice=next_palette(screen.context)))


def toggle_mouse(screen: DocumentScreenPort) -> None:
    """Take the mouse, or leave it to the terminal."""
    screen.set_state(replace(screen.state, notice=switch_mouse(screen.context)))


def go_to_library(screen: DocumentScreenPort) -> None:
    """Show the library as it was left."""
    screen.context.enter_library()


def show_keys(screen: DocumentScreenPort) -> Awaitable[None]:
    """List what can be done in the pane with the focus; the action picked is carried out."""
    known = screen.context.commands.values()
    return _pick_command(
        screen, f"Keys in {PANE_NAMES[screen.state.pane]}", [a for a in known if works_in(a, screen.state)]
    )


def show_commands(screen: DocumentScreenPort) -> Awaitable[None]:
    """List all that would do something now; the action picked is carried out."""
    known = screen.context.commands.values()
    fit = [a for a in known if works_in(a, screen.state) and a.is_useful(screen.state) and a.id != "palette"]
    return _pick_command(screen, "Commands", sorted(fit, key=lambda a: a.label))


def _pick_command(screen: DocumentScreenPort, title: str, actions: Sequence[Command]) -> Awaitable[None]:
    from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

    items = [Item(a.id, a.displayed_keys, a.help, a.label) for a in actions]

    async def _perform(picked: str | None) -> None:
        if picked:
            await screen.action_perform(picked)

    return screen.app.push_screen(PickerScreen(title, items, verb="do it"), _perform)


def pick_document(screen: DocumentScreenPort) -> Awaitable[None]:
    """List the documents; the one picked is opened."""
    from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

    readings = screen.state.documents
    items = [
        Item(str(number), str(number + 1), reading.document.title, reading.document.date or "")
        for number, reading in enumerate(readings)
    ]

    def open_(picked: str | None) -> None:
        if picked:
            screen.set_state(transitions.open_document(screen.state, int(picked)))

    return screen.app.push_screen(PickerScreen("Documents", items, verb="open"), open_)


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
        "jump": show_jump_labels,
        "details": show_details,
        "copy_quote": copy_record(lambda _, record: quote(record), "quote"),
        "copy_citation": copy_record(citation, "citation"),
        "copy_query": copy_query,
        "interrupt": copy_or_quit,
        "documents": pick_document,
        "help": show_keys,
        "palette": show_commands,
        "redraw": lambda screen: screen.context.action_redraw(),
        "library": go_to_library,
        "theme": next_theme,
        "mouse": toggle_mouse,
        "quit": lambda screen: screen.context.exit(0),
    },
)
