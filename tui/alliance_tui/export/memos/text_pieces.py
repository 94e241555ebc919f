"""A document's text in pieces, each wholly evidence or not, so that a memo can mark and link it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from alliance_tui.export.memos.memo import MemoRow


class TextPiece(Struct, frozen=True):
    """A piece of the text, with the numbers of the rows whose evidence begins and ends with it."""

    text: str
    is_evidence: bool
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def text_pieces(text: str, rows: Sequence[MemoRow]) -> Iterator[TextPiece]:
    """Yield the pieces of the text in order; they join to the whole text."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for row in rows:
        begins.setdefault(row.record.evidence.start, []).append(row.number)
        ends.setdefault(row.record.evidence.end, []).append(row.number)
    depth = 0
    for start, end in pairwise(sorted({0, len(text), *begins, *ends})):
        depth += len(begins.get(start, ())) - len(ends.get(start, ()))
        yield TextPiece(text[start:end], depth > 0, tuple(begins.get(start, ())), tuple(ends.get(end, ())))
