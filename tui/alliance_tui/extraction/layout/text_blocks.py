"""The lines of a text put together to blocks: a paragraph, a heading or an item is one block, hard-wrapped or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

MARKER = re.compile(
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
"""What stands before the words of an item: a bullet, a number or a letter."""

ARTICLE = re.compile(
    r"(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Annex|ANNEX)\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z])\s*(?:[.:–—-]\s+|$)"
)
"""The number of an article of a treaty or law, where it stands by itself."""

_NEW = re.compile(r"#{1,6}\s|\*\*|[A-Z][A-Z.’' -]+(?:\([^)]*\))?:\s|Q\s{2,}")
"""Beyond markers, what begins a block of its own: Markdown headings and bold run-ins, and turns of speech."""

_WIDEST = 130
"""Lines that are broken by width are no longer than this."""

_LONGEST = 3_000
"""A block without end is cut to pieces of so many characters, so that reading it takes no more memory than others."""

_SENTENCE_GAP = re.compile(r"(?<=[.!?”\"])\s+(?=[“\"A-Z])")
_NARROWEST = 45
_MOSTLY = 0.7
"""The share of a text's lines that keep to its width at least: an address may stick out."""

_SLACK = 3
_STOPS = '.!?:;”"’)'


class Block(NamedTuple):
    """A stretch of the text, its white space trimmed; `indent` is how far its first line is set in."""

    start: int
    end: int
    indent: int
    after_blank: bool


class _Line(NamedTuple):
    """A line that is not blank, trimmed, with its place and indent."""

    text: str
    start: int
    indent: int
    after_blank: bool


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text in reading order. A line break within one is no more than a space."""
    lines = list(_lines(text))
    width = _width(lines)
    first: _Line | None = None
    for line, following in pairwise([*lines, None]):
        if line is None:
            break
        first = first or line
        if following is None or not _continues(line, following, width):
            end = line.start + len(line.text)
            for start, stop in _pieces(text, first.start, end):
                yield Block(start, stop, first.indent, first.after_blank)
            first = None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch in pieces no longer than `_LONGEST`, parted at the end of a sentence, of a word, or anywhere."""
    while end - start > _LONGEST:
        reach = text[start : start + _LONGEST]
        ends = list(_SENTENCE_GAP.finditer(reach)) or list(re.finditer(r"\s+", reach))
        stop = start + (ends[-1].start() if ends else _LONGEST)
        yield start, stop
        start = stop
        while text[start].isspace():
            start += 1
    yield start, end


def _lines(text: str) -> Iterator[_Line]:
    offset, after_blank = 0, True
    for raw in text.split("\n"):
        trimmed = raw.strip()
        if trimmed:
            indent = len(raw) - len(raw.lstrip())
            yield _Line(trimmed, offset + indent, indent, after_blank)
        after_blank = not trimmed
        offset += len(raw) + 1


def _width(lines: list[_Line]) -> int | None:
    """The width at which the text's lines are broken; None where each line is a paragraph."""
    unfinished = [line for line, following in pairwise(lines) if not following.after_blank]
    narrow = sorted(len(line.text) + line.indent for line in unfinished if len(line.text) + line.indent <= _WIDEST)
    broken = sum(line.text[-1] not in _STOPS for line in unfinished)
    if len(unfinished) < 2 or len(narrow) < _MOSTLY * len(unfinished) or broken <= len(unfinished) / 2:
        return None
    width = narrow[len(narrow) * 98 // 100]
    return width if width >= _NARROWEST else None


def _continues(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether the next line goes on with this one: its first word would not have fit, or it goes on in mid-sentence."""
    if following.after_blank or _NEW.match(following.text) or ARTICLE.match(following.text):
        return False
    open_end = line.text[-1] not in _STOPS
    full = bool(width) and line.indent + len(line.text) + 1 + len(following.text.split()[0]) > (width or 0) - _SLACK
    if MARKER.match(following.text):
        dash = following.text[0] in "-–—(" and following.text.lstrip("-–—( ")[:1].islower()
        return full and open_end and dash and following.indent == line.indent and not MARKER.match(line.text)
    return full or (following.text[0].islower() and open_end)


def marker(words: str) -> str:
    """The marker with which a block begins, the white space after it included; "" for none."""
    match = MARKER.match(words) or ARTICLE.match(words)
    if match is None or re.fullmatch(r"[IVXL]\.\s+", match[0]):  # the last is as often the initial of a name
        return ""
    return match[0]


def numbered(words: str) -> tuple[str, int] | None:
    """The kind of the number with which a block begins, and the number: "3. " or "(3) "."""
    mark = marker(words)
    number = re.search(r"\d+", mark)
    return (mark_kind(mark), int(number[0])) if number else None


def mark_kind(mark: str) -> str:
    """The kind of a marker, the same for all items of a list: "1." and "2." are of one kind."""
    word = mark.strip()
    if ARTICLE.match(word):
        return "article"
    return re.sub(r"[ivxl]{2,}|[a-z]", "a", re.sub(r"\d+", "1", word))
