"""Lines are drawn as Textual itself would draw them, and those that look as before stay the same objects."""

from __future__ import annotations

import pytest
from textual._styles_cache import StylesCache
from textual.strip import Strip

from alliance_tui.explorer.widgets.base import ThemedWidget
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving

SIZES = [(80, 24), (120, 40), (170, 50), (40, 12)]


def drawn(widget: ThemedWidget) -> list[Strip]:
    """Return all lines of a widget as the screen gets them."""
    return widget.render_lines(widget.outer_size.region)


def as_textual_draws(widget: ThemedWidget) -> list[Strip]:
    """Return all lines of a widget as Textual's own cache draws them."""
    return StylesCache().render_widget(widget, widget.outer_size.region)


def painted(drive: Drive) -> list[ThemedWidget]:
    """Return the widgets on the screen that draw their own lines."""
    return [widget for widget in drive.app.screen.query(ThemedWidget) if widget.region]


def cells(strip: Strip) -> list[tuple[str, object]]:
    """Return each character with its style, however the line is cut into segments."""
    return [(character, style) for text, style, _ in strip for character in text]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_line_looks_as_textual_would_draw_it(size: tuple[int, int]) -> None:
    async with driving(app_on(builders.analysis()), size=size) as drive:
        for keys in ("", "tab enter", "slash j o i n t", "enter z", "escape tab j"):
            await drive.press(*keys.split())
            assert painted(drive)
            for widget in painted(drive):
                for mine, theirs in zip(drawn(widget), as_textual_draws(widget), strict=True):
                    assert cells(mine) == cells(theirs)


async def test_a_line_that_looks_as_it_did_is_the_same_object() -> None:
    async with driving(app_on(builders.analysis())) as drive:
        text = drive.screen.text_pane
        before = drawn(text)
        text.clear_line_cache()
        text.refresh()
        assert all(one is other for one, other in zip(before, drawn(text), strict=True))
