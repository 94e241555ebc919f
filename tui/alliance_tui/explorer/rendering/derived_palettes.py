"""Palettes made from Textual's own themes, with colours moved towards the text's until they can be read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from alliance_tui.explorer.rendering.theme import DARK, LIGHT, PALETTES, ColourPair, Palette, StyleRole

MIN_CONTRAST = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""
_HEAT_SHARES = (0.12, 0.35, 0.65, 1.0)
"""The shares of a theme's primary colour in the grounds of counts, from few to many."""
_STEP = 0.08
"""The share by which a colour is moved at once."""


def palette_names() -> list[str]:
    """Return the names of all palettes: this program's, then those made from Textual's themes."""
    return [*PALETTES, *(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi)]


@cache
def palette_named(name: str) -> Palette | None:
    """Return the palette of this name, None where there is none."""
    if name in PALETTES:
        return PALETTES[name]
    theme = BUILTIN_THEMES.get(name)
    return _derived(theme) if theme and not theme.ansi else None


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _readable(colour: Color, grounds: Iterable[Color]) -> Color:
    """Return the colour, moved towards black or white until it can be read on all the grounds."""
    grounds = list(grounds)
    goal = Color(255, 255, 255) if _luminance(grounds[0]) < 0.2 else Color(0, 0, 0)
    for _ in range(round(1 / _STEP) + 1):
        if all(contrast(colour, ground) >= MIN_CONTRAST for ground in grounds):
            return colour
        colour = colour.blend(goal, _STEP)
    return goal


def _on(ground: Color) -> Color:
    """Return black or white, whichever can be read better on the ground."""
    return max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda colour: contrast(colour, ground))


def _derived(theme: Theme) -> Palette:
    base = DARK if theme.dark else LIGHT
    default_background, default_text = ("#121212", "#e0e0e0") if theme.dark else ("#f2f2f2", "#1f1f1f")
    background = Color.parse(theme.background or default_background)
    text = Color.parse(theme.foreground or default_text)
    primary, warning, error = (
        Color.parse(colour or theme.primary) for colour in (theme.primary, theme.warning, theme.error)
    )
    secondary, accent = Color.parse(theme.secondary or theme.primary), Color.parse(theme.accent or theme.primary)
    bar, row, evidence = background.blend(text, 0.05), background.blend(primary, 0.12), background.blend(text, 0.07)
    grounds = [background, bar, row, evidence]
    selected, amount, due = (background.blend(colour, 0.22) for colour in (primary, text, warning))
    strong = _readable(_on(background), grounds)
    deadline = accent if accent != warning else secondary
    pairs: dict[StyleRole, tuple[Color | None, Color | None]] = {
        StyleRole.TEXT: (_readable(text, grounds), background),
        StyleRole.MUTED: (_readable(text.blend(background, 0.35), grounds), None),
        StyleRole.STRONG: (strong, None),
        StyleRole.ACCENT: (_readable(primary, grounds), None),
        StyleRole.ENTITY: (_readable(secondary, grounds), None),
        StyleRole.EVIDENCE: (None, evidence),
        StyleRole.SELECTED: (_readable(_on(selected), [selected]), selected),
        StyleRole.TRIGGER: (_readable(warning, [*grounds, selected]), None),
        StyleRole.DEADLINE: (_on(deadline), deadline),
        StyleRole.MATCH: (_on(warning), warning),
        StyleRole.CURSOR: (_on(text), text),
        StyleRole.FOCUSED_ROW: (None, row),
        StyleRole.AMOUNT: (_readable(text, [amount]), amount),
        StyleRole.DUE: (_readable(warning, [due]), due),
        StyleRole.TITLE: (_readable(primary, grounds), None),
        StyleRole.HEADING: (strong, None),
        StyleRole.SUBHEADING: (strong, None),
        StyleRole.RUN_IN: (strong, None),
        StyleRole.SPEAKER: (_readable(accent, grounds), None),
        StyleRole.MARKER: (_readable(primary, grounds), None),
        StyleRole.ERROR: (_readable(error, grounds), None),
        StyleRole.BAR: (_readable(text, grounds), bar),
    }
    ramp = {strength: _adapted(colour, grounds) for strength, colour in base.strengths.items()}
    kinds = {kind: _adapted(colour, grounds) for kind, colour in base.kinds.items()}
    hexadecimal: dict[StyleRole, ColourPair] = {
        role: (one and one.hex6, other and other.hex6) for role, (one, other) in pairs.items()
    }
    border = background.blend(text, 0.3).hex6
    focus = _readable(primary, grounds).hex6
    heat = tuple(_heat(background.blend(primary, share)) for share in _HEAT_SHARES)
    return Palette(theme.name, hexadecimal, ramp, kinds, border, focus, dark=theme.dark, heat=heat)


def _heat(ground: Color) -> tuple[str, str]:
    return _on(ground).hex6, ground.hex6


def _adapted(colour: str | None, grounds: list[Color]) -> str | None:
    """Return a colour of this program's own palettes so that it can be read on these grounds."""
    return _readable(Color.parse(colour), grounds).hex6 if colour else None
