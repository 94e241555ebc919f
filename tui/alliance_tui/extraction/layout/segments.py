"""Segments of a document: title, headings, paragraphs, list items and turns of speech."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from alliance_tui.extraction.layout.headings import (
    announces_founding,
    find_run_in_heading,
    heading_text,
    is_action_word,
    is_date_line,
    is_heading,
    is_prose,
    page_furniture,
)
from alliance_tui.extraction.layout.marked_structure import MarkedStructure
from alliance_tui.extraction.layout.speaker_turns import find_speaker_labels
from alliance_tui.extraction.layout.text_blocks import (
    ARTICLE_NUMBER,
    TextBlock,
    item_marker,
    item_number,
    marker_style,
    split_blocks,
)
from alliance_tui.records import BlockSpan

_MIN_PROSE_WORDS = 20
"""The least length of a numbered paragraph; a shorter one is a list item."""
_TERMINATORS = (".", "!", "?", ";")


class SegmentKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """With a bullet or a number; a numbered paragraph of prose is a paragraph."""


class Segment(Struct, frozen=True):
    """A part of the text from `start` to `end`, with its context. Offsets are code points in the document's text.

    `body` is the offset of its sentences: after a bullet, a number, a speaker's label and a run-in heading
    ("Title: text"); for titles and headings it equals `end`. `section` is the heading above it and `label` its own
    run-in heading. `lead_in` is the index (in the list of segments) of the paragraph that introduces an item
    ("The Quad will:"). `speaker` is the label of the speaker, in a transcript.
    """

    kind: SegmentKind
    start: int
    end: int
    body: int
    section: str | None = None
    label: str | None = None
    lead_in: int | None = None
    speaker: str | None = None

    @property
    def may_omit_actor(self) -> bool:
        """Whether the segment may state an undertaking without its subject: in a list, or after a run-in heading."""
        return self.kind is SegmentKind.ITEM or self.label is not None


def segment(text: str, structure: Sequence[BlockSpan] = ()) -> list[Segment]:
    """Split a text into segments, in reading order; blank lines, rules and page numbers belong to none.

    `structure` holds the blocks that the source marks up, if it does.
    """
    blocks = [block for block in split_blocks(text) if not page_furniture().fullmatch(text, block.start, block.end)]
    reader = _SegmentReader(text, blocks, MarkedStructure(structure))
    for index in range(len(blocks)):
        reader.read(index)
    return reader.segments


def _starts_with_action(block_text: str) -> bool:
    """Whether a block begins with an action verb, as an item without its bullet does: "Suspend the tariffs"."""
    return is_action_word(block_text.split(maxsplit=1)[0].lower())


def _is_numbered_paragraph(marker: str, block_text: str) -> bool:
    """Whether the number marks a paragraph of prose, as in a communiqué, not a list item."""
    prose = block_text[len(marker) :]
    long = len(prose.split()) >= _MIN_PROSE_WORDS and prose.rstrip('”"’)')[-1:] in _TERMINATORS
    return long and any(sign.isdigit() for sign in marker) and not _starts_with_action(prose)


class _OpenList(NamedTuple):
    """A list that may have more items: their marker style and indent, and the index of the lead-in segment."""

    marker_style: str
    indent: int
    lead_in: int | None


class _SegmentReader:
    """Reads blocks in order and keeps their context: the heading above, the speaker, the open lists."""

    def __init__(self, text: str, blocks: list[TextBlock], structure: MarkedStructure) -> None:
        self.text = text
        self.blocks = blocks
        self.structure = structure
        self.segments: list[Segment] = []
        self.section: str | None = None
        self.speaker: str | None = None
        self.open_lists: list[_OpenList] = []
        self.speaker_labels = find_speaker_labels(self.text[block.start : block.end] for block in blocks)
        self.front_matter_blocks = self._count_front_matter()

    def read(self, index: int) -> None:
        """Add the segment of the block at `index`."""
        block = self.blocks[index]
        block_text = self.text[block.start : block.end]
        if index < self.front_matter_blocks and (index == 0 or not self._is_section_heading(index)):
            self._add(SegmentKind.TITLE, block, block.end)
        elif self.structure.is_heading(block.start):
            self._add_heading(block, block_text)
        elif turn := self.speaker_labels.match_turn(block_text):
            self.speaker, self.section, self.open_lists = turn.speaker, None, []
            self._add(SegmentKind.PARAGRAPH, block, block.start + turn.body)
        elif is_date_line(block_text):
            self._add(SegmentKind.HEADING, block, block.end)
        elif self._looks_like_heading(index):
            self._add_heading(block, block_text)
        else:
            self._read_body(block, block_text)

    def _looks_like_heading(self, index: int) -> bool:
        """Whether the block's words and position make it a heading where the source does not say what it is."""
        block = self.blocks[index]
        if self.structure.is_table_row(block.start) or self._is_numbered_point(index):
            return False
        in_speech = self.speaker is not None
        return is_heading(self._block_text(index), self._block_text(index + 1), block.after_blank, in_speech)

    def _add_heading(self, block: TextBlock, block_text: str) -> None:
        self.section, self.open_lists = heading_text(block_text), []
        self._add(SegmentKind.HEADING, block, block.end)

    def _read_body(self, block: TextBlock, block_text: str) -> None:
        """Add a paragraph or an item, with the offset of its sentences and its lead-in."""
        marker = item_marker(block_text)
        lead_in = self._lead_in(block, block_text, marker)
        is_item = lead_in is not None or (marker and not _is_numbered_paragraph(marker, block_text))
        kind = SegmentKind.ITEM if is_item else SegmentKind.PARAGRAPH
        run_in_heading = find_run_in_heading(
            block_text, len(marker), kind is SegmentKind.ITEM, self.speaker is not None
        )
        label = heading_text(block_text[run_in_heading.start : run_in_heading.end]) or None
        body = run_in_heading.body
        if ARTICLE_NUMBER.fullmatch(marker) and label is None:
            label = heading_text(marker)
        if label is not None and lead_in is not None and self._completes_lead_in(lead_in, label, block_text[body:]):
            own = block._replace(end=block.start + run_in_heading.end)
            self._add(kind, own, block.start + run_in_heading.start, None, lead_in)
            block, body = block._replace(start=block.start + body), 0
        self._add(kind, block, block.start + body, label, lead_in)

    def _add(
        self, kind: SegmentKind, block: TextBlock, body: int, label: str | None = None, lead_in: int | None = None
    ) -> None:
        section = None if kind is SegmentKind.TITLE else self.section
        self.segments.append(Segment(kind, block.start, block.end, body, section, label, lead_in, self.speaker))

    def _lead_in(self, block: TextBlock, block_text: str, marker: str) -> int | None:
        """Index of the segment that introduces this block, if it is a list item; updates the open lists."""
        introduced = bool(self.segments) and self._is_lead_in(self.segments[-1])
        if not marker:
            in_list = introduced or (self.open_lists and self.open_lists[-1].marker_style == "")
            gerund = introduced and block_text.split(maxsplit=1)[0].endswith("ing")
            continues_list = in_list and (block_text[0].islower() or gerund or _starts_with_action(block_text))
            if not continues_list:
                self.open_lists = []
                return None
        style = marker_style(marker)
        if introduced:
            self.open_lists.append(_OpenList(style, block.indent, len(self.segments) - 1))
        else:
            while self.open_lists and (self.open_lists[-1].marker_style, self.open_lists[-1].indent) != (
                style,
                block.indent,
            ):
                self.open_lists.pop()
            if not self.open_lists:
                self.open_lists.append(_OpenList(style, block.indent, None))
        return self.open_lists[-1].lead_in

    def _is_numbered_point(self, index: int) -> bool:
        """Whether a block is a list item by its number: the block next to it has the number before or after.

        Numbered headings have text between them.
        """
        own = item_number(self._block_text(index))
        if own is None:
            return False
        style, number = own
        before = item_number(self._block_text(index - 1)) if index > 0 else None
        return before == (style, number - 1) or item_number(self._block_text(index + 1)) == (style, number + 1)

    def _completes_lead_in(self, lead_in: int, label: str, following: str) -> bool:
        """Whether a run-in heading completes the lead-in's clause, and the text after it does not repeat that.

        "The group will:", "- Found an Academy: It will train …".
        """
        above = self.segments[lead_in]
        return self.text[above.start : above.end].endswith((" will:", " to:", " shall:")) and announces_founding(
            label, following
        )

    def _is_lead_in(self, part: Segment) -> bool:
        return part.body < part.end and self.text[part.end - 1] in ":—–"

    def _count_front_matter(self) -> int:
        """The number of blocks before the first prose: title, date, place."""
        prose = (i for i in range(len(self.blocks)) if self._is_prose(i))
        first = next(prose, None)
        return min(len(self.blocks) - 1, 1) if first is None else first

    def _is_prose(self, index: int) -> bool:
        block_text = self._block_text(index)
        return is_prose(block_text) or bool(item_marker(block_text) or self.speaker_labels.match_turn(block_text))

    def _is_section_heading(self, index: int) -> bool:
        """Whether a block before the first prose is a heading, not a part of the title."""
        block_text, following = self._block_text(index), self._block_text(index + 1)
        last = index + 1 == self.front_matter_blocks and not self.speaker_labels.match_turn(following)
        marked = self.structure.is_heading(self.blocks[index].start)
        return last and (marked or is_heading(block_text, following, True, False)) and not is_date_line(block_text)

    def _block_text(self, index: int) -> str:
        """Text of the block at `index`; "" after the last."""
        if index >= len(self.blocks):
            return ""
        return self.text[self.blocks[index].start : self.blocks[index].end]
