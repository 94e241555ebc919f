"""Every palette can be read, and distinguishes each state by more than colour."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.color import Color

from alliance_tui.explorer.rendering.theme import ATTRIBUTES, PALETTES, PLAIN, Palette, StyleRole, palette_for
from alliance_tui.highlighting import HighlightReason
from alliance_tui.terminal.capabilities import Capabilities

COLOURED = [palette for palette in PALETTES.values() if not palette.ansi]


def backgrounds(palette: Palette) -> dict[str, str]:
    """Return the backgrounds behind roles without a background of their own."""
    named = {
        role.value: palette.pairs[role][1]
        for role in (StyleRole.TEXT, StyleRole.BAR, StyleRole.FOCUSED_ROW, StyleRole.EVIDENCE)
    }
    return {name: ground for name, ground in named.items() if ground}


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_the_contrast_is_never_below_what_the_guidelines_ask(palette: Palette) -> None:
    text, _ = palette.pairs[StyleRole.TEXT]
    for role, (foreground, background) in palette.pairs.items():
        for name, ground in backgrounds(palette).items():
            shown, on = Color.parse(foreground or text or ""), Color.parse(background or ground)
            assert contrast(shown, on) >= 4.5, f"{role} on {name}"


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_the_trigger_can_be_read_on_selected_evidence(palette: Palette) -> None:
    anchor, _ = palette.pairs[StyleRole.TRIGGER]
    _, chosen = palette.pairs[StyleRole.SELECTED]
    assert contrast(Color.parse(anchor or ""), Color.parse(chosen or "")) >= 4.5


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_states_differ_by_attribute_where_there_is_no_colour() -> None:
    roles = [
        StyleRole.SELECTED,
        StyleRole.TRIGGER,
        StyleRole.DEADLINE,
        StyleRole.MATCH,
        StyleRole.CURSOR,
        StyleRole.MUTED,
    ]
    styles = {role: str(PLAIN.style(role)) for role in roles}
    assert all(styles[a] != styles[b] for a, b in combinations(roles, 2))
    assert set(ATTRIBUTES) >= {
        StyleRole.SELECTED,
        StyleRole.TRIGGER,
        StyleRole.DEADLINE,
        StyleRole.MATCH,
        StyleRole.CURSOR,
    }


def test_the_plain_palette_has_no_colour() -> None:
    for role in StyleRole:
        style = PLAIN.style(role)
        assert style.color is None
        assert style.bgcolor is None
    style = PLAIN.highlight_style(
        HighlightReason.ENTITY | HighlightReason.SELECTED | HighlightReason.MATCH | HighlightReason.DEADLINE, True, True
    )
    assert style.color is None
    assert style.bgcolor is None


def test_the_terminal_decides_which_palette_is_used_first() -> None:
    assert palette_for(Capabilities(colours=0)) is PLAIN
    assert palette_for(Capabilities(colours=16)).name == "ansi"
    assert palette_for(Capabilities(dark_background=False)).name == "light"
    assert palette_for(Capabilities()).name == "dark"
