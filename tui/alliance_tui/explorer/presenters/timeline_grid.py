"""The timeline on a screen: undertakings as spans, or groups of them as counts, by month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from rich.style import Style

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.grid_source import (
    COUNT_WIDTH,
    MAX_LABEL_WIDTH,
    Choice,
    Grid,
    ShownGrid,
    count_cell,
    listed_fields,
)
from alliance_tui.explorer.presenters.register_rows import STATUS_ROLES, row_fields
from alliance_tui.explorer.presenters.row_source import strength_symbol
from alliance_tui.explorer.rendering.chips import edtf_label
from alliance_tui.explorer.rendering.strips import Part, text_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.explorer.widgets.grid_view import ShownColumn
from alliance_tui.export.timelines import TIMELINE_FORMATS, ExportedTimeline
from alliance_tui.linking.register import RegisterRow
from alliance_tui.linking.register_query import RegisterQueries
from alliance_tui.overviews.sources import Sources
from alliance_tui.overviews.timeline import (
    Axis,
    DatedRows,
    Days,
    Grouping,
    Step,
    Timeline,
    TimelineEvent,
    TimelineGroup,
    days_of,
    timeline,
)

QUERY_HINT = "/ words  party:japan  status:overdue  first:2024..  is:joint  tag:arms"
_STEPS = (Step.MONTH, Step.QUARTER, Step.YEAR)
_EVENTS = (TimelineEvent.DUE, TimelineEvent.PROMISED)
_VIEW_NAMES = {TimelineEvent.DUE: "falls due", TimelineEvent.PROMISED: "promised"}
_WITHOUT = {TimelineEvent.DUE: "without a due date", TimelineEvent.PROMISED: "in undated documents"}
_ZOOM, _GROUP = 0, 1
_YEAR_WIDTH, _PART_WIDTH, _YEARS_WIDTH = 5, 4, 6
_ALL, _UNDATED = 0, 1
ALL_KEY, UNDATED_KEY = "all", "undated"


class TimelineSource:
    """The source of the timeline's screen. Undertakings are given in order of first statement."""

    hint = QUERY_HINT
    formats: Mapping[str, str] = {
        ".svg": "svg",
        ".csv": "csv",
        ".json": "json",
        ".md": "markdown",
        ".ics": "ics",
    }

    def __init__(
        self, title: str, rows: Sequence[RegisterRow], today: str, grouping: Grouping, position: GridPosition | None
    ) -> None:
        self.title = title
        self.position = position or GridPosition()
        self._dated, self._queries = DatedRows(rows), RegisterQueries(rows)
        self._now = _Now(today, min(today, max((row.last for row in rows), default="") or today))
        counts = {event: sum(days is not None for days in self._dated.days[event]) for event in _EVENTS}
        self.views: Sequence[str] = [f"{_VIEW_NAMES[event]} {counts[event]:,}" for event in _EVENTS]
        self.choices: Sequence[Choice] = (
            Choice("zoom", tuple(map(str, _STEPS)), "+ -", "zoom", _STEPS.index(Step.YEAR)),
            Choice("by", ("undertaking", "party", "field"), "O", "group", tuple(Grouping).index(grouping)),
        )

    def lay_out(self, position: GridPosition) -> ShownGrid:
        """Return the undertakings, or their groups, that satisfy the query."""
        matches = self._queries.matching(position.query)
        event = _EVENTS[position.view]
        grouping = tuple(Grouping)[position.choices[_GROUP]]
        step = _STEPS[position.choices[_ZOOM]]
        shown = timeline(self._dated, step, grouping, rows=matches.rows, events=[event])
        undated = len(shown.all.undated[event])
        message = "; ".join(matches.problems)
        if not message and undated:
            message = f"{undated:,} of {len(matches.rows):,} undertakings are {_WITHOUT[event]}"
        grid: Grid
        if grouping is Grouping.NONE:
            grid = SpansGrid(shown.axis, self._dated.in_order(event, matches.rows), event, self._now)
        else:
            grid = CountsGrid(shown, grouping, event, self._now)
        return ShownGrid(grid, len(matches.rows), message)

    def export(self, position: GridPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield the timeline, whatever the view, in the format of a suffix."""
        rows = self._queries.matching(position.query).rows
        grouping = tuple(Grouping)[position.choices[_GROUP]]
        shown = timeline(DatedRows(rows), _STEPS[position.choices[_ZOOM]], grouping)
        exported = ExportedTimeline(shown, grouping, sources.with_query(position.query))
        return TIMELINE_FORMATS[self.formats[suffix]](exported)

    def details(self, grid: Grid, row: int, column: int, styler: LineStyler) -> list[StyledField]:
        """Return the fields of an undertaking, or the undertakings of a cell."""
        if isinstance(grid, SpansGrid):
            return row_fields(grid.rows[row], styler)
        return listed_fields(self.title_of(grid, row, column), grid.undertakings(row, column), styler)

    def title_of(self, grid: Grid, row: int, column: int) -> str:
        """Return the group and the period of a cell, or the title of an undertaking."""
        if isinstance(grid, CountsGrid):
            return f"{grid.name(row)}, {grid.period(column)}"
        return grid.undertakings(row, column)[0].title

    def is_one(self, grid: Grid, row: int) -> bool:
        """Return True for a row of one undertaking."""
        return isinstance(grid, SpansGrid)


class _Now(Struct, frozen=True):
    """Today, and the day of the last statement, at which an archive of earlier years begins to be looked at."""

    today: str
    last_statement: str


class _AxisGrid:
    """Columns of a timeline after `fixed_columns` others."""

    fixed_columns = 0

    def __init__(self, axis: Axis, now: _Now) -> None:
        self.axis = axis
        self._today, self._begin = axis.slot_of_day(now.today), axis.slot_of_day(now.last_statement)

    @property
    def column_count(self) -> int:
        """The fixed columns, and the slots of the axis."""
        return self.fixed_columns + len(self.axis.slots)

    def slot(self, column: int) -> int:
        """Return the slot of a column that is not fixed."""
        return self.axis.slots[column - self.fixed_columns]

    def column_width(self, column: int) -> int:
        """Return the cells of a column: more for a year than for the months after it."""
        if column < self.fixed_columns:
            return COUNT_WIDTH
        if self.axis.step is Step.YEAR:
            return _YEARS_WIDTH
        return _YEAR_WIDTH if self.axis.is_year(self.slot(column)) else _PART_WIDTH

    def headings(self, columns: Sequence[ShownColumn], focused: int, styler: LineStyler) -> list[Part]:
        """Return the names of the periods; years stand out, and today's period is underlined."""
        parts = []
        for column in columns:
            role, text = StyleRole.MUTED, ""
            if column.index < self.fixed_columns:
                text = ("all", "none")[column.index]
            else:
                slot = self.slot(column.index)
                text = self.axis.heading(slot)
                role = StyleRole.STRONG if self.axis.is_year(slot) else role
                role = StyleRole.TRIGGER if slot == self._today else role
            if column.index == focused:
                role = StyleRole.CURSOR
            parts += [styler.part(" " * (column.width - len(text))), styler.part(text, role)]
        return parts

    def column_key(self, column: int) -> str:
        """Return the first day of a period, or the name of a fixed column."""
        if column < self.fixed_columns:
            return (ALL_KEY, UNDATED_KEY)[column]
        return self.axis.key(self.slot(column))

    def column_of(self, key: str | None) -> int:
        """Return the column of a period that may be of another zoom; None is that of the last statement."""
        if key in (ALL_KEY, UNDATED_KEY) and self.fixed_columns:
            return (ALL_KEY, UNDATED_KEY).index(key)
        slots = self.axis.slots
        if not slots:
            return 0
        slot = self._slot_near(key)
        return self.fixed_columns + min(max(slot, slots.start), slots.stop - 1) - slots.start

    def _slot_near(self, key: str | None) -> int:
        if key is None or not key[:4].isdigit():
            return self._begin
        year, part = key[:4], key[5:]
        if not part:
            return self.axis.slot_of_year(int(year))
        month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part)
        return self.axis.slot_of_day(f"{year}-{month:02}-01")


