"""The looks: one palette a theme, from which come both Textual's colours and the styles of what is lit.

Every state is told by an attribute (bold, underline, reverse) as well as by hue, the same in all palettes; the
plain palette has the attributes alone. Pairs of colours in a palette keep a contrast of 4.5 to 1 or more (WCAG 2.2,
success criterion 1.4.3), which a test proves.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from alliance_tui.highlighting import HighlightReason
from alliance_tui.terminal.capabilities import Capabilities


class Look(StrEnum):
    """What a stretch of the screen is, as far as its looks go."""

    TEXT = "text"
    MUTED = "muted"
    """What stands back: text dimmed by a choice or a query, notes, parties."""
    STRONG = "strong"
    """Headings and names."""
    ACCENT = "accent"
    """Where the focus is, and keys in the key bar."""
    ENTITY = "entity"
    EVIDENCE = "evidence"
    """The evidence of an agreement that is not chosen."""
    CHOSEN = "chosen"
    ANCHOR = "anchor"
    DEADLINE = "deadline"
    MATCH = "match"
    POINT = "point"
    """The lit span that the reader stands on."""
    ROW = "row"
    """The row of a list that the reader stands on, in the pane with the focus."""
    ERROR = "error"
    BAR = "bar"
    """The lines at the top and bottom of the screen."""


ATTRIBUTES: dict[Look, Style] = {
    Look.STRONG: Style(bold=True),
    Look.ACCENT: Style(bold=True),
    Look.CHOSEN: Style(bold=True),
    Look.ANCHOR: Style(bold=True, underline=True),
    Look.DEADLINE: Style(bold=True, reverse=True),
    Look.MATCH: Style(reverse=True),
    Look.POINT: Style(underline=True, reverse=True),
    Look.ERROR: Style(bold=True),
}
"""What tells a look apart where there is no colour; in colour a background stands for `reverse`."""

Pair = tuple[str | None, str | None]
"""Foreground and background; None leaves what is beneath."""


class Palette(Struct, frozen=True):
    """A theme's colours: hexadecimal, or names of the terminal's own sixteen where `ansi`."""

    name: str
    pairs: dict[Look, Pair]
    border: str
    focus: str
    dark: bool = True
    ansi: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Palette) and other.name == self.name

    @lru_cache(maxsize=256)  # noqa: B019 - palettes live as long as the program
    def style(self, look: Look) -> Style:
        """The style of a look, to be laid over another."""
        foreground, background = self.pairs.get(look, (None, None))
        attributes = ATTRIBUTES.get(look, Style())
        if background and attributes.reverse:
            attributes = Style(bold=attributes.bold, underline=attributes.underline)
        if look is Look.MUTED and foreground is None:
            attributes = Style(dim=True)
        return attributes + Style(color=foreground, bgcolor=background)

    @lru_cache(maxsize=1024)  # noqa: B019
    def light(self, light: HighlightReason, dim: bool, point: bool) -> Style:
        """The style of text lit by `light`; `dim` where the rest stands back, `point` where the reader is."""
        lit = light & (
            HighlightReason.SELECTED | HighlightReason.MATCH | HighlightReason.TRIGGER | HighlightReason.DEADLINE
        )
        style = self.style(Look.TEXT)
        if dim and not lit:
            style += self.style(Look.MUTED)
        else:
            for flag, look in LAYERS:
                if flag in light:
                    style += self.style(look)
        return style + self.style(Look.POINT) if point else style

    def theme(self) -> Theme:
        """What Textual's own widgets and the style sheet take their colours from."""
        text, background = self.pairs[Look.TEXT]
        _, bar = self.pairs[Look.BAR]
        named = "ansi_" if self.ansi else ""
        own = BUILTIN_THEMES["ansi-dark"].variables if self.ansi else {}
        ground = named + (background or "default")
        return Theme(
            name=self.name,
            primary=named + self.focus,
            foreground=named + (text or "default"),
            background=ground,
            surface=ground,
            panel=named + (bar or "default"),
            boost=ground,
            dark=self.dark,
            ansi=self.ansi,
            variables=own | {"rule": named + self.border, "focus": named + self.focus},
        )


