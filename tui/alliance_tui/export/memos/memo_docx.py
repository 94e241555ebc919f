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
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of creation: the same export is the same file."""
_MAX_PERIODS = 12
"""Columns of the chart of deadlines, each of some months or years."""
_BAR, _WIDTHS = "D98200", (0.4, 0.85, 1.8, 1.05, 1.0, 0.9)
"""The colour of a deadline's bar; the widths of the table's columns in inches."""
_LABEL_WIDTH, _CHART_WIDTH = 2.4, 3.6
"""The inches of the labels of the chart of deadlines, and of the chart beside them."""


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
        table = self._word.add_table(rows=1 + len(rows), cols=len(COLUMNS), style="Light Grid Accent 1")
        cells = _cells(table, _WIDTHS)
        for cell, column in zip(cells[0], COLUMNS, strict=True):
            cell.text = column
        for of_row, row in zip(cells[1:], rows, strict=True):
            number, *others = of_row
            self._add_link(number.paragraphs[0], str(row.number), self._of_text(row.number))
            self._add_bookmark(number.paragraphs[0], self._of_row(row.number))
            for cell, value in zip(others, row.cells[1:], strict=True):
                cell.text = _xml(value)
        _set_size(table, 9)

    def _add_chart(self, due: Sequence[DueRow]) -> None:
        """Add a picture of the deadlines: a bar of shaded cells for each, from its first day to its last."""
        if not due:
            return
        months = _period_months(due)
        per_year = max(1, 12 // months)
        first, last = min(each.first for each in due).year, max(each.last for each in due).year
        periods = range(12 * first, 12 * (last + 1), months)
        self._word.add_heading("Deadlines", 1)
        table = self._word.add_table(rows=1 + len(due), cols=1 + len(periods), style="Table Grid")
        cells = _cells(table, (_LABEL_WIDTH, *(_CHART_WIDTH / len(periods) for _ in periods)))
        for index in range(0, len(periods), per_year):
            of_year = cells[0][1 + index].merge(cells[0][index + per_year])
            of_year.text = str(periods[index] // 12)
        for of_row, each in zip(cells[1:], due, strict=True):
            of_row[0].text = _xml(f"{each.row.number}. {each.row.cells[2]}")
            begin, end = (12 * day.year + day.month - 1 for day in (each.first, each.last))
            for cell, month in zip(of_row[1:], periods, strict=True):
                if begin < month + months and end >= month:
                    _shade(cell, _BAR)
        _set_size(table, 8)

    def _add_evidence(self, row: MemoRow) -> None:
        paragraph = self._word.add_paragraph()
        paragraph.add_run(_xml(f"{row.number}. {row.cells[2]}")).bold = True
        self._word.add_paragraph(_xml(f"“{row.quote}”"), style="Quote")
        for detail in row.details:
            self._word.add_paragraph(_xml(detail), style="List Bullet")

    def _add_text(self, pieces: Iterable[TextPiece]) -> None:
        """Add the text: a paragraph for each line with words, the evidence highlighted and linked with its row."""
        from docx.enum.text import WD_COLOR_INDEX

        paragraph, is_empty = self._word.add_paragraph(), True
        for piece in pieces:
            for number in piece.begins:
                self._add_bookmark(paragraph, self._of_text(number))
            for index, line in enumerate(piece.text.split("\n")):
                if index and not is_empty:
                    paragraph, is_empty = self._word.add_paragraph(), True
                if line:
                    is_empty = False
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


def _cells(table: Table, widths: Sequence[float]) -> list[list[_Cell]]:
    """Return the cells by row, after setting the widths of the columns in inches, which each cell has, too."""
    from docx.shared import Inches

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    cells = [list(row.cells) for row in table.rows]
    for of_row in cells:
        for cell, width in zip(of_row, widths, strict=True):
            cell.width = Inches(width)
    return cells


def _period_months(due: Sequence[DueRow]) -> int:
    """Return the months of a column of the chart: as few as fit, and whole years where a year has not several."""
    years = max(each.last for each in due).year - min(each.first for each in due).year + 1
    for months in (1, 3, 6):
        if 12 // months * years <= _MAX_PERIODS:
            return months
    return 12 * -(-years // _MAX_PERIODS)


def _set_size(table: Table, points: float) -> None:
    from docx.shared import Pt

    for run in table._tbl.iter(f"{{{table._tbl.nsmap['w']}}}r"):
        run.get_or_add_rPr().sz_val = Pt(points)


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
