"""Reader of PDF: pdfminer yields lines with their positions, `pdf_paragraphs` joins them to paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.limits import Limits
from alliance_tui.documents.raw_document import RawDocument, UnreadableError
from alliance_tui.documents.readers.pdf_paragraphs import PrintedLine, lay_out_pages

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextLineHorizontal
    from pdfminer.pdfdocument import PDFDocument

_GENERATED_TITLES = ("untitled", "microsoft word", "layout 1", "document")
_LONE_LIST_MARKER = re.compile(r"[•◦▪●·‣∙–\uf0b7\uf0a7\uf0d8-]|o|\(?(?:\d{1,3}|[a-z])[.)]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0x200B: ""}
_SAME_LINE_TOLERANCE = 0.2
_MAX_WORD_GAP = 2.5
"""The widest space within a justified line, in line heights."""
_MINUS = re.compile(r"(?<=\S)\u2212(?=\S)")


def read_pdf(data: bytes, limits: Limits) -> RawDocument:
    """Read all pages as paragraphs, without running heads and page numbers. Raises UnreadableError.

    The dates in a PDF's properties are ignored: the file may have been made years after the document.
    """
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableError("is encrypted: save it without its password, or print it to a new PDF") from error
    raw = lay_out_pages(list(_pages(document, limits)))
    if not raw.pages:
        raise UnreadableError("holds no page that can be read: it may be cut short; fetch it again")
    if not raw.text:
        raise UnreadableError("holds no text, only images: run text recognition (OCR) on it first")
    return replace(raw, title=_title(document))


def _pages(document: PDFDocument, limits: Limits) -> Iterator[list[PrintedLine]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > limits.pages:
            raise UnreadableError(f"has over {limits.pages:,} pages: split it, or raise the limit with --max-pages")
        interpreter.process_page(page)
        yield list(_page_lines(device.get_result()))


def _page_lines(page: LTPage) -> Iterator[PrintedLine]:
    """Yield the lines of a page in reading order; a list marker set apart is put before its line."""
    from pdfminer.layout import LTTextBoxHorizontal, LTTextLineHorizontal

    fragments = [
        line
        for box in page
        if isinstance(box, LTTextBoxHorizontal)
        for line in box
        if isinstance(line, LTTextLineHorizontal) and line.get_text().strip()
    ]
    markers = [line for line in fragments if _LONE_LIST_MARKER.fullmatch(line.get_text().strip())]
    marker_of = {id(marked): marker for marker in markers if (marked := _line_of_marker(marker, fragments))}
    joined = {id(marker) for marker in marker_of.values()}
    previous: LTTextLineHorizontal | None = None
    line: PrintedLine | None = None
    for fragment in (fragment for fragment in fragments if id(fragment) not in joined):
        text = _normalise_text(fragment.get_text())
        if line and previous and _is_same_line(previous, fragment):
            line = PrintedLine(f"{line.text} {text}", line.x, line.y, line.size)
        else:
            if line:
                yield line
            marker = marker_of.get(id(fragment))
            marked_text = f"{_normalise_text(marker.get_text())} {text}" if marker else text
            line = PrintedLine(marked_text, (marker or fragment).x0, fragment.y0, _font_size(fragment))
        previous = fragment
    if line:
        yield line


def _is_same_line(previous: LTTextLineHorizontal, fragment: LTTextLineHorizontal) -> bool:
    """Return whether a fragment continues the line of the previous one after a wide space."""
    is_level = abs(previous.y0 - fragment.y0) < _SAME_LINE_TOLERANCE * fragment.height
    return is_level and 0 <= fragment.x0 - previous.x1 < _MAX_WORD_GAP * fragment.height


def _line_of_marker(marker: LTTextLineHorizontal, lines: list[LTTextLineHorizontal]) -> LTTextLineHorizontal | None:
    """Return the nearest line to the right of a list marker, at its height."""
    middle = (marker.y0 + marker.y1) / 2
    right = [line for line in lines if line.x0 > marker.x0 and line is not marker and line.y0 < middle < line.y1]
    return min(right, key=lambda line: line.x0, default=None)


def _font_size(line: LTTextLineHorizontal) -> float:
    """Return the font size of the line's first character."""
    from pdfminer.layout import LTChar

    return next((float(character.size) for character in line if isinstance(character, LTChar)), float(line.height))


def _normalise_text(text: str) -> str:
    """Collapse spaces, expand ligatures, and turn minus signs within words into hyphens."""
    return _MINUS.sub("-", " ".join(text.translate(_LIGATURES).split()))


def _title(document: PDFDocument) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    raw = next((resolve1(info["Title"]) for info in document.info if "Title" in info), None)
    title = " ".join((decode_text(raw) if isinstance(raw, bytes) else "").split())
    lowered = title.lower()
    is_generated = lowered.startswith(_GENERATED_TITLES) or lowered.endswith((".doc", ".docx"))
    return title if " " in title and not is_generated else None
