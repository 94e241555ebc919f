"""Reader of Markdown (CommonMark with tables), with YAML or TOML front matter."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from alliance_tui.documents.publication_date import parse_date
from alliance_tui.documents.raw_document import RawDocument
from alliance_tui.documents.readers.blocks import Block, heading, lay_out, list_item, paragraph, table_row

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.{0,65536}?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATE_KEYS = ("date", "published", "published_time", "publish_date")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_KIND_KEYS = ("kind", "type", "category")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_COMMENT_OR_TAG = re.compile(rf"<!--.*?(?:-->|\Z)|{_TAG.pattern}", re.DOTALL)
_COMMENT_END = "-->"
_SINGLE_TAG = re.compile(r"[\w-]+")
_SOURCE_KEYS = ("source", "source_url", "url", "publisher")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text after it; front matter that cannot be parsed counts as text."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    metadata = _parse_toml(match[2]) if match[1] == "+++" else _parse_yaml(match[2])
    return (metadata, text[match.end() :]) if metadata is not None else ({}, text)


def read_markdown(text: str) -> RawDocument:
    """Read a Markdown document; wrapped paragraphs become one line each."""
    metadata, body = split_front_matter(text)
    return replace(
        lay_out(_blocks(body)),
        title=_first_string(metadata, ("title",)),
        date=_document_date(_first_string(metadata, _DATE_KEYS) or ""),
        source=_first_string(metadata, _SOURCE_KEYS),
        kind=_document_kind(metadata),
    )


def _parse_yaml(text: str) -> dict[str, Any] | None:
    import yaml

    try:
        known = yaml.load(text, Loader=yaml.BaseLoader)  # builds strings only, no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return known if isinstance(known, dict) else None


def _parse_toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):  # ValueError: also for integers of thousands of digits
        return None


def _first_string(metadata: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = metadata.get(key)
        if isinstance(value, datetime | date):
            return value.isoformat()
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _document_date(text: str) -> str | None:
    """Return the date of the front matter as ISO, of any year where it is written so."""
    iso = _ISO_DATE.match(text)
    return iso[0] if iso else parse_date(text)


def _document_kind(metadata: Mapping[str, Any]) -> str | None:
    """Return the kind of document: the value of its own key, else the only tag; several tags are topics."""
    tag = _first_string(metadata, ("tags",))
    return _first_string(metadata, _KIND_KEYS) or (tag if tag and _SINGLE_TAG.fullmatch(tag) else None)


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    context = _Context()
    references: dict[str, Any] = {}
    # Its limit for nested lists and quotes drops their text without a word; Python's raises RecursionError.
    blocks = MarkdownIt("commonmark", {"maxNesting": sys.maxsize}).enable("table")
    blocks.core.ruler.enableOnly(["normalize", "block"])
    lines = MarkdownIt("commonmark")  # its limit for nested brackets only leaves them as they are
    for token in blocks.parse(text, references):
        context.update(token)
        if token.type == "tr_close":
            yield table_row(context.cells)
        elif token.type in ("code_block", "fence", "html_block"):
            yield paragraph(_strip_tags(token.content))
        elif token.type == "inline":
            [line] = lines.parseInline(token.content, references)
            if block := context.block(_inline_text(line.children or [])):
                yield block


class _Context:
    """The open elements around a token of markdown-it's flat stream."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        """The cells of the table row."""
        self._in_row = False
        self._list_numbers: list[int | None] = []
        """The next number of each open list, None for bullets."""
        self._begins_item = False
        self._heading_level = 0

    def update(self, token: Any) -> None:
        """Open or close the element of the token."""
        match token.type:
            case "bullet_list_open":
                self._list_numbers.append(None)
            case "ordered_list_open":
                self._list_numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._list_numbers.pop()
            case "list_item_open":
                self._begins_item = True
            case "heading_open":
                self._heading_level = int(token.tag.removeprefix("h"))
            case "heading_close":
                self._heading_level = 0
            case "tr_open":
                self.cells, self._in_row = [], True
            case "tr_close":
                self._in_row = False

    def block(self, text: str) -> Block | None:
        """Return the block of inline text; None for a cell, which is added to the row."""
        if self._in_row:
            self.cells.append(text)
            return None
        if self._list_numbers and self._begins_item:
            self._begins_item = False
            number = self._list_numbers[-1]
            self._list_numbers[-1] = number and number + 1
            return list_item(text.replace("\n", " "), len(self._list_numbers) - 1, number)
        return heading(text, self._heading_level) if self._heading_level else paragraph(text)


def _inline_text(tokens: list[Any]) -> str:
    """Return the text of inline tokens without marks of emphasis and links; a hard break becomes a newline."""
    return "".join(
        "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else _token_text(token)
        for token in tokens
    )


def _token_text(token: Any) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return str(token.content).replace("**", "")  # emphasis that a stray space keeps open
    if token.type == "image":
        return _inline_text(token.children or [])
    return "\n" if token.type == "html_inline" and token.content.lower().startswith("<br") else ""


def _strip_tags(text: str) -> str:
    last_comment = text.rfind(_COMMENT_END)
    end = last_comment + len(_COMMENT_END) if last_comment >= 0 else 0  # later comments lack an end: no search for it
    return _COMMENT_OR_TAG.sub(" ", text[:end]) + _TAG.sub(" ", text[end:])
