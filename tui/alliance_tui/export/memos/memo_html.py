"""A memo as one HTML file that needs nothing else: table, text with its evidence, picture of the deadlines, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from alliance_tui.export.memos.memo import COLUMNS, DueRow, MemoRow, due_rows, mark_lines, memo_rows, source_line
from alliance_tui.export.memos.text_pieces import text_pieces
from alliance_tui.export.provenance import provenance_line
from alliance_tui.records import Document
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border-bottom: 1px solid #8886; padding: .35rem .5rem; text-align: left; vertical-align: top; }
blockquote { margin: .2rem 0; font-style: italic; }
mark { background: #ffd54a66; color: inherit; padding: 0 .1em; }
mark:target, tr:target { outline: 2px solid #d98200; }
sup a { text-decoration: none; padding-left: .15em; }
.text { white-space: pre-wrap; overflow-wrap: break-word; }
.meta, .detail { color: #777; font-size: .85rem; }
svg { width: 100%; height: auto; }
svg text { font: 12px Georgia, serif; fill: currentColor; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The file loads nothing, whatever a document's text holds."""
_CHART_WIDTH, _ROW_HEIGHT, _LABEL_WIDTH, _YEAR_WIDTH = 960, 22, 380, 34


def to_html(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield the memo: a section for each document."""
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Agreements</title><style>{_STYLE}</style></head><body>\n"
    )
    sources = []
    for number, reviewed in enumerate(documents, 1):
        yield from _section(reviewed, f"d{number}")
        sources.append(f"<li>{escape(source_line(reviewed.analysis.document))}</li>\n")
    yield f"<h2>Sources</h2>\n<ol>\n{''.join(sources)}</ol>\n</body></html>\n"


def _section(reviewed: ReviewedAnalysis, prefix: str) -> Iterator[str]:
    document = reviewed.analysis.document
    rows = list(memo_rows(reviewed))
    yield f"<h1>{escape(document.title)}</h1>\n<p class='meta'>{escape(source_line(document))}</p>\n"
    if lines := [f"<li>{escape(line)}</li>\n" for line in mark_lines(reviewed)]:
        yield f"<ul>\n{''.join(lines)}</ul>\n"
    yield f"<h2>Agreements: {len(rows)}</h2>\n<table><thead><tr>"
    yield "".join(f"<th>{escape(column)}</th>" for column in COLUMNS) + "</tr></thead><tbody>\n"
    for row in rows:
        yield from _row(row, prefix)
    yield "</tbody></table>\n"
    yield from _chart(due_rows(rows))
    yield "<h2>Text</h2>\n<div class='text'>"
    yield from _marked_text(document, rows, prefix)
    yield "</div>\n"
    yield f"<p class='meta'>{escape(provenance_line(reviewed))}</p>\n"


def _row(row: MemoRow, prefix: str) -> Iterator[str]:
    number, *cells = row.cells
    yield f"<tr id='{prefix}r{number}'><td><a href='#{prefix}e{number}'>{number}</a></td>"
    strength, title, *rest = (escape(cell) for cell in cells)
    details = "".join(f"<div class='detail'>{escape(detail)}</div>" for detail in row.details)
    yield f"<td>{strength}</td><td>{title}<blockquote>“{escape(row.quote)}”</blockquote>{details}</td>"
    yield "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>\n"


def _marked_text(document: Document, rows: Sequence[MemoRow], prefix: str) -> Iterator[str]:
    """Yield the text with each piece of evidence marked, and after it a link to its row."""
    for piece in text_pieces(document.text, rows):
        text = escape(piece.text, quote=False)
        yield from (f"<a id='{prefix}e{number}'></a>" for number in piece.begins)
        yield f"<mark>{text}</mark>" if piece.is_evidence else text
        yield from (f"<sup><a href='#{prefix}r{number}'>{number}</a></sup>" for number in piece.ends)


def _chart(due: Sequence[DueRow]) -> Iterator[str]:
    """Yield a picture of the deadlines: a bar from the first day to the last."""
    if not due:
        return
    first = min(each.first for each in due).year
    last = max(each.last for each in due).year + 1
    days = (date(min(last, 9999), 1, 1) - date(first, 1, 1)).days or 365
    width = _CHART_WIDTH - _LABEL_WIDTH

    def x(day: date) -> float:
        return _LABEL_WIDTH + width * (day - date(first, 1, 1)).days / days

    height = (len(due) + 1) * _ROW_HEIGHT + 6
    yield f"<h2>Deadlines</h2>\n<svg viewBox='0 0 {_CHART_WIDTH} {height}' role='img' aria-label='Deadlines'>\n"
    step = max(1, (last - first) // 8)
    for year in range(first, min(last, 9999) + 1, step):
        at = x(date(year, 1, 1))
        yield f"<line x1='{at:.1f}' x2='{at:.1f}' y1='16' y2='{height}' stroke='#8886'/>"
        if at + _YEAR_WIDTH <= _CHART_WIDTH:
            yield f"<text x='{at + 2:.1f}' y='12'>{year}</text>\n"
    for index, each in enumerate(due, 1):
        row, y = each.row, index * _ROW_HEIGHT
        title = row.cells[2] if len(row.cells[2]) <= 52 else row.cells[2][:51] + "…"
        bar = max(3.0, x(each.last) - x(each.first))
        yield f"<text x='0' y='{y + 14}'>{row.number}. {escape(title)}</text>"
        yield f"<rect x='{x(each.first):.1f}' y='{y + 4}' width='{bar:.1f}' height='12' rx='3' fill='#d98200'/>\n"
    yield "</svg>\n"
