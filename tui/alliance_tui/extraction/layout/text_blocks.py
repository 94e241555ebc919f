"""Blocks of a text: a paragraph, a heading or a list item is one block, hard-wrapped or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

ITEM_MARKER = re.compile(
    r"""
    (?: [-–—•*·▪●○◦‣⁃►➢✓§] \s+                           # a bullet
      | o \s+ (?=[A-Z])
      | \(? (?: \d{1,3} | [a-z] | [ivxl]{1,6} ) \\? [.)] \s+     # 1.  1)  (1)  a)  (iv)
      | \( (?: \d{1,3} | [A-Za-z] | [ivxlIVXL]{1,6} ) \) \s+
      | \d{1,2} (?: \. \d{1,2} ){1,3} \.? \s+                # 1.2.3
      | [IVXL]{1,6} \. \s+                                   # IV.
    )""",
    re.VERBOSE,
)
"""The marker of a list item: a bullet, a number or a letter, with the white space after it."""

ARTICLE_NUMBER = re.compile(
    r"(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Annex|ANNEX)\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z])\s*(?:[.:–—-]\s+|$)"
)
"""The number of an article of a treaty or law, before its heading or on a line of its own."""

_BLOCK_START = re.compile(r"#{1,6}\s|\*\*|[A-Z][A-Z.’' -]+(?:\([^)]*\))?:\s|Q\s{2,}")
"""Other beginnings of a block: Markdown headings, bold run-in headings and turns of speech."""

_MAX_WRAP_WIDTH = 130
"""The longest line of a hard-wrapped text, in characters, its indent included."""

_MAX_BLOCK_CHARACTERS = 3_000
"""Longer blocks are split, which bounds the memory that parsing one takes."""

_MAX_SENTENCE_CHARACTERS = 1_000
"""Blocks without a sentence's end are split into such pieces, since some steps take the square of its length."""

_SENTENCE_GAP = re.compile(r"(?<=[.!?”\"])\s+(?=[“\"A-Z])")
_GAPS_WITHIN = tuple(map(re.compile, (r"(?<=[;:])\s+", r"(?<=,)\s+", r"\s+(?=(?:and|or|but)\s)", r"\s+")))
"""Patterns of the gaps at which a long sentence is split: after a clause or phrase, before a conjunction, at a word."""
_MIN_WRAP_WIDTH = 45
_WRAPPED_SHARE = 0.7
"""The least share of lines within the wrap width: an address may be longer."""

_WIDTH_TOLERANCE = 3
_TERMINATORS = '.!?:;”"’)'


class TextBlock(NamedTuple):
    """Offsets of a block in the text, white space trimmed; `indent` is that of its first line, in characters."""

    start: int
    end: int
    indent: int
    after_blank: bool


class _Line(NamedTuple):
    """A line that is not blank, trimmed, with its offset and indent."""

    text: str
    start: int
    indent: int
    after_blank: bool


def split_blocks(text: str) -> Iterator[TextBlock]:
    """Yield the blocks of a text in reading order; a line break within one counts as a space."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    first: _Line | None = None
    for line, following in pairwise([*lines, None]):
        if line is None:
            break
        first = first or line
        if following is None or not _continues(line, following, width):
            end = line.start + len(line.text)
            for start, stop in _split_long(text, first.start, end):
                yield TextBlock(start, stop, first.indent, first.after_blank)
            first = None


def _split_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield pieces of at most _MAX_BLOCK_CHARACTERS."""
    while end - start > _MAX_BLOCK_CHARACTERS:
        stop = start + _end_of_piece(text[start : start + _MAX_BLOCK_CHARACTERS])
        yield start, stop
        start = stop
        while text[start].isspace():
            start += 1
    yield start, end


def _end_of_piece(window: str) -> int:
    """Return where a long text is split: after a sentence, else within one, else anywhere."""
    if ends := [gap.start() for gap in _SENTENCE_GAP.finditer(window)]:
        return ends[-1]
    sentence = window[:_MAX_SENTENCE_CHARACTERS]
    for pattern in _GAPS_WITHIN:
        if ends := [gap.start() for gap in pattern.finditer(sentence)]:
            return ends[-1]
    return len(window)


def _lines(text: str) -> Iterator[_Line]:
    offset, after_blank = 0, True
    for line in text.split("\n"):
        content = line.strip()
        if content:
            indent = len(line) - len(line.lstrip())
            yield _Line(content, offset + indent, indent, after_blank)
        after_blank = not content
        offset += len(line) + 1


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which lines are wrapped, in characters; None where each line is a paragraph."""
    inner = [line for line, following in pairwise(lines) if not following.after_blank]
    widths = sorted(len(line.text) + line.indent for line in inner if len(line.text) + line.indent <= _MAX_WRAP_WIDTH)
    unterminated = sum(line.text[-1] not in _TERMINATORS for line in inner)
    if len(inner) < 2 or len(widths) < _WRAPPED_SHARE * len(inner) or unterminated <= len(inner) / 2:
        return None
    width = widths[len(widths) * 98 // 100]
    return width if width >= _MIN_WRAP_WIDTH else None


def _continues(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether the next line continues this one: its first word would not have fit, or it continues a sentence."""
    if following.after_blank or _BLOCK_START.match(following.text) or ARTICLE_NUMBER.match(following.text):
        return False
    is_unterminated = line.text[-1] not in _TERMINATORS
    fills_line = (
        bool(width)
        and line.indent + len(line.text) + 1 + len(following.text.split()[0]) > (width or 0) - _WIDTH_TOLERANCE
    )
    if ITEM_MARKER.match(following.text):
        dash = following.text[0] in "-–—(" and following.text.lstrip("-–—( ")[:1].islower()
        return (
            fills_line
            and is_unterminated
            and dash
            and following.indent == line.indent
            and not ITEM_MARKER.match(line.text)
        )
    return fills_line or (following.text[0].islower() and is_unterminated)


def item_marker(words: str) -> str:
    """The item marker with which a block begins, with the white space after it; "" without one."""
    match = ITEM_MARKER.match(words) or ARTICLE_NUMBER.match(words)
    if match is None or re.fullmatch(r"[IVXL]\.\s+", match[0]):  # the last is as often the initial of a name
        return ""
    return match[0]


def item_number(words: str) -> tuple[str, int] | None:
    """Style and value of the number with which a block begins ("3. ", "(3) "); None without one."""
    mark = item_marker(words)
    number = re.search(r"\d+", mark)
    return (marker_style(mark), int(number[0])) if number else None


def marker_style(mark: str) -> str:
    """Style of an item marker, the same for all items of a list: "1." and "2." have one style."""
    word = mark.strip()
    if ARTICLE_NUMBER.match(word):
        return "article"
    return re.sub(r"[ivxl]{2,}|[a-z]", "a", re.sub(r"\d+", "1", word))
