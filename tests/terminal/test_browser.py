"""The explorer in a browser: every key works, and nothing is asked of any other host."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.support.isolated_home import Home

pytest.importorskip("textual_serve", reason="the extra “browser” is not installed")
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from alliance_tui.browser.server import MAX_PAGES
from tests.support.chromium import CHROMIUM, Browser

pytestmark = [pytest.mark.pty, pytest.mark.model]

SERVE = [sys.executable, "-m", "alliance_tui", "serve"]


@pytest.fixture
def server(known_home: Home, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """A server on the article, its address and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | known_home.environ | {"XDG_STATE_HOME": str(tmp_path)}
    process = subprocess.Popen([*SERVE, "--port", str(port)], env=environ, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    address = re.search(r"http\S+/", process.stderr.readline())
    assert address
    yield process, address[0], port
    process.terminate()
    assert process.wait(10) in (0, -signal.SIGKILL)
    process.stderr.close()


@pytest.fixture
def needs_chromium() -> None:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")


async def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until it holds; a coroutine is awaited first."""
    end = time.monotonic() + seconds
    while True:
        held = condition()
        if await held if asyncio.iscoroutine(held) else held:
            return
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


@pytest.mark.usefixtures("needs_chromium")
async def test_a_page_shows_the_explorer_and_takes_keys(
    server: tuple[subprocess.Popen[str], str, int], tmp_path: Path
) -> None:
    _, address, port = server
    async with Browser(tmp_path / "profile") as browser:
        await browser.open(address)
        await until(lambda: browser.value("document.body.classList.contains('-first-byte')"))
        await until(lambda: "Kishida" in browser.received)
        for key in "/dicsa":
            await browser.press(key)
        await until(lambda: "first match" in browser.received)
        await browser.press("Enter")
        await browser.press("q")
        await until(lambda: browser.value("document.body.classList.contains('-closed')"))
        assert {urlsplit(each).netloc for each in browser.requested_urls} == {f"127.0.0.1:{port}"}


def test_without_the_secret_there_is_nothing(server: tuple[subprocess.Popen[str], str, int]) -> None:
    _, _, port = server
    for path in ("", "ws", "static/js/textual.js"):
        with pytest.raises(OSError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/{path}")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"Host": "127.0.0.1:none"},
    ],
    ids=str,
)
def test_pages_and_names_of_elsewhere_are_refused(
    server: tuple[subprocess.Popen[str], str, int], headers: dict[str, str]
) -> None:
    _, address, _ = server
    for path in ("", "ws"):
        with pytest.raises(OSError, match="403"):
            urlopen(Request(address + path, headers=headers))


async def test_the_number_and_size_of_pages_are_limited_and_odd_messages_ignored(
    server: tuple[subprocess.Popen[str], str, int],
) -> None:
    _, address, port = server
    origin = {"Origin": f"http://localhost:{port}"}
    async with ClientSession() as client, AsyncExitStack() as pages:
        for _ in range(MAX_PAGES):
            page = await pages.enter_async_context(
                client.ws_connect(f"{address}ws?width=99999999&height=1000000", headers=origin)
            )
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(f"{address}ws", headers=origin)
        assert refused.value.status == 503
        for message in ("", "{", "[]", '["stdin"]', '["resize", {"width": "wide"}]', "[" * 5000, '{"a": 1}'):
            await page.send_str(message)
        await page.send_str('["resize", {"width": 1000000, "height": 1000000}]')
        await page.send_str('["ping", 7]')
        while (answer := await page.receive(timeout=30)).type is not WSMsgType.TEXT:
            assert answer.type is WSMsgType.BINARY
        assert answer.json() == ["pong", 7]


@pytest.mark.usefixtures("needs_chromium")
async def test_a_page_reads_no_file_that_it_was_not_started_with(
    server: tuple[subprocess.Popen[str], str, int], tmp_path: Path
) -> None:
    _, address, _ = server
    (tmp_path / "secret.txt").write_text("Norland will lend its secret harbour to Westmark by 2031.")
    async with Browser(tmp_path / "profile") as browser:
        await browser.open(address)
        await until(lambda: "Kishida" in browser.received)
        for key in ("L", "a", *str(tmp_path / "secret.txt")):
            await browser.press(key)
        await until(lambda: "nothing fits" in browser.received)
        assert "secret.txt (" not in browser.received


@pytest.mark.usefixtures("needs_chromium")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_no_explorer_outlives_the_server(
    server: tuple[subprocess.Popen[str], str, int], known_home: Home, tmp_path: Path, number: signal.Signals
) -> None:
    process, address, _ = server
    async with Browser(tmp_path / "profile") as browser:
        await browser.open(address)
        await until(lambda: "Kishida" in browser.received)
        assert known_home.processes()
        process.send_signal(number)
        await until(lambda: not known_home.processes(), 10)


BUSY_APP = """
import time
from textual.app import App
from alliance_tui.terminal.browser_driver import BrowserDriver

class BusyApp(App):
    def on_mount(self):
        time.sleep(60)

BusyApp(driver_class=BrowserDriver).run()
"""


def test_an_app_too_busy_to_exit_ends_with_its_server() -> None:
    process = subprocess.run([sys.executable, "-c", BUSY_APP], input=b"", capture_output=True, timeout=30)
    assert process.returncode == 1
