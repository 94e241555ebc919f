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
from alliance_tui.records import EntityType, Strength
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
    AMOUNT = "amount"
    """An amount, at the right end of an agreement's row."""
    DUE = "due"
    """A due date, beside the amount."""
    TITLE = "title"
    """The title of a document."""
    HEADING = "heading"
    SUBHEADING = "subheading"
    RUN_IN = "run-in heading"
    SPEAKER = "speaker"
    """The speaker before a turn of speech."""
    MARKER = "marker"
    """The bullet or the number of a list item or a paragraph."""
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
    StyleRole.TITLE: Style(bold=True),
    StyleRole.HEADING: Style(bold=True),
    StyleRole.SUBHEADING: Style(bold=True, italic=True),
    StyleRole.RUN_IN: Style(bold=True),
    StyleRole.SPEAKER: Style(bold=True),
    StyleRole.ERROR: Style(bold=True),
}
"""The attributes that distinguish roles without colour; with colour, a background takes the place of `reverse`."""

ColourPair = tuple[str | None, str | None]
"""Foreground and background; None leaves what is beneath."""


class Palette(Struct, frozen=True):
    """A theme's colours: hexadecimal, or with `ansi` names of the terminal's own sixteen.

    `strengths` go from grey through blue to gold, the last, of what is completed, is green. `kinds` are the colours of
    the types of entity. A palette without colours has neither.
    """

    name: str
    pairs: dict[StyleRole, ColourPair]
    strengths: dict[Strength, str | None]
    kinds: dict[EntityType, str | None]
    border: str
    focus: str
    dark: bool = True
    ansi: bool = False
    heat: tuple[tuple[str, str], ...] = ()
    """Foregrounds and backgrounds of counts in a grid, from few to many; none without colours of its own."""

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

    @lru_cache(maxsize=16)  # noqa: B019
    def strength_style(self, strength: Strength | None) -> Style:
        """Return the style of an agreement's glyph; a record without strength is muted."""
        if strength is None:
            return self.style(StyleRole.MUTED)
        return Style(color=self.strengths.get(strength), bold=True if self.ansi else None)

    def heat_style(self, step: int) -> Style:
        """Return the style of a count, by its step in the ramp."""
        foreground, background = self.heat[step]
        return Style(color=foreground, bgcolor=background)

    @lru_cache(maxsize=16)  # noqa: B019
    def kind_style(self, entity_type: EntityType) -> Style:
        """Return the style of an entity's glyph."""
        return Style(color=self.kinds.get(entity_type))

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

