"""The library screen's state: one frozen value, and the pure moves between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.state.query_history import QueryHistory, add_query
from alliance_tui.library.library_document import LibraryDocument

if TYPE_CHECKING:
    from alliance_tui.library.search.engine import Preview, SearchResults
    from alliance_tui.search.completion import Completion


class Column(Struct, frozen=True):
    """A column of the list: its name (the field of a query that asks for it), its heading, and what it shows.

    `width` is in cells, 0 for what is left; it is there on screens of at least `room` cells. `merit` is what documents
    are sorted by; `latest` whether the greatest comes first.
    """

    name: str
    heading: str
    width: int
    min_screen_width: int
    text: Callable[[LibraryDocument], str]
    sort_key: Callable[[LibraryDocument], str | int]
    descending: bool = False
    right_aligned: bool = False


def _text(value: str | None) -> str:
    return (value or "").casefold()


def _source(kept: LibraryDocument) -> str:
    """Where a document is from, an address by what tells it from others first."""
    return re.sub(r"^https?://(?:www\.)?", "", kept.source or "")


TITLE = Column("title", "Title", 0, 0, lambda kept: kept.title, lambda kept: _text(kept.title))
COLUMNS: tuple[Column, ...] = (
    TITLE,
    Column("source", "Source", 16, 110, _source, lambda kept: _text(_source(kept))),
    Column("kind", "Kind", 10, 76, lambda kept: kept.kind or "", lambda kept: _text(kept.kind)),
    Column("date", "Date", 10, 36, lambda kept: kept.date or "", lambda kept: kept.date or "", descending=True),
    Column(
        "agreements",
        "Agr.",
        5,
        60,
        lambda kept: f"{kept.agreements:,}" if kept.was_analysed else "-",
        lambda kept: kept.agreements,
        descending=True,
        right_aligned=True,
    ),
    Column(
        "entities",
        "Ent.",
        5,
        68,
        lambda kept: f"{kept.entities:,}" if kept.was_analysed else "-",
        lambda kept: kept.entities,
        descending=True,
        right_aligned=True,
    ),
    Column(
        "words",
        "Words",
        7,
        100,
        lambda kept: f"{kept.words:,}",
        lambda kept: kept.words,
        descending=True,
        right_aligned=True,
    ),
    Column("language", "Lang", 4, 90, lambda kept: kept.language or "?", lambda kept: kept.language or ""),
    Column("added", "Added", 10, 130, lambda kept: kept.added[:10], lambda kept: kept.added, descending=True),
    Column(
        "opened",
        "Opened",
        10,
        145,
        lambda kept: (kept.opened or "")[:10],
        lambda kept: kept.opened or "",
        descending=True,
    ),
)
COLUMNS_BY_NAME = {column.name: column for column in COLUMNS}
BY_DATE = "date"


class SortOrder(Struct, frozen=True):
    """By which column, "" for the best match first; the other way round where `turned`."""

    column: str = ""
    reversed: bool = False


class PreviewedDocument(Struct, frozen=True):
    """What a look into the document stood on found, and for which query that was."""

    document: int
    query: str
    preview: Preview


class ImportProgress(Struct, frozen=True):
    """How far the adding of documents is: the part that is done, 0 to 1, and what is told of it."""

    share: float = 0.0
    label: str = "beginning to add"


class LibraryState(Struct, frozen=True):
    """All that the library screen shows, save how far it is scrolled.

    `rows` are the numbers of the documents listed, in order, `here` the one stood on. `findings` are those of the
    `query`, or of one before it while its own are awaited; None before anything is known. `origin` is the query before
    its line was opened, None while it is closed. `changed` are documents whose files changed since they were read.
    `doing` says how far the adding of documents is, while they are added. `fault` is why the documents cannot be listed
    or searched, "" if they can. `queries` were asked before, the latest last; `offers` are the completions of what is
    typed, the next first.
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

    @property
    def typing(self) -> bool:
        """Whether the query line is open."""
        return self.query_before is not None

    @property
    def searching(self) -> bool:
        """Whether more may be found."""
        return self.results is None or not self.results.done or self.results.query != self.query

    @property
    def focused_document(self) -> LibraryDocument | None:
        """The document stood on."""
        return self.documents.get(self.focused_number) if self.focused_number is not None else None


