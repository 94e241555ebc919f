"""The rows of the library's register: an undertaking a row, and the statements of one in order of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.help_pages import REGISTER_PAGE
from alliance_tui.explorer.presenters.row_source import Listing, compared_words, part_fields, strength_symbol
from alliance_tui.explorer.rendering.chips import edtf_label
from alliance_tui.explorer.rendering.strips import Part
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.comparison_state import RowsPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.export.labels import count_noun
from alliance_tui.export.registers import REGISTER_FORMATS
from alliance_tui.library.register import LifeEntry
from alliance_tui.linking.register import RegisterRow, Statement, Status
from alliance_tui.linking.register_columns import Mask, RegisterColumns, both
from alliance_tui.linking.register_query import RegisterQueries
from alliance_tui.overviews.sources import Sources

REGISTER_TITLE = "Register of the library: what was undertaken, and what became of it"
STATUS_ROLES: Mapping[Status, StyleRole] = {Status.OVERDUE: StyleRole.ERROR, Status.DELIVERED: StyleRole.ACCENT}
"""The styles of the statuses that stand out."""
_STATUS_VIEWS = (Status.OVERDUE, Status.UNDER_WAY, Status.DELIVERED, Status.REAFFIRMED, Status.PROMISED)
"""The statuses in the order of their views: those first that a reader asks for."""
FORMATS: Mapping[str, str] = {".html": "html", ".csv": "csv", ".md": "markdown", ".jsonl": "jsonl", ".ics": "ics"}
"""The formats in which undertakings are exported, by their suffixes."""
MAX_SYMBOLS = 5
"""Statements whose strengths a row shows, the last ones."""


def _by_due_date(row: RegisterRow) -> tuple[bool, str]:
    """Return what falls due first before what falls due later, and both before the rest."""
    due = row.due
    return (False, due.latest) if due and due.latest else (True, "")


def _sorted(keys: Iterable[Any], *, descending: bool = False) -> Sequence[int]:
    """Return the indices of keys in the order of the keys."""
    of_rows = list(keys)
    return sorted(range(len(of_rows)), key=of_rows.__getitem__, reverse=descending)


_ORDERS: Mapping[str, Callable[[RegisterColumns], Sequence[int]]] = {
    "first": lambda columns: range(len(columns.rows)),
    "last": lambda columns: _sorted(columns.last, descending=True),
    "due": lambda columns: _sorted(map(_by_due_date, columns.rows)),
    "times": lambda columns: _sorted(columns.documents, descending=True),
}
"""The orders of the rows by name: first and last statement, due date, how many documents state it."""


class RegisterRows:
    """The source of the register's screen; a side is an order. Made in a thread: a library has many rows."""

    side_label, side_action = "by", "order"
    hint = "words  party:japan  status:overdue  told:>2  first:2024..  is:joint  tag:arms"
    help = REGISTER_PAGE
    formats = FORMATS

    def __init__(self, rows: Sequence[RegisterRow], title: str = REGISTER_TITLE, verb: str = "show its life") -> None:
        self._title, self.verb = title, verb
        self.sides: Sequence[str] = tuple(_ORDERS)
        self.position = RowsPosition()
        self._queries = RegisterQueries(rows)
        statuses = self._queries.columns.statuses
        counts = Counter(statuses)
        self._statuses = present = [each for each in _STATUS_VIEWS if counts[each]]
        self.views: Sequence[str] = [f"all {len(rows):,}", *(f"{each} {counts[each]:,}" for each in present)]
        self._of_views: list[Mask] = [b"\1" * len(rows)]
        self._of_views += [bytes([status is each for status in statuses]) for each in present]
        self._symbols = min(MAX_SYMBOLS, max((len(row.statements) for row in rows), default=1))
        self._orders: dict[int, Sequence[int]] = {}

    def title_in(self, width: int) -> str:
        """Return the title, which is not shortened."""
        return self._title

    @property
    def is_empty(self) -> bool:
        """Return whether there is no undertaking."""
        return not self._queries.columns.rows

    def list_rows(self, view: int, side: int, query: str) -> Listing:
        """Return the rows of a status that match the query, in the order of the side."""
        found = self._queries.find(query)
        listed = self._in_order(both(found.mask, self._of_views[view]), side)
        message = "; ".join(found.problems)
        if not (listed or message) and (others := sum(found.mask)):
            message = f"{count_noun(others, 'undertaking')} of another status: Tab shows the next"
        return Listing(listed, message)

    def _in_order(self, mask: Mask, side: int) -> list[RegisterRow]:
        rows = self._queries.columns.rows
        return [rows[index] for index in self._order(side) if mask[index]]

    def _order(self, side: int) -> Sequence[int]:
        """Return the indices of all rows in the order of a side."""
        if side not in self._orders:
            self._orders[side] = _ORDERS[self.sides[side]](self._queries.columns)
        return self._orders[side]

    def export(self, position: RowsPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield the rows that a position lists, in their order; the view of a status counts as a query for it."""
        mask = both(self._queries.find(position.query).mask, self._of_views[position.view])
        status = f'status:"{self._statuses[position.view - 1]}"' if position.view else ""
        query = " ".join(filter(None, (position.query, status)))
        rows = self._in_order(mask, position.side)
        return REGISTER_FORMATS[self.formats[suffix]](rows, sources.with_query(query))

    def prepare(self) -> None:
        """Make ahead what the first key of a query needs."""
        self._queries.prepare()

    def draw(self, row: RegisterRow, side: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
        """Return the strengths in order of time and the title; at the right end the status and when it is due."""
        symbols = [strength_symbol(each, styler) for each in row.strengths[-MAX_SYMBOLS:]]
        blank = styler.part(" " * (self._symbols + 1 - len(symbols)))
        due = row.due
        right = [styler.part(f" {row.status}", STATUS_ROLES.get(row.status, StyleRole.MUTED))]
        right += [styler.part(f" {edtf_label(due.deadline)}", StyleRole.DUE)] if due and due.deadline else []
        right += [styler.part(f" ×{row.documents}", StyleRole.STRONG)] if row.documents > 1 else []
        return [*symbols, blank, styler.part(row.title)], right

    def details(self, row: RegisterRow, side: int, styler: LineStyler) -> list[StyledField]:
        """Return the status with what gives it, what later documents do not say, and the statements."""
        return row_fields(row, styler)


def row_fields(row: RegisterRow, styler: LineStyler) -> list[StyledField]:
    """Return the fields of an undertaking: its status with what gives it, its dates, its statements."""
    finding, silence, due = row.finding, row.silence, row.due
    dates = f"{row.first}, last {row.last}" if row.last > row.first else row.first
    facts = [
        ("Title", row.title),
        ("Status", f"{finding.status}: {finding.reason}"),
        ("Silence", silence.describe() if silence else ""),
        ("Parties", ", ".join(row.parties)),
        ("First said", dates or "in a document without a date"),
        ("In", count_noun(row.documents, "document")),
        ("Due", edtf_label(due.deadline) if due and due.deadline else ""),
        ("Sure", f"{row.confidence:.0%} that all statements are of one undertaking" if row.documents > 1 else ""),
    ]
    fields = [StyledField(label, (styler.part(text),)) for label, text in facts if text]
    return fields + [_statement(each, styler) for each in row.statements]


class LifeRows:
    """The source of the screen of one undertaking: its statements in order of date."""

    verb = "open in the text"
    side_label = side_action = ""
    hint = "Emphasised: the words that the statement before has not."
    help = REGISTER_PAGE
    formats = FORMATS
    sides: Sequence[str] = ()

    def __init__(self, row: RegisterRow, entries: Sequence[LifeEntry]) -> None:
        self.views: Sequence[str] = [count_noun(len(entries), "statement")]
        self.position = RowsPosition()
        self._row, self._entries = row, entries

    def title_in(self, width: int) -> str:
        """Return the title, which is not shortened."""
        return self._row.title

    def list_rows(self, view: int, side: int, query: str) -> Listing:
        """Return the statements that contain all words of the query."""
        words = query.lower().split()
        return Listing([each for each in self._entries if all(word in _searched(each) for word in words)])

    def draw(self, row: LifeEntry, side: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
        """Return date, strength and title; at the right end the document."""
        date = styler.part(f"{row.statement.date or 'no date':10} ", StyleRole.MUTED)
        symbol = strength_symbol(row.statement.strength, styler)
        return [date, symbol, styler.part(" "), styler.part(row.statement.title)], [
            styler.part(", ".join(each.field for each in row.changes), StyleRole.MUTED)
        ]

    def details(self, row: LifeEntry, side: int, styler: LineStyler) -> list[StyledField]:
        """Return the document, the words beside those of the statement before, what changed, and why it is linked."""
        fields = [
            StyledField("Document", (styler.part(row.document.title, StyleRole.STRONG),)),
            StyledField("Date", (styler.part(row.statement.date or "unknown"),)),
            _statement(row.statement, styler),
            StyledField("Words", compared_words(row.words, styler)),
        ]
        for change in row.changes:
            text = f"{change.before or 'none'} before, {change.after or 'none'} now"
            fields.append(StyledField(change.field.capitalize(), (styler.part(text),)))
        if row.reasons:
            fields.append(StyledField("Linked by", (styler.part("; ".join(row.reasons)),)))
        return [*fields, *part_fields(row.parts, row.agreement.id, styler)]

    def export(self, position: RowsPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield the whole undertaking, whatever was typed: its status rests on all of its statements."""
        return REGISTER_FORMATS[self.formats[suffix]]([self._row], sources)


def _statement(statement: Statement, styler: LineStyler) -> StyledField:
    facts = [
        str(statement.strength or ""),
        ", ".join(statement.parties),
        f"due {edtf_label(statement.deadline)}" if statement.deadline and statement.is_limit else "",
    ]
    text = f" {statement.title} ({' · '.join(filter(None, facts))})"
    return StyledField(statement.date or "no date", (strength_symbol(statement.strength, styler), styler.part(text)))


def _searched(entry: LifeEntry) -> str:
    agreement = entry.agreement
    return f"{entry.statement.date} {entry.document.title} {agreement.title} {agreement.evidence.quote}".lower()
