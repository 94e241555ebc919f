"""The text pane: the text wrapped to its width, with highlights, and strength glyphs in the margin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Protocol, TypeVar

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from alliance_tui.explorer.rendering.document_style import NO_STYLE, DocumentStyle, StyledRange
from alliance_tui.explorer.rendering.strips import VISIBLE_WHITESPACE, Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import WrappedRows, has_hard_line_breaks, paragraphs
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.highlighting import HighlightedSpan, HighlightReason, Highlights
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Document, EntityType
from alliance_tui.search.matches import Range

LEFT_MARGIN = 2
"""Cells left of the text, for strength glyphs."""
NUMBER_WIDTH = 4
"""Cells left of the strength glyphs, for the numbers of paragraphs or pages."""
MIN_WIDTH_FOR_NUMBERS = 60
"""Cells of the pane from which there is room for these numbers."""
MAX_LINE_WIDTH = 90
"""The longest line, in cells, that is comfortable to read."""
MAX_NUMBERED_LENGTH = 1_000_000
"""Characters of the longest text whose paragraphs are numbered."""
LAYOUT_STEP = 100_000
"""Characters laid out at once, a few milliseconds' work; the rest follows between keys."""

NOT_SELECTED = (-1, -1)
"""The span of no selection."""


class TypedMention(Struct, frozen=True, gc=False):
    """Code points `start` to `end` (exclusive) that mention an entity of this type."""

    start: int
    end: int
    type: EntityType


class TextView(Struct, frozen=True):
    """The content of the text pane.

    `agreements` are by the offset where their evidence starts; `evidence` are the spans of evidence in reading order.
    `cursor` is the span under the cursor, `selected` that of the words selected by keys. `kept_paragraphs` are those
    that a filter leaves.
    `jump_labels` are laid over the text from their offsets on. With `dimmed`, text without highlights is dimmed.
    `style` has the looks of the text's parts. `mentions` are those whose types are shown, in reading order.
    """

    document: Document
    highlights: Highlights = Highlights()
    agreements: dict[int, Agreement] = {}
    evidence: tuple[tuple[int, int], ...] = ()
    cursor: tuple[int, int] = (0, 0)
    kept_paragraphs: frozenset[int] | None = None
    jump_labels: dict[int, str] = {}
    dimmed: bool = False
    style: DocumentStyle = NO_STYLE
    mentions: tuple[TypedMention, ...] = ()
    selected: tuple[int, int] = NOT_SELECTED


_start: Callable[[Range], int] = itemgetter(0)
_span_start: Callable[[HighlightedSpan], int] = attrgetter("start")
_mention_start: Callable[[TypedMention], int] = attrgetter("start")


