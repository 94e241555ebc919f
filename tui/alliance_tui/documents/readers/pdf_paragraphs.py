"""Paragraphs of a PDF: wrapped lines are joined, running heads and page numbers dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from alliance_tui.documents.raw_document import RawDocument
from alliance_tui.records import BlockKind, BlockSpan

_INDENT = "  "
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
"""The share of lines ending in a hyphen above which the document is hyphenated; compounds alone make up less."""
_COMPOUND_FIRST_PART = re.compile(
    "all|anti|best|counter|cross|ever|far|first|five|four|full|fully|half|high|ill|inter|land|large|long|low|mid|multi|"
    "near|newly|non|one|post|pre|second|self|semi|short|six|small|so|ten|third|three|two|well|wide"
)
"""First parts of English compounds that are rarely the first syllable of another word."""
_WIDE_GAP = 1.25
_FONT_SIZE_CHANGE = 1.08
_MIN_INDENT = 6.0
_NEARLY_FULL_LINE = 0.92
_SHORT_LINE = 0.8
_VERY_SHORT_LINE = 0.5
_MIN_WIDE_GAP_SHARE = 0.03
"""The share of wide gaps between lines above which gaps separate the document's paragraphs."""
_MIN_COLUMN_LINES = 4


class PrintedLine(Struct, frozen=True):
    """A printed line: its text, its start (in points from the page's lower left corner) and its font size."""

    text: str
    x: float
    y: float
    size: float


class _PlacedLine(Struct, frozen=True):
    """A line with its page (from 0), and whether a paragraph begins with it."""

    line: PrintedLine
    page: int
    begins_paragraph: bool


def lay_out_pages(pages: Sequence[Sequence[PrintedLine]]) -> RawDocument:
    """Return the text of the pages, the offset at which each page begins, and the spans of bulleted list items.

    Paragraphs are lines with a blank line between them, list items lines without. Running heads and feet and page
    numbers are dropped; words that were hyphenated at the end of a line are joined.
    """
    body = list(_strip_running_heads([list(_join_lone_bullets(page)) for page in pages]))
    return _TextWriter(body).write(_place_lines(body))


class _TextWriter:
    """Writes placed lines as text, and records where pages begin and bulleted list items are."""

    def __init__(self, pages: Sequence[Sequence[PrintedLine]]) -> None:
        self._pages = len(pages)
        self._hyphens = _Hyphenation(pages)
        self._list_depths = _list_depths(line.x for page in pages for line in page if _BULLET.match(line.text))
        self._pieces: list[str] = []
        self._length = 0
        self._in_list = False
        self._items: list[BlockSpan] = []
        self._open_item: tuple[int, int] | None = None
        """The depth and the start of the list item that is being written."""

    def write(self, placed: Iterable[_PlacedLine]) -> RawDocument:
        """Return the document of the lines."""
        starts: list[int] = []
        for current in placed:
            start = (
                self._begin_paragraph(current.line)
                if current.begins_paragraph
                else self._continue_paragraph(current.line.text)
            )
            starts += [start] * (current.page + 1 - len(starts))
        self._end_item()
        if self._pieces:
            self._append("\n")
        starts += [self._length] * (self._pages - len(starts))
        return RawDocument("".join(self._pieces), pages=tuple(starts), structure=tuple(self._items))

    def _begin_paragraph(self, line: PrintedLine) -> int:
        """Write the first line of a paragraph or item; return its offset."""
        bullet = _BULLET.match(line.text)
        is_item = bool(bullet or _NUMBER.match(line.text))
        self._end_item()
        if self._pieces:
            self._append("\n" if is_item and self._in_list else "\n\n")
        self._in_list = is_item
        start = self._length
        if bullet:
            depth = self._list_depths[round(line.x)]
            self._append(_INDENT * depth)
            self._open_item = depth, self._length
            self._append(f"- {line.text[bullet.end() :]}")
        else:
            self._append(line.text)
        return start

    def _end_item(self) -> None:
        if self._open_item:
            depth, start = self._open_item
            self._items.append(BlockSpan(BlockKind.LIST_ITEM, depth, start, self._length))
            self._open_item = None

    def _continue_paragraph(self, line: str) -> int:
        """Write a further line of the same paragraph; return its offset."""
        previous = self._pieces[-1]
        if not _TRAILING_HYPHEN.search(previous):  # a hyphen or dash joins words without a space
            self._append(" ")
        elif self._hyphens.is_line_break_hyphen(previous, line):
            self._pieces[-1] = previous[:-1]
            self._length -= 1
        start = self._length
        self._append(line)
        return start

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


class _Hyphenation:
    """Separates hyphens of word division from those of compounds, by the other words of the document."""

    def __init__(self, pages: Sequence[Sequence[PrintedLine]]) -> None:
        self._words = {word for page in pages for line in page for word in _COMPOUND.findall(line.text.lower())}
        ends = [_split_word(upper.text, lower.text) for page in pages for upper, lower in pairwise(page)]
        self._is_hyphenated = sum(1 for pair in ends if pair) > _MIN_HYPHENATED_SHARE * len(ends)

    def is_line_break_hyphen(self, previous: str, line: str) -> bool:
        """Return whether the hyphen at the end of `previous` divides a word that `line` continues."""
        pair = _split_word(previous, line)
        if not pair:
            return False
        left, right = pair
        if previous[-1] == "\u00ad" or left + right in self._words:
            return True
        is_longer_compound = line[len(right) :].startswith("-")  # "people-/to-people"
        is_compound = bool(_COMPOUND_FIRST_PART.fullmatch(left)) or f"{left}-{right}" in self._words
        return self._is_hyphenated and not is_longer_compound and not is_compound


