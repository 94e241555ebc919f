"""Handlers of saved searches: listed, put in, saved and forgotten, on both screens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.handlers.screen_ports import ScreenPort
from alliance_tui.library.saved_searches import SavedSearches
from alliance_tui.search.saved_queries import expand_saved, reference_to

_SAVE, _FORGET, _NAMED = "save", "forget:", "name:"
NO_FILE = "With --no-cache nothing is kept: leave it out, or name a library with --library"


async def pick_search(
    screen: ScreenPort, query: str, put: Callable[[str], None], reload: Callable[[], Awaitable[object] | object]
) -> None:
    """List the saved searches; put in the one that is picked, or save or forget the present query.

    `reload` is called after a change.
    """
    if screen.context.cache is None:
        screen.show_notice(NO_FILE)
        return
    store = SavedSearches(screen.context.cache.path)
    saved = await asyncio.to_thread(store.all)
    current = query.strip()
    items = _items(saved, current)

    async def changed(notice: str) -> None:
        if (awaitable := reload()) and isinstance(awaitable, Awaitable):
            await awaitable
        screen.show_notice(notice)

    async def typed_in(name: str | None) -> None:
        if name and name.strip():
            kept = await asyncio.to_thread(store.save, name, expand_saved(current, saved)[0])
            await changed(f"Saved: {reference_to(kept)} stands for it in every query.")

    async def picked(key: str | None) -> None:
        if key == _SAVE:
            screen.app.push_screen(PromptScreen("Save the search as", ""), typed_in)
        elif key and key.startswith(_FORGET):
            await asyncio.to_thread(store.forget, key.removeprefix(_FORGET))
            await changed(f"Forgotten: {key.removeprefix(_FORGET)}")
        elif key:
            put(reference_to(key.removeprefix(_NAMED)))

    if items:
        screen.app.push_screen(PickerScreen("Saved searches", items, verb="choose"), picked)
    else:
        screen.show_notice("No search is saved yet: search for something first (/).")


def _items(saved: Mapping[str, str], query: str) -> list[Item]:
    """Return what can be done with the present query, and the saved ones."""
    items = [Item(_NAMED + name, name, terms) for name, terms in saved.items()]
    named = next((name for name in saved if query == reference_to(name)), None)
    if named:
        return [Item(_FORGET + named, "forget", f"the search saved as {named}"), *items]
    return [Item(_SAVE, "save", f"this search by a name: {query}"), *items] if query else items
