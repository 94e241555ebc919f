"""The colours, the table and the panes are as the reader left them, at the next start too."""

from __future__ import annotations

from pathlib import Path

from alliance_tui.explorer.app import ExplorerApp, app_with_settings
from alliance_tui.explorer.persistence import screen_settings
from alliance_tui.explorer.persistence.screen_settings import ScreenSettings
from alliance_tui.explorer.persistence.settings import Settings
from alliance_tui.explorer.rendering.theme import DARK, PLAIN
from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument
from alliance_tui.explorer.state.pane_sizes import PaneSizes
from alliance_tui.explorer.state.table_view import Grouping, TableColumn, TableView
from alliance_tui.terminal.capabilities import Capabilities
from tests.support import builders
from tests.support.pilot import driving

STATE = ExplorerState((OpenDocument.unread(builders.document()),))


def started(*, theme: str, configured: str | None = None, colours: bool = True) -> ExplorerApp:
    """The app at a start after `theme` was picked."""
    if configured:
        return app_with_settings(STATE, Settings(theme=configured), model=None, cache=None, picked_theme=theme)
    return ExplorerApp(STATE, capabilities=Capabilities(colours=colours), picked_theme=theme)


def test_the_picked_theme_is_back() -> None:
    assert started(theme="nord").palette.name == "nord"
    assert started(theme="light").palette.name == "light"


def test_the_theme_of_the_settings_goes_first_and_colours_only_where_there_are_any() -> None:
    assert started(theme="nord", configured="high-contrast").palette.name == "high-contrast"
    assert started(theme="nord", colours=False).palette is PLAIN


def test_a_theme_that_is_gone_counts_as_none() -> None:
    assert started(theme="gone").palette is started(theme="").palette


def test_all_is_read_as_it_was_written(tmp_path: Path) -> None:
    view = TableView(TableColumn.DUE, True, Grouping.FIELD, (TableColumn.SECTION,), {TableColumn.PARTIES: 30})
    settings = ScreenSettings(view, PaneSizes(10.5, -5, 3), view, True, "nord")
    screen_settings.save(tmp_path / "screen.json", settings)
    assert screen_settings.load(tmp_path / "screen.json") == settings


async def test_what_the_reader_changes_is_what_is_kept() -> None:
    async with driving() as drive:
        assert drive.app.current_screen_settings() == ScreenSettings()
        await drive.press("equals_sign", "F", "t")
        await drive.type("nord")
        await drive.press("enter")
        assert "Colours: nord" in drive.shown("#record")
        assert drive.app.current_screen_settings() == ScreenSettings(
            sizes=PaneSizes(text=5), facets_open=True, theme="nord"
        )


async def test_a_theme_that_is_only_previewed_is_not_kept() -> None:
    async with driving() as drive:
        await drive.press("t", "down", "escape")
        assert drive.app.current_screen_settings().theme == ""
        assert drive.app.palette is DARK
