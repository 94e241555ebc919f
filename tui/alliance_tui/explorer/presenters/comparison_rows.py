"""The rows of a comparison: undertakings of several documents, or of one alone, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.help_pages import COMPARISON_PAGE
from alliance_tui.explorer.presenters.row_source import Listing, compared_words, part_fields
from alliance_tui.explorer.rendering.chips import amount_label, due_label
from alliance_tui.explorer.rendering.strips import Part, text_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import shorten
from alliance_tui.explorer.state.comparison_state import OpenComparison, RowsPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.export.comparisons import COMPARISON_FORMATS, letter
from alliance_tui.export.provenance import provenance_of
from alliance_tui.linking.comparison import ComparisonRow, DifferingField, in_order_of
from alliance_tui.linking.word_diff import DiffRun, Side, word_diff
from alliance_tui.overviews.sources import Sources
from alliance_tui.records import Agreement, Document
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex

NO_VALUE = "–"
MIN_TITLE_LENGTH = 12
"""Cells that each document's title may always have at the top."""
_GAP = "  "


class ComparisonRows:
    """The source of the comparison's screen; a side is a document, in whose order the rows are."""

    side_label, side_action = "order of", "order"
    verb = "open in the text"
    hint = "Marks: strength in each document. Type to search both, as in the text."
    help = COMPARISON_PAGE
    formats: Mapping[str, str] = {".html": "html", ".md": "markdown", ".json": "json"}

    def __init__(self, shown: OpenComparison) -> None:
        self.comparison = comparison = shown.comparison
        self._analyses = [each.analysis for each in shown.documents]
        self.position = shown.position
        documents = range(len(comparison.documents))
        self.sides: Sequence[str] = [letter(number) for number in documents]
        self._groups: list[tuple[ComparisonRow, ...]] = [
            comparison.rows,
            comparison.shared(),
            *map(comparison.only_in, documents),
        ]
        names = ["all", "in both" if len(documents) == 2 else "in several", *(f"only in {each}" for each in self.sides)]
        self.views: Sequence[str] = [f"{name} {len(rows)}" for name, rows in zip(names, self._groups, strict=True)]

    @cached_property
    def _indexes(self) -> list[SearchIndex]:
        return [SearchIndex.build(each.document.text, each) for each in self._analyses]

    def title_in(self, width: int) -> str:
        """Return the titles and dates of the documents; those titles are shortened that have more than their share.

        What a title cut between words spares is the next one's.
        """
        documents = self.comparison.documents
        room = width - sum(text_width(f"A {_date(each)}{_GAP}") for each in documents) + len(_GAP)
        most = _longest_that_fit([text_width(each.title) for each in documents], room)
        named, spared = [], 0
        for number, each in enumerate(documents):
            title = shorten(each.title, max(MIN_TITLE_LENGTH, most + spared), " …")
            if title != each.title:
                spared = max(0, most + spared - text_width(title))
            named.append(f"{letter(number)} {title}{_date(each)}")
        return _GAP.join(named)

    def list_rows(self, view: int, side: int, query: str) -> Listing:
        """Return the rows of which the query finds a statement."""
        return Listing(*self._find(view, side, query))

    def _find(self, view: int, side: int, query: str) -> tuple[list[ComparisonRow], str]:
        """Return the same rows, and a sentence on the query."""
        rows = in_order_of(self._groups[view], side)
        if not query.strip():
            return rows, ""
        found = [search(index, query) for index in self._indexes]
        whole = [matches for matches in found if not matches.relaxation and matches.agreements]
        ids = {match.record_id for matches in whole or found for match in matches.agreements}
        message = "" if whole else next((each.relaxation for each in found if each.agreements), "")
        return [row for row in rows if any(each.id in ids for each in _statements(row))], message

    def export(self, position: RowsPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield the comparison of what the query finds; its parts are the views, so it has all of them."""
        rows, _ = self._find(0, position.side, position.query)
        provenance = provenance_of(sources.documents.values(), query=position.query)
        return COMPARISON_FORMATS[self.formats[suffix]](replace(self.comparison, rows=tuple(rows)), provenance)

    def draw(self, row: ComparisonRow, side: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
        """Return the strength in each document and the title; at the right end, what differs besides the words."""
        marks: list[Part] = []
        for number in range(len(row.statements)):
            statement = row.first_in(number)
            marks += [_strength(statement, styler), styler.part(" ")]
        shown = _shown_statement(row, side)
        differing = [field for field in row.differences if field is not DifferingField.WORDS]
        right = [styler.part(", ".join(differing), StyleRole.MUTED)]
        if not row.is_shared:
            right = [styler.part(text, StyleRole.MUTED) for text in (due_label(shown),) if text]
        return [*marks, styler.part(shown.title)], right

    def details(self, row: ComparisonRow, side: int, styler: LineStyler) -> list[StyledField]:
        """Return every statement with the words that it alone has, what differs, and why they are linked."""
        fields: list[StyledField] = []
        for number, statements in enumerate(row.statements):
            for statement in statements:
                fields += self._statement(row, number, statement, styler)
        for field, values in row.differences.items():
            if field is not DifferingField.WORDS:
                given = (f"{letter(number)} {values[number] or NO_VALUE}" for number in row.documents)
                fields.append(_plain(field.capitalize(), " · ".join(given), styler))
        if row.reasons:
            fields.append(_plain("Linked by", f"{'; '.join(row.reasons)} ({row.confidence:.0%})", styler))
        return fields

    def _statement(
        self, row: ComparisonRow, number: int, statement: Agreement, styler: LineStyler
    ) -> Iterator[StyledField]:
        facts = [str(statement.strength or statement.kind), ", ".join(statement.parties)]
        facts += [due_label(statement), amount_label(statement.amounts)]
        line = styler.part(f" {statement.title}", StyleRole.STRONG)
        yield StyledField(letter(number), (_strength(statement, styler), line))
        yield _plain("", " · ".join(filter(None, facts)), styler)
        yield StyledField("", _words(row, number, statement, styler))
        yield from part_fields(self.comparison.parts[number], statement.id, styler)


def _date(document: Document) -> str:
    return f" ({document.date})" if document.date and document.date not in document.title else ""


def _plain(label: str, text: str, styler: LineStyler) -> StyledField:
    return StyledField(label, (styler.part(text),))


def _statements(row: ComparisonRow) -> Iterator[Agreement]:
    for statements in row.statements:
        yield from statements


def _shown_statement(row: ComparisonRow, side: int) -> Agreement:
    """Return the statement of a document, or of the first that states the undertaking."""
    return row.first_in(side) or row.statements[row.documents[0]][0]


def _strength(statement: Agreement | None, styler: LineStyler) -> Part:
    if statement is None:
        return styler.part(NO_VALUE, StyleRole.MUTED)
    return styler.glyphs.for_agreement(statement), styler.palette.strength_style(statement.strength)


def _words(row: ComparisonRow, number: int, statement: Agreement, styler: LineStyler) -> tuple[Part, ...]:
    """Return the quote; the words that the first statement of another document lacks are emphasised."""
    quote = statement.evidence.quote
    other = next((row.statements[each][0] for each in row.documents if each != number), None)
    runs = word_diff(other.evidence.quote, quote) if other else [DiffRun(Side.BOTH, quote)]
    return compared_words(runs, styler)


def _longest_that_fit(lengths: Sequence[int], room: int) -> int:
    """Return the greatest length to which all may be cut so that they fit together."""
    left = room
    for number, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - number)
        if length > share:
            return share
        left -= length
    return max(lengths, default=0)