def step_row(state: LibraryState, by: int) -> LibraryState:
    """On the row `by` rows further, stopping at the ends."""
    if not state.rows:
        return state
    number = state.rows.index(state.focused_number) if state.focused_number in state.rows else 0
    return replace(state, focused_number=state.rows[min(max(number + by, 0), len(state.rows) - 1)])


def set_query(state: LibraryState, query: str) -> LibraryState:
    """With this query, whose documents are not known yet; those of the query before stay until they are."""
    return replace(state, query=query, notice="", fault="")


def apply_results(state: LibraryState, findings: SearchResults, rows: Sequence[int]) -> LibraryState:
    """With what the query has found, as `ordered`; standing where before if that is there, else on the first."""
    if findings.query != state.query:
        return state
    first = state.results is None or findings.query != state.results.query
    known = tuple(rows) if state.documents else ()  # which the search may find before they could be listed
    state = replace(state, results=findings, rows=known, fault="")
    keep = state.focused_number in state.rows and not (first and findings.active)
    return state if keep else replace(state, focused_number=next(iter(state.rows), None))


def sorted_rows(
    documents: Mapping[int, LibraryDocument], findings: SearchResults, sorting: SortOrder
) -> tuple[int, ...]:
    """The documents found, as they are to be listed: the latest first where nothing is asked for."""
    found = [one.document for one in findings.hits if one.document in documents]
    name = sorting.column or ("" if findings.active else BY_DATE)
    if not name:
        return tuple(reversed(found) if sorting.reversed else found)
    column = COLUMNS_BY_NAME[name]
    merits = {number: column.sort_key(documents[number]) for number in found}
    known = [number for number in found if merits[number] != ""]
    known.sort(key=lambda number: merits[number], reverse=column.descending is not sorting.reversed)
    return (*known, *(number for number in found if merits[number] == ""))


def reverse_order(state: LibraryState) -> LibraryState:
    """Sorted the other way round."""
    return replace(state, sort_order=replace(state.sort_order, reversed=not state.sort_order.reversed))


def sort_by_next_column(state: LibraryState, width: int) -> LibraryState:
    """Sorted by the next of the columns that a screen of this width shows, and after the last by merit again."""
    names = ["", *(column.name for column in COLUMNS if column.min_screen_width <= width)]
    here = state.sort_order.column if state.sort_order.column in names else ""
    return replace(state, sort_order=SortOrder(names[(names.index(here) + 1) % len(names)]))


def open_query(state: LibraryState) -> LibraryState:
    """With the query line open."""
    return state if state.typing else replace(state, query_before=state.query)


def close_query(state: LibraryState, *, keep: bool) -> LibraryState:
    """With the query line closed, and what is typed kept or dropped."""
    state = replace(state, query_before=None, completions=())
    return replace(state, query_history=add_query(state.query_history, state.query)) if keep else set_query(state, "")


def set_documents(state: LibraryState, documents: Mapping[int, LibraryDocument]) -> LibraryState:
    """With these documents in the library; what is listed stays until the query has been answered anew, and is all of
    them, the latest first, before anything was asked."""
    asked = state.results is not None or bool(state.query)
    rows = tuple(number for number in state.rows if number in documents) if asked else tuple(_latest_first(documents))
    here = state.focused_number if state.focused_number in rows else _last_opened(rows, documents)
    return replace(state, documents=documents, rows=rows, focused_number=here, fault="")


def _latest_first(documents: Mapping[int, LibraryDocument]) -> list[int]:
    return sorted(documents, key=lambda number: documents[number].date or "", reverse=True)


def _last_opened(rows: tuple[int, ...], documents: Mapping[int, LibraryDocument]) -> int | None:
    """The document among the rows that was opened last; the first where none was."""
    return max(rows, key=lambda number: documents[number].opened or "", default=None)
