"""The list of agreements of several documents: which are listed, which is focused, and the rows read so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.state.table_view import TableColumn, TableView
from alliance_tui.highlighting import RowHighlight
from alliance_tui.library.agreement_keys import AgreementKey, AgreementOrder
from alliance_tui.records import Agreement
from alliance_tui.search.matches import Range

if TYPE_CHECKING:
    from alliance_tui.library.search.agreement_search import AgreementResults
    from alliance_tui.review.record_changes import RecordReview

CONTEXT_PARAGRAPHS, CONTEXT_LENGTH = 2, 450
"""Paragraphs of context before and after the evidence, and how many characters they have at most."""
MAX_ROWS = 2_000
"""The rows that are kept; with more, those far from the focus are dropped."""

_ORDERS_BY_DOCUMENT = (None, TableColumn.DOCUMENT, TableColumn.DATE)


class ListedAgreement(Struct, frozen=True):
    """An agreement as a row of the list shows it: with its document's title and date, and what the query matches.

    `acronyms` are those of its parties, by canonical name; `review` is what the reader did with it, None for nothing.
    """

    record: Agreement
    document: str
    date: str
    acronyms: Mapping[str, str] = {}
    highlight: RowHighlight = RowHighlight()
    review: RecordReview | None = None


class Passage(Struct, frozen=True):
    """The paragraphs around an agreement's evidence, with ranges of `text` (code points).

    `section` is the heading above them and `page` their page, from 1.
    """

    document: str
    date: str
    section: str
    page: int | None
    text: str
    evidence: Range
    matches: tuple[Range, ...] = ()


class AgreementList(Struct, frozen=True):
    """The agreements that are listed.

    `results` are those of the latest query, None before the first, and `results_order` is the order that they are in.
    `index` is that of the focused one. `rows` are what has been read of the listed ones, by key, and `passage` is that
    of the focused one, with its key, once it is read. With `is_table`, the rows are those of a table; `table` has its
    columns and the order of both forms.
    """

    results: AgreementResults | None = None
    results_order: AgreementOrder = AgreementOrder()
    index: int = 0
    rows: Mapping[AgreementKey, ListedAgreement] = {}
    passage: tuple[AgreementKey, Passage] | None = None
    table: TableView = TableView()
    is_table: bool = False

    @property
    def keys(self) -> Sequence[AgreementKey]:
        """The listed agreements in order."""
        return self.results.hits if self.results else ()

    @property
    def focused(self) -> AgreementKey | None:
        """The focused agreement."""
        return self.keys[self.index] if self.index < len(self.keys) else None

    @property
    def view(self) -> TableView:
        """The order and the columns; a list has no groups."""
        return self.table if self.is_table else replace(self.table, grouping=None)

    @property
    def under_documents(self) -> bool:
        """Return whether the order keeps the rows of a document together, so that they stand under its heading."""
        return not self.is_table and self.table.sort in _ORDERS_BY_DOCUMENT

    @property
    def order(self) -> AgreementOrder:
        """The order in which agreements are asked for."""
        view = self.view
        return AgreementOrder(str(view.sort or ""), view.reversed, str(view.grouping or ""))


def step(listed: AgreementList, by: int) -> AgreementList:
    """Focus the row `by` rows further, stopping at the ends."""
    return replace(listed, index=min(max(listed.index + by, 0), max(0, len(listed.keys) - 1)))


def focus(listed: AgreementList, key: AgreementKey) -> AgreementList:
    """Focus this agreement, if it is listed."""
    return replace(listed, index=listed.keys.index(key)) if key in listed.keys else listed


def apply_results(
    listed: AgreementList,
    results: AgreementResults,
    order: AgreementOrder,
    rows: Mapping[AgreementKey, ListedAgreement],
) -> AgreementList:
    """Take on results in this order, with the rows that were read of them.

    Of the same query in the same order, the focused agreement stays focused; else the first one is.
    """
    same_query = listed.results is not None and listed.results.query == results.query
    known = {**listed.rows, **rows} if same_query else dict(rows)
    applied = replace(listed, results=results, results_order=order, rows=known)
    key = listed.focused
    if key is None or not same_query or order != listed.results_order:
        return replace(applied, index=0)
    if listed.index < len(results.hits) and results.hits[listed.index] == key:
        return applied
    return focus(replace(applied, index=0), key)


def add_rows(listed: AgreementList, rows: Mapping[AgreementKey, ListedAgreement]) -> AgreementList:
    """Take on further rows."""
    kept = listed.rows if len(listed.rows) < MAX_ROWS else {}
    return replace(listed, rows={**kept, **rows})


def missing_rows(listed: AgreementList, first: int, last: int) -> list[AgreementKey]:
    """Return the agreements from the row `first` to before `last` that have not been read."""
    return [key for key in listed.keys[max(0, first) : last] if key not in listed.rows]


def passage_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the paragraphs that hold a span, with those before and after as far as they are short."""
    first, last = text.rfind("\n", 0, start) + 1, line_end(text, end)
    for _ in range(CONTEXT_PARAGRAPHS):
        before = text.rfind("\n", 0, max(0, first - 1)) + 1
        if start - before <= CONTEXT_LENGTH:
            first = before
        after = line_end(text, min(len(text), last + 1))
        if after - end <= CONTEXT_LENGTH:
            last = after
    return first, last


def line_end(text: str, offset: int) -> int:
    """Return the end of the line that holds an offset."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