class _Extent(Protocol):
    """Code points `start` to `end` (exclusive) of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Range = TypeVar("_Range", bound=_Extent)


def _at(ranges: Sequence[_Range], offset: int) -> _Range | None:
    """Return the first of the ranges that covers the offset."""
    return next((each for each in ranges if each.start <= offset < each.end), None)


@cache_by_identity
def _numbers(document: Document) -> dict[int, str]:
    """Return the numbers of pages, or else of paragraphs (from 1, without blank lines), by where they begin.

    A long text and one with hard line breaks has none: its lines are no paragraphs.
    """
    if document.pages:
        return {start: f"p{number}" for number, start in enumerate(document.pages, 1)}
    lines = [(start, end) for start, end in paragraphs(document.text[:MAX_NUMBERED_LENGTH]) if start < end]
    if len(document.text) > MAX_NUMBERED_LENGTH or has_hard_line_breaks(document.text):
        return {}
    first = re.compile(r"\s*\(?\d")  # a paragraph with a number of its own needs no other
    return {start: str(number) for number, (start, _) in enumerate(lines, 1) if not first.match(document.text, start)}


def _looks_same(view: TextView, other_view: TextView) -> bool:
    """Return whether two views look the same; large fields are compared by identity."""
    small = (view.cursor, view.jump_labels, view.dimmed, view.selected) == (
        other_view.cursor,
        other_view.jump_labels,
        other_view.dimmed,
        other_view.selected,
    )
    large = ("document", "highlights", "agreements", "evidence", "kept_paragraphs", "style", "mentions")
    return small and all(getattr(view, name) is getattr(other_view, name) for name in large)


def _laid_out_otherwise(view: TextView, other_view: TextView) -> bool:
    """Return whether the rows of two views of one document differ."""
    kept, other_kept = view.kept_paragraphs, other_view.kept_paragraphs
    return view.style is not other_view.style or (kept is not other_kept and kept != other_kept)


class TextPane(LineView):
    """The document's text."""

    ALLOW_SELECT = True
    RIGHT_MARGIN = 2

    class Scrolled(Message):
        """The pane shows other lines now."""

    class Clicked(Message):
        """The reader clicked on the text at `offset`."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, view: TextView, *, top: int = 0, id: str) -> None:  # noqa: A002
        """Show the view with the offset `top` in the first row."""
        super().__init__(id=id)
        self.view = view
        self._rows = WrappedRows(view.document.text, 80)
        self._unfolded_rows = self._rows
        """The rows of the whole text as last laid out, for when a filter is removed."""
        self._strips: LRUCache[int, Strip] = LRUCache(1024)
        self._ticks: dict[int, Part] = {}
        self._heat: tuple[int, bool, dict[int, Part]] | None = None
        """The marks of how many agreements there are, by visible row, of this height, by row or by offset."""
        self._initial_top = top
        self._unrevealed: tuple[int, int] | None = None
        """A span that was to be scrolled into view while the pane was not shown."""

    @property
    def left_margin(self) -> int:
        """Cells left of the text: for numbers where there is room, and for strength glyphs."""
        return LEFT_MARGIN + (NUMBER_WIDTH if self.inner_width >= MIN_WIDTH_FOR_NUMBERS else 0)

    @property
    def line_width(self) -> int:
        """Cells for a row of text."""
        return max(8, min(MAX_LINE_WIDTH, self.inner_width - self.left_margin - 1))

    def show(self, view: TextView, *, reveal: tuple[int, int] | None = None) -> None:
        """Show this view; `reveal` is a span to scroll into view."""
        previous, self.view = self.view, view
        if view.document is not previous.document:
            self._rewrap(0)
        elif len(self._rows) and _laid_out_otherwise(view, previous):
            self._rewrap_in_place()
        if any(
            getattr(view, name) is not getattr(previous, name)
            for name in ("document", "evidence", "agreements", "style")
        ):
            self._forget_ticks()
        elif view.highlights is not previous.highlights:
            self._ticks.clear()
        if not _looks_same(view, previous):
            self._strips.clear()
            self.refresh()
        if reveal:
            self.reveal(*reveal)

    @property
    def first_offset(self) -> int:
        """The offset of the first visible character."""
        row = self.scroll_offset.y
        return self._rows.starts[row] if row < len(self._rows) else 0

    @property
    def last_offset(self) -> int:
        """The offset after the last visible row."""
        row = min(self.scroll_offset.y + self.size.height, len(self._rows)) - 1
        return self._rows.ends[row] if row >= 0 else 0

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the terminal's cursor: the explorer's own."""
        cursor = self.view.cursor[0]
        row = self._rows.row_at(cursor)
        line = min(max(row - self.scroll_offset.y, 0), max(0, self.size.height - 1))
        start, indent = (self._rows.starts[row], self._rows.indents[row]) if len(self._rows) else (0, 0)
        column = self.left_margin + indent + cell_len(self.view.document.text[start:cursor])
        return self.content_region.offset + Offset(column, line)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the span is in view, a third down if it was not; a pane that is not shown, once it is."""
        if not self.size.height:
            self._unrevealed = (start, end) if len(self._rows) else None
            return
        self._unrevealed = None
        first, last = self._rows.row_at(start), self._rows.row_at(max(start, end - 1))
        self.set_line_count(len(self._rows))
        self.reveal_lines(first, last, lead=self.size.height // 3)

    def is_visible(self, start: int) -> bool:
        """Return whether the row that holds this offset is in view."""
        return self.first_offset <= start < self.last_offset

    def offset_in_row(self, offset: int, by: int) -> int:
        """Return the offset under (`by` = 1) or over (-1) this one, in the next row that is not blank."""
        rows, text = self._rows, self.view.document.text
        row = rows.row_at(offset)
        column = rows.indents[row] + cell_len(text[rows.starts[row] : offset])
        goal = row + by
        while 0 <= goal < len(rows) and (rows.starts[goal] == rows.ends[goal] or goal in rows.folds):
            goal += by
        if not 0 <= goal < len(rows):
            return offset
        start, end = rows.starts[goal], rows.ends[goal]
        cells = column - rows.indents[goal]
        return next((at for at in range(start, end) if cell_len(text[start : at + 1]) > cells), end - 1)

    @property
    def mouse_selection(self) -> tuple[int, int] | None:
        """The span selected with the mouse, without white space at its ends."""
        start, end = self._selected(self.text_selection)
        words = self.view.document.text[start:end] if start >= 0 else ""
        first = start + len(words) - len(words.lstrip())
        return (first, first + len(words.strip())) if words.strip() else None

    def _rewrap(self, anchor: int) -> None:
        """Wrap again, with the row that holds `anchor` at the top."""
        text, whole = self.view.document.text, self._unfolded_rows
        same_layout = whole.text is text and whole.width == self.line_width and whole.style is self.view.style
        if self.view.kept_paragraphs is None and same_layout:
            self._rows = whole
        else:
            self._rows = WrappedRows(text, self.line_width, self.view.kept_paragraphs, self.view.style)
        self._rows.grow(LAYOUT_STEP)
        if self.view.kept_paragraphs is None:
            self._unfolded_rows = self._rows
        row = self._rows.row_at(anchor) if anchor else 0
        self._strips.clear()
        self._forget_ticks()
        self.set_line_count(len(self._rows))
        self.scroll_to(y=row, animate=False, force=True, immediate=True)
        self._continue_layout(self._rows)

    def _rewrap_in_place(self) -> None:
        """Wrap again with the same row at the top, and the cursor in view where it was."""
        was_visible = self.is_visible(self.view.cursor[0])
        self._rewrap(self.first_offset)
        if was_visible:
            self.reveal(*self.view.cursor)

    def _continue_layout(self, rows: WrappedRows) -> None:
        """Lay out the rest, a step at a time, unless these rows have been replaced."""
        if rows is not self._rows:
            return
        if rows.complete:
            self.set_line_count(len(rows))
        else:
            rows.grow(LAYOUT_STEP)
            self.set_timer(0.001, lambda: self._continue_layout(rows))

    def finish_layout(self) -> None:
        """Lay out all that is left, so that the end can be reached."""
        while not self._rows.complete:
            self._rows.grow(1_000_000)
        self.set_line_count(len(self._rows))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again where the width changed, with the same text at the top."""
        if not len(self._rows):
            self._rewrap(self._initial_top)
            self.reveal(*self.view.cursor)
        elif self._rows.width != self.line_width:
            self._rewrap_in_place()
        if self._unrevealed:
            self.reveal(*self._unrevealed)
        self._strips.clear()  # of another width even where the rows are as long as they may be
        self._forget_ticks()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Post that other lines are in view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and len(self._rows):
            self.post_message(self.Scrolled())

    def on_click(self, event: events.Click) -> None:
        """Post the offset that was clicked on, unless the click ended a selection."""
        widget, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
        if widget is self and offset is not None and not self.text_selection:
            self.post_message(self.Clicked(offset.x))

    def draw_line(self, number: int) -> Strip:
        """Return a row of the text with its margin."""
        selection = self.text_selection
        if selection is None and number in self._strips:
            return self._strips[number]
        strip = self._draw(number, selection)
        if selection is None:
            self._strips[number] = strip
        return strip

    def _draw(self, number: int, selection: Selection | None) -> Strip:
        base = self.style_for(StyleRole.TEXT)
        start, end, indent = self._rows.starts[number], self._rows.ends[number], self._rows.indents[number]
        margin = [self._number(number), *self._margin(start, end), (" " * indent, Style())]
        if number in self._rows.folds:
            hidden_count = self._rows.folds[number]
            message = f"{self.glyphs.fold} {hidden_count} paragraph{'s' if hidden_count > 1 else ''} folded"
            return to_strip(
                [(" " * self.left_margin, Style()), (message, self.style_for(StyleRole.MUTED))], self.inner_width, base
            )
        segments = [
            Segment(text.translate(VISIBLE_WHITESPACE), style) for text, style in self._pieces(start, end, selection)
        ]
        body = self._overlay_labels(self._overlay_types(Strip(segments), start, end), start, end)
        body = body.apply_offsets(start, 0)
        used_width = self.left_margin + indent + body.cell_length
        remainder = to_strip([], max(0, self.inner_width - used_width), base)
        left = to_strip(margin, self.left_margin + indent, base)
        return Strip.join([left, body, remainder]).crop(0, self.inner_width)

    def _number(self, row: int) -> Part:
        """Return the number of the paragraph, or of the page, that begins in the row, if it is to be shown."""
        if self.left_margin == LEFT_MARGIN:
            return "", Style()
        document, start = self.view.document, self._rows.starts[row]
        numbers = _numbers(document)
        number = next((numbers[at] for at in range(start, min(self._rows.ends[row], start + 40)) if at in numbers), "")
        return number.rjust(NUMBER_WIDTH - 1).ljust(NUMBER_WIDTH), self.style_for(StyleRole.MUTED)

    def _overlay_types(self, body: Strip, start: int, end: int) -> Strip:
        """Return the row with the glyph of its type before each mention, in the place of the blank there."""
        mentions, text = self.view.mentions, self.view.document.text
        index = bisect_left(mentions, start, key=_mention_start)
        while index < len(mentions) and mentions[index].start < end:
            at = mentions[index].start
            if at > start and text[at - 1] == " ":
                x = cell_len(text[start : at - 1])
                glyph = Segment(self.glyphs.entities[mentions[index].type], self._type_style(mentions[index].type))
                body = Strip.join([body.crop(0, x), Strip([glyph]), body.crop(x + 1, body.cell_length)])
            index += 1
        return body

    def _type_style(self, entity_type: EntityType) -> Style:
        return self.style_for(StyleRole.TEXT) + self.palette.kind_style(entity_type)

    def _overlay_labels(self, body: Strip, start: int, end: int) -> Strip:
        """Return the row with the jump labels laid over it."""
        style = self.style_for(StyleRole.CURSOR)
        for offset, label in self.view.jump_labels.items():
            if start <= offset < end:
                x = cell_len(self.view.document.text[start:offset])
                remainder = body.crop(min(x + len(label), body.cell_length), body.cell_length)
                body = Strip.join([body.crop(0, x), Strip([Segment(label, style)]), remainder])
        return body

    def _pieces(self, start: int, end: int, selection: Selection | None) -> list[Part]:
        """Return the row's text cut wherever its style changes."""
        view, selection_style = self.view, self.style_for(StyleRole.CURSOR)
        selected = view.selected if selection is None else self._selected(selection)
        spans, mentions = self._spans_in(start, end), self._mentions_in(start, end)
        styled = list(view.style.ranges_in(start, end))
        extents: list[_Extent] = [*spans, *styled, *mentions]
        ranges = [view.cursor, selected, *((each.start, each.end) for each in extents)]
        edges = sorted({start, end, *(edge for each in ranges for edge in each if start < edge < end)})
        parts: list[Part] = []
        for left, right in pairwise(edges):
            style = self._part_style(_at(styled, left), view.dimmed)
            if span := _at(spans, left):
                style += self._highlight_style(span, _at(mentions, left), left)
            if selected[0] <= left < selected[1]:
                style += selection_style
            parts.append((view.document.text[left:right], style))
        return parts

    def _spans_in(self, start: int, end: int) -> list[HighlightedSpan]:
        """Return the highlighted spans that overlap a row."""
        spans = self.view.highlights.spans
        first = max(0, bisect_right(spans, start, key=_span_start) - 1)  # which may reach into the row
        after = bisect_left(spans, end, key=_span_start)
        return [span for span in spans[first:after] if span.end > start]

    def _highlight_style(self, span: HighlightedSpan, mention: TypedMention | None, offset: int) -> Style:
        """Return the style that a highlighted span lays over the text at the offset; `mention` has its type shown."""
        cursor_start, cursor_end = self.view.cursor
        under_cursor = self.has_focus and cursor_start <= offset < cursor_end
        style = self.palette.highlight_style(span.reasons, self.view.dimmed, under_cursor)
        if mention and not self.view.dimmed and not under_cursor and HighlightReason.MATCH not in span.reasons:
            style += self.palette.kind_style(mention.type)
        return style

    def _part_style(self, part: StyledRange | None, dimmed: bool) -> Style:
        """Return the style of a part of the document without highlights: a heading, a marker, prose (None)."""
        style = self.style_for(StyleRole.TEXT)
        if dimmed:
            return style + self.style_for(StyleRole.MUTED)
        return style + self.style_for(part.role) if part else style

    def _mentions_in(self, start: int, end: int) -> list[TypedMention]:
        """Return the mentions, of those whose types are shown, that overlap a row."""
        mentions = self.view.mentions
        index = bisect_left(mentions, start, key=_mention_start)
        first = max(0, index - 1)  # which may reach into the row
        after = bisect_left(mentions, end, key=_mention_start)
        return [mention for mention in mentions[first:after] if mention.end > start]

    def _selected(self, selection: Selection | None) -> tuple[int, int]:
        if selection is None:
            return NOT_SELECTED
        length = len(self.view.document.text)
        return (selection.start.x if selection.start else 0, selection.end.x if selection.end else length)

    def _margin(self, start: int, end: int) -> list[Part]:
        """Return the glyph of the agreement whose evidence starts in the row, or a line where evidence goes on."""
        glyph, style = self._strength_mark(start, end)
        return [(glyph.ljust(LEFT_MARGIN), style)]

    def _strength_mark(self, start: int, end: int) -> Part:
        view = self.view
        index = bisect_left(view.evidence, (start, 0))
        if index < len(view.evidence) and view.evidence[index][0] < end:
            offset = view.evidence[index][0]
            ticks = view.highlights.selection_ticks
            tick = bisect_left(ticks, offset, key=_start)
            dim = view.dimmed and not (tick < len(ticks) and ticks[tick][0] == offset)
            return self.glyphs.for_agreement(view.agreements[offset]), self._strength_style(offset, dim)
        if index and view.evidence[index - 1][1] > start:
            return self.glyphs.evidence, self._strength_style(view.evidence[index - 1][0], view.dimmed)
        return "", Style()

    def _strength_style(self, offset: int, dimmed: bool) -> Style:
        """Return the style of the marks of the agreement whose evidence starts at the offset."""
        if dimmed:
            return self.style_for(StyleRole.MUTED)
        return self.palette.strength_style(self.view.agreements[offset].strength)

    def render_line(self, y: int) -> Strip:
        """Return the visible row `y`; of an empty document a message instead."""
        text = self.view.document.text
        if y == 0 and (not text or text.isspace()):
            message = (" " * self.left_margin, Style()), ("This document is empty.", self.style_for(StyleRole.MUTED))
            return to_strip(message, self.size.width, self.style_for(StyleRole.TEXT))
        return super().render_line(y)

    def margin_parts(self, y: int) -> list[Part]:
        """Return the tick of the matches or of the selection at this depth of the text, and the scroll mark."""
        if not self._ticks:
            self._ticks = self._make_ticks()
        tick = self._ticks.get(y, (" ", Style()))
        if self._all_in_view:
            return [tick, (self.glyphs.scroll_track, Style())]
        return [tick, self.scroll_mark(y, self.first_offset, self.last_offset, len(self.view.document.text))]

    @property
    def _all_in_view(self) -> bool:
        return self._rows.complete and len(self._rows) <= self.size.height

    def _make_ticks(self) -> dict[int, Part]:
        """Return the minimap, by visible row: how many agreements there are, and over these matches and selection.

        Depth is by offset, so that no row need be laid out; where all is in view, by row.
        """
        total, height, in_view = max(1, len(self.view.document.text)), self.size.height, self._all_in_view

        def _depth(place: Range) -> int:
            return self._rows.row_at(place[0]) if in_view else int(place[0] / total * height)

        def _stretches(places: Sequence[Range]) -> dict[int, Sequence[Range]]:
            edges = [bisect_left(places, row, key=_depth) for row in range(height + 1)]
            return {row: places[first:after] for row, (first, after) in enumerate(pairwise(edges)) if first < after}

        highlights, strong, trigger = (
            self.view.highlights,
            self.style_for(StyleRole.STRONG),
            self.style_for(StyleRole.TRIGGER),
        )
        if self._heat is None or self._heat[:2] != (height, in_view):
            stretches = _stretches(self.view.evidence)
            most = max(map(len, stretches.values()), default=1)
            marks = {row: self._heat_mark(places, most) for row, places in stretches.items()}
            self._heat = height, in_view, marks
        match_rows, selection_rows = (
            set(_stretches(highlights.match_ticks)),
            set(_stretches(highlights.selection_ticks)),
        )
        ticks = self._heat[-1] | dict.fromkeys(match_rows - selection_rows, (self.glyphs.match_tick, strong))
        ticks |= dict.fromkeys(selection_rows - match_rows, (self.glyphs.selection_tick, trigger))
        ticks |= dict.fromkeys(match_rows & selection_rows, (self.glyphs.match_and_selection_tick, strong))
        return ticks or {-1: (" ", Style())}

    def _heat_mark(self, evidence: Sequence[Range], most: int) -> Part:
        """Return the mark of so many agreements, of `most` in any row, in the colour of the firmest."""
        strengths = [self.view.agreements[start].strength for start, _ in evidence if start in self.view.agreements]
        firmest = max((strength for strength in strengths if strength), key=lambda each: each.rank, default=None)
        heat = self.glyphs.heat
        return heat[-(-len(evidence) * len(heat) // max(most, len(heat))) - 1], self.palette.strength_style(firmest)

    def _forget_ticks(self) -> None:
        self._ticks.clear()
        self._heat = None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text selected with the mouse.

        Offsets along a line are offsets in the document, so rows do not matter.
        """
        start, end = self._selected(selection)
        return self.view.document.text[start:end], "\n"

    def clear_line_cache(self) -> None:
        """Drop the drawn rows."""
        self._strips.clear()

    def notify_style_update(self) -> None:
        """Called by Textual when the theme changes."""
        super().notify_style_update()
        self._forget_ticks()

    def _redraw(self) -> None:
        self.clear_line_cache()
        self.refresh()

    def selection_updated(self, selection: Selection | None) -> None:
        """Called by Textual when the selection by mouse changes."""
        self._redraw()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._redraw()
