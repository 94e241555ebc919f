"""Markdown (CommonMark, with tables), hard-wrapped or not, with YAML or TOML front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from alliance_tui.documents.publication_date import parse_date
from alliance_tui.documents.raw_document import Content
from alliance_tui.documents.readers.blocks import Block, item, lines_of, row, text_of

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.{0,65536}?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATE_KEYS = ("date", "published", "published_time", "publish_date")
_KIND_KEYS = ("kind", "type", "category")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_COMMENT_OR_TAG = re.compile(rf"<!--.*?-->|{_TAG.pattern}", re.DOTALL)
_COMMENT_END = "-->"
_ONE_TAG = re.compile(r"[\w-]+")
_SOURCE_KEYS = ("source", "source_url", "url", "publisher")


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """What the front matter says, and the text after it; front matter that cannot be understood counts as text."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    known = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    return (known, text[found.end() :]) if known is not None else ({}, text)


def read_markdown(text: str) -> Content:
    """The document of this Markdown; paragraphs that are wrapped over lines become one line each."""
    known, body = front_matter(text)
    return Content(
        text_of(_blocks(body)),
        title=_word(known, ("title",)),
        date=parse_date(_word(known, _DATE_KEYS) or ""),
        source=_word(known, _SOURCE_KEYS),
        kind=_kind(known),
    )


def _yaml(text: str) -> dict[str, Any] | None:
    import yaml

    try:
        known = yaml.load(text, Loader=yaml.BaseLoader)  # every value a string, nothing built
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return known if isinstance(known, dict) else None


def _toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        return None


def _word(known: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = known.get(key)
        if isinstance(value, datetime | date):
            return value.isoformat()
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _kind(known: Mapping[str, Any]) -> str | None:
    """The kind of document: by a key of its own, else by its one tag; several tags are topics."""
    tag = _word(known, ("tags",))
    return _word(known, _KIND_KEYS) or (tag if tag and _ONE_TAG.fullmatch(tag) else None)


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    lists: list[int | None] = []  # the number of the next item of each list that is open, None where it has bullets
    cells: list[str] | None = None
    mark_due = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                mark_due = True
            case "tr_open":
                cells = []
            case "tr_close":
                yield row(cells or [])
                cells = None
            case "code_block" | "fence" | "html_block":
                yield Block(lines_of(_without_tags(token.content)))
            case "inline":
                words = _inline(token.children or [])
                if cells is not None:
                    cells.append(words)
                elif lists and mark_due:
                    number = lists[-1]
                    yield item(words.replace("\n", " "), len(lists) - 1, number)
                    lists[-1] = number and number + 1
                    mark_due = False
                else:
                    yield Block(lines_of(words))


def _inline(tokens: list[Any]) -> str:
    """The words of a run of inline tokens: emphasis and links drop their marks, a hard break is a new line."""
    return "".join(
        "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else _words(token) for token in tokens
    )


def _words(token: Any) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return str(token.content).replace("**", "")  # emphasis that a stray space keeps from closing
    if token.type == "image":
        return _inline(token.children or [])
    return "\n" if token.type == "html_inline" and token.content.lower().startswith("<br") else ""


def _without_tags(text: str) -> str:
    end = text.rfind(_COMMENT_END) + len(_COMMENT_END)  # after it no comment is searched for an end that it lacks
    return _COMMENT_OR_TAG.sub(" ", text[:end]) + _TAG.sub(" ", text[end:])
