"""The export of what is listed: asks for a file, and writes it in the format of its suffix."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import AllianceError, UsageError
from alliance_tui.explorer.dialogs.picker_screen import Item
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort, ScreenPort
from alliance_tui.explorer.state.library_state import Listing
from alliance_tui.explorer.state.table_view import LIBRARY_COLUMNS, TableColumn, TableView
from alliance_tui.export.csv_rows import PROVENANCE_COLUMNS, REVIEW_COLUMNS
from alliance_tui.export.formats import FORMATS_BY_SUFFIX, write_new_file
from alliance_tui.export.labels import count_noun
from alliance_tui.overviews.sources import Sources

_CSV_COLUMNS: Mapping[TableColumn, Sequence[str]] = {
    TableColumn.STRENGTH: ("strength",),
    TableColumn.AGREEMENT: ("title",),
    TableColumn.PARTIES: ("parties",),
    TableColumn.AMOUNT: ("amounts",),
    TableColumn.DUE: ("deadline", "deadline_latest"),
    TableColumn.FIELD: ("domain",),
    TableColumn.SECTION: ("section",),
    TableColumn.CONFIDENCE: ("confidence",),
    TableColumn.DOCUMENT: ("document_title",),
    TableColumn.DATE: ("document_date",),
}


def columns_of(table: TableView, available: Sequence[TableColumn]) -> Sequence[str]:
    """Return the columns of CSV that are those of a table."""
    shown = (name for column in available if column not in table.hidden for name in _CSV_COLUMNS[column])
    return (*shown, "quote", *REVIEW_COLUMNS, *PROVENANCE_COLUMNS)


def ask_file(
    screen: ScreenPort,
    stem: str,
    content: str,
    write: Callable[[Path], Awaitable[None]],
    *,
    formats: Mapping[str, str] = FORMATS_BY_SUFFIX,
    suffix: str = ".html",
    show_notice: Callable[[str], None] | None = None,
) -> None:
    """Ask for a file with a suffix of `formats`, and write to it; `content` says what: "3 records"."""
    suffixes = [Item(each, each.removeprefix("."), str(name)) for each, name in formats.items()]
    show = show_notice or screen.show_notice

    def check(typed: str) -> str:
        if Path(typed).suffix.lower() not in formats:
            raise UsageError(f"the suffix says the format: {', '.join(formats)}")
        return f"{content} as {formats[Path(typed).suffix.lower()]}"

    async def typed_in(typed: str | None) -> None:
        if typed is None:
            return
        path = Path(typed).expanduser()
        show(sanitise_line(f"Writing {content} to {path} {screen.context.glyphs.ellipsis}"))
        try:
            await write(path)
        except AllianceError as error:
            show(sanitise_line(str(error)))
        else:
            show(sanitise_line(f"Wrote {content} to {path}"))

    screen.app.push_screen(PromptScreen("Export to", f"{stem}{suffix}", check, suffixes, ".", "write it"), typed_in)


_Position = TypeVar("_Position", contravariant=True)


class ExportedSource(Protocol[_Position]):
    """The source of a screen of rows or of a grid, as far as it is exported."""

    formats: Mapping[str, str]

    def export(self, position: _Position, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield what a position shows in the format of a suffix. Called in a thread."""


def ask_file_of_source(
    screen: ScreenPort,
    stem: str,
    content: str,
    source: ExportedSource[_Position],
    position: _Position,
    read_sources: Callable[[], Awaitable[Sources]],
    show_notice: Callable[[str], None],
) -> None:
    """Ask for a file, and write to it what a position of a source shows; the source's first format is offered."""

    async def write(path: Path) -> None:
        sources = await read_sources()
        await asyncio.to_thread(lambda: _write_text(path, source.export(position, path.suffix.lower(), sources)))

    formats, suffix = source.formats, next(iter(source.formats))
    ask_file(screen, stem, content, write, formats=formats, suffix=suffix, show_notice=show_notice)


def _write_text(path: Path, strings: Iterator[str]) -> None:
    write_new_file(path, "".join(strings).encode("utf-8", "replace"))


async def export_library(screen: LibraryScreenPort) -> None:
    """Export the listed agreements or, where documents are listed, the agreements that the query finds."""

    async def ask() -> None:
        state = screen.state
        keys = state.agreements.keys
        columns = columns_of(state.agreements.table, LIBRARY_COLUMNS) if state.lists_table else ()
        if not keys:
            screen.show_notice(NOTHING_TO_EXPORT)
            return
        records = count_noun(len(keys), "record")
        ask_file(screen, "agreements", records, lambda path: screen.write_agreements(keys, path, columns))

    await screen.with_whole_list(Listing.AGREEMENTS, ask)
