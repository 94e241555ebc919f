"""Paragraphs from the printed lines of pages: what a typesetter broke is joined, what a page adds is taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

_EDGE = 3
_RUNNING = 3
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_MARK = re.compile(r"(?:[•◦▪●·‣∙\uf0b7\uf0a7\uf0d8]|[o–-](?=\s))\s*")
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\([a-z0-9]{1,3}\)|[a-z]\))\s")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?:;]['\"’”)\]]*$")
_BROKEN = re.compile(r"\S[-—\u2010\u00ad]$")
_LAST_WORD = re.compile(r"(?<!\w)(\w+)[-\u2010\u00ad]$")
_COMPOUND = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"\w+")
_BROKEN_LINES = 0.02
"""The share of lines ending in a hyphen above which the typesetter breaks words; compounds alone make up less."""
_COMBINING = re.compile(
    "all|anti|best|counter|cross|ever|far|first|five|four|full|fully|half|high|ill|inter|land|large|long|low|mid|multi|"
    "near|newly|non|one|post|pre|second|self|semi|short|six|small|so|ten|third|three|two|well|wide"
)
"""First parts of English compounds that are seldom a first syllable."""
_WIDER_GAP = 1.25
_OTHER_SIZE = 1.08
_INDENT = 6.0
_NEARLY_FULL = 0.92
_SHORT = 0.8
_VERY_SHORT = 0.5
_SPACED = 0.03
"""The share of wide gaps between lines above which the document sets its paragraphs apart by them."""
_ENOUGH_LINES = 4


class Line(Struct, frozen=True):
    """A printed line: its text, where it begins (points from the page's lower left corner), and its type size."""

    text: str
    x: float
    y: float
    size: float


class _Placed(Struct, frozen=True):
    """A line with its page, and whether a paragraph begins with it."""

    line: Line
    page: int
    begins: bool


def text_of_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, a line a paragraph and a blank line between (none between list items), and the offset at
    which each page begins.

    Running heads, running feet and page numbers are left out, and words that were hyphenated at a line's end are whole.
    """
    kept = list(_without_furniture([list(_with_marks(page)) for page in pages]))
    return _Writer(kept).write(_placed(kept))


class _Writer:
    """Writes placed lines as text and notes where each page begins."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._pages = len(pages)
        self._hyphens = _Hyphens(pages)
        self._levels = _levels(line.x for page in pages for line in page if _MARK.match(line.text))
        self._text: list[str] = []
        self._length = 0
        self._in_list = False

    def write(self, placed: Iterable[_Placed]) -> tuple[str, tuple[int, ...]]:
        """The text of the lines, and the offset at which each page begins."""
        starts: list[int] = []
        for current in placed:
            start = self._begin(current.line) if current.begins else self._go_on(current.line.text)
            starts += [start] * (current.page + 1 - len(starts))
        if self._text:
            self._add("\n")
        starts += [self._length] * (self._pages - len(starts))
        return "".join(self._text), tuple(starts)

    def _begin(self, line: Line) -> int:
        """Write the first line of a paragraph or item; where it begins."""
        mark = _MARK.match(line.text)
        listed = bool(mark or _NUMBER.match(line.text))
        if self._text:
            self._add("\n" if listed and self._in_list else "\n\n")
        self._in_list = listed
        start = self._length
        self._add("  " * self._levels[round(line.x)] + "- " + line.text[mark.end() :] if mark else line.text)
        return start

    def _go_on(self, line: str) -> int:
        """Write a further line of the same paragraph; where it begins."""
        before = self._text[-1]  # after a hyphen or a dash without a space before it comes none
        if not _BROKEN.search(before):
            self._add(" ")
        elif self._hyphens.only_breaks(before, line):
            self._text[-1] = before[:-1]
            self._length -= 1
        start = self._length
        self._add(line)
        return start

    def _add(self, piece: str) -> None:
        self._text.append(piece)
        self._length += len(piece)


class _Hyphens:
    """Tells hyphens that a typesetter put at line ends from those of the words, by the words of the document."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._words = {word for page in pages for line in page for word in _COMPOUND.findall(line.text.lower())}
        ends = [_broken(upper.text, lower.text) for page in pages for upper, lower in pairwise(page)]
        self._usual = sum(1 for pair in ends if pair) > _BROKEN_LINES * len(ends)

    def only_breaks(self, before: str, line: str) -> bool:
        """Whether the hyphen that ends `before` goes when `line` is joined to it."""
        pair = _broken(before, line)
        if not pair:
            return False
        left, right = pair
        if before[-1] == "\u00ad" or left + right in self._words:
            return True
        longer = line[len(right) :].startswith("-")  # "people-/to-people"
        compound = bool(_COMBINING.fullmatch(left)) or f"{left}-{right}" in self._words
        return self._usual and not longer and not compound


def _broken(before: str, line: str) -> tuple[str, str] | None:
    """The two parts of a word that is broken between two lines, the second in lower case."""
    left, right = _LAST_WORD.search(before), _FIRST_WORD.match(line)
    return (left[1].lower(), right[0]) if left and right and right[0][0].islower() else None


def _with_marks(page: Iterable[Line]) -> Iterator[Line]:
    """The lines of a page, a bullet that stands on a line alone put before the next one, ornaments left out."""
    alone: Line | None = None
    for line in page:
        if _MARK.fullmatch(line.text):
            alone = line
        elif any(map(str.isalnum, line.text)):
            yield Line(f"{alone.text} {line.text}", alone.x, line.y, line.size) if alone else line
            alone = None


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The pages without what stands at the same place near the head or foot of many, and without page numbers there."""
    seen = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edges(page)})
    enough = max(_RUNNING, len(pages) // 3)
    for page in pages:
        out = {
            at
            for at in _edges(page)
            if seen[_shape(page[at])] >= enough or _PAGE_NUMBER.fullmatch(page[at].text.strip())
        }
        yield [line for at, line in enumerate(page) if at not in out]


def _edges(page: Sequence[Line]) -> set[int]:
    """The places in `page` of its uppermost and lowest lines."""
    by_height = sorted(range(len(page)), key=lambda at: page[at].y)
    return set(by_height[:_EDGE] + by_height[-_EDGE:])


def _shape(line: Line) -> tuple[str, int]:
    """The line's height, and its text with figures made alike, so that "Page 3 of 8" and "Page 4 of 8" are the same."""
    return re.sub(r"\d+", "#", line.text), round(line.y)


def _placed(pages: Sequence[Sequence[Line]]) -> Iterator[_Placed]:
    measure = _Measure.of(pages)
    before: Line | None = None
    hangs = begins = False
    for number, page in enumerate(pages):
        for position, line in enumerate(page):
            jumps = position == 0 or (before is not None and line.y > before.y + line.size)  # to a new page or column
            begins = before is None or measure.begins(before, line, jumps=jumps, hangs=hangs, alone=begins)
            if begins:
                hangs = bool(_MARK.match(line.text) or _NUMBER.match(line.text))
            yield _Placed(line, number, begins)
            before = line


class _Measure(Struct, frozen=True):
    """How the document is set: the distance between lines by type size, and how wide full lines are.

    `spaced` tells whether paragraphs stand apart by more than that distance. `widths` are those of the lines that
    begin near some place (columns and lists have their own), `widest` that of all.
    """

    leading: dict[int, float]
    spaced: bool
    widths: dict[int, float]
    widest: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> _Measure:
        """The measure of these pages."""
        leading = _leading(pages)
        gaps = [
            upper.y - lower.y > _WIDER_GAP * _usual(leading, lower) for page in pages for upper, lower in pairwise(page)
        ]
        widths: dict[int, list[float]] = {}
        for page in pages:
            for line in page:
                widths.setdefault(_column(line), []).append(_width(line))
        return cls(
            leading,
            sum(gaps) > _SPACED * len(gaps),
            {column: _full(found) for column, found in widths.items() if len(found) >= _ENOUGH_LINES},
            _full([width for found in widths.values() for width in found]),
        )

    def begins(self, before: Line, line: Line, *, jumps: bool, hangs: bool, alone: bool) -> bool:
        """Whether a paragraph begins with `line`, which follows `before`.

        `jumps` where a page or column ends between them, `hangs` where `before` is of a list item, `alone` where it is
        the first line of its paragraph.
        """
        if _MARK.match(line.text) or (_NUMBER.match(line.text) and line.x <= before.x + _INDENT):
            return True
        larger, smaller = max(line.size, before.size), min(line.size, before.size)
        if larger > smaller * _OTHER_SIZE:
            return True
        ended = bool(_SENTENCE_END.search(before.text))
        if jumps:
            return self._is_cut(before, line, _NEARLY_FULL if alone else _SHORT) or (ended and line.text[:1].isupper())
        if abs(before.y - line.y) > _WIDER_GAP * _usual(self.leading, line):
            return True
        if self._is_cut(before, line, _VERY_SHORT if self.spaced else _SHORT):
            return True
        return ended and not hangs and line.x > before.x + _INDENT

    def _is_cut(self, before: Line, line: Line, share: float) -> bool:
        """Whether `before` ends although the next word would have had room in this share of a full line."""
        word = line.text.split(" ", 1)[0]
        return _width(before) + (1 + len(word)) * line.size < share * self.widths.get(_column(before), self.widest)


def _usual(leading: dict[int, float], line: Line) -> float:
    return leading.get(round(line.size), line.size * 1.2)


def _column(line: Line) -> int:
    return round(line.x / 10)


def _width(line: Line) -> float:
    """How wide a line is, but for a factor that is about the same for all."""
    return len(line.text) * line.size


def _full(widths: list[float]) -> float:
    """The width of a full line: nine tenths of all are no wider."""
    return sorted(widths)[len(widths) * 9 // 10] if widths else 0.0


def _leading(pages: Sequence[Sequence[Line]]) -> dict[int, float]:
    """The usual distance between lines of each type size: the most common one, small ones preferred."""
    gaps: dict[int, Counter[int]] = {}
    for page in pages:
        for upper, lower in pairwise(page):
            gap = upper.y - lower.y
            if round(upper.size) == round(lower.size) and 0 < gap < 4 * max(upper.size, 1):
                gaps.setdefault(round(upper.size), Counter())[round(gap)] += 1
    return {size: float(max(found.items(), key=lambda pair: (pair[1], -pair[0]))[0]) for size, found in gaps.items()}


def _levels(places: Iterable[float]) -> dict[int, int]:
    """The depth of a list item by where it begins: 0 for the leftmost."""
    levels: dict[int, int] = {}
    depth, last = -1, float("-inf")
    for x in sorted({round(x) for x in places}):
        if x > last + _INDENT:
            depth += 1
            last = x
        levels[x] = depth
    return levels
