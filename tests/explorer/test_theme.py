"""Every palette can be read, and distinguishes each state by more than colour."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.color import Color

from alliance_tui.explorer.rendering.derived_palettes import contrast, palette_named, palette_names
from alliance_tui.explorer.rendering.glyphs import ASCII, CONSOLE, UNICODE, Glyphs
from alliance_tui.explorer.rendering.theme import ATTRIBUTES, PALETTES, PLAIN, Palette, StyleRole, palette_for
from alliance_tui.explorer.widgets.base import StatusLine
from alliance_tui.highlighting import HighlightReason
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import EntityType, Strength
from alliance_tui.terminal.capabilities import Capabilities
from tests.support import builders
from tests.support.pilot import app_on, driving

DERIVED = [palette for name in palette_names() if name not in PALETTES and (palette := palette_named(name))]
COLOURED = [*(palette for palette in PALETTES.values() if not palette.ansi), *DERIVED]


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
def test_strengths_and_types_of_entity_can_be_read_on_every_background(palette: Palette) -> None:
    assert set(palette.strengths) == set(Strength)
    assert set(palette.kinds) == set(EntityType)
    for meaning, colour in (*palette.strengths.items(), *palette.kinds.items()):
        for name, ground in backgrounds(palette).items():
            assert contrast(Color.parse(colour or ""), Color.parse(ground)) >= 4.5, f"{meaning} on {name}"


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_counts_can_be_read_on_every_step_of_the_heat_ramp(palette: Palette) -> None:
    assert len(set(palette.heat)) == (0 if palette.ansi else 4)
    for foreground, background in palette.heat:
        assert contrast(Color.parse(foreground), Color.parse(background)) >= 4.5


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_each_strength_and_each_type_of_entity_has_a_colour_of_its_own(palette: Palette) -> None:
    assert len(set(palette.strengths.values())) == len(Strength)
    assert len(set(palette.kinds.values())) == len(EntityType)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII, CONSOLE], ids=["unicode", "ascii", "console"])
def test_strengths_and_types_of_entity_differ_by_shape_as_well(glyphs: Glyphs) -> None:
    assert len(set(glyphs.strengths.values())) == len(Strength)
    assert len(set(glyphs.entities.values())) == len(EntityType)
    assert {cell_len(glyph) for glyph in (*glyphs.strengths.values(), *glyphs.entities.values())} == {1}


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_the_trigger_can_be_read_on_selected_evidence(palette: Palette) -> None:
    anchor, _ = palette.pairs[StyleRole.TRIGGER]
    _, chosen = palette.pairs[StyleRole.SELECTED]
    assert contrast(Color.parse(anchor or ""), Color.parse(chosen or "")) >= 4.5


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


def test_textuals_own_themes_are_there_too() -> None:
    names = palette_names()
    assert {"dark", "nord", "gruvbox", "dracula", "solarized-light", "catppuccin-latte", "tokyo-night"} <= set(names)
    assert all(palette_named(name) for name in names)
    assert palette_named("ansi-dark") is None
    assert palette_named("no such theme") is None


async def test_colours_are_previewed_while_they_are_chosen_and_come_back_with_escape() -> None:
    async with driving() as drive:
        await drive.press("t", "down")
        assert drive.app.palette.name == "light"
        await drive.type("nord")
        assert drive.app.palette.name == "nord"
        await drive.press("escape")
        assert drive.app.palette.name == "dark"
        await drive.press("t")
        await drive.type("gruvbox")
        await drive.press("enter")
        assert drive.app.palette.name == "gruvbox"
        assert "Colours: gruvbox" in drive.shown("#record")
        assert drive.styles("#text", "Defence")[0].bgcolor == drive.app.palette.style(StyleRole.TEXT).bgcolor


SCENES: dict[str, tuple[str, str]] = {
    "an agreement chosen, the rest dimmed": ("tab down enter", ""),
    "a query, with facets and a match under the cursor": ("slash d e n m a r k enter F down", ""),
    "a table with a chosen row and chips": ("tab down enter z", ""),
    "words selected, jump labels": ("comma comma s", ""),
    "judged rows, and a dialog": ("tab a down r down i question_mark", ""),
    "bars of a timeline": ("", "H plus"),
    "counts of a timeline": ("", "H O right"),
    "counts of a matrix": ("", "J right"),
}
"""Keys that are pressed once, and keys for each palette that open a screen, which Esc closes."""
LINE_ART = "─│╭╮╰╯━╎▐"
"""Frames, rules, bars and scroll marks, which are no text."""


@pytest.mark.parametrize(("keys", "opening"), SCENES.values(), ids=SCENES)
async def test_all_text_of_a_screen_can_be_read_in_every_palette(keys: str, opening: str) -> None:
    async with driving() as drive:
        await drive.press(*keys.split())
        for palette in COLOURED:
            drive.app.use_palette(palette)
            await drive.press(*opening.split())
            for segment in (segment for strip in drive.app.screen._compositor.render_strips() for segment in strip):
                style, text = segment.style, segment.text.strip(f" {LINE_ART}")
                if text and style and style.color and style.bgcolor:
                    shown, on = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                    assert contrast(shown, on) >= 4.5, f"{text} in {palette.name}: {shown.hex} on {on.hex}"
            await drive.press(*["escape"] * bool(opening))


@pytest.mark.parametrize("in_library", [False, True], ids=["document", "library"])
async def test_the_preview_of_a_palette_colours_the_status_lines_too(in_library: bool, tmp_path: Path) -> None:
    app = app_on(builders.analysis(), cache=AnalysisCache(tmp_path / "library.sqlite"))
    async with driving(app) as drive:
        await drive.press(*["L"] * in_library, "t", "down")
        assert drive.app.palette.name == "light"
        below = drive.app.screen_stack[-2]
        keys = below.query_one("#keys", StatusLine).render_line(0)
        (quit_key,) = {segment.style.color for segment in keys if segment.text == "q" and segment.style}
        assert quit_key == drive.app.palette.style(StyleRole.ACCENT).color
        top = below.query_one("#library-top" if in_library else "#top", StatusLine).render_line(0)
        assert drive.app.palette.style(StyleRole.STRONG).color in {each.style.color for each in top if each.style}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
@pytest.mark.parametrize("key", ["d", "t", "X"], ids=["details", "list", "prompt"])
async def test_beside_a_dialog_the_screen_below_is_seen(palette: Palette, key: str) -> None:
    async with driving(app_on(builders.analysis(), palette=palette)) as drive:
        await drive.press("tab", key)
        assert drive.app.screen is not drive.screen
        assert "Defence" in drive.app.export_screenshot()
