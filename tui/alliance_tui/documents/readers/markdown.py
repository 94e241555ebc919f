"""Reader of Markdown (CommonMark with tables), with YAML or TOML front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from alliance_tui.documents.publication_date import parse_date
from alliance_tui.documents.raw_document import RawDocument
from alliance_tui.documents.readers.blocks import Block, list_item, normalise_whitespace, table_row, to_text

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.{0,65536}?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATE_KEYS = ("date", "published", "published_time", "publish_date")
_KIND_KEYS = ("kind", "type", "category")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_COMMENT_OR_TAG = re.compile(rf"<!--.*?-->|{_TAG.pattern}", re.DOTALL)
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
    return RawDocument(
        to_text(_blocks(body)),
        title=_first_string(metadata, ("title",)),
        date=parse_date(_first_string(metadata, _DATE_KEYS) or ""),
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


def _document_kind(metadata: Mapping[str, Any]) -> str | None:
    """Return the kind of document: the value of its own key, else the only tag; several tags are topics."""
    tag = _first_string(metadata, ("tags",))
    return _first_string(metadata, _KIND_KEYS) or (tag if tag and _SINGLE_TAG.fullmatch(tag) else None)


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    lists: list[int | None] = []  # the next number of each open list, None for bullets
    cells: list[str] | None = None
    begins_item = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                begins_item = True
            case "tr_open":
                cells = []
            case "tr_close":
                yield table_row(cells or [])
                cells = None
            case "code_block" | "fence" | "html_block":
                yield Block(normalise_whitespace(_strip_tags(token.content)))
            case "inline":
                words = _inline_text(token.children or [])
                if cells is not None:
                    cells.append(words)
                elif lists and begins_item:
                    number = lists[-1]
                    yield list_item(words.replace("\n", " "), len(lists) - 1, number)
                    lists[-1] = number and number + 1
                    begins_item = False
                else:
                    yield Block(normalise_whitespace(words))


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
    end = text.rfind(_COMMENT_END) + len(_COMMENT_END)  # later comments lack an end: no search for it
    return _COMMENT_OR_TAG.sub(" ", text[:end]) + _TAG.sub(" ", text[end:])
