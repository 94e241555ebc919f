"""Handlers of both screens: help, colours, mouse, redrawing and leaving."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable

from alliance_tui.explorer.commands.registry import Command
from alliance_tui.explorer.handlers.screen_ports import ScreenPort
from alliance_tui.explorer.presenters.help_pages import QUERY_PAGE, HelpPage, symbols_page
from alliance_tui.explorer.rendering.theme import PALETTES


def pick_command(screen: ScreenPort, title: str, commands: Iterable[Command]) -> Awaitable[None]:
    """List these commands, and carry out the one that is picked."""
    from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

    items = [Item(command.id, command.displayed_keys, command.help, command.label) for command in commands]

    async def _perform(picked: str | None) -> None:
        if picked:
            await screen.action_perform(picked)

    return screen.app.push_screen(PickerScreen(title, items, verb="do it"), _perform)


def show_query_help(screen: ScreenPort) -> Awaitable[None]:
    """Show the query language."""
    return _show_page(screen, QUERY_PAGE)


def show_symbols(screen: ScreenPort) -> Awaitable[None]:
    """Show the symbols in the glyphs of this terminal."""
    return _show_page(screen, symbols_page(screen.context.glyphs))


def _show_page(screen: ScreenPort, page: HelpPage) -> Awaitable[None]:
    from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

    entries = [entry for section in page.sections for entry in section.entries]
    items = [Item(str(number), entry.subject, entry.meaning) for number, entry in enumerate(entries)]
    return screen.app.push_screen(PickerScreen(page.title, items, verb=None))


def next_palette(screen: ScreenPort) -> None:
    """Change to the next palette."""
    app, names = screen.context, list(PALETTES)
    palette = PALETTES[names[(names.index(app.palette.name) + 1) % len(names)]]
    app.use_palette(palette)
    screen.show_notice(f"Colours: {palette.name}")


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
