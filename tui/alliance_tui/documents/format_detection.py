"""Format detection: by the content of a file first, by its name where the content is ambiguous."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from pathlib import PurePath

from alliance_tui.documents.raw_document import UnreadableError


class DocumentFormat(StrEnum):
    """A format that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MAIL = "mail"


_HEAD_BYTES = 2048
_UNSUPPORTED_ZIP_CONTENTS = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an e-book",
}
_HTML_START = re.compile(
    rb"\A[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TAG = re.compile(rb"<[a-z!/][^<>]*>", re.I)
_MAIL_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_ONLY_HEADER = re.compile(rb"^(?:received|message-id|mime-version|return-path|delivered-to):", re.I | re.M)
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:---|\+\+\+)[ \t]*\r?\n[A-Za-z_]+[ \t]*[:=]")


def detect_format(data: bytes, name: str) -> DocumentFormat:
    """Return the format of a file with this content and name. Raises UnreadableError for an unsupported format."""
    head = data[:_HEAD_BYTES]
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in head[:1024]:
        return DocumentFormat.PDF
    if head.startswith(b"PK\x03\x04"):
        return _detect_zip_format(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("is encrypted: save it without its password")
        raise UnreadableError("is a Word or Office file of the old format: save it as .docx")
    if head.startswith(rb"{\rtf"):
        raise UnreadableError("is a rich text file (RTF): save it as .docx or plain text")
    if _HTML_START.match(head) or (suffix in (".html", ".htm", ".xhtml") and _TAG.search(head)):
        return DocumentFormat.HTML
    if (headers := _MAIL_HEADERS.match(head)) and (suffix == ".eml" or _MAIL_ONLY_HEADER.search(headers[0])):
        return DocumentFormat.MAIL
    if suffix in (".md", ".markdown") or (suffix != ".txt" and _FRONT_MATTER.match(head)):
        return DocumentFormat.MARKDOWN
    return DocumentFormat.TEXT


def _detect_zip_format(data: bytes) -> DocumentFormat:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise UnreadableError("is damaged or cut short: fetch it again") from error
    if "word/document.xml" in names:
        return DocumentFormat.DOCX
    contents = next((name for member, name in _UNSUPPORTED_ZIP_CONTENTS.items() if member in names), "a ZIP archive")
    raise UnreadableError(f"is {contents}, which cannot be read: save its text as .docx, PDF or plain text")
