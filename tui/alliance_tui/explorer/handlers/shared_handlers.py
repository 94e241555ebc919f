"""Handlers of both screens: help, colours, mouse, redrawing and leaving."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from alliance_tui.explorer.commands.registry import Command
from alliance_tui.explorer.handlers.screen_ports import ScreenPort

if TYPE_CHECKING:
    from alliance_tui.explorer.presenters.help_pages import HelpPage


def pick_command(
    screen: ScreenPort, title: str, commands: Iterable[Command], *, next_page: str = ""
) -> Awaitable[None]:
    """List these commands, and carry out the one that is picked; Tab goes on to the pages of help."""
    from alliance_tui.explorer.dialogs.picker_screen import NEXT_PAGE, Item, PickerScreen

    items = [Item(command.id, command.displayed_keys, command.help, command.label) for command in commands]

    async def _perform(picked: str | None) -> None:
        if picked == NEXT_PAGE:
            await show_query_help(screen)
        elif picked:
            await screen.action_perform(picked)

    return screen.app.push_screen(
        PickerScreen(title, items, verb="do it", next_page=next_page, details_give_way=True), _perform
    )


def show_query_help(screen: ScreenPort) -> Awaitable[None]:
    """Show the query language."""
    from alliance_tui.explorer.presenters.help_pages import QUERY_PAGE

    return _show_page(screen, QUERY_PAGE, "symbols", show_symbols)


def show_symbols(screen: ScreenPort) -> Awaitable[None]:
    """Show the symbols in the glyphs of this terminal."""
    from alliance_tui.explorer.presenters.help_pages import symbols_page

    return _show_page(screen, symbols_page(screen.context.glyphs), "keys", show_keys)


def show_keys(screen: ScreenPort) -> Awaitable[None]:
    """Show the keys that work on the screen."""
    return screen.action_perform("help")


def _show_page(
    screen: ScreenPort, page: HelpPage, next_page: str, show_next: Callable[[ScreenPort], Awaitable[None]]
) -> Awaitable[None]:
    """Show a page of help; Tab shows the next one."""
    from alliance_tui.explorer.dialogs.help_page_screen import help_page_screen
    from alliance_tui.explorer.dialogs.picker_screen import NEXT_PAGE

    async def _turn(picked: str | None) -> None:
        if picked == NEXT_PAGE:
            await show_next(screen)

    return screen.app.push_screen(help_page_screen(page, next_page), _turn)


def pick_palette(screen: ScreenPort) -> Awaitable[None]:
    """List the colours, each shown while the cursor is on it, and take the one that is picked."""
    from alliance_tui.explorer.dialogs.theme_picker import ThemePicker

    def _picked(name: str | None) -> None:
        if name:
            screen.context.picked_theme = name
            configured = screen.context.configured_theme
            later = f"; config.toml has {configured} for the next start" if configured not in ("", name) else ""
            screen.show_notice(f"Colours: {name}{later}")

    return screen.app.push_screen(ThemePicker(screen.context.palette.name), _picked)


def toggle_mouse(screen: ScreenPort) -> None:
    """Switch mouse reports on or off."""
    app = screen.context
    app.use_mouse(not app.mouse)
    effect = "clicks and the wheel work here" if app.mouse else "the terminal selects text with it"
    screen.show_notice(f"Mouse {'on' if app.mouse else 'off'}: {effect}.")


def redraw(screen: ScreenPort) -> None:
    """Draw the whole screen again."""
    screen.context.action_redraw()


def leave(screen: ScreenPort) -> None:
    """End the session."""
    screen.context.exit(0)
