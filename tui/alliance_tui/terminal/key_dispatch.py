"""Dispatch of keys in order: each is handled to its end before the next.

Textual 8.2.8 hands each key to the widget that has the focus at that moment, and looks for its binding when the key has
come back from there. Of keys that arrive together, as they do over a slow line, it hands out the second before the
first is answered: of "/japan" it would take the letters for commands.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ReturnType
from textual.message_pump import MessagePump

from alliance_tui.terminal.input_parser import MAX_TYPED_KEYS, KeyBurst, TextBurst, keys_for_text

if TYPE_CHECKING:
    from textual.widget import Widget

_YIELD_SECONDS = 0.008
"""The time after which a burst of keys lets other tasks of the event loop run."""
_MAX_CALLBACK_SECONDS = 1.0
"""The time for which keys wait for what follows from the result of a dialog."""


class KeyDispatchApp(App[ReturnType]):
    """A Textual app that handles keys one after the other, and bursts of text as pastes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.has_pending_keys = False
        """Whether keys of the same burst follow the one that is being handled: slow work may wait for the last."""

    async def on_event(self, event: events.Event) -> None:
        """Dispatch keys and text here, all other events as Textual does."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await _dispatch_key(self, event)
        elif isinstance(event, KeyBurst):
            await _dispatch_keys(self, event.keys)
        elif isinstance(event, TextBurst):
            await _dispatch_text(self, event.text)
        else:
            await super().on_event(event)


async def _dispatch_key(app: App[Any], key: events.Key) -> None:
    """Handle the key, and what follows from the result of a dialog that it closes: the next key may belong there."""
    screen = app.screen
    results = screen._result_callbacks[-1:]
    requesters = [result.requester for result in results if result.callback is not None]
    await _offer_key(app, key)
    if requesters and screen not in app.screen_stack:
        await _run_callbacks(requesters[0])


async def _run_callbacks(pump: MessagePump) -> None:
    """Wait until the pump has run the callbacks that it has now, but not forever."""
    if isinstance(pump, App):  # it is handling this key and would run them after it
        await pump._flush_next_callbacks()
    elif pump.is_running:
        done = asyncio.Event()
        pump.call_next(done.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _MAX_CALLBACK_SECONDS)


async def _offer_key(app: App[Any], key: events.Key) -> None:
    """Offer the key to bindings with priority, the focused widget, its ancestors and the app, until one takes it."""
    app.app_focus = True
    if await app._check_bindings(key.key, priority=True):
        return
    key._set_forwarded()
    key.bubble = False  # type: ignore[misc]  # the loop below bubbles it, without a message queue in between
    node: MessagePump | None = app.focused or app.screen
    while node is not None and not key._stop_propagation:
        with node._context():
            await node._dispatch_message(key)
        node = node._parent


async def _dispatch_keys(app: KeyDispatchApp[Any], keys: Sequence[events.Key]) -> None:
    """Dispatch the keys in order; characters that the focused widget takes as text are pasted into it."""
    field = app.focused
    if field and _is_unbracketed_paste(field, keys):
        await _paste(field, "".join((key.character or " ") if _is_text_key(field, key) else " " for key in keys))
        return
    pending = deque(keys)
    since = time.monotonic()
    while pending:
        field, text = app.focused, ""
        while field and pending and _is_text_key(field, pending[0]):
            text += pending.popleft().character or ""
        key = None if text else pending.popleft()
        app.has_pending_keys = bool(pending)
        if key:
            await _dispatch_key(app, key)
        elif field:
            await _paste(field, text)
        if time.monotonic() - since > _YIELD_SECONDS:
            await asyncio.sleep(0)
            since = time.monotonic()


async def _dispatch_text(app: KeyDispatchApp[Any], text: str) -> None:
    """Paste a burst of text into the focused widget, or dispatch its characters as keys where that takes no text."""
    field = app.focused
    if field and field.check_consume_key("a", "a"):
        await _paste(field, "".join(character if character.isprintable() else " " for character in text))
    else:
        await _dispatch_keys(app, keys_for_text(text))


async def _paste(field: Widget, text: str) -> None:
    with field._context():
        await field._dispatch_message(events.Paste(text))


def _is_text_key(field: Widget, key: events.Key) -> bool:
    return field.check_consume_key(key.key, key.character)


def _is_unbracketed_paste(field: Widget, keys: Sequence[events.Key]) -> bool:
    """Return whether so many keys, most of them text, must be a paste without brackets.

    The parser makes keys of the escape sequences in such a paste: as commands they would do anything.
    """
    return len(keys) > MAX_TYPED_KEYS and 2 * sum(_is_text_key(field, key) for key in keys) > len(keys)