class CountsGrid(_AxisGrid):
    """A row of counts for each group, below one for all of them."""

    fixed_columns = 2

    def __init__(self, shown: Timeline, grouping: Grouping, event: TimelineEvent, now: _Now) -> None:
        super().__init__(shown.axis, now)
        self._groups: Sequence[TimelineGroup] = (shown.all, *shown.groups) if shown.all.rows else ()
        self._grouping, self._event = grouping, event
        self.row_count = len(self._groups)
        self.longest_label = max((text_width(self.name(row)) for row in range(self.row_count)), default=0)

    @cached_property
    def _greatest(self) -> int:
        return max((len(rows) for group in self._groups[1:] for rows in group.dated[self._event].values()), default=1)

    def name(self, row: int) -> str:
        """Return the name of a group."""
        return "All" if row == 0 else self._groups[row].name or f"no {self._grouping}"

    def period(self, column: int) -> str:
        """Return what a column has of a group."""
        if column == _ALL:
            return "at any time"
        name = _WITHOUT[self._event] if column == _UNDATED else self.axis.label(self.slot(column))
        return name if column == _UNDATED else f"{_VIEW_NAMES[self._event]} {name}"

    def label(self, row: int, width: int, styler: LineStyler) -> list[Part]:
        """Return the name of a group."""
        return [styler.part(self.name(row), StyleRole.STRONG if row == 0 else None)]

    def undertakings(self, row: int, column: int) -> Sequence[RegisterRow]:
        """Return the undertakings of a group in a period."""
        group = self._groups[row]
        if column == _ALL:
            return group.rows
        if column == _UNDATED:
            return group.undated[self._event]
        return group.at(self._event, self.slot(column))

    def cells(self, row: int, columns: Sequence[ShownColumn], focused: int | None, styler: LineStyler) -> list[Part]:
        """Return the counts of a group."""
        parts: list[Part] = []
        for column in columns:
            count = len(self.undertakings(row, column.index))
            is_focused = column.index == focused
            # Totals would leave no difference between the rest.
            greatest = self._greatest if row and column.index >= self.fixed_columns else 0
            parts += count_cell(count, greatest, column.width, is_focused=is_focused, styler=styler)
        return parts

    def row_key(self, row: int) -> str:
        """Return the name of a group."""
        return self.name(row)

    def row_of(self, key: str | None) -> int:
        """Return the row of a group, else the first."""
        return next((row for row in range(self.row_count) if self.name(row) == key), 0)


