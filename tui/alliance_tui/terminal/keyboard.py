"""Keys are answered one after the other, each to its end.

Textual 8.2.8 hands each key to the widget that has the focus at that moment, and looks for its binding when the key has
come back from there. Of keys that arrive together, as they do over a slow line, it hands out the second before the
first is answered: of "/japan" it would take the letters for commands.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump


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
