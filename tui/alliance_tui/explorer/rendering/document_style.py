"""The looks of a document's parts: titles, headings, list items, quotations and speakers, by offset in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.records import BlockKind, BlockSpan, Document

if TYPE_CHECKING:
    from alliance_tui.extraction.layout.segments import Segment

MAX_STYLED_LENGTH = 1_000_000
"""Characters of the longest text that is styled: finding the parts of a longer one would take over a tenth of a second.
"""
MAX_HANGING_INDENT = 8
"""The deepest indent, in cells, below a bullet or number."""
QUOTE_INDENT = 4
_MIN_QUOTATION_WORDS = 20
"""The least length of a paragraph of quoted words that is set as a block quotation."""


class StyledRange(Struct, frozen=True, gc=False):
    """Code points `start` to `end` (exclusive) of the text that are drawn in a role."""

    start: int
    end: int
    role: StyleRole


class Block(Struct, frozen=True, gc=False):
    """A part of the text from `start` to `end`: cells before its first row, and before its other rows."""

    start: int
    end: int
    indent: int = 0
    hanging: int = 0


class DocumentStyle(Struct, frozen=True):
    """The blocks and the styled ranges of a text, each in reading order and disjoint."""

    blocks: tuple[Block, ...] = ()
    ranges: tuple[StyledRange, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the offset."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 and offset < self.blocks[index].end else None

    def ranges_in(self, start: int, end: int) -> Iterator[StyledRange]:
        """Yield the styled ranges that overlap `start` to `end`."""
        index = bisect_right(self.ranges, start, key=lambda styled: styled.end)
        while index < len(self.ranges) and self.ranges[index].start < end:
            yield self.ranges[index]
            index += 1


NO_STYLE = DocumentStyle()


def document_style(document: Document) -> DocumentStyle:
    """Return the looks of the document's parts, found by the extraction's own layout analysis."""
    if len(document.text) > MAX_STYLED_LENGTH:
        return NO_STYLE
    from alliance_tui.extraction.layout.segments import SegmentKind, segment  # deferred: it reads lexicons

    segments = segment(document.text, document.structure)
    titles = [part for part in segments if part.kind is SegmentKind.TITLE]
    headings = {part.start: _heading_role(document, part) for part in segments if part.kind is SegmentKind.HEADING}
    headings |= {part.start: _front_matter_role(document, part) for part in titles[1:]}
    headings |= {part.start: StyleRole.TITLE for part in titles[:1]}
    blocks, ranges = [], []
    for part, following in pairwise([*segments, None]):
        assert part is not None
        if part.start in headings:
            ranges.append(StyledRange(part.start, part.end, headings[part.start]))
            continue
        end = part.end if following is None else min(part.end, following.start)
        blocks.append(_block(document.text, part, end))
        ranges += _ranges(document.text, part)
    return DocumentStyle(tuple(blocks), tuple(styled for styled in ranges if styled.start < styled.end))


def _heading_role(document: Document, part: Segment) -> StyleRole:
    """Return the role of a heading: by its level where the source has one, else by its capitals."""
    from alliance_tui.extraction.layout.headings import is_date_line

    words = document.text[part.start : part.end]
    if is_date_line(words):
        return StyleRole.MUTED
    level = _marked_level(document.structure, part.start)
    return StyleRole.HEADING if (level <= 2 if level else words.isupper()) else StyleRole.SUBHEADING


def _front_matter_role(document: Document, part: Segment) -> StyleRole:
    """Return the role of a line between title and text: a further title, or date and place."""
    from alliance_tui.extraction.layout.headings import is_date_line

    words = document.text[part.start : part.end]
    return StyleRole.MUTED if is_date_line(words) or any(sign.isdigit() for sign in words) else StyleRole.SUBHEADING


def _marked_level(structure: Sequence[BlockSpan], offset: int) -> int:
    """Return the level of the heading that the source marks up at the offset, 0 for none."""
    index = bisect_right(structure, offset, key=lambda span: span.start) - 1
    found = index >= 0 and structure[index].kind is BlockKind.HEADING and offset < structure[index].end
    return structure[index].level if found else 0


def _block(text: str, part: Segment, end: int) -> Block:
    """Return the indents of a paragraph or an item."""
    from alliance_tui.extraction.layout.text_blocks import item_marker

    words = text[part.start : end]
    if marker := item_marker(words):
        line_start = text.rfind("\n", 0, part.start) + 1
        return Block(part.start, end, 0, min(MAX_HANGING_INDENT, part.start - line_start + len(marker)))
    quoted = words.startswith(("“", "> ")) and words.rstrip().endswith(("”", "”.")) and words.count("“") == 1
    if quoted and len(words.split()) >= _MIN_QUOTATION_WORDS:
        return Block(part.start, end, QUOTE_INDENT, QUOTE_INDENT)
    return Block(part.start, end)


def _ranges(text: str, part: Segment) -> Iterator[StyledRange]:
    """Yield the marker of an item, and what comes before the sentences: a run-in heading, a speaker, a dateline."""
    from alliance_tui.extraction.layout.text_blocks import item_marker

    marker = item_marker(text[part.start : part.end])
    yield StyledRange(part.start, part.start + len(marker.rstrip()), StyleRole.MARKER)
    label_start = part.start + len(marker)
    label_end = label_start + len(text[label_start : part.body].rstrip())
    role = StyleRole.RUN_IN if part.label else StyleRole.SPEAKER if part.speaker else StyleRole.MUTED
    yield StyledRange(label_start, label_end, role)
