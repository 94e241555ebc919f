"""The explorer in a browser on the same machine: textual-serve with a page that loads nothing from other hosts.

Each page runs its own explorer process, which ends with it. The address contains a secret, so that neither another
page in the browser nor another user of the machine can open one.
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
# Variables that describe the terminal in which the server was started, not the browser.
_TERMINAL_VARIABLES = ("SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "COLORFGBG", "LC_ALL")
_BROWSER_VARIABLES = (
    *("TERM=xterm-256color", "COLORTERM=truecolor", "LC_CTYPE=C.UTF-8"),
    "TEXTUAL_DRIVER=alliance_tui.terminal.browser_driver:BrowserDriver",
)


class BrowserServer(Server):
    """A server of explorers that are started with `arguments`; `on_ready` is called with the address to open."""

    def __init__(self, arguments: Sequence[str], port: int, on_ready: Callable[[str], None]) -> None:
        self._path = f"/{secrets.token_urlsafe(12)}"
        self._on_ready = on_ready
        self._sessions: set[asyncio.Task[Any]] = set()
        super().__init__(_command(arguments), HOST, port, "alliance-tui", templates_path=PAGE)

    async def _make_app(self) -> web.Application:
        app = web.Application()
        app.router.add_static(f"{self._path}/page", PAGE)
        app.add_subapp(self._path, await super()._make_app())
        return app

    def serve(self, debug: bool = False) -> None:
        """Serve until SIGINT or SIGTERM, without a log: the addresses contain the secret."""
        address = f"{self.public_url}{self._path}/"
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            access_log=None,
            print=lambda *_: self._on_ready(address),
        )

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: `on_ready` reports the address."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run an explorer for one page."""
        session = asyncio.current_task()
        assert session is not None
        self._sessions.add(session)
        try:
            return await super().handle_websocket(request)
        finally:
            self._sessions.discard(session)

    async def on_shutdown(self, app: web.Application) -> None:
        """Cancel the open sessions, which the server would wait for otherwise."""
        for session in self._sessions:
            session.cancel()


def _command(arguments: Sequence[str]) -> str:
    """Return the shell command of an explorer that draws in a browser."""
    unset = [part for name in _TERMINAL_VARIABLES for part in ("-u", name)]
    return "exec " + shlex.join(
        ["env", *unset, *_BROWSER_VARIABLES, sys.executable, "-P", "-m", "alliance_tui", *arguments]
    )
