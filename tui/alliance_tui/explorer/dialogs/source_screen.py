"""The base of the screens of rows and of grids: title, views, a query line, content with details, and the keys."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import Worker

from alliance_tui.explorer.context import ExplorerContext
from alliance_tui.explorer.dialogs.picker_screen import NEXT_PAGE
from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.help_pages import HelpPage, symbols_page
from alliance_tui.explorer.rendering.strips import KEYS_GAP, Part, key_hints, parts_width, text_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import StatusLine
from alliance_tui.explorer.widgets.query_bar import SingleLineInput
from alliance_tui.explorer.widgets.row_list import RowDetails
from alliance_tui.explorer.workers.waiting import wait_for_latest

NOTHING_FITS = "nothing fits"
NOTHING_TO_EXPORT = "Nothing is listed, so there is nothing to export"
MIN_WIDTH_FOR_DETAILS_BESIDE = 110
"""Columns from which the details are beside the content and not below it."""
DETAILS_SHARE = 0.4
"""Share of the screen's width, or of its height, that the details take."""


_GAP = "  "
"""The gap between two names, where there is room for it."""


def _width(names: Sequence[str], gap: str) -> int:
    """Return the cells of names, each between spaces or brackets."""
    return sum(text_width(name) + 2 for name in names) + len(gap) * (len(names) - 1)


