"""Paragraphs from the printed lines of pages: what a typesetter broke is joined, what a page adds is taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

_EDGE_LINES = 3
_MIN_RUNNING_PAGES = 3
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•◦▪●·‣∙\uf0b7\uf0a7\uf0d8]|[o–-](?=\s))\s*")
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\([a-z0-9]{1,3}\)|[a-z]\))\s")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?:;]['\"’”)\]]*$")
_TRAILING_HYPHEN = re.compile(r"\S[-—\u2010\u00ad]$")
_LAST_WORD = re.compile(r"(?<!\w)(\w+)[-\u2010\u00ad]$")
_COMPOUND = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"\w+")
_MIN_HYPHENATED_SHARE = 0.02
"""The share of lines ending in a hyphen above which the typesetter breaks words; compounds alone make up less."""
_COMPOUND_FIRST_PART = re.compile(
    "all|anti|best|counter|cross|ever|far|first|five|four|full|fully|half|high|ill|inter|land|large|long|low|mid|multi|"
    "near|newly|non|one|post|pre|second|self|semi|short|six|small|so|ten|third|three|two|well|wide"
)
"""First parts of English compounds that are seldom a first syllable."""
_WIDE_GAP = 1.25
_FONT_SIZE_CHANGE = 1.08
_INDENT = 6.0
_NEARLY_FULL_LINE = 0.92
_SHORT_LINE = 0.8
_VERY_SHORT_LINE = 0.5
_MIN_WIDE_GAP_SHARE = 0.03
"""The share of wide gaps between lines above which the document sets its paragraphs apart by them."""
_MIN_COLUMN_LINES = 4


class PrintedLine(Struct, frozen=True):
    """A printed line: its text, where it begins (points from the page's lower left corner), and its type size."""

    text: str
    x: float
    y: float
    size: float


class _PlacedLine(Struct, frozen=True):
    """A line with its page, and whether a paragraph begins with it."""

    line: PrintedLine
    page: int
    begins_paragraph: bool


def pages_to_text(pages: Sequence[Sequence[PrintedLine]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, a line a paragraph and a blank line between (none between list items), and the offset at
    which each page begins.

    Running heads, running feet and page numbers are left out, and words that were hyphenated at a line's end are whole.
    """
    kept = list(_strip_running_heads([list(_join_lone_bullets(page)) for page in pages]))
    return _TextWriter(kept).write(_place_lines(kept))


class _TextWriter:
    """Writes placed lines as text and notes where each page begins."""

    def __init__(self, pages: Sequence[Sequence[PrintedLine]]) -> None:
        self._pages = len(pages)
        self._hyphens = _Hyphenation(pages)
        self._list_depths = _list_depths(line.x for page in pages for line in page if _BULLET.match(line.text))
        self._pieces: list[str] = []
        self._length = 0
        self._in_list = False

    def write(self, placed: Iterable[_PlacedLine]) -> tuple[str, tuple[int, ...]]:
        """The text of the lines, and the offset at which each page begins."""
        starts: list[int] = []
        for current in placed:
            start = (
                self._begin_paragraph(current.line)
                if current.begins_paragraph
                else self._continue_paragraph(current.line.text)
            )
            starts += [start] * (current.page + 1 - len(starts))
        if self._pieces:
            self._append("\n")
        starts += [self._length] * (self._pages - len(starts))
        return "".join(self._pieces), tuple(starts)

    def _begin_paragraph(self, line: PrintedLine) -> int:
        """Write the first line of a paragraph or item; where it begins."""
        mark = _BULLET.match(line.text)
        listed = bool(mark or _NUMBER.match(line.text))
        if self._pieces:
            self._append("\n" if listed and self._in_list else "\n\n")
        self._in_list = listed
        start = self._length
        self._append("  " * self._list_depths[round(line.x)] + "- " + line.text[mark.end() :] if mark else line.text)
        return start

    def _continue_paragraph(self, line: str) -> int:
        """Write a further line of the same paragraph; where it begins."""
        before = self._pieces[-1]  # after a hyphen or a dash without a space before it comes none
        if not _TRAILING_HYPHEN.search(before):
            self._append(" ")
        elif self._hyphens.is_line_break_hyphen(before, line):
            self._pieces[-1] = before[:-1]
            self._length -= 1
        start = self._length
        self._append(line)
        return start

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


class _Hyphenation:
    """Tells hyphens that a typesetter put at line ends from those of the words, by the words of the document."""

    def __init__(self, pages: Sequence[Sequence[PrintedLine]]) -> None:
        self._words = {word for page in pages for line in page for word in _COMPOUND.findall(line.text.lower())}
        ends = [_split_word(upper.text, lower.text) for page in pages for upper, lower in pairwise(page)]
        self._is_hyphenated = sum(1 for pair in ends if pair) > _MIN_HYPHENATED_SHARE * len(ends)

    def is_line_break_hyphen(self, before: str, line: str) -> bool:
        """Whether the hyphen that ends `before` goes when `line` is joined to it."""
        pair = _split_word(before, line)
        if not pair:
            return False
        left, right = pair
        if before[-1] == "\u00ad" or left + right in self._words:
            return True
        longer = line[len(right) :].startswith("-")  # "people-/to-people"
        compound = bool(_COMPOUND_FIRST_PART.fullmatch(left)) or f"{left}-{right}" in self._words
        return self._is_hyphenated and not longer and not compound


def _split_word(before: str, line: str) -> tuple[str, str] | None:
    """The two parts of a word that is broken between two lines, the second in lower case."""
    left, right = _LAST_WORD.search(before), _FIRST_WORD.match(line)
    return (left[1].lower(), right[0]) if left and right and right[0][0].islower() else None


def _join_lone_bullets(page: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines of a page, a bullet that stands on a line alone put before the next one, ornaments left out."""
    alone: PrintedLine | None = None
    for line in page:
        if _BULLET.fullmatch(line.text):
            alone = line
        elif any(map(str.isalnum, line.text)):
            yield PrintedLine(f"{alone.text} {line.text}", alone.x, line.y, line.size) if alone else line
            alone = None


def _strip_running_heads(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """The pages without what stands at the same place near the head or foot of many, and without page numbers there."""
    seen = Counter(shape for page in pages for shape in {_running_head_key(page[at]) for at in _edge_lines(page)})
    enough = max(_MIN_RUNNING_PAGES, len(pages) // 3)
    for page in pages:
        out = {
            at
            for at in _edge_lines(page)
            if seen[_running_head_key(page[at])] >= enough or _PAGE_NUMBER.fullmatch(page[at].text.strip())
        }
        yield [line for at, line in enumerate(page) if at not in out]


def _edge_lines(page: Sequence[PrintedLine]) -> set[int]:
    """The places in `page` of its uppermost and lowest lines."""
    by_height = sorted(range(len(page)), key=lambda at: page[at].y)
    return set(by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:])


def _running_head_key(line: PrintedLine) -> tuple[str, int]:
    """The line's height, and its text with figures made alike, so that "Page 3 of 8" and "Page 4 of 8" are the same."""
    return re.sub(r"\d+", "#", line.text), round(line.y)


def _place_lines(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[_PlacedLine]:
    metrics = _PageMetrics.of(pages)
    previous: PrintedLine | None = None
    in_list_item = begins = False
    for number, page in enumerate(pages):
        for position, line in enumerate(page):
            across_page = position == 0 or (
                previous is not None and line.y > previous.y + line.size
            )  # to a new page or column
            begins = previous is None or metrics.begins_paragraph(
                previous, line, across_page=across_page, in_list_item=in_list_item, is_first_line=begins
            )
            if begins:
                in_list_item = bool(_BULLET.match(line.text) or _NUMBER.match(line.text))
            yield _PlacedLine(line, number, begins)
            previous = line


class _PageMetrics(Struct, frozen=True):
    """How the document is set: the distance between lines by type size, and how wide full lines are.

    `spaced` tells whether paragraphs stand apart by more than that distance. `widths` are those of the lines that
    begin near some place (columns and lists have their own), `widest` that of all.
    """

    leading: dict[int, float]
    has_paragraph_gaps: bool
    column_widths: dict[int, float]
    full_width: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[PrintedLine]]) -> _PageMetrics:
        """The measure of these pages."""
        leading = _leading(pages)
        gaps = [
            upper.y - lower.y > _WIDE_GAP * _usual_leading(leading, lower)
            for page in pages
            for upper, lower in pairwise(page)
        ]
        widths: dict[int, list[float]] = {}
        for page in pages:
            for line in page:
                widths.setdefault(_column_of(line), []).append(_relative_width(line))
        return cls(
            leading,
            sum(gaps) > _MIN_WIDE_GAP_SHARE * len(gaps),
            {column: _full_line_width(found) for column, found in widths.items() if len(found) >= _MIN_COLUMN_LINES},
            _full_line_width([width for found in widths.values() for width in found]),
        )

    def begins_paragraph(
        self, previous: PrintedLine, line: PrintedLine, *, across_page: bool, in_list_item: bool, is_first_line: bool
    ) -> bool:
        """Whether a paragraph begins with `line`, which follows `before`.

        `jumps` where a page or column ends between them, `hangs` where `before` is of a list item, `alone` where it is
        the first line of its paragraph.
        """
        if _BULLET.match(line.text) or (_NUMBER.match(line.text) and line.x <= previous.x + _INDENT):
            return True
        larger, smaller = max(line.size, previous.size), min(line.size, previous.size)
        if larger > smaller * _FONT_SIZE_CHANGE:
            return True
        ended = bool(_SENTENCE_END.search(previous.text))
        if across_page:
            return self._ends_early(previous, line, _NEARLY_FULL_LINE if is_first_line else _SHORT_LINE) or (
                ended and line.text[:1].isupper()
            )
        if abs(previous.y - line.y) > _WIDE_GAP * _usual_leading(self.leading, line):
            return True
        if self._ends_early(previous, line, _VERY_SHORT_LINE if self.has_paragraph_gaps else _SHORT_LINE):
            return True
        return ended and not in_list_item and line.x > previous.x + _INDENT

    def _ends_early(self, previous: PrintedLine, line: PrintedLine, share: float) -> bool:
        """Whether `before` ends although the next word would have had room in this share of a full line."""
        word = line.text.split(" ", 1)[0]
        return _relative_width(previous) + (1 + len(word)) * line.size < share * self.column_widths.get(
            _column_of(previous), self.full_width
        )


def _usual_leading(leading: dict[int, float], line: PrintedLine) -> float:
    return leading.get(round(line.size), line.size * 1.2)


def _column_of(line: PrintedLine) -> int:
    return round(line.x / 10)


def _relative_width(line: PrintedLine) -> float:
    """How wide a line is, but for a factor that is about the same for all."""
    return len(line.text) * line.size


def _full_line_width(widths: list[float]) -> float:
    """The width of a full line: nine tenths of all are no wider."""
    return sorted(widths)[len(widths) * 9 // 10] if widths else 0.0


def _leading(pages: Sequence[Sequence[PrintedLine]]) -> dict[int, float]:
    """The usual distance between lines of each type size: the most common one, small ones preferred."""
    gaps: dict[int, Counter[int]] = {}
    for page in pages:
        for upper, lower in pairwise(page):
            gap = upper.y - lower.y
            if round(upper.size) == round(lower.size) and 0 < gap < 4 * max(upper.size, 1):
                gaps.setdefault(round(upper.size), Counter())[round(gap)] += 1
    return {size: float(max(found.items(), key=lambda pair: (pair[1], -pair[0]))[0]) for size, found in gaps.items()}


def _list_depths(places: Iterable[float]) -> dict[int, int]:
    """The depth of a list item by where it begins: 0 for the leftmost."""
    levels: dict[int, int] = {}
    depth, last = -1, float("-inf")
    for x in sorted({round(x) for x in places}):
        if x > last + _INDENT:
            depth += 1
            last = x
        levels[x] = depth
    return levels
