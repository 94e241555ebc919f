"""Matches for scripts: each with its line and column, as the objects of the JSON and as lines like grep's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from alliance_tui.records import Document
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import How, Matches, Range, RecordMatch


class LocatedMatch(Struct, frozen=True):
    """One match in one pane: its fields are the keys of the JSON.

    `line` and `column` count from 1, the column in code points. `start` and `end` index the document's text; all four
    are None for a record whose matched words do not stand in its evidence or its mentions. `text` is what
    matched; `name` the entity's name or the agreement's title.
    """

    pane: str
    document: str
    path: str | None
    line: int | None
    column: int | None
    start: int | None
    end: int | None
    text: str
    how: How
    score: float
    record: str | None = None
    name: str | None = None


class Lines:
    """The lines of a text, by offset and by number."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))[:-1]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The line with this number, from 1, without its end."""
        return self._lines[number - 1]


def located(document: Document, index: SearchIndex, matches: Matches) -> Iterator[LocatedMatch]:
    """Every match: the text's, then the entities', then the agreements', best first within each."""
    lines = Lines(document.text)

    def one(pane: str, span: Range | None, text: str, how: How, score: float, **record: str) -> LocatedMatch:
        line, column = lines.place(span[0]) if span else (None, None)
        start, end = span or (None, None)
        return LocatedMatch(
            pane, document.id, document.path, line, column, start, end, text, how, round(score, 4), **record
        )

    for hit in sorted(matches.text, key=lambda hit: -hit.score):
        yield one("text", (hit.start, hit.end), document.text[hit.start : hit.end], hit.how, hit.score)
    for match in matches.entities:
        entity = index.entities[match.record]
        span, text = _of_entity(index, match)
        yield one("entities", span, text or entity.name, match.how, match.score, record=entity.id, name=entity.name)
    for match in matches.agreements:
        agreement = index.agreements[match.record]
        span, text = _of_agreement(index, match)
        yield one(
            "agreements",
            span,
            text or agreement.title,
            match.how,
            match.score,
            record=agreement.id,
            name=agreement.title,
        )


def grep_lines(document: Document, index: SearchIndex, matches: Matches) -> Iterator[str]:
    """`path:line:column: text of the line` for each match in the text, in reading order."""
    lines = Lines(document.text)
    for hit in matches.text:
        line, column = lines.place(hit.start)
        yield f"{document.path or document.title}:{line}:{column}: {lines.line(line)}"


def _of_entity(index: SearchIndex, match: RecordMatch) -> tuple[Range | None, str]:
    """Where the matched letters first stand in the text, and those letters."""
    shown = ""
    for field, ranges in match.lit.items():
        string = index.string(match.record, field)
        start, end = ranges[0]
        shown = shown or string[start:end]
        for mention in index.entities[match.record].mentions:
            if mention.span.quote == string:
                return (mention.span.start + start, mention.span.start + end), string[start:end]
    if match.lit:
        return None, shown
    first = index.entities[match.record].mentions[0].span
    return (first.start, first.end), first.quote


def _of_agreement(index: SearchIndex, match: RecordMatch) -> tuple[Range | None, str]:
    """Where the matched letters stand in the evidence, and those letters; of a match by a field, the evidence."""
    evidence = index.agreements[match.record].evidence
    if "quote" in match.lit:
        start, end = match.lit["quote"][0]
        return (evidence.start + start, evidence.start + end), evidence.quote[start:end]
    for field, ranges in match.lit.items():
        start, end = ranges[0]
        return None, index.string(match.record, field)[start:end]
    return (evidence.start, evidence.end), evidence.quote
