"""The interface of a screen of rows to its content: rows in several views, their drawing, their details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.help_pages import HelpPage
from alliance_tui.explorer.rendering.strips import Part
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.comparison_state import RowsPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.linking.parts import PartOf
from alliance_tui.linking.word_diff import DiffRun, Side
from alliance_tui.overviews.sources import Sources
from alliance_tui.records import Strength

Row = TypeVar("Row", contravariant=True)


def compared_words(runs: Iterable[DiffRun], styler: LineStyler) -> tuple[Part, ...]:
    """Return the second text of a word diff between quotation marks, the words that it alone has emphasised."""
    parts = [styler.part(styler.glyphs.open_quote)]
    separator = ""
    for run in runs:
        if run.side is not Side.FIRST:
            role = StyleRole.TRIGGER if run.side is Side.SECOND else None
            parts += [styler.part(separator), styler.part(collapse_whitespace(run.words), role)]
            separator = " "
    return (*parts, styler.part(styler.glyphs.close_quote))


def part_fields(parts: Iterable[PartOf], agreement: str, styler: LineStyler) -> Iterator[StyledField]:
    """Yield of which undertaking an agreement is part, and which are part of it, each with the reason."""
    for each in parts:
        if each.part == agreement:
            label, title = "Part of", each.whole_title
        elif each.whole == agreement:
            label, title = "Its part", each.part_title
        else:
            continue
        reason = styler.part(f" {styler.glyphs.separator} {each.describe()}", StyleRole.MUTED)
        yield StyledField(label, (styler.part(title), reason))


def strength_symbol(strength: Strength | None, styler: LineStyler) -> Part:
    """Return the symbol of a strength, or that of a statement without one."""
    glyph = styler.glyphs.strengths[strength] if strength else styler.glyphs.package
    return glyph, styler.palette.strength_style(strength)


class Listing(Struct, frozen=True):
    """The rows that a query leaves, and a sentence on the query where there is something to say."""

    rows: Sequence[object]
    message: str = ""


class RowSource(Protocol[Row]):
    """The rows of a screen. `view` and `side` are indices of `views` and `sides`.

    All is called in the thread of the screen but `list_rows` and `export`.
    """

    position: RowsPosition
    """The position at which the screen was left, and begins."""

    def title_in(self, width: int) -> str:
        """Return the title, shortened to so many cells if it can be."""

    views: Sequence[str]
    """The names of the parts of the rows, among which Tab changes: all, those of one status."""
    sides: Sequence[str]
    """The alternatives of Left and Right: the documents that are compared, the orders of a register. May be empty."""
    side_label: str
    """A name for the sides."""
    side_action: str
    """The action of the keys Left and Right."""
    verb: str
    """The action of Enter on a row."""
    hint: str
    """A hint on the queries that can be typed."""
    help: HelpPage
    """The page of help on them."""
    formats: Mapping[str, str]
    """The formats in which it can be exported, by their suffixes."""

    def list_rows(self, view: int, side: int, query: str) -> Listing:
        """Return the rows of a view that satisfy the query. Called in a thread."""

    def draw(self, row: Row, side: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
        """Return the parts at the left and at the right end of a row."""

    def details(self, row: Row, side: int, styler: LineStyler) -> list[StyledField]:
        """Return the details of a row."""

    def export(self, position: RowsPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield what a position shows in a format; `sources` are the documents of the rows. Called in a thread."""