class SpansGrid(_AxisGrid):
    """A row for each undertaking: a mark for each statement, and a bar over the days on which it may fall due."""

    def __init__(self, axis: Axis, rows: Sequence[RegisterRow], event: TimelineEvent, now: _Now) -> None:
        super().__init__(axis, now)
        self.rows, self._event = rows, event
        self.row_count = len(rows)
        self.longest_label = _longest_title(rows) + 2

    def label(self, row: int, width: int, styler: LineStyler) -> list[Part]:
        """Return the last strength and the title."""
        undertaking = self.rows[row]
        return [strength_symbol(undertaking.strengths[-1], styler), styler.part(f" {undertaking.title}")]

    def undertakings(self, row: int, column: int) -> Sequence[RegisterRow]:
        """Return the undertaking of a row."""
        return (self.rows[row],)

    def row_key(self, row: int) -> str:
        """Return the title with the place of the first statement, since others may have the same title."""
        undertaking = self.rows[row]
        first = undertaking.statements[0]
        return f"{undertaking.title} {first.document} {first.position}"

    def row_of(self, key: str | None) -> int:
        """Return the row of an undertaking, else the first."""
        return next((row for row in range(self.row_count) if self.row_key(row) == key), 0) if key else 0

    def cells(self, row: int, columns: Sequence[ShownColumn], focused: int | None, styler: LineStyler) -> list[Part]:
        """Return the life of an undertaking along the axis."""
        undertaking = self.rows[row]
        canvas = _Canvas(self, columns)
        due = days_of(undertaking, TimelineEvent.DUE)
        glyphs, palette = styler.glyphs, styler.palette
        dates = [each.date for each in undertaking.statements if each.date]
        if due and dates and dates[-1] < due.first:
            canvas.draw(Days(dates[-1], due.first), glyphs.bar_left, palette.style(StyleRole.MUTED))
        if due:
            role = STATUS_ROLES.get(undertaking.status, StyleRole.DUE)
            glyph = glyphs.marked if due.first == due.last else glyphs.bar_done
            canvas.draw(due, glyph, palette.style(role))
        for statement in undertaking.statements:
            if statement.date:
                canvas.draw(Days(statement.date, statement.date), *strength_symbol(statement.strength, styler))
        if days_of(undertaking, self._event) is None:
            deadline = undertaking.due.deadline if self._event is TimelineEvent.DUE and undertaking.due else None
            canvas.note(f"due {edtf_label(deadline)}" if deadline else _UNDATED_NOTES[self._event], styler)
        elif canvas.is_empty and columns:
            days = days_of(undertaking, self._event)
            is_later = days is not None and self.axis.slot_of_day(days.first) > self.slot(columns[-1].index)
            canvas.point(is_later, glyphs.cursor if is_later else glyphs.selection_tick, styler)
        return canvas.parts()


