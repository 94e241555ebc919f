"""Timelines, in the formats of `alliance-tui timeline`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from msgspec import Struct

from alliance_tui.export.csv_rows import csv_row
from alliance_tui.export.labels import count_noun
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.export.provenance import exported_path, in_one_line
from alliance_tui.export.registers import (
    PROVENANCE_COLUMNS,
    provenance_cells,
    provenance_of_rows,
    row_to_json,
    to_icalendar,
)
from alliance_tui.export.table import align_columns, truncate
from alliance_tui.linking.register import RegisterRow, Status
from alliance_tui.overviews.sources import Sources
from alliance_tui.overviews.timeline import (
    Axis,
    Grouping,
    Timeline,
    TimelineEvent,
    TimelineGroup,
    days_of,
    in_order_of,
)

_DEFAULT_WIDTH = 120


class ExportedTimeline(Struct, frozen=True):
    """A timeline with what it is of: its grouping, and the documents of its statements."""

    timeline: Timeline
    grouping: Grouping
    sources: Sources

    @property
    def groups(self) -> Sequence[TimelineGroup]:
        """The groups; all undertakings as one where they are not grouped."""
        return (self.timeline.all,) if self.grouping is Grouping.NONE else self.timeline.groups

    @property
    def provenance(self) -> dict[str, str]:
        """The provenance of its undertakings, as labels and values."""
        return provenance_of_rows(self.timeline.all.rows, self.sources)

    def name(self, group: TimelineGroup) -> str:
        """Return the name of a group."""
        return group.name or ("" if self.grouping is Grouping.NONE else f"no {self.grouping}")


def to_table(exported: ExportedTimeline, width: int | None = None) -> Iterator[str]:
    """Yield the periods in which anything was promised or falls due, for each group, in aligned columns."""
    axis = exported.timeline.axis
    heads: tuple[str, ...] = ("period", "promised", "due", "what falls due")
    rows = []
    for group in exported.groups:
        named = () if exported.grouping is Grouping.NONE else (exported.name(group),)
        for slot in _slots(group):
            due = group.at(TimelineEvent.DUE, slot)
            promised = len(group.at(TimelineEvent.PROMISED, slot))
            rows.append((*named, axis.label(slot), _count(promised), _count(len(due)), "; ".join(r.title for r in due)))
    if rows:
        heads = heads if exported.grouping is Grouping.NONE else (str(exported.grouping), *heads)
        yield align_columns([heads, *rows], width or _DEFAULT_WIDTH)
    yield _summary(exported.timeline.all)


def _count(number: int) -> str:
    return str(number) if number else ""


def _slots(group: TimelineGroup) -> list[int]:
    """Return the slots of a group in which there is anything, in order of time."""
    return sorted({slot for by_slot in group.dated.values() for slot in by_slot})


def _summary(group: TimelineGroup) -> str:
    due, promised = len(group.undated[TimelineEvent.DUE]), len(group.undated[TimelineEvent.PROMISED])
    return f"{count_noun(len(group.rows), 'undertaking')}: {due} without a due date, {promised} in undated documents\n"


def to_json(exported: ExportedTimeline) -> Iterator[str]:
    """Yield one JSON object: the undertakings, and the periods with the indices of those in them."""
    rows = exported.timeline.all.rows
    indices = {id(row): index for index, row in enumerate(rows)}

    def listed(of: Iterable[RegisterRow]) -> list[int]:
        return [indices[id(row)] for row in of]

    axis = exported.timeline.axis
    periods = [
        {
            "period": axis.key(slot),
            "label": axis.label(slot),
            "group": group.name or None,
            **{event.value: listed(group.at(event, slot)) for event in TimelineEvent},
        }
        for group in exported.groups
        for slot in _slots(group)
    ]
    value = {
        "schema": 1,
        "provenance": exported.provenance,
        "by": axis.step.value,
        "group": exported.grouping.value,
        "undertakings": [row_to_json(row, exported.sources) for row in rows],
        "periods": periods,
        "undated": {event.value: listed(exported.timeline.all.undated[event]) for event in TimelineEvent},
    }
    yield json.dumps(value, indent=1) + "\n"


_CSV_COLUMNS = (
    *("period", "group", "event", "date", "earliest", "latest", "title", "parties", "strength", "status", "domain"),
    *("document_title", "path"),
)


def to_csv(exported: ExportedTimeline) -> Iterator[str]:
    """Yield a row for each thing promised and due, in order of time; what has no date has no period and comes last."""
    yield csv_row((*_CSV_COLUMNS, *PROVENANCE_COLUMNS))
    axis, provenance = exported.timeline.axis, provenance_cells(exported.timeline.all.rows, exported.sources)
    for group in exported.groups:
        for event in TimelineEvent:
            for slot in _slots(group):
                for row in in_order_of(group.at(event, slot), event):
                    yield csv_row([*_cells(exported, group, event, axis.key(slot), row), *provenance])
            for row in group.undated[event]:
                yield csv_row([*_cells(exported, group, event, "", row), *provenance])


def _cells(
    exported: ExportedTimeline, group: TimelineGroup, event: TimelineEvent, period: str, row: RegisterRow
) -> list[object]:
    """Return the cells of _CSV_COLUMNS."""
    statement = row.due if event is TimelineEvent.DUE else None
    value = row.first if event is TimelineEvent.PROMISED else statement.deadline if statement else ""
    statement = statement or row.statements[0]
    source, days = exported.sources.of(statement.document), days_of(row, event)
    dates = (value, days.first, days.last) if days else (value, "", "")
    facts = (row.title, ", ".join(row.parties), statement.strength or "", row.status, statement.domain or "")
    return [period, group.name, event, *dates, *facts, source.title, exported_path(source.path)]


def to_markdown(exported: ExportedTimeline) -> Iterator[str]:
    """Yield a section for each period of each group: what was promised and falls due; then where it comes from."""
    axis = exported.timeline.axis
    yield "# Timeline\n\n" + _summary(exported.timeline.all)
    level = "##" if exported.grouping is Grouping.NONE else "###"
    for group in exported.groups:
        if exported.grouping is not Grouping.NONE:
            yield f"\n## {escape_markdown(exported.name(group))}\n"
        for slot in _slots(group):
            yield f"\n{level} {axis.label(slot)}\n\n"
            for event in TimelineEvent:
                for row in in_order_of(group.at(event, slot), event):
                    yield f"- {_described(event, row)}\n"
    yield f"\n{escape_markdown(in_one_line(exported.provenance))}\n"


def _described(event: TimelineEvent, row: RegisterRow) -> str:
    parties = f" ({escape_markdown(', '.join(row.parties))})" if row.parties else ""
    title = escape_markdown(row.title)
    if event is TimelineEvent.DUE and row.due:
        return f"due {row.due.deadline}: {title}{parties}, {row.status}"
    return f"promised {row.first}: {title}{parties}"


_WIDTH, _LABEL_WIDTH, _TITLE_LETTERS, _SOURCE_LETTERS = 1200, 420, 60, 210
_LINE, _CHART_HEIGHT, _MARGIN = 20, 110, 12
_STYLE = """
text { font: 12px sans-serif; fill: #222; }
.head { font-weight: bold; }
.axis { stroke: #8888; }
.source { font-size: 10px; }
.today { stroke: #c33; stroke-dasharray: 4 3; }
.due { fill: #c26a10; }
.overdue { fill: #c0392b; }
.done { fill: #2e8b57; }
.promised { fill: #3b6fb6; }
.wait { stroke: #8888; stroke-width: 1; }
rect.page { fill: #fff; }
@media (prefers-color-scheme: dark) { text { fill: #ddd; } rect.page { fill: #161616; } }
"""
_CLASSES = {Status.OVERDUE: "overdue", Status.DELIVERED: "done"}


def to_svg(exported: ExportedTimeline) -> Iterator[str]:
    """Yield a picture: how much was promised and falls due in each period, then each undertaking with its span."""
    picture = _Picture(exported)
    dated = [(group, _drawn_rows(group)) for group in exported.groups]
    lines = sum(len(rows) + (exported.grouping is not Grouping.NONE) for _, rows in dated)
    height = _CHART_HEIGHT + 5 * _LINE + lines * _LINE + 2 * _MARGIN
    source = in_one_line(exported.provenance)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Timeline">\n'
        f"<metadata>{escape(source)}</metadata>\n"
        f'<style>{_STYLE}</style>\n<rect class="page" width="{_WIDTH}" height="{height}"/>\n'
    )
    yield _text(_MARGIN, _MARGIN + 12, _summary(exported.timeline.all).strip(), "head")
    yield from picture.legend(_MARGIN + 2 * _LINE)
    yield from picture.bars(_MARGIN + _LINE)
    y = _CHART_HEIGHT + 3 * _LINE + _MARGIN
    yield from picture.years(y - 6, height - _LINE - _MARGIN)
    for group, rows in dated:
        if exported.grouping is not Grouping.NONE:
            yield _text(_MARGIN, y + 14, f"{exported.name(group)} ({len(rows)})", "head")
            y += _LINE
        for row in rows:
            yield from picture.row(row, y)
            y += _LINE
    yield _text(_MARGIN, height - _MARGIN, truncate(source, _SOURCE_LETTERS), "source")
    yield "</svg>\n"


def _drawn_rows(group: TimelineGroup) -> list[RegisterRow]:
    """Return the undertakings of a group that have any date, those that fall due first."""
    dated = (row for row in group.rows if any(days_of(row, event) for event in TimelineEvent))
    return in_order_of(dated, TimelineEvent.DUE)


def _text(x: float, y: float, text: str, role: str = "") -> str:
    attribute = f' class="{role}"' if role else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{attribute}>{escape(text)}</text>\n'


class _Picture:
    """Draws the parts of a timeline on one scale of days."""

    def __init__(self, exported: ExportedTimeline) -> None:
        self._timeline = exported.timeline
        self._years = exported.timeline.axis.years or (2000, 2000)
        first, last = self._years
        self._origin = date(first, 1, 1).toordinal()
        self._days = (date(last, 12, 31).toordinal() + 1 - self._origin) or 365

    def _x(self, day: str, *, end: bool = False) -> float:
        """Return the place of the beginning, or with `end` of the end, of a day."""
        days = date.fromisoformat(day).toordinal() + end - self._origin
        return _LABEL_WIDTH + (_WIDTH - _LABEL_WIDTH - _MARGIN) * days / self._days

    def legend(self, y: int) -> Iterator[str]:
        """Yield what the colours mean, in the left column."""
        names = {"promised": "promised", "due": "falls due", "overdue": "overdue", "done": "delivered"}
        for number, (role, name) in enumerate(names.items()):
            at = y + number * _LINE
            yield f'<rect class="{role}" x="{_MARGIN}" y="{at}" width="14" height="10"/>\n'
            yield _text(_MARGIN + 20, at + 10, name)

    def bars(self, top: int) -> Iterator[str]:
        """Yield a bar for each period: what was promised above the line, what falls due below it."""
        axis, group = self._timeline.axis, self._timeline.all
        counts = [len(rows) for by_slot in group.dated.values() for rows in by_slot.values()]
        half = _CHART_HEIGHT // 2
        scale = (half - 12) / max(counts, default=1)
        middle = top + half
        for event in TimelineEvent:
            for slot, rows in group.dated[event].items():
                first, last = _ends(axis, slot)
                size = len(rows) * scale
                x, y = self._x(first), middle - size if event is TimelineEvent.PROMISED else middle
                width = max(2.0, self._x(last, end=True) - x - 1)
                shape = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{size:.1f}"'
                title = f"{axis.label(slot)}: {len(rows)} {event}"
                opacity = ' opacity="0.45"' if axis.is_year(slot) and axis.slots_per_year > 1 else ""
                yield f'<rect class="{event}" {shape}{opacity}><title>{title}</title></rect>\n'
        yield f'<line class="axis" x1="{_LABEL_WIDTH}" x2="{_WIDTH - _MARGIN}" y1="{middle}" y2="{middle}"/>\n'

    def years(self, top: int, bottom: int) -> Iterator[str]:
        """Yield a line for each year, or for every few where there are many, and one for today."""
        first, last = self._years
        step = max(1, -(-(last + 1 - first) // 16))
        for year in range(first, last + 1, step):
            x = self._x(f"{year:04}-01-01")
            yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8}" y2="{bottom}"/>\n'
            yield _text(x + 3, top, str(year))
        rows = self._timeline.all.rows
        today = rows[0].context.today if rows else ""
        if today and first <= int(today[:4]) <= last:
            x = self._x(today)
            ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8}" y2="{bottom}"'
            yield f'<line class="today" {ends}><title>{today}</title></line>\n'

    def row(self, row: RegisterRow, y: int) -> Iterator[str]:
        """Yield an undertaking: title, statements, a bar over its due days, a line to it from the last statement."""
        title = truncate(row.title, _TITLE_LETTERS)
        yield _text(_MARGIN, y + 14, title)
        due = days_of(row, TimelineEvent.DUE)
        if due and row.last and row.last < due.first:
            x1, x2 = self._x(row.last), self._x(due.first)
            yield f'<line class="wait" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y + 10}" y2="{y + 10}"/>\n'
        if due:
            x = self._x(due.first)
            width = max(3.0, self._x(due.last, end=True) - x)
            role = _CLASSES.get(row.status, "due")
            words = escape(f"due {row.due.deadline if row.due else ''}, {row.status}")
            shape = f'x="{x:.1f}" y="{y + 5}" width="{width:.1f}" height="10" rx="2"'
            yield f'<rect class="{role}" {shape}><title>{words}</title></rect>\n'
        for statement in row.statements:
            if statement.date:
                words = escape(f"{statement.strength or 'stated'} {statement.date}")
                place = f'cx="{self._x(statement.date):.1f}" cy="{y + 10}" r="4"'
                yield f'<circle class="promised" {place}><title>{words}</title></circle>\n'


def _ends(axis: Axis, slot: int) -> tuple[str, str]:
    """Return the first day of a slot, and a day at its end or, in months that have fewer days, near it."""
    year, part = divmod(slot, axis.slots_per_year)
    if part == 0:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    months = 12 // (axis.slots_per_year - 1)
    first, last = (part - 1) * months + 1, part * months
    return f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-28"


def _to_icalendar(exported: ExportedTimeline) -> Iterator[str]:
    """Yield a calendar with an event for each undertaking that falls due on known days."""
    return to_icalendar(exported.timeline.all.rows, exported.sources)


TIMELINE_FORMATS: Mapping[str, Callable[[ExportedTimeline], Iterator[str]]] = {
    "json": to_json,
    "csv": to_csv,
    "markdown": to_markdown,
    "svg": to_svg,
    "ics": _to_icalendar,
}
"""The formats that need no width, by name; `to_table` is the other one."""