# Most colours of this palette are among the 256 that terminals fix, which are sent by their numbers, in fewer bytes.
DARK = Palette(
    "dark",
    {
        StyleRole.TEXT: ("#d7d7d7", "#121212"),
        StyleRole.MUTED: ("#949494", None),
        StyleRole.STRONG: ("#eeeeee", None),
        StyleRole.ACCENT: ("#87afff", None),
        StyleRole.ENTITY: ("#87d7d7", None),
        StyleRole.EVIDENCE: (None, "#20252e"),
        StyleRole.SELECTED: ("#ffffff", "#27405f"),
        StyleRole.TRIGGER: ("#ffd787", None),
        StyleRole.DEADLINE: ("#121212", "#e8a06a"),
        StyleRole.MATCH: ("#000000", "#ffd75f"),
        StyleRole.CURSOR: ("#121212", "#d7d7d7"),
        StyleRole.FOCUSED_ROW: (None, "#262d39"),
        StyleRole.AMOUNT: ("#d7d7d7", "#2b3341"),
        StyleRole.DUE: ("#ffc08f", "#3a2b20"),
        StyleRole.TITLE: ("#a9ccff", None),
        StyleRole.HEADING: ("#eeeeee", None),
        StyleRole.SUBHEADING: ("#eeeeee", None),
        StyleRole.RUN_IN: ("#eeeeee", None),
        StyleRole.SPEAKER: ("#e6c9a8", None),
        StyleRole.MARKER: ("#87afff", None),
        StyleRole.ERROR: ("#ff9c94", None),
        StyleRole.BAR: ("#d7d7d7", "#1d222b"),
    },
    strengths=dict(
        zip(Strength, ("#afafaf", "#87afd7", "#5fafff", "#5fd7ff", "#d7af87", "#ffd75f", "#87d787"), strict=True)
    ),
    kinds=dict(
        zip(
            EntityType,
            (
                "#87d7d7",
                "#d7afd7",
                "#87afff",
                "#afafff",
                "#afd787",
                "#ffaf87",
                "#5fd7af",
                "#d7af87",
                "#ff87d7",
                "#afd7af",
            ),
            strict=True,
        )
    ),
    border="#4a5262",
    focus="#87afff",
    heat=(("#d7d7d7", "#1c2b3a"), ("#eeeeee", "#1f4e79"), ("#121212", "#87afd7"), ("#121212", "#ffd75f")),
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
        StyleRole.AMOUNT: ("#23262d", "#e4e0d4"),
        StyleRole.DUE: ("#7d3300", "#f7e3d2"),
        StyleRole.TITLE: ("#0a4f9c", None),
        StyleRole.HEADING: ("#000000", None),
        StyleRole.SUBHEADING: ("#000000", None),
        StyleRole.RUN_IN: ("#000000", None),
        StyleRole.SPEAKER: ("#7a3e00", None),
        StyleRole.MARKER: ("#0a4f9c", None),
        StyleRole.ERROR: ("#a8201a", None),
        StyleRole.BAR: ("#23262d", "#efece4"),
    },
    strengths=dict(
        zip(Strength, ("#646a76", "#4f6585", "#2563a8", "#0a4f9c", "#7a5b00", "#8a4800", "#1b6a30"), strict=True)
    ),
    kinds=dict(
        zip(
            EntityType,
            (
                "#00596b",
                "#7d2f8c",
                "#2a4fb0",
                "#5b3fb5",
                "#4a6612",
                "#9c3a1c",
                "#0f6a4a",
                "#73511a",
                "#9a2a6a",
                "#4a5f54",
            ),
            strict=True,
        )
    ),
    border="#a9a698",
    focus="#0a4f9c",
    dark=False,
    heat=(("#23262d", "#e6ebf2"), ("#000000", "#b9d2ee"), ("#ffffff", "#2563a8"), ("#ffffff", "#7a3e00")),
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
        StyleRole.AMOUNT: ("#ffffff", "#333333"),
        StyleRole.DUE: ("#ffb066", "#000000"),
        StyleRole.TITLE: ("#ffff00", None),
        StyleRole.HEADING: ("#ffffff", None),
        StyleRole.SUBHEADING: ("#ffffff", None),
        StyleRole.RUN_IN: ("#ffffff", None),
        StyleRole.SPEAKER: ("#ffd8a8", None),
        StyleRole.MARKER: ("#ffff00", None),
        StyleRole.ERROR: ("#ffb0a8", None),
        StyleRole.BAR: ("#ffffff", "#000000"),
    },
    strengths=dict(
        zip(Strength, ("#c8c8c8", "#c9d8f0", "#9fccff", "#7fc0ff", "#ffe08a", "#ffd000", "#8dff9a"), strict=True)
    ),
    kinds=dict(
        zip(
            EntityType,
            (
                "#8ff0ff",
                "#ffb0ff",
                "#b0c8ff",
                "#ccb8ff",
                "#c8f08a",
                "#ffb8a0",
                "#8affc8",
                "#f0d090",
                "#ffa8d8",
                "#c8e0d0",
            ),
            strict=True,
        )
    ),
    border="#ffffff",
    focus="#ffff00",
    heat=(("#ffffff", "#1c1c1c"), ("#ffffff", "#00409a"), ("#000000", "#9fccff"), ("#000000", "#ffff00")),
)

ANSI = Palette(
    "ansi",
    {
        StyleRole.TEXT: (None, None),
        StyleRole.ACCENT: ("blue", None),
        StyleRole.ENTITY: ("cyan", None),
        StyleRole.DEADLINE: ("black", "red"),
        StyleRole.MATCH: ("black", "yellow"),
        StyleRole.DUE: ("magenta", None),
        StyleRole.SPEAKER: ("magenta", None),
        StyleRole.MARKER: ("blue", None),
        StyleRole.ERROR: ("red", None),
        StyleRole.BAR: (None, None),
    },
    strengths=dict(zip(Strength, (None, None, "blue", "blue", "magenta", "magenta", "green"), strict=True)),
    kinds=dict(
        zip(
            EntityType, ("cyan", "magenta", "blue", "blue", "green", "red", "green", None, "magenta", None), strict=True
        )
    ),
    border="default",
    focus="blue",
    ansi=True,
)

PLAIN = Palette(
    "plain",
    {StyleRole.TEXT: (None, None), StyleRole.BAR: (None, None)},
    strengths={},
    kinds={},
    border="default",
    focus="default",
    ansi=True,
)
"""No colour at all, as NO_COLOR asks."""

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, ANSI, PLAIN)}


def palette_for(capabilities: Capabilities) -> Palette:
    """Return the palette that suits a terminal: the plain one where it has, or wants, no colour."""
    return PALETTES[capabilities.default_theme] if capabilities.colours else PLAIN
