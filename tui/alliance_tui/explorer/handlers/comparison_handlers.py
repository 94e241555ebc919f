"""Handlers of the comparison: with which document to compare, and the text of a row."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.rows_screen import RowsScreen
from alliance_tui.explorer.handlers.document_handlers import LIBRARY_KEY, document_items
from alliance_tui.explorer.handlers.export_handlers import ask_file_of_source
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort, LibraryScreenPort, ScreenPort
from alliance_tui.explorer.presenters.comparison_rows import ComparisonRows
from alliance_tui.explorer.state.comparison_state import OpenComparison, RowsPosition
from alliance_tui.explorer.state.document_review import reviewed_analysis
from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.explorer.workers.analysis_source import analyse
from alliance_tui.export.selection import select_records
from alliance_tui.extraction.events import Finished
from alliance_tui.linking.comparison import ComparisonRow, compare
from alliance_tui.overviews.sources import Sources, source_document
from alliance_tui.overviews.undertakings import MAX_LINKED

if TYPE_CHECKING:
    from alliance_tui.library.library_document import LibraryDocument
    from alliance_tui.library.occasions import Occasion

PickedKey = Callable[[str], Awaitable[None]]
"""Compares with the document of the picked key."""
NO_OTHER = "There is no other document to compare with: o opens one, L shows the library"
TOO_MANY = f"{{:,}} documents are too many to compare each with each: mark at most {MAX_LINKED} of them"
UNREAD = "That document could not be analysed: open it to see why"


async def compare_document(screen: DocumentScreenPort) -> None:
    """Return to the comparison that was left for this document, or list the documents to compare it with."""
    document = screen.state.current_document
    left = screen.context.comparison
    if left and document.document.sha256 in {each.document.sha256 for each in left.documents}:
        await _show(screen, left)
        return
    items = [item for item in await document_items(screen) if item.key != str(screen.state.position.document_index)]

    async def compare_with(key: str) -> None:
        if key.startswith(LIBRARY_KEY):
            other = await screen.context.library_document(int(key.removeprefix(LIBRARY_KEY)))
        else:
            other = await _analysed(screen, screen.state.documents[int(key)])
        await _compare(screen, [document, other])

    await _pick(screen, items, compare_with)


async def _analysed(screen: DocumentScreenPort, document: OpenDocument) -> OpenDocument | None:
    """Return an open document with its analysis; one that was not on the screen yet is analysed now."""
    if document.stage is AnalysisStage.DONE:
        return document
    context = screen.context
    screen.show_notice(f"Analysing {document.document.title} ...")
    async with aclosing(analyse(document.document, context.cache, context.model, context.limits)) as events:
        async for event in events:
            if isinstance(event, Finished):
                return OpenDocument(event.analysis, AnalysisStage.DONE)
    return None


async def compare_library_documents(screen: LibraryScreenPort) -> None:
    """Compare the marked documents; with fewer than two, list those to compare the focused one with.

    Those of its occasion come first, all of them together before each.
    """
    state, focused = screen.state, screen.state.focused_document

    async def compare_numbers(numbers: Sequence[int]) -> None:
        if len(numbers) > MAX_LINKED:
            screen.show_notice(TOO_MANY.format(len(numbers)))
            return
        await _compare(screen, [await screen.context.library_document(number) for number in numbers])

    if len(state.marked) > 1:
        with screen.report_faults():
            await compare_numbers(state.marked)
        return
    if focused is None:
        screen.show_notice(NO_OTHER)
        return
    occasion = await screen.read_occasion(focused.number)

    async def compare_with(key: str) -> None:
        await compare_numbers(occasion.documents if occasion and key == _OCCASION_KEY else (focused.number, int(key)))

    await _pick(screen, _items_to_compare(focused.number, state.documents, occasion), compare_with)


def _items_to_compare(focused: int, documents: Mapping[int, LibraryDocument], occasion: Occasion | None) -> list[Item]:
    """Return the items of the documents to compare with: an occasion and its documents, then the latest first."""
    of_occasion = occasion.documents if occasion else ()
    others = [each for each in documents.values() if each.number != focused]
    others.sort(key=lambda each: (each.number in of_occasion, each.date or ""), reverse=True)
    items = [Item(str(each.number), each.title, each.date or "") for each in others]
    if occasion:
        items.insert(0, Item(_OCCASION_KEY, f"All {len(of_occasion)} of this occasion", occasion.describe()))
    return items


_OCCASION_KEY = "occasion"
"""The key of the item for all documents of an occasion; those of documents are numbers."""


async def _pick(screen: ScreenPort, items: Sequence[Item], compare_with: PickedKey) -> None:
    if not items:
        screen.show_notice(NO_OTHER)
        return

    async def picked(key: str | None) -> None:
        if key is not None:
            with screen.report_faults():
                await compare_with(key)

    await screen.app.push_screen(PickerScreen("Compare with", items, verb="compare"), picked)


async def _compare(screen: ScreenPort, documents: Sequence[OpenDocument | None]) -> None:
    known = tuple(each for each in documents if each is not None)
    if len(known) < len(documents):
        screen.show_notice(UNREAD)
        return
    not_rejected = (select_records(reviewed_analysis(each.analysis, each.review)).analysis for each in known)
    comparison = await asyncio.to_thread(compare, list(not_rejected))
    await _show(screen, OpenComparison(comparison, known))


async def _show(screen: ScreenPort, shown: OpenComparison) -> None:
    """Show a comparison, until the reader goes back or opens a row."""
    context, rows = screen.context, ComparisonRows(shown)

    async def open_row(row: ComparisonRow, side: int) -> None:
        number = side if row.statements[side] else row.documents[0]
        context.comparison = replace(shown, position=rows.position)
        rows_screen.dismiss(None)
        context.show_document(shown.documents[number], agreement=row.statements[number][0].id)

    async def read_sources() -> Sources:
        reviewed = (reviewed_analysis(each.analysis, each.review) for each in shown.documents)
        return Sources(dict(enumerate(map(source_document, reviewed))))

    def export(position: RowsPosition, _: int, show_notice: Callable[[str], None]) -> None:
        content = f"a comparison of {len(shown.documents)} documents"
        ask_file_of_source(screen, "comparison", content, rows, position, read_sources, show_notice)

    rows_screen = RowsScreen(rows, open_row, export)
    context.comparison = None
    await screen.app.push_screen(rows_screen)