LAYERS = (
    (HighlightReason.AGREEMENT, Look.EVIDENCE),
    (HighlightReason.ENTITY, Look.ENTITY),
    (HighlightReason.SELECTED, Look.CHOSEN),
    (HighlightReason.TRIGGER, Look.ANCHOR),
    (HighlightReason.DEADLINE, Look.DEADLINE),
    (HighlightReason.MATCH, Look.MATCH),
)
"""The lights in the order in which they are laid over each other."""

DARK = Palette(
    "dark",
    {
        Look.TEXT: ("#d5d8df", "#14171c"),
        Look.MUTED: ("#8d94a3", None),
        Look.STRONG: ("#f2f4f8", None),
        Look.ACCENT: ("#8fbcff", None),
        Look.ENTITY: ("#8ccbd8", None),
        Look.EVIDENCE: (None, "#20252e"),
        Look.CHOSEN: ("#ffffff", "#27405f"),
        Look.ANCHOR: ("#ffd98a", None),
        Look.DEADLINE: ("#14171c", "#e8a06a"),
        Look.MATCH: ("#14171c", "#f0cb5b"),
        Look.POINT: ("#14171c", "#d5d8df"),
        Look.ROW: (None, "#262d39"),
        Look.ERROR: ("#ff9c94", None),
        Look.BAR: ("#d5d8df", "#1d222b"),
    },
    border="#4a5262",
    focus="#8fbcff",
)

LIGHT = Palette(
    "light",
    {
        Look.TEXT: ("#23262d", "#fcfbf8"),
        Look.MUTED: ("#646a76", None),
        Look.STRONG: ("#000000", None),
        Look.ACCENT: ("#0a4f9c", None),
        Look.ENTITY: ("#00596b", None),
        Look.EVIDENCE: (None, "#f0ede4"),
        Look.CHOSEN: ("#000000", "#cfe0f5"),
        Look.ANCHOR: ("#7a3e00", None),
        Look.DEADLINE: ("#ffffff", "#a04a10"),
        Look.MATCH: ("#000000", "#ffd75f"),
        Look.POINT: ("#ffffff", "#23262d"),
        Look.ROW: (None, "#e6ebf2"),
        Look.ERROR: ("#a8201a", None),
        Look.BAR: ("#23262d", "#efece4"),
    },
    border="#a9a698",
    focus="#0a4f9c",
    dark=False,
)

CONTRAST = Palette(
    "high-contrast",
    {
        Look.TEXT: ("#ffffff", "#000000"),
        Look.MUTED: ("#c8c8c8", None),
        Look.STRONG: ("#ffffff", None),
        Look.ACCENT: ("#ffff00", None),
        Look.ENTITY: ("#8ff0ff", None),
        Look.EVIDENCE: (None, "#1c1c1c"),
        Look.CHOSEN: ("#ffffff", "#00409a"),
        Look.ANCHOR: ("#ffff00", None),
        Look.DEADLINE: ("#000000", "#ffb066"),
        Look.MATCH: ("#000000", "#ffff00"),
        Look.POINT: ("#000000", "#ffffff"),
        Look.ROW: (None, "#303030"),
        Look.ERROR: ("#ffb0a8", None),
        Look.BAR: ("#ffffff", "#000000"),
    },
    border="#ffffff",
    focus="#ffff00",
)

ANSI = Palette(
    "ansi",
    {
        Look.TEXT: (None, None),
        Look.ACCENT: ("blue", None),
        Look.ENTITY: ("cyan", None),
        Look.DEADLINE: ("black", "red"),
        Look.MATCH: ("black", "yellow"),
        Look.ERROR: ("red", None),
        Look.BAR: (None, None),
    },
    border="default",
    focus="blue",
    ansi=True,
)

PLAIN = Palette(
    "plain", {Look.TEXT: (None, None), Look.BAR: (None, None)}, border="default", focus="default", ansi=True
)
"""No colour at all, as NO_COLOR asks."""

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, ANSI, PLAIN)}


def suited_to(capabilities: Capabilities) -> Palette:
    """The palette that suits a terminal: plain where it has or wants no colour."""
    return PALETTES[capabilities.default_theme] if capabilities.colours else PLAIN