class SourceScreen(ModalScreen[None]):
    """A screen of the content that a source gives; Esc goes back."""

    DEFAULT_CSS = """
    SourceScreen { background: $background; color: $foreground; }
    SourceScreen SingleLineInput { padding: 0; }
    #rows-query { height: 1; layout: horizontal; background: $panel; }
    #rows-query StatusLine { width: 3; }
    #rows-body { height: 1fr; }
    #rows-content, #rows-content LineView { width: 1fr; height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("enter", "open", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("tab", "turn_view(1)", show=False, priority=True),
        Binding("shift+tab", "turn_view(-1)", show=False, priority=True),
        Binding("f1", "help", show=False, priority=True),
        Binding("f2", "symbols", show=False, priority=True),
        Binding("shift+down", "scroll_details(1)", show=False, priority=True),
        Binding("shift+up", "scroll_details(-1)", show=False, priority=True),
    ]
    details_beside = True
    """True for details beside the content where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._notice = ""
        self._listing_worker: Worker[None] | None = None
        self._top, self._views, self._message = (
            StatusLine(id="rows-top"),
            StatusLine(id="rows-views"),
            StatusLine(id="rows-message"),
        )
        self._slash, self._keys = StatusLine(id="slash"), StatusLine(id="keys")
        self._field = SingleLineInput(self._narrow)
        self._details = RowDetails()

    @property
    def context(self) -> ExplorerContext:
        """The app."""
        return cast(ExplorerContext, self.app)

    @property
    def _styler(self) -> LineStyler:
        return LineStyler(self.context.palette, self.context.glyphs, self.context.commands)

    @property
    @abstractmethod
    def _help(self) -> HelpPage:
        """The page of help on the queries that can be typed."""

    @abstractmethod
    def _content(self) -> Sequence[Widget]:
        """Return the widgets of the content, one below the other."""

    @abstractmethod
    def _read_list(self, *, keep_row: bool = False) -> Worker[None]:
        """List what satisfies the query, and draw it; with `keep_row`, what is focused is focused again."""

    @abstractmethod
    def _draw(self) -> None:
        """Draw all lines."""

    @abstractmethod
    def _ask_export(self) -> bool:
        """Ask for a file to write what is listed to; return False, and ask for none, where nothing is."""

    @abstractmethod
    def _narrow(self, query: str) -> None:
        """Take on another query."""

    def _list(self, *, keep_row: bool = False) -> None:
        """List what satisfies the query; an earlier listing that is under way ends."""
        self._listing_worker = self._read_list(keep_row=keep_row)

    async def _wait_for_list(self) -> None:
        """Wait until what is listed is what was asked for last."""
        await wait_for_latest(lambda: self._listing_worker)

    def compose(self) -> ComposeResult:
        """Lay the content and its details between the lines at the top and the keys."""
        yield self._top
        yield self._views
        with Container(id="rows-query"):
            yield self._slash
            yield self._field
        with Container(id="rows-body"):
            with Container(id="rows-content"):
                yield from self._content()
            yield self._details
        yield self._message
        yield self._keys

    def on_mount(self) -> None:
        """List the content."""
        self._slash.show([self._styler.part("/", StyleRole.ACCENT)])
        if self._query:
            self._field.replace(self._query, 0, 0)
        self._list()

    def on_screen_resume(self) -> None:
        """Draw in the colours of now."""
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Put the details beside the content, or below it."""
        body = self.query_one("#rows-body")
        is_beside = self.details_beside and event.size.width >= MIN_WIDTH_FOR_DETAILS_BESIDE
        body.styles.layout = "horizontal" if is_beside else "vertical"
        share = f"{DETAILS_SHARE:.0%}"
        self._details.set_class(is_beside, "-beside")
        self._details.styles.width = share if is_beside else "100%"
        self._details.styles.height = "100%" if is_beside else share
        self._draw()

    def _named_views(self, names: Sequence[str], shown: int, room: int, styler: LineStyler) -> list[Part]:
        """Return the names of the views, the shown one marked; where they do not all fit, whole ones from that on."""
        first, last, gap = 0, len(names), _GAP
        if _width(names, gap) > room:
            gap = ""
        while first < shown and _width(names[first:], gap) > room:
            first += 1
        while last > shown + 1 and _width(names[first:last], gap) > room:
            last -= 1
        parts: list[Part] = []
        for number, name in enumerate(names[first:last], first):
            parts += [styler.part(gap)] if parts and gap else []
            parts += self._choice(name, number == shown, styler)
        return parts

    def _choice(self, name: str, is_chosen: bool, styler: LineStyler) -> list[Part]:
        """Return a name; the chosen one is between brackets, so that no colour is needed to tell it."""
        if is_chosen:
            return [styler.part(f"[{name}]", StyleRole.ACCENT)]
        return [styler.part(f" {name} ", StyleRole.MUTED)]

    def _show_keys(self, keys: Sequence[tuple[str, str]], styler: LineStyler) -> None:
        """Show as many whole keys as there is room for before those at the right end."""
        accent = styler.palette.style(StyleRole.ACCENT)
        last = key_hints([("F1", "help"), ("Esc", "back")], accent)
        room = self.size.width - 2 * StatusLine.MARGIN - parts_width(last) - len(KEYS_GAP)
        shorter = (key_hints(keys[:count], accent) for count in range(len(keys), 0, -1))
        self._keys.show(next((hints for hints in shorter if parts_width(hints) <= room), []), last)

    def action_help(self) -> None:
        """Show the page of help, from which Tab leads to the symbols."""
        self._show_page(self._help, "symbols", self.action_symbols)

    def action_symbols(self) -> None:
        """Show what the symbols mean, from which Tab leads to the page of help."""
        self._show_page(symbols_page(self.context.glyphs), "queries", self.action_help)

    def _show_page(self, page: HelpPage, next_page: str, show_next: Callable[[], None]) -> None:
        from alliance_tui.explorer.dialogs.help_page_screen import help_page_screen  # a rare need

        def closed(picked: str | None) -> None:
            if picked == NEXT_PAGE:
                show_next()

        self.app.push_screen(help_page_screen(page, next_page), closed)

    def action_scroll_details(self, lines: int) -> None:
        """Scroll the details."""
        self._details.scroll_by(lines)

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Ask for a file, and write what is listed in the format of its suffix."""
        await self._wait_for_list()
        if self.is_current and not self._ask_export():
            self.show_notice(NOTHING_TO_EXPORT)

    def show_notice(self, notice: str) -> None:
        """Show a message until the next key that moves or changes anything."""
        self._notice = notice
        self._draw()

    def action_close(self) -> None:
        """Clear what was typed, else go back."""
        if self._field.value:
            self._field.replace("", 0, len(self._field.value))
        else:
            self.dismiss(None)
