"""The line and column of each match, for the JSON output of the command line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct, field

from alliance_tui.records import Document
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import Matches, MatchType, Range, RecordMatch


class LocatedMatch(Struct, frozen=True):
    """One match in one pane, or of a whole document, serialised as an object of the JSON output.

    `line` and `column` count from 1, the column in code points; `start` and `end` are offsets in the document's text.
    All four are None for a record whose matched words are neither in its evidence nor in its mentions. `text` is the
    matched text, `name` the entity's name or the agreement's title.
    """

    pane: str
    document_id: str = field(name="document")
    path: str | None
    line: int | None
    column: int | None
    start: int | None
    end: int | None
    text: str
    match_type: MatchType = field(name="how")
    score: float
    record_id: str | None = field(default=None, name="record")
    name: str | None = None


class LineIndex:
    """The lines of a text, by offset."""

    def __init__(self, text: str) -> None:
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))[:-1]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def locate_matches(document: Document, index: SearchIndex, matches: Matches) -> Iterator[LocatedMatch]:
    """Yield the matches of the text, then the entities, then the agreements, each best first."""
    lines = LineIndex(document.text)

    def _located(
        pane: str, span: Range | None, text: str, match_type: MatchType, score: float, **record: str
    ) -> LocatedMatch:
        line, column = lines.line_and_column(span[0]) if span else (None, None)
        start, end = span or (None, None)
        return LocatedMatch(
            pane, document.id, document.path, line, column, start, end, text, match_type, round(score, 4), **record
        )

    for text_match in sorted(matches.text, key=lambda match: -match.score):
        start, end = text_match.start, text_match.end
        text = document.text[start:end]
        yield _located("text", (start, end), text, text_match.match_type, text_match.score)
    for match in matches.entities:
        entity = index.entities[match.record_id]
        span, text = _locate_in_entity(index, match)
        record = {"record_id": entity.id, "name": entity.name}
        yield _located("entities", span, text or entity.name, match.match_type, match.score, **record)
    for match in matches.agreements:
        agreement = index.agreements[match.record_id]
        span, text = _locate_in_agreement(index, match)
        record = {"record_id": agreement.id, "name": agreement.title}
        yield _located("agreements", span, text or agreement.title, match.match_type, match.score, **record)


def ranges_of_records(document: Document, index: SearchIndex, matches: Matches) -> list[Range]:
    """Return the ranges of the text at which the matching records are located, in reading order."""
    located = locate_matches(document, index, matches)
    return sorted(
        {(each.start, each.end) for each in located if each.record_id and each.start is not None and each.end}
    )


def locate_document(document: Document, match_type: MatchType) -> LocatedMatch:
    """Return the match of a document of which no part matches: by its title, or by filters on documents."""
    title = document.title
    return LocatedMatch("documents", document.id, document.path, None, None, None, None, title, match_type, 0.0)


def _locate_in_entity(index: SearchIndex, match: RecordMatch) -> tuple[Range | None, str]:
    """Return the first mention's range that the match covers, if there is one, and the matched characters."""
    matched_text = ""
    for field_name, ranges in match.matched_ranges.items():
        string = index.field_string(match.record_id, field_name)
        start, end = ranges[0]
        matched_text = matched_text or string[start:end]
        for mention in index.entities[match.record_id].mentions:
            if mention.span.quote == string:
                return (mention.span.start + start, mention.span.start + end), string[start:end]
    if match.matched_ranges:
        return None, matched_text
    first = index.entities[match.record_id].mentions[0].span
    return (first.start, first.end), first.quote


def _locate_in_agreement(index: SearchIndex, match: RecordMatch) -> tuple[Range | None, str]:
    """Return the matched range of the evidence, if there is one, and the matched characters.

    A match by filters alone has the whole evidence.
    """
    evidence = index.agreements[match.record_id].evidence
    if "quote" in match.matched_ranges:
        start, end = match.matched_ranges["quote"][0]
        return (evidence.start + start, evidence.start + end), evidence.quote[start:end]
    for field_name, ranges in match.matched_ranges.items():
        start, end = ranges[0]
        return None, index.field_string(match.record_id, field_name)[start:end]
    return (evidence.start, evidence.end), evidence.quote
