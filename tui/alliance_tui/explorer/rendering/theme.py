"""Themes: a palette each, from which come Textual's colours and the styles of highlights.

Every state shows by an attribute (bold, underline, reverse) as well as by colour, the same in all palettes; the plain
palette has the attributes alone. Pairs of colours in a palette have a contrast of at least 4.5 to 1 (WCAG 2.2, success
criterion 1.4.3), which a test proves.
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
    """The role of a piece of the screen, which decides its style."""

    TEXT = "text"
    MUTED = "muted"
    """Text dimmed by a selection or a query, notes, secondary fields."""
    STRONG = "strong"
    """Headings and names."""
    ACCENT = "accent"
    """The focus, and keys in the key bar."""
    ENTITY = "entity"
    EVIDENCE = "evidence"
    """The evidence of an agreement that is not selected."""
    SELECTED = "selected"
    TRIGGER = "trigger"
    DEADLINE = "deadline"
    MATCH = "match"
    CURSOR = "cursor"
    """The highlighted span under the cursor."""
    FOCUSED_ROW = "focused row"
    """The focused row of a list, in the focused pane."""
    ERROR = "error"
    BAR = "bar"
    """The status lines at the top and bottom of the screen."""


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
"""The attributes that distinguish roles without colour; with colour, a background takes the place of `reverse`."""

ColourPair = tuple[str | None, str | None]
"""Foreground and background; None leaves what is beneath."""


class Palette(Struct, frozen=True):
    """A theme's colours: hexadecimal, or with `ansi` names of the terminal's own sixteen."""

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
    def style(self, role: StyleRole) -> Style:
        """Return the style of a role, to be laid over another."""
        foreground, background = self.pairs.get(role, (None, None))
        attributes = ATTRIBUTES.get(role, Style())
        if background and attributes.reverse:
            attributes = Style(bold=attributes.bold, underline=attributes.underline)
        if role is StyleRole.MUTED and foreground is None:
            attributes = Style(dim=True)
        return attributes + Style(color=foreground, bgcolor=background)

    @lru_cache(maxsize=1024)  # noqa: B019
    def highlight_style(self, reasons: HighlightReason, dimmed: bool, under_cursor: bool) -> Style:
        """Return the style of highlighted text; `dimmed` if the text without emphasis is."""
        emphasised = reasons & (
            HighlightReason.SELECTED | HighlightReason.MATCH | HighlightReason.TRIGGER | HighlightReason.DEADLINE
        )
        style = self.style(StyleRole.TEXT)
        if dimmed and not emphasised:
            style += self.style(StyleRole.MUTED)
        else:
            for flag, role in LAYERS:
                if flag in reasons:
                    style += self.style(role)
        return style + self.style(StyleRole.CURSOR) if under_cursor else style

    def theme(self) -> Theme:
        """Return the theme for Textual's own widgets and the style sheet."""
        text, background = self.pairs[StyleRole.TEXT]
        _, bar = self.pairs[StyleRole.BAR]
        prefix = "ansi_" if self.ansi else ""
        ansi_variables = BUILTIN_THEMES["ansi-dark"].variables if self.ansi else {}
        base = prefix + (background or "default")
        return Theme(
            name=self.name,
            primary=prefix + self.focus,
            foreground=prefix + (text or "default"),
            background=base,
            surface=base,
            panel=prefix + (bar or "default"),
            boost=base,
            dark=self.dark,
            ansi=self.ansi,
            variables=ansi_variables | {"rule": prefix + self.border, "focus": prefix + self.focus},
        )


LAYERS = (
    (HighlightReason.AGREEMENT, StyleRole.EVIDENCE),
    (HighlightReason.ENTITY, StyleRole.ENTITY),
    (HighlightReason.SELECTED, StyleRole.SELECTED),
    (HighlightReason.TRIGGER, StyleRole.TRIGGER),
    (HighlightReason.DEADLINE, StyleRole.DEADLINE),
    (HighlightReason.MATCH, StyleRole.MATCH),
)
"""The highlight reasons in the order in which their styles are laid over one another."""

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
    """Return the palette that suits a terminal: the plain one where it has, or wants, no colour."""
    return PALETTES[capabilities.default_theme] if capabilities.colours else PLAIN
