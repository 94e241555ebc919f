"""The library screen's state: one frozen value, and the transitions between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.state import agreement_list
from alliance_tui.explorer.state.agreement_list import AgreementList
from alliance_tui.explorer.state.explorer_state import LibraryPass, ReviewOrder
from alliance_tui.explorer.state.query_history import QueryHistory, add_query
from alliance_tui.explorer.state.table_view import TableView, turn_round
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.library.library_document import LibraryDocument

if TYPE_CHECKING:
    from alliance_tui.library.occasions import Occasion
    from alliance_tui.library.review.review_progress import ReviewProgress
    from alliance_tui.library.search.agreement_search import AgreementResults
    from alliance_tui.library.search.engine import Preview, SearchResults
    from alliance_tui.search.completion import Completion


class Column(Struct, frozen=True):
    """A column of the list of documents.

    `name` is the filter field that asks for it. `width` is in cells, 0 for the remaining width; screens of fewer than
    `min_screen_width` cells leave the column out. Where titles leave room, longer content has up to `max_width` cells.
    `text` gives what is shown and `sort_key` what is sorted by, the greatest first where `descending`.
    """

    name: str
    heading: str
    width: int
    min_screen_width: int
    text: Callable[[LibraryDocument], str]
    sort_key: Callable[[LibraryDocument], str | int]
    descending: bool = False
    right_aligned: bool = False
    max_width: int = 0


def _text(value: str | None) -> str:
    return (value or "").casefold()


def shown_source(document: LibraryDocument) -> str:
    """Return the document's source, of an address only the site."""
    return re.sub(r"^https?://(?:www\.)?([^/]+).*", r"\1", document.source or "")


TITLE = Column("title", "Title", 0, 0, lambda document: document.title, lambda document: _text(document.title))
COLUMNS: tuple[Column, ...] = (
    TITLE,
    Column("source", "Source", 16, 110, shown_source, lambda document: _text(shown_source(document)), max_width=40),
    Column(
        "kind",
        "Kind",
        10,
        90,
        lambda document: document.kind or "",
        lambda document: _text(document.kind),
        max_width=20,
    ),
    Column(
        "date",
        "Date",
        10,
        36,
        lambda document: document.date or "",
        lambda document: document.date or "",
        descending=True,
    ),
    Column(
        "agreements",
        "Agr.",
        5,
        60,
        lambda document: f"{document.agreements:,}" if document.was_analysed else "-",
        lambda document: document.agreements,
        descending=True,
        right_aligned=True,
    ),
    Column(
        "entities",
        "Ent.",
        5,
        68,
        lambda document: f"{document.entities:,}" if document.was_analysed else "-",
        lambda document: document.entities,
        descending=True,
        right_aligned=True,
    ),
    Column(
        "words",
        "Words",
        7,
        100,
        lambda document: f"{document.words:,}",
        lambda document: document.words,
        descending=True,
        right_aligned=True,
    ),
    Column(
        "language", "Lang", 4, 90, lambda document: document.language or "?", lambda document: document.language or ""
    ),
    Column(
        "added",
        "Added",
        10,
        130,
        lambda document: document.added[:10],
        lambda document: document.added,
        descending=True,
    ),
    Column(
        "opened",
        "Opened",
        10,
        145,
        lambda document: (document.opened or "")[:10],
        lambda document: document.opened or "",
        descending=True,
    ),
)
COLUMNS_BY_NAME = {column.name: column for column in COLUMNS}
MIN_DOCUMENTS_TO_TELL_APART = 10
"""From this number of documents, a column in which all have the same tells nothing."""


@cache_by_identity
def empty_columns(documents: Mapping[int, LibraryDocument]) -> frozenset[str]:
    """Return the columns to leave out: those in which no document has anything, or in which all have the same."""
    listed = documents.values()
    if not listed:
        return frozenset()
    may_be_same = len(documents) < MIN_DOCUMENTS_TO_TELL_APART
    firsts = ((column, column.text(next(iter(listed)))) for column in COLUMNS if column is not TITLE)
    return frozenset(
        column.name
        for column, first in firsts
        if not (first and may_be_same) and all(column.text(document) == first for document in listed)
    )


class Listing(StrEnum):
    """What the library screen lists."""

    DOCUMENTS = "documents"
    AGREEMENTS = "agreements"


class SortOrder(Struct, frozen=True):
    """The column to sort by, "" for the best match first, and whether its order is reversed."""

    column: str = ""
    reversed: bool = False


class PreviewedDocument(Struct, frozen=True):
    """The preview of the focused document for a query, with the document's number and the query."""

    document: int
    query: str
    preview: Preview


class ImportProgress(Struct, frozen=True):
    """The progress of an import: the share that is done, 0 to 1, and its description."""

    share: float = 0.0
    label: str = "beginning to add"


