"""A memo as a Word document: table, deadlines, text with its evidence, quotes and sources, linked both ways."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from alliance_tui.export.memos.memo import COLUMNS, DueRow, MemoRow, due_rows, mark_lines, memo_rows, source_line
from alliance_tui.export.memos.text_pieces import TextPiece, text_pieces
from alliance_tui.export.provenance import PROGRAM, provenance_line
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of creation: the same export is the same file."""
_MAX_PERIODS = 12
"""Columns of the chart of deadlines, each a year or as many years as are needed."""
_BAR, _WIDTHS = "D98200", (0.4, 0.8, 2.3, 1.2, 1.1, 0.8)
"""The colour of a deadline's bar; the widths of the table's columns in inches."""


def to_docx(documents: Iterable[ReviewedAnalysis]) -> bytes:
    """Return the memo: a section for each document, then the sources."""
    from docx import Document  # no other format needs it

    word = Document()
    word.core_properties.author, word.core_properties.title = PROGRAM, "Agreements"
    word.core_properties.created = word.core_properties.modified = _EPOCH
    sources = []
    bookmarks = count(1)
    for number, reviewed in enumerate(documents, 1):
        _Section(word, f"d{number}", bookmarks).add(reviewed)
        sources.append(source_line(reviewed.analysis.document))
    word.add_heading("Sources", 1)
    for source in sources:
        word.add_paragraph(_xml(source), style="List Number")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


class _Section:
    """Writes the section of one document; `prefix` distinguishes its bookmarks, which have a number each."""

    def __init__(self, word: WordDocument, prefix: str, numbers: Iterator[int]) -> None:
        self._word = word
        self._prefix = prefix
        self._numbers = numbers

    def add(self, reviewed: ReviewedAnalysis) -> None:
        document = reviewed.analysis.document
        rows = list(memo_rows(reviewed))
        self._word.add_heading(_xml(document.title), 0)
        self._word.add_paragraph(_xml(source_line(document)))
        for line in mark_lines(reviewed):
            self._word.add_paragraph(_xml(line), style="List Bullet")
        self._word.add_heading(f"Agreements: {len(rows)}", 1)
        self._add_table(rows)
        self._add_chart(due_rows(rows))
        self._word.add_heading("Evidence", 1)
        for row in rows:
            self._add_evidence(row)
        self._word.add_heading("Text", 1)
        self._add_text(text_pieces(document.text, rows))
        self._word.add_paragraph(_xml(provenance_line(reviewed)))

    def _add_table(self, rows: Sequence[MemoRow]) -> None:
        from docx.shared import Inches

        table = self._word.add_table(rows=1 + len(rows), cols=len(COLUMNS), style="Light Grid Accent 1")
        table.autofit = False
        cells = [list(row.cells) for row in table.rows]
        for cell, column in zip(cells[0], COLUMNS, strict=True):
            cell.text = column
        for of_row, row in zip(cells[1:], rows, strict=True):
            number, *others = of_row
            self._add_link(number.paragraphs[0], str(row.number), self._of_text(row.number))
            self._add_bookmark(number.paragraphs[0], self._of_row(row.number))
            for cell, value in zip(others, row.cells[1:], strict=True):
                cell.text = _xml(value)
        for of_row in cells:
            for cell, width in zip(of_row, _WIDTHS, strict=True):
                cell.width = Inches(width)

    def _add_chart(self, due: Sequence[DueRow]) -> None:
        """Add a picture of the deadlines: a bar of shaded cells for each, from its first day to its last."""
        if not due:
            return
        from docx.shared import Inches, Pt

        first, last = min(each.first for each in due).year, max(each.last for each in due).year
        years = -(-(last - first + 1) // _MAX_PERIODS)
        periods = range(first, last + 1, years)
        self._word.add_heading("Deadlines", 1)
        table = self._word.add_table(rows=1 + len(due), cols=1 + len(periods))
        table.autofit = False
        cells = [list(row.cells) for row in table.rows]
        for cell, year in zip(cells[0][1:], periods, strict=True):
            cell.text = str(year)
        for of_row, each in zip(cells[1:], due, strict=True):
            of_row[0].text = _xml(f"{each.row.number}. {each.row.cells[2]}")
            for cell, year in zip(of_row[1:], periods, strict=True):
                if each.first.year < year + years and each.last.year >= year:
                    _shade(cell, _BAR)
        for of_row in cells:
            for cell, width in zip(of_row, (2.6, *(3.9 / len(periods) for _ in periods)), strict=True):
                cell.width = Inches(width)
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(8)

    def _add_evidence(self, row: MemoRow) -> None:
        paragraph = self._word.add_paragraph()
        paragraph.add_run(_xml(f"{row.number}. {row.cells[2]}")).bold = True
        self._word.add_paragraph(_xml(f"“{row.quote}”"), style="Quote")
        for detail in row.details:
            self._word.add_paragraph(_xml(detail), style="List Bullet")

    def _add_text(self, pieces: Iterable[TextPiece]) -> None:
        """Add the text: a paragraph for each line, the evidence highlighted and linked with its row."""
        from docx.enum.text import WD_COLOR_INDEX

        paragraph = self._word.add_paragraph()
        for piece in pieces:
            for number in piece.begins:
                self._add_bookmark(paragraph, self._of_text(number))
            for index, line in enumerate(piece.text.split("\n")):
                if index:
                    paragraph = self._word.add_paragraph()
                if line:
                    run = paragraph.add_run(_xml(line))
                    if piece.is_evidence:
                        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            for number in piece.ends:
                self._add_link(paragraph, str(number), self._of_row(number)).font.superscript = True

    def _of_row(self, number: int) -> str:
        return f"{self._prefix}r{number}"

    def _of_text(self, number: int) -> str:
        return f"{self._prefix}e{number}"

    def _add_link(self, paragraph: Paragraph, words: str, bookmark: str) -> Run:
        """Add words that lead to a bookmark."""
        run = paragraph.add_run(words)
        link = _element("w:hyperlink", {"w:anchor": bookmark})
        run._r.addprevious(link)
        link.append(run._r)
        return run

    def _add_bookmark(self, paragraph: Paragraph, name: str) -> None:
        number = str(next(self._numbers))
        paragraph._p.append(_element("w:bookmarkStart", {"w:id": number, "w:name": name}))
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour}))


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
