"""Hostile pages and requests to `serve`: odd messages, sizes, paths, origins, and pages that leave without a word."""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType

from tests.faults.command_line import CommandHome, faults_of
from tests.faults.libraries import write_documents
from tests.faults.queries import random_query
from tests.faults.surface import Surface
from tests.support.hostile_text import faults as unsafe_parts

PAGES = 3
"""Hostile pages of one attempt."""
MESSAGES = 30
"""Messages of one page."""
PATIENCE = 60.0
"""Seconds in which a busy machine has to answer."""
_KEYS = ("\t", "/", "\x1b", "\x1b[A", "\r", " ", "\x03", "L", "z", "?", "\x1b[200~", "\x1b[<0;3;3M", "\x00")
_SIZES = (-1, 0, 1, 20, 80, 500, 10**6, 10**30)
_MALFORMED = ("", "{", "[]", "[" * 9000, '["stdin"]', '["stdin", 5]', '["resize", {}]', '["ping"]', "1e999")
_FOREIGN = ({"Origin": "https://example.org"}, {"Host": "example.org"}, {"Origin": "null"}, {"Origin": "http://["})
_PATHS = ("..%2f..%2fetc/passwd", "static/..%2f..%2fx", "page/..%2fserver.py", "download/x", "%00", "a" * 5000)


def attack(chance: random.Random, folder: Path) -> Iterator[str]:
    """Serve to hostile pages: the server answers throughout, and a signal ends it with all its explorers."""
    [document] = write_documents(folder / "documents", 1, chance)
    home = CommandHome(folder)
    found: list[str] = []

    def disturb(process: subprocess.Popen[bytes]) -> None:
        address = _address(folder / "stderr")
        found.extend(asyncio.run(_visit(chance, address)) if address else ["it names no address"])
        process.send_signal(signal.SIGTERM)

    run = home.run("serve", "--port", str(_free_port()), document, meanwhile=disturb, patience=300)
    yield from found
    yield from faults_of(run, home, (0, -signal.SIGTERM))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _address(errors: Path) -> str | None:
    """Return the address that the server prints when it is ready."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := re.search(r"http\S+/", errors.read_text("utf-8", "replace")):
            return found[0]
        time.sleep(0.05)
    return None


async def _visit(chance: random.Random, address: str) -> list[str]:
    """Open hostile pages and make hostile requests, then one ordinary page; return the faults."""
    found: list[str] = []
    async with ClientSession() as client:
        for _ in range(PAGES):
            found += await _request(chance, client, address)
            found += await _hostile_page(chance, client, address)
        async with client.ws_connect(f"{address}ws?width=80&height=24") as page:
            if not await _answers(page, bytearray()):
                found.append("an ordinary page is not answered after the hostile ones")
    return found


async def _request(chance: random.Random, client: ClientSession, address: str) -> list[str]:
    """Ask for what there is not, or from elsewhere: it has to be refused."""
    headers = chance.choice((*_FOREIGN, {}))
    path = chance.choice(_PATHS) if not headers else chance.choice((*_PATHS, "", "ws"))
    async with client.get(address + path, headers=headers) as response:
        return [] if 400 <= response.status < 500 else [f"{path[:40]!r} {headers}: status {response.status}"]


async def _hostile_page(chance: random.Random, client: ClientSession, address: str) -> list[str]:
    """Send messages of all kinds; return what the page should not have received."""
    received = bytearray()
    size = f"width={chance.choice(_SIZES)}&height={chance.choice(_SIZES)}"
    with suppress(ClientError, ConnectionError):  # the explorer may have been left by a key
        async with client.ws_connect(f"{address}ws?{size}", max_msg_size=0) as page:
            for _ in range(MESSAGES):
                await page.send_str(_message(chance))
            if chance.random() < 0.5:
                await _answers(page, received)
    return [f"a page receives {part!r}" for part in unsafe_parts(bytes(received))[:3]]


async def _answers(page: ClientWebSocketResponse, received: bytearray) -> bool:
    """Whether the page is answered; what comes before is added to `received`."""
    await page.send_str('["ping", "last"]')
    while True:
        message = await page.receive(timeout=PATIENCE)
        if message.type is WSMsgType.BINARY:
            received += message.data
        elif message.type is not WSMsgType.TEXT:
            return False
        elif json.loads(message.data) == ["pong", "last"]:
            return True


def _message(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return _well_formed(chance)
    message = chance.choice((*_MALFORMED, _well_formed(chance), '["stdin", "' + "x" * 20_000 + '"]'))
    return message[: chance.randrange(len(message) + 1)] if chance.random() < 0.3 else message


def _well_formed(chance: random.Random) -> str:
    keys = random_query(chance) if chance.random() < 0.3 else "".join(chance.choices(_KEYS, k=3))
    size = {"width": chance.choice(_SIZES), "height": chance.choice(_SIZES)}
    kinds = (["stdin", keys], ["resize", size], ["ping", chance.random()], ["blur"], ["focus"])
    return json.dumps(chance.choice(kinds))


BROWSER = Surface("browser pages", attack, "pages", PAGES, short_attempts=1)
