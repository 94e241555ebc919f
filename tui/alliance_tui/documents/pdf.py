"""PDF: pypdf gives fragments of text with their places; here they become lines, and lines become paragraphs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from alliance_tui.documents.content import Content, UnreadableError
from alliance_tui.documents.limits import Limits
from alliance_tui.documents.paragraphs import Line, text_of_pages

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_JUNK_TITLE = ("untitled", "microsoft word", "layout 1", "document")


def read_pdf(data: bytes, limits: Limits) -> Content:
    """The text of all pages as paragraphs, without running heads and page numbers. Raises UnreadableError.

    The dates in a PDF's properties are passed over: they tell when the file was made, which may be years after the
    document.
    """
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = _opened(data)
        if len(reader.pages) > limits.pages:
            raise UnreadableError(
                f"has {len(reader.pages):,} pages, over the limit of {limits.pages:,}: split it, or raise --max-pages"
            )
        text, pages = text_of_pages([list(_lines(page)) for page in reader.pages])
        title = _title(reader)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OSError) as error:
        raise UnreadableError("is damaged or cut short: fetch it again, or print it to a new PDF") from error
    if not text.strip() and len(pages):
        raise UnreadableError("holds no text, only images: run text recognition (OCR) on it first")
    return Content(text, title=title, pages=pages)


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise UnreadableError("is encrypted: save it without its password, or print it to a new PDF")
    return reader


def _title(reader: PdfReader) -> str | None:
    title = reader.metadata.title if reader.metadata else None
    words = " ".join(str(title or "").split())
    named_by_hand = (
        " " in words and not words.lower().startswith(_JUNK_TITLE) and not words.lower().endswith((".doc", ".docx"))
    )
    return words if named_by_hand else None


class _Fragments:
    """Collects what pypdf's visitor is told into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text = ""
        self._place: tuple[float, float, float] | None = None

    def visit(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        """A fragment under a transformation (cm, tm: PDF 1.7, 8.3.3) in a type size."""
        head, *others = text.split("\n")
        self._add(head, cm, tm, size)
        for part in others:
            self._end()
            self._add(part, cm, tm, size)

    def finish(self) -> list[Line]:
        self._end()
        return self.lines

    def _add(self, text: str, cm: Sequence[float], tm: Sequence[float], size: float) -> None:
        if text.strip() and self._place is None:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3] + tm[2] * cm[1]) or 1.0
            self._place = (x, y, abs(size) * scale)
        self._text += text

    def _end(self) -> None:
        words = " ".join(self._text.replace("\u200b", "").split())
        if words and self._place:
            self.lines.append(Line(words, *self._place))
        self._text, self._place = "", None


def _lines(page: PageObject) -> Iterator[Line]:
    fragments = _Fragments()
    page.extract_text(visitor_text=fragments.visit)
    yield from fragments.finish()