class LibraryReview(Struct, frozen=True):
    """A review pass through documents: its order, the documents in the order in which they were listed, and those that
    were opened."""

    order: ReviewOrder
    documents: tuple[int, ...]
    opened: frozenset[int] = frozenset()


class LibraryState(Struct, frozen=True):
    """Everything that the library screen shows, except how far the list is scrolled.

    `rows` are the numbers of the listed documents in order, `focused_number` the focused one. `results` are those of
    the `query` or, until these are known, of an earlier one; None before the first. `query_before` is the query before
    the query line was opened, None while it is closed. `changed` are the documents whose files changed since they were
    read. `import_progress` is None unless documents are being added. `fault` says why the documents cannot be listed or
    searched, "" if they can. `completions` are those of the query, the next first. `listing` says what is listed, and
    `agreements` has the list of agreements, which is searched while it is shown. `review` is the review pass through
    the documents, None without one. `marked` are the documents to compare, in the order in which they were marked;
    `occasion` is that of the document `occasion_of`, None where there is none or it is not known yet.
    """

    documents: Mapping[int, LibraryDocument] = {}
    rows: tuple[int, ...] = ()
    focused_number: int | None = None
    query: str = ""
    results: SearchResults | None = None
    sort_order: SortOrder = SortOrder()
    query_before: str | None = None
    changed: frozenset[int] = frozenset()
    previewed: PreviewedDocument | None = None
    import_progress: ImportProgress | None = None
    notice: str = ""
    fault: str = ""
    query_history: QueryHistory = ()
    completions: tuple[Completion, ...] = ()
    listing: Listing = Listing.DOCUMENTS
    agreements: AgreementList = AgreementList()
    review: LibraryReview | None = None
    marked: tuple[int, ...] = ()
    occasion_of: int | None = None
    occasion: Occasion | None = None

    @property
    def lists_agreements(self) -> bool:
        """Whether agreements are listed."""
        return self.listing is Listing.AGREEMENTS

    @property
    def lists_table(self) -> bool:
        """Whether agreements are listed as a table."""
        return self.lists_agreements and self.agreements.is_table

    @property
    def listed_results(self) -> SearchResults | AgreementResults | None:
        """The results of what is listed."""
        return self.agreements.results if self.lists_agreements else self.results

    @property
    def typing(self) -> bool:
        """Whether the query line is open."""
        return self.query_before is not None

    @property
    def searching(self) -> bool:
        """Whether more results may come."""
        results = self.listed_results
        return results is None or not results.done or results.query != self.query

    @property
    def focused_document(self) -> LibraryDocument | None:
        """The focused document."""
        return self.documents.get(self.focused_number) if self.focused_number is not None else None

    @property
    def focused_occasion(self) -> Occasion | None:
        """The occasion of the focused document, as far as it is known."""
        return self.occasion if self.occasion_of == self.focused_number else None


def list_other(state: LibraryState) -> LibraryState:
    """List the agreements, or the documents again."""
    return replace(state, listing=Listing.DOCUMENTS if state.lists_agreements else Listing.AGREEMENTS)


def toggle_table(state: LibraryState) -> LibraryState:
    """Show the agreements as a table, or as a list again."""
    agreements = replace(state.agreements, is_table=not state.lists_table)
    return replace(state, listing=Listing.AGREEMENTS, agreements=agreements)


def change_table(change: Callable[[TableView], TableView]) -> Callable[[LibraryState], LibraryState]:
    """Return a transition that changes how the table of agreements is shown."""

    def _transition(state: LibraryState) -> LibraryState:
        if not state.lists_agreements:
            return state
        return replace(state, agreements=replace(state.agreements, table=change(state.agreements.table)))

    return _transition


def step_row(state: LibraryState, by: int) -> LibraryState:
    """Focus the row `by` rows further, stopping at the ends."""
    if state.lists_agreements:
        return replace(state, agreements=agreement_list.step(state.agreements, by))
    if not state.rows:
        return state
    number = state.rows.index(state.focused_number) if state.focused_number in state.rows else 0
    return replace(state, focused_number=state.rows[min(max(number + by, 0), len(state.rows) - 1)])


def toggle_mark(state: LibraryState) -> LibraryState:
    """Mark the focused document, or take its mark away."""
    number = state.focused_number
    if number is None or number not in state.rows or state.lists_agreements:
        return state
    is_marked = number in state.marked
    marked = tuple(each for each in state.marked if each != number) if is_marked else (*state.marked, number)
    return replace(state, marked=marked)


def set_query(state: LibraryState, query: str) -> LibraryState:
    """Change the query. The rows of the previous one stay until its own are known."""
    return replace(state, query=query, notice="", fault="")


