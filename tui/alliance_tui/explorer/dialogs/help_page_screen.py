"""A page of help as a list: the headings of its sections, and their entries."""

from __future__ import annotations

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.presenters.help_pages import HelpPage


def help_page_screen(page: HelpPage, next_page: str = "") -> PickerScreen:
    """Return a screen of the page; with the name of a next one, Tab asks for that."""
    items = []
    for section in page.sections:
        items.append(Item(section.heading, "", section.heading, is_heading=True))
        items += [
            Item(entry.subject, entry.subject, entry.meaning, coloured_by=entry.coloured_by)
            for entry in section.entries
        ]
    return PickerScreen(page.title, items, verb=None, next_page=next_page)