def _split_word(previous: str, line: str) -> tuple[str, str] | None:
    """Return the lower-cased parts of a word that is divided between two lines, or None."""
    left, right = _LAST_WORD.search(previous), _FIRST_WORD.match(line)
    return (left[1].lower(), right[0]) if left and right and right[0][0].islower() else None


def _join_lone_bullets(page: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """Yield the lines of a page; a bullet on a line of its own goes before the next line, ornaments are dropped."""
    bullet: PrintedLine | None = None
    for line in page:
        if _BULLET.fullmatch(line.text):
            bullet = line
        elif any(map(str.isalnum, line.text)):
            yield PrintedLine(f"{bullet.text} {line.text}", bullet.x, line.y, line.size) if bullet else line
            bullet = None


def _strip_running_heads(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """Yield the pages without page numbers, and without lines that recur at the same height of many pages' edges."""
    pages_with = Counter(
        key for page in pages for key in {_running_head_key(page[index]) for index in _edge_lines(page)}
    )
    min_pages = max(_MIN_RUNNING_PAGES, len(pages) // 3)
    for page in pages:
        dropped = {
            index
            for index in _edge_lines(page)
            if pages_with[_running_head_key(page[index])] >= min_pages
            or _PAGE_NUMBER.fullmatch(page[index].text.strip())
        }
        yield [line for index, line in enumerate(page) if index not in dropped]


def _edge_lines(page: Sequence[PrintedLine]) -> set[int]:
    """Return the indices in `page` of its highest and lowest lines."""
    by_height = sorted(range(len(page)), key=lambda index: page[index].y)
    return set(by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:])


def _running_head_key(line: PrintedLine) -> tuple[str, int]:
    """Return the text of a line with numbers masked ("Page # of #"), and its height on the page."""
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
    """Typographic measures of a document: `leading` by font size, and the widths of full lines.

    `has_paragraph_gaps` says whether wider gaps than the leading separate paragraphs. `column_widths` are the widths of
    lines by the column that they start in, `full_width` that of all lines.
    """

    leading: dict[int, float]
    has_paragraph_gaps: bool
    column_widths: dict[int, float]
    full_width: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[PrintedLine]]) -> _PageMetrics:
        """Measure the pages."""
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
            {
                column: _full_line_width(in_column)
                for column, in_column in widths.items()
                if len(in_column) >= _MIN_COLUMN_LINES
            },
            _full_line_width([width for in_column in widths.values() for width in in_column]),
        )

    def begins_paragraph(
        self, previous: PrintedLine, line: PrintedLine, *, across_page: bool, in_list_item: bool, is_first_line: bool
    ) -> bool:
        """Return whether a paragraph begins with `line`.

        Args:
            previous: The line before it.
            line: The line in question.
            across_page: Whether a page or column ends between the two.
            in_list_item: Whether `previous` belongs to a list item.
            is_first_line: Whether `previous` is the first line of its paragraph.
        """
        if _BULLET.match(line.text) or (_NUMBER.match(line.text) and line.x <= previous.x + _MIN_INDENT):
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
        return ended and not in_list_item and line.x > previous.x + _MIN_INDENT

    def _ends_early(self, previous: PrintedLine, line: PrintedLine, share: float) -> bool:
        """Return whether the next word would still have fitted into this share of a full line."""
        word = line.text.split(" ", 1)[0]
        return _relative_width(previous) + (1 + len(word)) * line.size < share * self.column_widths.get(
            _column_of(previous), self.full_width
        )


def _usual_leading(leading: dict[int, float], line: PrintedLine) -> float:
    return leading.get(round(line.size), line.size * 1.2)


def _column_of(line: PrintedLine) -> int:
    return round(line.x / 10)


def _relative_width(line: PrintedLine) -> float:
    """Return the width of a line, up to a factor that is about the same for all."""
    return len(line.text) * line.size


def _full_line_width(widths: list[float]) -> float:
    """Return the width of a full line: the 90th percentile."""
    return sorted(widths)[len(widths) * 9 // 10] if widths else 0.0


def _leading(pages: Sequence[Sequence[PrintedLine]]) -> dict[int, float]:
    """Return the usual distance between lines of each font size: the most frequent, small ones preferred."""
    gaps: dict[int, Counter[int]] = {}
    for page in pages:
        for upper, lower in pairwise(page):
            gap = upper.y - lower.y
            if round(upper.size) == round(lower.size) and 0 < gap < 4 * max(upper.size, 1):
                gaps.setdefault(round(upper.size), Counter())[round(gap)] += 1
    return {size: float(max(counts.items(), key=lambda pair: (pair[1], -pair[0]))[0]) for size, counts in gaps.items()}


def _list_depths(places: Iterable[float]) -> dict[int, int]:
    """Return the depth of list items by the rounded x of their bullets: 0 for the leftmost."""
    levels: dict[int, int] = {}
    depth, last = -1, float("-inf")
    for x in sorted({round(x) for x in places}):
        if x > last + _MIN_INDENT:
            depth += 1
            last = x
        levels[x] = depth
    return levels