def _longest_title(rows: Sequence[RegisterRow]) -> int:
    """Return the length of the longest title, or of the first that is as long as any label may be."""
    longest = 0
    for row in rows:
        longest = max(longest, len(row.title))
        if longest >= MAX_LABEL_WIDTH:
            break
    return longest


_UNDATED_NOTES = {TimelineEvent.DUE: "no due date", TimelineEvent.PROMISED: "no date"}


class _Canvas:
    """The cells of one row along the axis."""

    def __init__(self, grid: _AxisGrid, columns: Sequence[ShownColumn]) -> None:
        self._axis, self._grid = grid.axis, grid
        self._starts: dict[int, tuple[int, int]] = {}
        width = 0
        for column in columns:
            self._starts[grid.slot(column.index)] = (width, column.width)
            width += column.width
        self._slots = list(self._starts)
        self._cells: list[Part | None] = [None] * width

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn in view."""
        return not any(self._cells)

    def draw(self, days: Days, glyph: str, style: Style) -> None:
        """Draw a glyph over all cells of a period that are in view."""
        if not self._slots:
            return
        first, last = self._place(days.first, whole=days), self._place(days.last)
        for x in range(max(0, first), min(len(self._cells) - 1, max(first, last)) + 1):
            self._cells[x] = glyph, style

    def _place(self, day: str, whole: Days | None = None) -> int:
        """Return the cell of a day; before the first, or after the last cell, of a day that is out of view.

        A period that begins with a year begins in the year's own column.
        """
        slot = self._axis.slot_of_day(day)
        if whole and day.endswith("-01-01") and whole.last >= f"{day[:4]}-12-31":
            slot = self._axis.slot_of_year(int(day[:4]))
        if slot < self._slots[0]:
            return -1
        if slot > self._slots[-1]:
            return len(self._cells)
        start, width = self._starts[slot]
        if self._axis.is_year(slot) and self._axis.slots_per_year > 1:
            return start
        return start + min(width - 1, int(_share_of_slot(self._axis, day) * width))

    def note(self, words: str, styler: LineStyler) -> None:
        """Write words at the left end, where nothing is drawn over them."""
        words = words[: max(0, len(self._cells) - 1)]
        if not any(self._cells[: len(words) + 1]):
            for x, character in enumerate(words, 1):
                self._cells[x] = styler.part(character, StyleRole.MUTED)

    def point(self, right: bool, glyph: str, styler: LineStyler) -> None:
        """Draw a glyph at an end, to say that all is beyond it."""
        self._cells[-1 if right else 0] = styler.part(glyph, StyleRole.MUTED)

    def parts(self) -> list[Part]:
        """Return the cells, those of one style together."""
        parts: list[Part] = []
        for cell in self._cells:
            text, style = cell or (" ", Style())
            if parts and parts[-1][1] == style:
                parts[-1] = (parts[-1][0] + text, style)
            else:
                parts.append((text, style))
        return parts


def _share_of_slot(axis: Axis, day: str) -> float:
    """Return how much of its month, quarter or year is over at the beginning of a day, from 0 to less than 1."""
    month, number = int(day[5:7]), int(day[8:10])
    months = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[axis.step]
    return ((month - 1) % months * 31 + number - 1) / (31 * months)
