"""The parts of a document: paragraphs, headings, items, turns of speech. Offsets index the document's text."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class SegmentKind(StrEnum):
    """What a part of a document is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """A bullet or a numbered point."""


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


def segment(text: str) -> list[Segment]:
    """The parts of a text in reading order; blank lines between them belong to none."""
    segments = []
    offset = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = offset + line.index(body)
            segments.append(Segment(SegmentKind.PARAGRAPH, start, start + len(body), start))
        offset += len(line)
    return segments
