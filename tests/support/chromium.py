"""A page in headless Chromium, driven over its own protocol, for tests.

async with Browser(folder) as browser:
    await browser.open("http://127.0.0.1:8000/")
    await browser.press("q")
    await browser.value("document.title")
    browser.received                all that web sockets received, as text
    browser.requested_urls          the address of every request of the page
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--remote-debugging-port=0", "--window-size=1100,700"),
)
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9}
"""Named keys, by the numbers that Windows gives them, as the protocol has it."""


class Browser:
    """Chromium with one page; `folder` is for its profile and must be empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.requested_urls: list[str] = []
        self.received = ""

    async def __aenter__(self) -> Browser:
        assert CHROMIUM
        quiet = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(
            CHROMIUM, *FLAGS, f"--user-data-dir={self._folder}", "about:blank", stdout=quiet, stderr=quiet
        )
        port_file = self._folder / "DevToolsActivePort"
        while not port_file.exists() or not port_file.read_text().strip():
            await asyncio.sleep(0.1)
        port = port_file.read_text().split()[0]
        self._session = aiohttp.ClientSession()
        async with self._session.get(f"http://127.0.0.1:{port}/json/list") as pages:
            page = next(each for each in await pages.json() if each["type"] == "page")
        self._socket = await self._session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        self._reader = asyncio.create_task(self._read())
        for domain in ("Page", "Network"):
            await self._call(f"{domain}.enable")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reader.cancel()
        await self._session.close()
        self._process.terminate()
        await self._process.wait()

    async def _read(self) -> None:
        async for message in self._socket:
            event = message.json()
            if "id" in event:
                self._answers.pop(event["id"]).set_result(event.get("result", {}))
            elif event["method"] == "Network.requestWillBeSent":
                self.requested_urls.append(event["params"]["request"]["url"])
            elif event["method"] == "Network.webSocketCreated":
                self.requested_urls.append(event["params"]["url"])
            elif event["method"] == "Network.webSocketFrameReceived":
                frame = event["params"]["response"]
                text = frame["opcode"] == 1
                data = frame["payloadData"]
                self.received += data if text else base64.b64decode(data).decode("utf-8", "replace")

    async def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, 30)

    async def open(self, address: str) -> None:
        """Open the address."""
        await self._call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        reply = await self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return reply["result"].get("value")

    async def press(self, key: str) -> None:
        """Press a key: a character, or the name of one of KEYS."""
        text_or_code = {"windowsVirtualKeyCode": KEYS[key]} if key in KEYS else {"text": key}
        await self._call("Input.dispatchKeyEvent", type="keyDown", key=key, **text_or_code)
        await self._call("Input.dispatchKeyEvent", type="keyUp", key=key)
