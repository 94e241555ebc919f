"""E-mail messages: the text of the body, or the article in it; attachments are not read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from alliance_tui.documents.encoding import decode
from alliance_tui.documents.raw_document import Content, UnreadableError
from alliance_tui.documents.readers.blocks import LIST, Block, item, lines_of, text_of
from alliance_tui.documents.readers.html import read_html

_ITEM = re.compile(r"\s*(?:[-*•◦]|(\d{1,3})[.)])\s")
_SIGNATURE = "\n-- \n"
_WRAPPED = 60
"""A line at least as long as this, with another after it, was broken by the mail program and not by the writer."""


def read_mail(data: bytes) -> Content:
    """The message: its subject is the title, its date the date, its sender the source. Raises UnreadableError."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise UnreadableError("holds no text: save its attachments and open those")
    raw = body.get_payload(decode=True)
    charset = body.get_content_charset()
    text = _decoded(raw if isinstance(raw, bytes) else b"", charset)
    content = read_html(text) if body.get_content_subtype() == "html" else Content(unwrapped(text))
    return Content(
        content.text, title=_header(message, "subject"), date=_date(message), source=_header(message, "from")
    )


def unwrapped(text: str) -> str:
    """Text that a mail program wrapped, with a line a paragraph again; short lines, lists and quotations stay."""
    body = text.replace("\r\n", "\n").split(_SIGNATURE)[0]
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", body):
        lines: list[list[str]] = []  # each in the parts that the mail program made of it
        before = ""
        for line in paragraph.split("\n"):
            if lines and len(before) >= _WRAPPED and not _ITEM.match(line) and line[:1] != ">":
                lines[-1].append(line.strip())
            else:
                lines.append([line.rstrip()])
            before = line
        whole = [" ".join(parts) for parts in lines]
        listed = any(map(_ITEM.match, whole))
        blocks += map(_in_list, whole) if listed else [Block(lines_of("\n".join(whole)))]
    return text_of(blocks)


def _in_list(line: str) -> Block:
    """A line of a paragraph that holds a list: an item, or a line among items."""
    mark = _ITEM.match(line)
    return item(line[mark.end() :], int(line.startswith("  "))) if mark and not mark[1] else Block(lines_of(line), LIST)


def _decoded(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(raw) or ""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError):  # what the standard library raises on some broken headers
        return None
    return " ".join(str(value).split()) or None if value else None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
