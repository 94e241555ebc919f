"""A memo as a Word document: table, quotes with footnote-like numbers, sources."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alliance_tui.export.memos.memo import COLUMNS, MemoRow, memo_rows, source_line
from alliance_tui.export.provenance import PROGRAM, provenance_line
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of creation: the same export is the same file."""


def to_docx(documents: Iterable[ReviewedAnalysis]) -> bytes:
    """Return the memo: a section for each document, then the sources."""
    from docx import Document  # no other format needs it

    word = Document()
    word.core_properties.author, word.core_properties.title = PROGRAM, "Agreements"
    word.core_properties.created = word.core_properties.modified = _EPOCH
    sources = []
    for reviewed in documents:
        _add_section(word, reviewed)
        sources.append(source_line(reviewed.analysis.document))
    word.add_heading("Sources", 1)
    for source in sources:
        word.add_paragraph(_xml(source), style="List Number")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _add_section(word: WordDocument, reviewed: ReviewedAnalysis) -> None:
    document = reviewed.analysis.document
    rows = list(memo_rows(reviewed))
    word.add_heading(_xml(document.title), 0)
    word.add_paragraph(_xml(source_line(document)))
    word.add_heading(f"Agreements: {len(rows)}", 1)
    table = word.add_table(rows=1, cols=len(COLUMNS), style="Light Grid Accent 1")
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = column
    for row in rows:
        for cell, value in zip(table.add_row().cells, row.cells, strict=True):
            cell.text = _xml(value)
    word.add_heading("Evidence", 1)
    for row in rows:
        _add_evidence(word, row)
    word.add_paragraph(_xml(provenance_line(reviewed)))


def _add_evidence(word: WordDocument, row: MemoRow) -> None:
    paragraph = word.add_paragraph()
    paragraph.add_run(_xml(f"{row.number}. {row.cells[2]}")).bold = True
    word.add_paragraph(_xml(f"“{row.quote}”"), style="Quote")
    for detail in row.details:
        word.add_paragraph(_xml(detail), style="List Bullet")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
