"""Reader of e-mail messages: the text of the body, or the article in it; attachments are not read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from alliance_tui.documents.encoding import decode
from alliance_tui.documents.raw_document import RawDocument, UnreadableError
from alliance_tui.documents.readers.blocks import Block, lay_out, list_item, normalise_whitespace, paragraph
from alliance_tui.documents.readers.html import read_html
from alliance_tui.records import BlockKind

_ITEM = re.compile(r"\s*(?:[-*•◦]|(\d{1,3})[.)])\s")
_SIGNATURE = "\n-- \n"
_MIN_WRAPPED_LENGTH = 60
"""A line of at least this length with another after it was wrapped by the mail program."""


def read_mail(data: bytes) -> RawDocument:
    """Read a message: subject, date and sender become title, date and source. Raises UnreadableError."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise UnreadableError("holds no text: save its attachments and open those")
    payload = body.get_payload(decode=True)
    charset = body.get_content_charset()
    text = _decode_body(payload if isinstance(payload, bytes) else b"", charset)
    raw = read_html(text) if body.get_content_subtype() == "html" else RawDocument(unwrap(text))
    return replace(raw, title=_header(message, "subject"), date=_date(message), source=_header(message, "from"))


def unwrap(text: str) -> str:
    """Join lines that a mail program wrapped; short lines, list items and quotations stay as they are."""
    body = text.replace("\r\n", "\n").split(_SIGNATURE)[0]
    blocks: list[Block] = []
    for wrapped in re.split(r"\n\s*\n", body):
        lines: list[list[str]] = []  # the wrapped parts of each line
        previous = ""
        for line in wrapped.split("\n"):
            if lines and len(previous) >= _MIN_WRAPPED_LENGTH and not _ITEM.match(line) and line[:1] != ">":
                lines[-1].append(line.strip())
            else:
                lines.append([line.rstrip()])
            previous = line
        joined = [" ".join(parts) for parts in lines]
        has_items = any(map(_ITEM.match, joined))
        blocks += map(_list_line, joined) if has_items else [paragraph("\n".join(joined))]
    return lay_out(blocks).text


def _list_line(line: str) -> Block:
    """Return the block of a line in a paragraph with list items: an item, or a line between items."""
    mark = _ITEM.match(line)
    return (
        list_item(line[mark.end() :], int(line.startswith("  ")))
        if mark and not mark[1]
        else Block(normalise_whitespace(line), BlockKind.LIST_ITEM)
    )


def _decode_body(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(raw) or ""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError):  # the standard library raises these on some malformed headers
        return None
    return " ".join(str(value).split()) or None if value else None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
