"""From parts (a string and its style) to strips of an exact width. No part is ever read as markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from alliance_tui.search.matches import Range

Part = tuple[str, Style]
"""A string to draw and its style."""
VISIBLE_WHITESPACE = str.maketrans({"\t": " ", "\r": " ", "\n": " "})
"""Replaces the characters that would move the cursor."""
KEYS_GAP = "  "
"""The gap between two keys in a line."""


def text_width(text: str) -> int:
    """Return the width of a text in cells. Most texts have one for each character, which need not be counted."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(text)


def parts_width(parts: Iterable[Part]) -> int:
    """Return the width of the parts in cells."""
    return sum(text_width(text) for text, _ in parts)


def key_hints(keys: Iterable[tuple[str, str]], accent: Style) -> list[Part]:
    """Return keys in `accent`, each with its action."""
    parts: list[Part] = []
    for key, action in keys:
        parts += [*([(KEYS_GAP, Style())] if parts else []), (key, accent), (f" {action}", Style())]
    return parts


def highlight_ranges(text: str, ranges: Sequence[Range], plain: Style, match: Style) -> Iterator[Part]:
    """Yield the text as parts: `match` laid over `plain` in the ranges (in order, disjoint), `plain` between."""
    end = 0
    for start, range_end in ranges:
        if start > end:
            yield text[end:start], plain
        yield text[start:range_end], plain + match
        end = range_end
    if end < len(text):
        yield text[end:], plain


def ranges_within(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """Return the parts of the ranges that are within `start` to `end`, counted from `start`."""
    return [
        (max(first, start) - start, min(last, end) - start) for first, last in ranges if first < end and last > start
    ]


def slice_parts(parts: Iterable[Part], start: int, end: int) -> list[Part]:
    """Return the parts of the characters `start` to `end` of their joined text."""
    sliced: list[Part] = []
    for text, style in parts:
        if piece := text[max(0, start) : max(0, end)]:
            sliced.append((piece, style))
        start, end = start - len(text), end - len(text)
    return sliced


def visible_window(text: str, ranges: Sequence[Range], width: int) -> Range:
    """Return the range of the text to show in `width` cells, with room for marks where it is cut.

    It starts at the beginning, unless the first of the ranges would then be out of sight: then it is around that one.
    """
    if text_width(text) <= width:
        return 0, len(text)
    first = 0
    if ranges and text_width(text[: ranges[0][1]]) > width - 1:
        start, end = ranges[0]
        around = max(0, width - 2 - text_width(text[start:end]))
        before = around - min(around // 2, text_width(text[end:]))
        first = start - bisect_right(
            range(1, start + 1), before, key=lambda size: text_width(text[start - size : start])
        )
        first = text.find(" ", first, start) + 1 or first
    room = width - bool(first)
    room -= text_width(text[first:]) > room
    last = first + bisect_right(
        range(first + 1, len(text) + 1), room, key=lambda range_end: text_width(text[first:range_end])
    )
    if last < len(text):
        shown = min(last, ranges[0][1]) if ranges else first
        last = max(shown, first + len(text[first:last].rstrip()))
    return first, last


def excerpt(text: str, ranges: Sequence[Range], width: int, plain: Style, match: Style, clip: str) -> list[Part]:
    """Return the text in at most `width` cells, highlighted, with the first of the ranges in sight."""
    first, last = visible_window(text, ranges, width)
    parts = list(highlight_ranges(text[first:last], ranges_within(ranges, first, last), plain, match))
    cut = [(clip, plain)]
    return clip_parts([*cut[: first > 0], *parts, *cut[: last < len(text)]], width, clip)


def clip_parts(parts: Iterable[Part], width: int, clip: str) -> list[Part]:
    """Return the parts cut to `width` cells, with `clip` at the end if something was cut."""
    fitted: list[Part] = []
    left = width
    for text, style in parts:
        cells = text_width(text)
        if cells > left:
            if width > 0:
                _cut(fitted, text, style, left, clip)
            return fitted
        fitted.append((text, style))
        left -= cells
    return fitted


def _cut(fitted: list[Part], text: str, style: Style, left: int, clip: str) -> None:
    """Append as much of the text as leaves room for the clip mark; take a cell back if none is left."""
    if left == 0:
        last, style = fitted.pop()
        text, left = last, text_width(last)
    fitted.append((set_cell_size(text, left - 1).rstrip() + clip, style))


def to_strip(parts: Iterable[Part], width: int, base: Style, clip: str = "") -> Strip:
    """Return a line of exactly `width` cells: the parts over `base`, clipped or filled up."""
    visible = ((text.translate(VISIBLE_WHITESPACE), style) for text, style in parts)
    segments = [Segment(text, base + style) for text, style in clip_parts(visible, width, clip) if text]
    return Strip(segments).adjust_cell_length(width, base)


def justify(left: Sequence[Part], right: Sequence[Part], width: int, clip: str) -> list[Part]:
    """Return parts at both ends of a line; the left ones are clipped where the two would meet."""
    right = clip_parts(right, width, clip)
    room = width - parts_width(right) - (1 if right else 0)
    left = clip_parts(left, max(0, room), clip)
    gap = width - parts_width(left) - parts_width(right)
    return [*left, (" " * max(0, gap), Style()), *right]
