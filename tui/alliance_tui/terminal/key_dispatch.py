"""Keys are answered one after the other, each to its end.

Textual 8.2.8 hands each key to the widget that has the focus at that moment, and looks for its binding when the key has
come back from there. Of keys that arrive together, as they do over a slow line, it hands out the second before the
first is answered: of "/japan" it would take the letters for commands.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from alliance_tui.terminal.input_parser import FLOOD, keys_of

if TYPE_CHECKING:
    from textual.widget import Widget

    from alliance_tui.terminal.frame_diff import FrameDiffApp


FRAME = 0.008
"""Seconds for which keys are answered without a look at what else there is to do."""


class Keys(events.Event, bubble=False):
    """Keys that came in together: a paste without brackets, a key held on a slow line, what was typed ahead."""

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = keys


async def answer_all(app: FrameDiffApp[Any], keys: Sequence[events.Key]) -> None:
    """Have the keys answered in turn; letters that the widget with the focus takes as text are pasted into it.

    `app.more_keys` is true while there are more: what takes long may wait for the last.
    """
    field = app.focused
    if field and _pasted(field, keys):
        await _paste(field, "".join((key.character or " ") if _is_text(field, key) else " " for key in keys))
        return
    left = deque(keys)
    since = time.monotonic()
    while left:
        field, text = app.focused, ""
        while field and left and field.check_consume_key(left[0].key, left[0].character):
            text += left.popleft().character or ""
        key = None if text else left.popleft()
        app.more_keys = bool(left)
        if key:
            await answer(app, key)
        elif field:
            await _paste(field, text)
        if time.monotonic() - since > FRAME:
            await asyncio.sleep(0)  # for whoever waits for the thread, such as the next frame
            since = time.monotonic()


async def answer_text(app: FrameDiffApp[Any], text: str) -> None:
    """Have a flood of text pasted into the widget with the focus, or else its characters answered as keys."""
    field = app.focused
    if field and field.check_consume_key("a", "a"):
        await _paste(field, "".join(character if character.isprintable() else " " for character in text))
    else:
        await answer_all(app, keys_of(text))


async def _paste(field: Widget, text: str) -> None:
    with field._context():
        await field._dispatch_message(events.Paste(text))


def _is_text(field: Widget, key: events.Key) -> bool:
    return field.check_consume_key(key.key, key.character)


def _pasted(field: Widget, keys: Sequence[events.Key]) -> bool:
    """Whether the keys are a paste without brackets, of which the parser made keys for the escape sequences in it: to
    take what is among its letters for commands would do anything."""
    return len(keys) > FLOOD and 2 * sum(_is_text(field, key) for key in keys) > len(keys)


async def answer(app: App[Any], key: events.Key) -> None:
    """Have the key answered by the first of these that takes it: a binding with priority, the widget with the focus,
    those around it, the app with all other bindings.
    """
    app.app_focus = True
    if await app._check_bindings(key.key, priority=True):
        return
    key._set_forwarded()
    key.bubble = False  # type: ignore[misc]  # not from queue to queue, but here from node to node
    node: MessagePump | None = app.focused or app.screen
    while node is not None and not key._stop_propagation:
        with node._context():
            await node._dispatch_message(key)
        node = node._parent
