"""The actions that are more than a move from state to state: scrolling, copying, other screens, leaving."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from alliance_tui.explorer import moves
from alliance_tui.explorer.state import Pane, record_at_hand
from alliance_tui.explorer.theme import PALETTES

if TYPE_CHECKING:
    from alliance_tui.explorer.screen import ExplorerScreen

FAR = 1 << 30


def place_focus(screen: ExplorerScreen) -> None:
    """Have the keys go where the state says."""
    bar = screen.query_bar
    widget = bar.field if bar and screen.state.typing else screen.pane_widget(screen.state.pane)
    if screen.focused is not widget:
        screen.set_focus(widget, scroll_visible=False)


def _scroll(lines: Callable[[int], int]) -> Callable[[ExplorerScreen], None]:
    """Scroll the text, or step through a list, by what `lines` makes of the pane's height."""

    def run(screen: ExplorerScreen) -> None:
        pane = screen.pane_widget(screen.state.pane)
        by = lines(max(1, pane.size.height - 1))
        if screen.state.pane is not Pane.TEXT:
            screen.become(moves.step(screen.state, screen.lights, by))
            return
        if by == FAR:
            screen.text_pane.finish_layout()
        pane.scroll_to(y=pane.scroll_offset.y + by, animate=False, force=True, immediate=True)

    return run


async def search(screen: ExplorerScreen) -> None:
    """Open the query line."""
    bar = await screen.mounted_query_bar()
    screen.scroll_before = screen.text_pane.scroll_offset.y
    screen.become(moves.open_query(screen.state))
    bar.put(screen.state.place.query)


def accept_query(screen: ExplorerScreen) -> None:
    """Close the query line and go to the first match."""
    screen.become(moves.accept_query(screen.state))


def cancel_query(screen: ExplorerScreen) -> None:
    """Close the query line and show all as it was before."""
    screen.become(moves.cancel_query(screen.state), reveal=False)
    screen.text_pane.scroll_to(y=screen.scroll_before, animate=False, force=True, immediate=True)


def recall(by: int) -> Callable[[ExplorerScreen], None]:
    """Put an earlier (`by` = -1) or a later query in the query line."""

    def run(screen: ExplorerScreen) -> None:
        queries = screen.state.queries
        here = screen.state.place.query
        index = queries.index(here) + by if here in queries else len(queries) - 1 if by < 0 else len(queries)
        if screen.query_bar and 0 <= index < len(queries):
            screen.query_bar.put(queries[index])

    return run


def complete(screen: ExplorerScreen) -> None:
    """Put the likeliest completion in the query line."""
    from alliance_tui.search.completion import complete as completions

    index = screen.searching.ready(screen.state.analysis)
    if index is None or screen.query_bar is None:
        return
    field = screen.query_bar.field
    for found in completions(index, field.value, field.cursor_position)[:1]:
        field.replace(found.text, found.start, found.end)


def choose(screen: ExplorerScreen) -> None:
    """Choose the record at hand; the details of one that is chosen already."""
    state = moves.choose_at_hand(screen.state)
    if state is screen.state or (state.choice == screen.state.choice and state.pane is not Pane.TEXT):
        details(screen)
    else:
        screen.become(state)


def details(screen: ExplorerScreen) -> None:
    """Show every field of the record at hand."""
    record = record_at_hand(screen.state)
    if record is not None:
        from alliance_tui.explorer.details import DetailsScreen

        screen.app.push_screen(DetailsScreen(screen.state.analysis, record))


def next_theme(screen: ExplorerScreen) -> None:
    """Change to the next palette."""
    names = list(PALETTES)
    screen.explorer.use(PALETTES[names[(names.index(screen.explorer.palette.name) + 1) % len(names)]])


Effect = Callable[["ExplorerScreen"], None | Awaitable[None]]

EFFECTS: dict[str, Effect] = {
    "down": _scroll(lambda height: 1),
    "up": _scroll(lambda height: -1),
    "page_down": _scroll(lambda height: height),
    "page_up": _scroll(lambda height: -height),
    "top": _scroll(lambda height: -FAR),
    "bottom": _scroll(lambda height: FAR),
    "search": search,
    "accept_query": accept_query,
    "cancel_query": cancel_query,
    "earlier_query": recall(-1),
    "later_query": recall(1),
    "complete": complete,
    "choose": choose,
    "details": details,
    "theme": next_theme,
    "quit": lambda screen: screen.app.exit(0),
}