def apply_results(state: LibraryState, results: SearchResults, rows: Sequence[int]) -> LibraryState:
    """Take on results with their sorted rows; the focused row stays if it is listed, else the first is focused."""
    if results.query != state.query:
        return state
    first = state.results is None or results.query != state.results.query
    listed = tuple(rows) if state.documents else ()  # which the search may find before they could be listed
    state = replace(state, results=results, rows=listed, fault="")
    keep = state.focused_number in state.rows and not (first and results.active)
    return state if keep else replace(state, focused_number=next(iter(state.rows), None))


def sort_column(sort_order: SortOrder, results: SearchResults | None) -> str:
    """Return the name of the column that is sorted by, "" for the best match first: without a query, the date."""
    return sort_order.column or ("" if results and results.active else "date")


def sorted_rows(
    documents: Mapping[int, LibraryDocument], results: SearchResults, sort_order: SortOrder
) -> tuple[int, ...]:
    """Return the documents found in the order in which they are listed: the latest first without a query."""
    numbers = [hit.document for hit in results.hits if hit.document in documents]
    name = sort_column(sort_order, results)
    if not name:
        return tuple(numbers[::-1] if sort_order.reversed else numbers)
    column = COLUMNS_BY_NAME[name]
    keys = {number: column.sort_key(documents[number]) for number in numbers}
    with_key = [number for number in numbers if keys[number] != ""]
    with_key.sort(key=lambda number: keys[number], reverse=column.descending is not sort_order.reversed)
    return (*with_key, *(number for number in numbers if keys[number] == ""))


def reverse_order(state: LibraryState) -> LibraryState:
    """Reverse the sort order."""
    if state.lists_agreements:
        return change_table(turn_round)(state)
    return replace(state, sort_order=replace(state.sort_order, reversed=not state.sort_order.reversed))


def sort_by_next_column(state: LibraryState, width: int) -> LibraryState:
    """Sort by the next of the columns that fit the width, or after the last by match quality again."""
    hidden = empty_columns(state.documents)
    names = ["", *(column.name for column in COLUMNS if column.min_screen_width <= width and column.name not in hidden)]
    focused = state.sort_order.column if state.sort_order.column in names else ""
    return replace(state, sort_order=SortOrder(names[(names.index(focused) + 1) % len(names)]))


def open_query(state: LibraryState) -> LibraryState:
    """Open the query line."""
    return state if state.typing else replace(state, query_before=state.query)


def close_query(state: LibraryState, *, keep: bool) -> LibraryState:
    """Close the query line, and keep the query or clear it."""
    state = replace(state, query_before=None, completions=())
    return replace(state, query_history=add_query(state.query_history, state.query)) if keep else set_query(state, "")


def set_documents(state: LibraryState, documents: Mapping[int, LibraryDocument]) -> LibraryState:
    """Take on the library's documents.

    The rows of a query stay until it has been searched for again; before any query, all documents are listed, the
    latest first.
    """
    asked = state.results is not None or bool(state.query)
    rows = tuple(number for number in state.rows if number in documents) if asked else tuple(_latest_first(documents))
    focused = state.focused_number if state.focused_number in rows else _last_opened(rows, documents)
    agreements = replace(state.agreements, rows={}, passage=None)
    return replace(
        state,
        documents=documents,
        rows=rows,
        focused_number=focused,
        fault="",
        agreements=agreements,
        marked=tuple(number for number in state.marked if number in documents),
        occasion_of=None,
        occasion=None,
    )


def _latest_first(documents: Mapping[int, LibraryDocument]) -> list[int]:
    return sorted(documents, key=lambda number: documents[number].date or "", reverse=True)


def _last_opened(rows: tuple[int, ...], documents: Mapping[int, LibraryDocument]) -> int | None:
    """Return the listed document that was opened last, or the first row where none was."""
    return max(rows, key=lambda number: documents[number].opened or "", default=None)


def listed_documents(state: LibraryState) -> tuple[int, ...]:
    """Return the documents that are listed, or those of the agreements that are, in their order."""
    if not state.lists_agreements:
        return state.rows
    return tuple(dict.fromkeys(document for document, _ in state.agreements.keys))


def next_to_review(review: LibraryReview, progress: Mapping[int, ReviewProgress]) -> int | None:
    """Return the document to review next: the one with the least certain record, or the next in order; None at the end.

    No document is opened twice: what is left in it was passed over.
    """
    left = [
        known
        for number in review.documents
        if number not in review.opened and (known := progress.get(number)) and known.least_confidence is not None
    ]
    if review.order is ReviewOrder.LEAST_CERTAIN:
        left.sort(key=lambda known: known.least_confidence or 0.0)
    return left[0].document if left else None


def library_pass(review: LibraryReview, progress: Mapping[int, ReviewProgress], number: int) -> LibraryPass:
    """Return how far the pass is when it comes to the document of this number."""
    known = [each for each in map(progress.get, review.documents) if each]
    judged = sum(each.judged for each in known if each.document != number)
    return LibraryPass(judged, sum(each.total for each in known))
