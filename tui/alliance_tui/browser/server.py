"""The explorer in a browser on the same machine: textual-serve with a page that asks nothing of any other host.

Each page has an explorer of its own, which ends with it. The address holds a secret, so that neither another page in
the browser nor another user of the machine can open one.
"""

from __future__ import annotations

import asyncio
import secrets
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
# What tells of the terminal that the server was started in, and nothing of the browser.
_FOREIGN = ("SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "COLORFGBG", "LC_ALL")
_BROWSER = (
    *("TERM=xterm-256color", "COLORTERM=truecolor", "LC_CTYPE=C.UTF-8"),
    "TEXTUAL_DRIVER=alliance_tui.terminal.browser_driver:BrowserDriver",
)


class BrowserServer(Server):
    """Serves explorers that are started with `arguments`; `ready` is told the address once it can be opened."""

    def __init__(self, arguments: Sequence[str], port: int, ready: Callable[[str], None]) -> None:
        self._path = f"/{secrets.token_urlsafe(12)}"
        self._ready = ready
        self._sessions: set[asyncio.Task[Any]] = set()
        super().__init__(_command(arguments), HOST, port, "alliance-tui", templates_path=PAGE)

    async def _make_app(self) -> web.Application:
        app = web.Application()
        app.router.add_static(f"{self._path}/page", PAGE)
        app.add_subapp(self._path, await super()._make_app())
        return app

    def serve(self, debug: bool = False) -> None:
        """Serve until SIGINT or SIGTERM. Nothing is logged: the addresses hold the secret."""
        address = f"{self.public_url}{self._path}/"
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            access_log=None,
            print=lambda *_: self._ready(address),
        )

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: `ready` tells all there is."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """An explorer for one page."""
        session = asyncio.current_task()
        assert session is not None
        self._sessions.add(session)
        try:
            return await super().handle_websocket(request)
        finally:
            self._sessions.discard(session)

    async def on_shutdown(self, app: web.Application) -> None:
        """End the explorers that are still open, and with them the wait for their pages."""
        for session in self._sessions:
            session.cancel()


def _command(arguments: Sequence[str]) -> str:
    """The command line, for a shell, of an explorer that draws in a browser."""
    without = [part for name in _FOREIGN for part in ("-u", name)]
    return "exec " + shlex.join(["env", *without, *_BROWSER, sys.executable, "-P", "-m", "alliance_tui", *arguments])
