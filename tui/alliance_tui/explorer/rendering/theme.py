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


class StyleRole(StrEnum):
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
    SELECTED = "chosen"
    TRIGGER = "anchor"
    DEADLINE = "deadline"
    MATCH = "match"
    CURSOR = "point"
    """The lit span that the reader stands on."""
    FOCUSED_ROW = "row"
    """The row of a list that the reader stands on, in the pane with the focus."""
    ERROR = "error"
    BAR = "bar"
    """The lines at the top and bottom of the screen."""


ATTRIBUTES: dict[StyleRole, Style] = {
    StyleRole.STRONG: Style(bold=True),
    StyleRole.ACCENT: Style(bold=True),
    StyleRole.SELECTED: Style(bold=True),
    StyleRole.TRIGGER: Style(bold=True, underline=True),
    StyleRole.DEADLINE: Style(bold=True, reverse=True),
    StyleRole.MATCH: Style(reverse=True),
    StyleRole.CURSOR: Style(underline=True, reverse=True),
    StyleRole.ERROR: Style(bold=True),
}
"""What tells a look apart where there is no colour; in colour a background stands for `reverse`."""

ColourPair = tuple[str | None, str | None]
"""Foreground and background; None leaves what is beneath."""


class Palette(Struct, frozen=True):
    """A theme's colours: hexadecimal, or names of the terminal's own sixteen where `ansi`."""

    name: str
    pairs: dict[StyleRole, ColourPair]
    border: str
    focus: str
    dark: bool = True
    ansi: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Palette) and other.name == self.name

    @lru_cache(maxsize=256)  # noqa: B019 - palettes live as long as the program
    def style(self, look: StyleRole) -> Style:
        """The style of a look, to be laid over another."""
        foreground, background = self.pairs.get(look, (None, None))
        attributes = ATTRIBUTES.get(look, Style())
        if background and attributes.reverse:
            attributes = Style(bold=attributes.bold, underline=attributes.underline)
        if look is StyleRole.MUTED and foreground is None:
            attributes = Style(dim=True)
        return attributes + Style(color=foreground, bgcolor=background)

    @lru_cache(maxsize=1024)  # noqa: B019
    def highlight_style(self, light: HighlightReason, dim: bool, point: bool) -> Style:
        """The style of text lit by `light`; `dim` where the rest stands back, `point` where the reader is."""
        lit = light & (
            HighlightReason.SELECTED | HighlightReason.MATCH | HighlightReason.TRIGGER | HighlightReason.DEADLINE
        )
        style = self.style(StyleRole.TEXT)
        if dim and not lit:
            style += self.style(StyleRole.MUTED)
        else:
            for flag, look in LAYERS:
                if flag in light:
                    style += self.style(look)
        return style + self.style(StyleRole.CURSOR) if point else style

    def theme(self) -> Theme:
        """What Textual's own widgets and the style sheet take their colours from."""
        text, background = self.pairs[StyleRole.TEXT]
        _, bar = self.pairs[StyleRole.BAR]
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
    (HighlightReason.AGREEMENT, StyleRole.EVIDENCE),
    (HighlightReason.ENTITY, StyleRole.ENTITY),
    (HighlightReason.SELECTED, StyleRole.SELECTED),
    (HighlightReason.TRIGGER, StyleRole.TRIGGER),
    (HighlightReason.DEADLINE, StyleRole.DEADLINE),
    (HighlightReason.MATCH, StyleRole.MATCH),
)
"""The lights in the order in which they are laid over each other."""

DARK = Palette(
    "dark",
    {
        StyleRole.TEXT: ("#d5d8df", "#14171c"),
        StyleRole.MUTED: ("#8d94a3", None),
        StyleRole.STRONG: ("#f2f4f8", None),
        StyleRole.ACCENT: ("#8fbcff", None),
        StyleRole.ENTITY: ("#8ccbd8", None),
        StyleRole.EVIDENCE: (None, "#20252e"),
        StyleRole.SELECTED: ("#ffffff", "#27405f"),
        StyleRole.TRIGGER: ("#ffd98a", None),
        StyleRole.DEADLINE: ("#14171c", "#e8a06a"),
        StyleRole.MATCH: ("#14171c", "#f0cb5b"),
        StyleRole.CURSOR: ("#14171c", "#d5d8df"),
        StyleRole.FOCUSED_ROW: (None, "#262d39"),
        StyleRole.ERROR: ("#ff9c94", None),
        StyleRole.BAR: ("#d5d8df", "#1d222b"),
    },
    border="#4a5262",
    focus="#8fbcff",
)

LIGHT = Palette(
    "light",
    {
        StyleRole.TEXT: ("#23262d", "#fcfbf8"),
        StyleRole.MUTED: ("#646a76", None),
        StyleRole.STRONG: ("#000000", None),
        StyleRole.ACCENT: ("#0a4f9c", None),
        StyleRole.ENTITY: ("#00596b", None),
        StyleRole.EVIDENCE: (None, "#f0ede4"),
        StyleRole.SELECTED: ("#000000", "#cfe0f5"),
        StyleRole.TRIGGER: ("#7a3e00", None),
        StyleRole.DEADLINE: ("#ffffff", "#a04a10"),
        StyleRole.MATCH: ("#000000", "#ffd75f"),
        StyleRole.CURSOR: ("#ffffff", "#23262d"),
        StyleRole.FOCUSED_ROW: (None, "#e6ebf2"),
        StyleRole.ERROR: ("#a8201a", None),
        StyleRole.BAR: ("#23262d", "#efece4"),
    },
    border="#a9a698",
    focus="#0a4f9c",
    dark=False,
)

CONTRAST = Palette(
    "high-contrast",
    {
        StyleRole.TEXT: ("#ffffff", "#000000"),
        StyleRole.MUTED: ("#c8c8c8", None),
        StyleRole.STRONG: ("#ffffff", None),
        StyleRole.ACCENT: ("#ffff00", None),
        StyleRole.ENTITY: ("#8ff0ff", None),
        StyleRole.EVIDENCE: (None, "#1c1c1c"),
        StyleRole.SELECTED: ("#ffffff", "#00409a"),
        StyleRole.TRIGGER: ("#ffff00", None),
        StyleRole.DEADLINE: ("#000000", "#ffb066"),
        StyleRole.MATCH: ("#000000", "#ffff00"),
        StyleRole.CURSOR: ("#000000", "#ffffff"),
        StyleRole.FOCUSED_ROW: (None, "#303030"),
        StyleRole.ERROR: ("#ffb0a8", None),
        StyleRole.BAR: ("#ffffff", "#000000"),
    },
    border="#ffffff",
    focus="#ffff00",
)

ANSI = Palette(
    "ansi",
    {
        StyleRole.TEXT: (None, None),
        StyleRole.ACCENT: ("blue", None),
        StyleRole.ENTITY: ("cyan", None),
        StyleRole.DEADLINE: ("black", "red"),
        StyleRole.MATCH: ("black", "yellow"),
        StyleRole.ERROR: ("red", None),
        StyleRole.BAR: (None, None),
    },
    border="default",
    focus="blue",
    ansi=True,
)

PLAIN = Palette(
    "plain", {StyleRole.TEXT: (None, None), StyleRole.BAR: (None, None)}, border="default", focus="default", ansi=True
)
"""No colour at all, as NO_COLOR asks."""

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, ANSI, PLAIN)}


def palette_for(capabilities: Capabilities) -> Palette:
    """The palette that suits a terminal: plain where it has or wants no colour."""
    return PALETTES[capabilities.default_theme] if capabilities.colours else PLAIN
