"""The structure that the source of a document marks up, looked up by offset.

Only mark-up that layout analysis cannot do better is used: that a block is a heading or a table row. Paragraphs may be
headings in bold type, and numbered list items may be the paragraphs of a communiqué, so both are left to the analysis.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from alliance_tui.records import BlockKind, BlockSpan


class MarkedStructure:
    """The block spans of a document, in order of offset; without any, every kind is unknown."""

    def __init__(self, spans: Sequence[BlockSpan]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def is_heading(self, offset: int) -> bool:
        """Return whether the source marks the block at this offset as a heading."""
        return self._kind_at(offset) is BlockKind.HEADING

    def is_table_row(self, offset: int) -> bool:
        """Return whether the source marks the block at this offset as a row of a table."""
        return self._kind_at(offset) is BlockKind.TABLE_ROW

    def _kind_at(self, offset: int) -> BlockKind | None:
        index = bisect_right(self._starts, offset) - 1
        return self._spans[index].kind if index >= 0 and offset < self._spans[index].end else None
