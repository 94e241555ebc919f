"""The parts of a document: paragraphs, headings, items, turns of speech. Offsets index the document's text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from alliance_tui.extraction.layout.headings import (
    heading,
    is_date_line,
    is_heading,
    is_prose,
    names_deed,
    outside,
    run_in,
    tells_founding,
)
from alliance_tui.extraction.layout.speaker_turns import speakers
from alliance_tui.extraction.layout.text_blocks import ARTICLE, Block, blocks, mark_kind, marker, numbered

_PROSE = 20
"""A numbered paragraph has so many words at least; what is shorter is a point of a list."""
_FULL_STOPS = (".", "!", "?", ";")


class SegmentKind(StrEnum):
    """What a part of a document is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """A bullet or a numbered point; a numbered paragraph of prose is a paragraph."""


class Segment(Struct, frozen=True):
    """A part of the text, code points `start` to `end`, and what stands around it.

    `body` is where its own sentences begin: after a bullet, a number, a speaker's name and a run-in heading
    ("Title: text"); for titles and headings it equals `end`. `section` is the heading above it and `label` its
    own run-in heading. `lead_in` is the index (in the list of segments) of the paragraph that introduces an item
    ("The Quad will:"). `speaker` is who speaks, in a transcript.
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
        """Whether it may say what is to be done without saying who will: in a list, or after a run-in heading."""
        return self.kind is SegmentKind.ITEM or self.label is not None


def segment(text: str) -> list[Segment]:
    """The parts of a text in reading order; blank lines, rules and page numbers between them belong to none."""
    found = [block for block in blocks(text) if not outside().fullmatch(text, block.start, block.end)]
    reader = _Reader(text, found)
    for index in range(len(found)):
        reader.read(index)
    return reader.segments


def _orders(words: str) -> bool:
    """Whether a block begins as an item does that has lost its bullet: "Suspend the tariffs", "Opening a school"."""
    return names_deed(words.split(maxsplit=1)[0].lower())


def _is_numbered_paragraph(mark: str, words: str) -> bool:
    """Whether the number counts a paragraph of prose, as in a communiqué, not a point of a list."""
    prose = words[len(mark) :]
    long = len(prose.split()) >= _PROSE and prose.rstrip('”"’)')[-1:] in _FULL_STOPS
    return long and any(sign.isdigit() for sign in mark) and not _orders(prose)


class _List(NamedTuple):
    """A list that is open: how its items are marked and set in, and the index of the segment that introduces it."""

    mark: str
    indent: int
    lead_in: int | None


class _Reader:
    """Reads blocks one after the other, knowing what stands above: the heading, the speaker, the open lists."""

    def __init__(self, text: str, found: list[Block]) -> None:
        self.text = text
        self.blocks = found
        self.segments: list[Segment] = []
        self.section: str | None = None
        self.speaker: str | None = None
        self.lists: list[_List] = []
        self.speakers = speakers(self.text[block.start : block.end] for block in found)
        self.front = self._front()

    def read(self, index: int) -> None:
        """Add the segment of the block at `index`."""
        block = self.blocks[index]
        words = self.text[block.start : block.end]
        following = self._words(index + 1)
        if index < self.front and (index == 0 or not self._heads(index)):
            self._add(SegmentKind.TITLE, block, block.end)
        elif turn := self.speakers.turn(words):
            self.speaker, self.section, self.lists = turn.who, None, []
            self._add(SegmentKind.PARAGRAPH, block, block.start + turn.body)
        elif is_date_line(words):
            self._add(SegmentKind.HEADING, block, block.end)
        elif not self._is_numbered_point(index) and is_heading(
            words, following, block.after_blank, self.speaker is not None
        ):
            self.section, self.lists = heading(words), []
            self._add(SegmentKind.HEADING, block, block.end)
        else:
            self._read_body(block, words)

    def _read_body(self, block: Block, words: str) -> None:
        """A paragraph or an item: where its sentences begin, and what introduces it."""
        mark = marker(words)
        lead_in = self._lead_in(block, words, mark)
        listed = lead_in is not None or (mark and not _is_numbered_paragraph(mark, words))
        kind = SegmentKind.ITEM if listed else SegmentKind.PARAGRAPH
        titled = run_in(words, len(mark), kind is SegmentKind.ITEM, self.speaker is not None)
        label, body = heading(words[titled.start : titled.end]) or None, titled.body
        if ARTICLE.fullmatch(mark) and label is None:
            label = heading(mark)
        if label is not None and lead_in is not None and self._completes(lead_in, label, words[body:]):
            own = block._replace(end=block.start + titled.end)
            self._add(kind, own, block.start + titled.start, None, lead_in)
            block, body = block._replace(start=block.start + body), 0
        self._add(kind, block, block.start + body, label, lead_in)

    def _add(
        self, kind: SegmentKind, block: Block, body: int, label: str | None = None, lead_in: int | None = None
    ) -> None:
        section = None if kind is SegmentKind.TITLE else self.section
        self.segments.append(Segment(kind, block.start, block.end, body, section, label, lead_in, self.speaker))

    def _lead_in(self, block: Block, words: str, mark: str) -> int | None:
        """The index of the segment that introduces this block, if it is an item of a list; keeps the open lists."""
        introduced = bool(self.segments) and self._introduces(self.segments[-1])
        if not mark:
            in_list = introduced or (self.lists and self.lists[-1].mark == "")
            gerund = introduced and words.split(maxsplit=1)[0].endswith("ing")
            goes_on = in_list and (words[0].islower() or gerund or _orders(words))
            if not goes_on:
                self.lists = []
                return None
        kind = mark_kind(mark)
        if introduced:
            self.lists.append(_List(kind, block.indent, len(self.segments) - 1))
        else:
            while self.lists and (self.lists[-1].mark, self.lists[-1].indent) != (kind, block.indent):
                self.lists.pop()
            if not self.lists:
                self.lists.append(_List(kind, block.indent, None))
        return self.lists[-1].lead_in

    def _is_numbered_point(self, index: int) -> bool:
        """Whether a block is a point of a list by its number: the block before it has the one before, or that after it
        the next, with nothing between, as headings have.
        """
        here = numbered(self._words(index))
        if here is None:
            return False
        kind, number = here
        before = numbered(self._words(index - 1)) if index > 0 else None
        return before == (kind, number - 1) or numbered(self._words(index + 1)) == (kind, number + 1)

    def _completes(self, lead_in: int, label: str, rest: str) -> bool:
        """Whether a run-in heading is itself what the lead-in promises, and the item does not say it again: "The group
        will:", "- Found an Academy: It will train …".
        """
        above = self.segments[lead_in]
        return self.text[above.start : above.end].endswith((" will:", " to:", " shall:")) and tells_founding(
            label, rest
        )

    def _introduces(self, part: Segment) -> bool:
        return part.body < part.end and self.text[part.end - 1] in ":—–"

    def _front(self) -> int:
        """How many blocks stand before the first prose: title, date, place."""
        prose = (i for i in range(len(self.blocks)) if self._is_prose(i))
        first = next(prose, None)
        return min(len(self.blocks) - 1, 1) if first is None else first

    def _is_prose(self, index: int) -> bool:
        words = self._words(index)
        return is_prose(words) or bool(marker(words) or self.speakers.turn(words))

    def _heads(self, index: int) -> bool:
        """Whether a block before the first prose is that prose's heading, not a part of the title."""
        words, following = self._words(index), self._words(index + 1)
        last = index + 1 == self.front and not self.speakers.turn(following)
        return last and is_heading(words, following, True, False) and not is_date_line(words)

    def _words(self, index: int) -> str:
        """What the block at `index` says; nothing after the last."""
        if index >= len(self.blocks):
            return ""
        return self.text[self.blocks[index].start : self.blocks[index].end]
