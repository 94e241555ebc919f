"""The preview of an agreement's passage: its document, and the evidence with its surroundings and the matches in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.style import Style
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, clip_parts, highlight_ranges, ranges_within, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import paragraphs, wrap
from alliance_tui.explorer.state.agreement_list import Passage, line_end
from alliance_tui.explorer.widgets.documents.preview import Preview

LOW_HEIGHT = 12
"""Rows below which document, date and section share one line, and only the paragraph of the evidence follows."""


class PassagePreview(Preview):
    """The passage of one agreement."""

    def __init__(self) -> None:
        super().__init__(id="passage")
        self._passage: Passage | None = None
        self._names_document = True
        self._evidence_line = 0

    def show(self, passage: Passage | None, *, names_document: bool = True) -> None:
        """Show this passage, None until it has been read.

        Where rows are few, its document is not named if it is already above, in the list.
        """
        if passage is not self._passage or names_document is not self._names_document:
            self._passage, self._names_document = passage, names_document
            self.lay_out()

    @property
    def _is_low(self) -> bool:
        return self.size.height < LOW_HEIGHT

    def render_line(self, y: int) -> Strip:
        """Return the visible line `y`: where rows are few, the first one is a bar and no rule is above it."""
        if y or not self._is_low or not self._lines:
            return super().render_line(y)
        base = self.style_for(StyleRole.TEXT) + self.style_for(StyleRole.BAR)
        return to_strip([(" ", Style()), *self._lines[0]], self.size.width, base, self.glyphs.ellipsis)

    def first_line(self) -> int:
        """Return the line from which the evidence is in view."""
        return max(0, self._evidence_line - self.size.height // 3) if not self._is_low else 0

    def content(self, width: int) -> Iterator[list[Part]]:
        """Yield what tells where the passage is, then the passage."""
        if self._passage is None:
            return
        heading = list(self._heading(self._passage, width))
        yield from heading
        evidence_start, evidence_end = self._passage.evidence
        last = line_end(self._passage.text, evidence_end)
        for number, (start, end, parts) in enumerate(self._passage_lines(self._passage, width)):
            if start <= evidence_start < end:
                self._evidence_line = len(heading) + number
            if not self._is_low or evidence_start < end <= last:
                yield parts

    def _heading(self, passage: Passage, width: int) -> Iterator[list[Part]]:
        """Yield the document's title, and date, section and page; in one line where rows are few."""
        muted, separator = self.style_for(StyleRole.MUTED), f" {self.glyphs.separator} "
        title, page = self.style_for(StyleRole.TITLE), f"page {passage.page}" if passage.page else ""
        if self._is_low:
            named = (passage.document, passage.date) if self._names_document else ()
            facts = [
                (fact, muted if number or not named else title)
                for number, fact in enumerate((*named, passage.section, page))
                if fact
            ]
            spaced = [part for fact in facts for part in ((separator, muted), fact)]
            yield clip_parts(spaced[1:], width, self.glyphs.ellipsis)
            return
        yield from self.wrapped(passage.document, width, title)
        yield from self.wrapped(separator.join(filter(None, (passage.date, page))), width, muted)
        yield from self.wrapped(passage.section, width, self.style_for(StyleRole.HEADING))
        yield []

    def _passage_lines(self, passage: Passage, width: int) -> Iterator[tuple[int, int, list[Part]]]:
        """Yield start and end of each line of the passage, with its parts."""
        evidence, match, muted = (
            self.style_for(role) for role in (StyleRole.EVIDENCE, StyleRole.MATCH, StyleRole.MUTED)
        )
        quoted = self.style_for(StyleRole.TEXT) + evidence
        for start, end in paragraphs(passage.text):
            if start == end:
                yield start, end, []
            for left, right in wrap(passage.text, start, end, max(1, width)):
                parts: list[Part] = []
                for first, last, style in _stretches(left, right, passage.evidence):
                    within = ranges_within(passage.matches, first, last)
                    parts += highlight_ranges(passage.text[first:last], within, quoted if style else muted, match)
                yield left, right, parts


def _stretches(start: int, end: int, evidence: tuple[int, int]) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a line, each with whether it belongs to the evidence."""
    edges = sorted({start, end, *(min(max(edge, start), end) for edge in evidence)})
    for first, last in pairwise(edges):
        yield first, last, evidence[0] <= first < evidence[1]
