"""The symbols of the screen, in three sets: Unicode, plain ASCII, and those of a bare console's font.

Each is one cell wide: none of the Unicode set is of ambiguous width (East Asian Width A), except the lines of boxes,
which Textual draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.records import Agreement, EntityType, Kind, Strength
from alliance_tui.terminal.capabilities import Capabilities

if TYPE_CHECKING:
    from alliance_tui.library.corpus_entities import AgreementSummary
    from alliance_tui.review.record_changes import RecordReview


class Glyphs(Struct, frozen=True):
    """One set of symbols. Those of `strengths` fill up as the strength grows; `doubtful` follows an uncertain one's."""

    strengths: dict[Strength, str]
    entities: dict[EntityType, str]
    doubtful: str
    declaratory: str
    package: str
    cursor: str
    ellipsis: str
    separator: str
    fold: str
    evidence: str
    heat: str
    """Marks of more and more agreements, at the right edge of the text."""
    match_tick: str
    selection_tick: str
    match_and_selection_tick: str
    scroll_thumb: str
    scroll_track: str
    bar_done: str
    bar_left: str
    open_quote: str
    close_quote: str
    ascending: str
    descending: str
    marked: str
    """Of a record that the next command is for."""
    accepted: str = "+"
    rejected: str = "x"
    doubted: str = "~"
    touched: str = "*"
    """Of a record that the reader corrected, added or noted and has not judged."""

    def for_review(self, review: RecordReview) -> str:
        """Return the mark of what the reader did with a record."""
        by_judgement = {"accepted": self.accepted, "rejected": self.rejected, "doubted": self.doubted}
        return by_judgement.get(review.judgement or "", self.touched)

    def for_agreement(self, agreement: Agreement | AgreementSummary) -> str:
        """Return the symbol of an agreement's strength, or that of another kind of record."""
        if agreement.kind is Kind.DECLARATORY:
            return self.declaratory
        if agreement.kind is Kind.PACKAGE or agreement.strength is None:
            return self.package
        return self.strengths[agreement.strength]


UNICODE = Glyphs(
    strengths=dict(zip(Strength, "◌◔◒◕◉⧫✓", strict=True)),
    entities=dict(zip(EntityType, "⚑☻✦✧⊠✎❖⌘◷⌂", strict=True)),
    doubtful="?",
    declaratory="⊘",
    package="⊞",
    cursor="▸",
    ellipsis="⋯",
    separator="⋅",
    fold="⋯",
    evidence="╎",
    heat="⡀⡄⡆⡇",
    match_tick="▪",
    selection_tick="◂",
    match_and_selection_tick="◉",
    scroll_thumb="▐",
    scroll_track=" ",
    bar_done="━",
    bar_left="─",
    open_quote="“",
    close_quote="”",
    ascending="▴",
    descending="▾",
    marked="▪",
)

ASCII = Glyphs(
    strengths=dict(zip(Strength, ".:oO@#*", strict=True)),
    entities=dict(zip(EntityType, "SPOBUIGYEL", strict=True)),
    doubtful="?",
    declaratory='"',
    package="+",
    cursor=">",
    ellipsis="~",
    separator="-",
    fold="~",
    evidence="|",
    heat=".:!I",
    match_tick="-",
    selection_tick="<",
    match_and_selection_tick="=",
    scroll_thumb="#",
    scroll_track=" ",
    bar_done="=",
    bar_left="-",
    open_quote='"',
    close_quote='"',
    ascending="^",
    descending="v",
    marked="=",
)

CONSOLE = replace(
    ASCII,
    **{name: getattr(UNICODE, name) for name in ("scroll_thumb", "bar_done", "bar_left", "open_quote", "close_quote")},
)
"""For a font with letters, lines and blocks only."""


def glyphs_for(capabilities: Capabilities) -> Glyphs:
    """Return the set that a terminal can show."""
    if capabilities.geometric_shapes:
        return UNICODE
    return CONSOLE if capabilities.unicode else ASCII
