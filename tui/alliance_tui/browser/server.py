"""The explorer in a browser on the same machine: textual-serve with a page that requests nothing from other hosts.

Each page runs its own explorer process, which ends with it. The address contains a secret, so that neither another
page in the browser nor another user of the machine can open one. Behind it, requests from foreign origins or for
foreign hosts are refused, and the number of pages and the size of their terminals are limited.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web
from textual_serve.server import Server

from alliance_tui.documents import confinement
from alliance_tui.terminal.browser_driver import GRACE_SECONDS

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler
    from textual_serve.app_service import AppService

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
MAX_PAGES = 4
"""Explorers at one time: each may take some 450 MB while it analyses a document."""
MAX_COLUMNS, MAX_ROWS = 500, 200
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Variables that describe the terminal in which the server was started, not the browser.
_TERMINAL_VARIABLES = ("SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "COLORFGBG", "LC_ALL")
_BROWSER_VARIABLES = (
    *("TERM=xterm-256color", "COLORTERM=truecolor", "LC_CTYPE=C.UTF-8"),
    "TEXTUAL_DRIVER=alliance_tui.terminal.browser_driver:BrowserDriver",
)


class BrowserServer(Server):
    """A server of explorers that are started with `arguments`; `on_ready` is called with the address to open.

    The explorers can read the files and folders `readable`, and the library, and no others.
    """

    def __init__(
        self, arguments: Sequence[str], port: int, on_ready: Callable[[str], None], *, readable: Sequence[str | Path]
    ) -> None:
        self._path = f"/{secrets.token_urlsafe(12)}"
        self._on_ready = on_ready
        self._sessions: set[asyncio.Task[Any]] = set()
        self._started_sessions: set[asyncio.Task[Any]] = set()
        self._is_closing = False
        super().__init__(_command(arguments, readable), HOST, port, "alliance-tui", templates_path=PAGE)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[_refuse_foreign_requests])
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
        if len(self._sessions) >= MAX_PAGES:
            raise web.HTTPServiceUnavailable(text=f"{MAX_PAGES} pages are open: close one of them")
        session = asyncio.current_task()
        assert session is not None
        self._sessions.add(session)
        try:
            return await super().handle_websocket(_with_limited_size(request))
        finally:
            self._sessions.discard(session)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Pass the page's messages on until it closes, and ignore all that are malformed."""
        session = asyncio.current_task()
        assert session is not None
        self._started_sessions.add(session)
        try:
            if not self._is_closing:
                await self._pass_on(websocket, app_service)
        finally:
            self._started_sessions.discard(session)
            asyncio.get_running_loop().call_later(GRACE_SECONDS, _kill, app_service)

    async def _pass_on(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        async for message in websocket:
            match _decode_json(message.data) if message.type is WSMsgType.TEXT else None:
                case ["stdin", str(keys)]:
                    await app_service.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await app_service.set_terminal_size(_limited(width, MAX_COLUMNS), _limited(height, MAX_ROWS))
                case ["ping", data]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()

    async def on_shutdown(self, app: web.Application) -> None:
        """End the open sessions, which the server would wait for otherwise, with their explorers.

        A session that has not started its explorer yet ends when it has: cancelled before, it would leave the process.
        """
        self._is_closing = True
        for session in self._started_sessions:
            session.cancel()
        if self._sessions:
            await asyncio.wait(self._sessions, timeout=2 * GRACE_SECONDS)


def _kill(app_service: AppService) -> None:
    """Kill the explorer of a page that has gone, where it is too busy to end."""
    process = app_service._process
    if process is not None and process.returncode is None:
        process.kill()


@web.middleware
async def _refuse_foreign_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another page or another name of this machine asks for: cross-site requests, DNS rebinding.

    The port may differ from the server's own at the other end of an SSH tunnel, but page and request agree on it.
    """
    host = _loopback_port(f"http://{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    if host is None or (origin is not None and _loopback_port(origin) != host):
        raise web.HTTPForbidden(text="this address is for pages of this machine only")
    return await handler(request)


def _loopback_port(url: str) -> int | None:
    """Return the port of a URL on this machine, by name or number; None for any other host."""
    try:
        parts = urlsplit(url)
        return (parts.port or 80) if parts.hostname in _LOOPBACK else None
    except ValueError:  # no valid port
        return None


def _with_limited_size(request: web.Request) -> web.Request:
    """Return the request with its columns and rows brought within the limits."""
    limits = {"width": MAX_COLUMNS, "height": MAX_ROWS}
    size = {
        name: _limited(int(value), limits[name])
        for name, value in request.query.items()
        if name in limits and value.isdecimal()
    }
    return request.clone(rel_url=request.rel_url.update_query(size))


def _limited(cells: int, limit: int) -> int:
    return max(1, min(cells, limit))


def _decode_json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _command(arguments: Sequence[str], readable: Sequence[str | Path]) -> str:
    """Return the shell command of an explorer that draws in a browser."""
    confined = f"{confinement.VARIABLE}={confinement.encode_paths(readable)}"
    unset = [part for name in _TERMINAL_VARIABLES for part in ("-u", name)]
    return "exec " + shlex.join(
        ["env", *unset, *_BROWSER_VARIABLES, confined, sys.executable, "-P", "-m", "alliance_tui", *arguments]
    )
