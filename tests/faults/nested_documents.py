"""Lists, quotes, tables and divisions in one another: each sentence is read once and apart, or the file is refused."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from alliance_tui.documents.loader import read
from alliance_tui.documents.raw_document import NESTED_TOO_DEEPLY
from alliance_tui.errors import DocumentError
from tests.faults.hostile_files import word_file
from tests.faults.surface import Surface

FILES = 30
"""Files of one attempt."""
_DEPTHS = (2, 5, 10, 30, 150)
_MAX_SENTENCES = 200


class _Element(NamedTuple):
    """An element of a kind, with what each of its parts (items, rows) holds; a sentence is of no kind."""

    kind: str
    parts: Sequence[Sequence[_Element]]
    sentence: str = ""


class _Author:
    """Writes elements with sentences that differ."""

    def __init__(self, chance: random.Random, kinds: Sequence[str]) -> None:
        self._chance, self._kinds = chance, kinds
        self.sentences: list[str] = []

    def element(self, depth: int) -> _Element:
        """Return an element that holds others down to a depth."""
        if depth <= 0 or len(self.sentences) >= _MAX_SENTENCES:
            self.sentences.append(f"Norland will build port {len(self.sentences)} for the islands of Westmark.")
            return _Element("", (), self.sentences[-1])
        parts = [[self.element(self._next(depth)) for _ in range(self._few())] for _ in range(self._few())]
        return _Element(self._chance.choice(self._kinds), parts)

    def _few(self) -> int:
        return self._chance.choice((1, 1, 1, 2))

    def _next(self, depth: int) -> int:
        return depth - 1 if self._chance.random() < 0.9 else 0


def _page(elements: Sequence[_Element]) -> bytes:
    return f"<html><head><title>Ports</title></head><body>{''.join(map(_tags, elements))}</body></html>".encode()


def _tags(element: _Element) -> str:
    kind, parts, sentence = element
    if not kind:
        return f"<p>{sentence}</p>"
    if kind == "table":
        rows = ("".join(f"<td>{_tags(cell)}</td>" for cell in row) for row in parts)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    part = "li" if kind in ("ul", "ol") else "div"
    inside = "".join(f"<{part}>{''.join(map(_tags, each))}</{part}>" for each in parts)
    return f"<{kind}>{inside}</{kind}>"


def _markdown(elements: Sequence[_Element]) -> bytes:
    return "\n".join(chain.from_iterable(map(_lines, elements))).encode()


def _lines(element: _Element) -> Iterator[str]:
    kind, parts, sentence = element
    if not kind:
        yield sentence
    for part in parts:
        first, other = {"quote": ("> ", "> "), "list": ("- ", "  ")}[kind]
        for number, line in enumerate(chain.from_iterable(map(_lines, part))):
            yield (other if number else first) + line
        if kind == "quote":
            yield ""
    yield ""


def _word(elements: Sequence[_Element]) -> bytes:
    return word_file("".join(map(_word_tags, elements)))


def _word_tags(element: _Element) -> str:
    kind, parts, sentence = element
    if not kind:
        return f"<w:p><w:r><w:t>{sentence}</w:t></w:r></w:p>"
    if kind == "table":
        rows = ("".join(f"<w:tc>{_word_tags(cell)}<w:p/></w:tc>" for cell in row) for row in parts)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    return f"<w:sdt><w:sdtContent>{''.join(map(_word_tags, chain.from_iterable(parts)))}</w:sdtContent></w:sdt>"


_FORMATS: Sequence[tuple[str, Sequence[str], Callable[[Sequence[_Element]], bytes]]] = (
    ("divisions.html", ("div", "section", "blockquote"), _page),
    ("lists.html", ("ul", "ol", "div"), _page),
    ("tables.html", ("table", "div"), _page),
    ("pages.html", ("ul", "ol", "table", "div", "section", "blockquote"), _page),
    ("quotes.md", ("quote", "list"), _markdown),
    ("tables.docx", ("table", "control"), _word),
)
"""Names of files, the kinds of their elements, and what writes them."""


def read_nested(chance: random.Random, folder: Path) -> Iterator[str]:
    """Read files of nested elements."""
    for _ in range(FILES):
        name, kinds, write = chance.choice(_FORMATS)
        author = _Author(chance, kinds)
        depth = chance.choice(_DEPTHS)
        path = folder / name
        path.write_bytes(write([author.element(depth) for _ in range(3)]))
        try:
            text = read(path).text
        except DocumentError as error:
            if NESTED_TOO_DEEPLY not in str(error) or depth < max(_DEPTHS):
                yield f"{name}, {depth} deep: {error}"
            continue
        counts = [len(re.findall(rf"(?<!\S){re.escape(sentence)}(?!\S)", text)) for sentence in author.sentences]
        if wrong := [number for number, each in enumerate(counts) if each != 1]:
            yield f"{name}, {depth} deep: sentences {wrong[:9]} of {len(counts)} are read {counts[wrong[0]]} times"


NESTED = Surface("nested documents", read_nested, "documents", FILES, short_attempts=2)
