"""Fuzz the explorer with hostile documents, file names and queries, and check every byte that it would send.

    python -m tests.tools.fuzz_explorer [DOCUMENTS [SEED]]        by default 10,000

Each document is a file of its own with a hostile name, read as any other. Its entities and agreements are stretches of
its own text, so that the lists and the details show the attacks too. The explorer runs whole but for the terminal: its
driver records the output. tests/terminal/test_hostile.py does the same in a real pseudo-terminal, with less.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.keys import key_to_character
from textual.pilot import Pilot

from alliance_tui import documents
from alliance_tui.errors import DocumentError
from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.state import document_transitions
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType, Kind, Mention, Span, Strength
from alliance_tui.terminal.capabilities import Capabilities
from alliance_tui.terminal.input_parser import KeyBurst
from tests.support.hostile_text import ATTACKS, UNSAFE, faults

BATCH = 50
"""Documents opened in one run of the explorer."""
WORDS = ("Japan", "agreed", "to", "share", "radar", "with", "the", "United", "States", "by", "2027", "\n", ". ")
WALKS = (
    (("tab", "enter", "y"), ("tab", "tab", "enter", "Y"), ("s", "escape")),
    (("d", "escape"), ("pagedown", "x"), ("o", "escape"), ("f", "f"), ("question_mark", "escape")),
)
"""Of each, one choice of keys is pressed in each document."""
SIZES = ((80, 24), (120, 40), (40, 12))


class RecordingDriver(HeadlessDriver):
    """A driver that records its output."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.written: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(data)


def hostile_text(chance: random.Random, pieces: int) -> str:
    """Return words, attacks and characters of any kind."""
    made = []
    for _ in range(pieces):
        kind = chance.random()
        if kind < 0.55:
            made.append(chance.choice(WORDS))
        elif kind < 0.8:
            made.append(chance.choice(list(ATTACKS.values())))
        elif kind < 0.9:
            made.append(chr(chance.choice((chance.randrange(0xA0), chance.randrange(0x2000, 0x2100)))))
        else:
            made.append(chr(chance.randrange(0x110000)))
    return " ".join(made)


def write_hostile_file(folder: Path, chance: random.Random) -> Path:
    """Write a hostile document to a file with a hostile name."""
    name = hostile_text(chance, chance.randint(1, 6)).encode("utf-8", "surrogatepass").translate(None, b"/\0")[:120]
    path = os.path.join(os.fsencode(folder), name or b"x")  # noqa: PTH118 - a path of bytes
    data = hostile_text(chance, chance.randint(0, 120)).encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        data = chance.randbytes(len(data))
    with open(path, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(data)
    return Path(os.fsdecode(path))


def random_analysis(document: Document, chance: random.Random) -> Analysis:
    """Return records at random spans of the text, named after them."""
    spans = list(_spans(document, chance))
    entities = tuple(
        Entity(f"e{n}", span.quote[:60], chance.choice(list(EntityType)), (span.quote,), (Mention(span),))
        for n, span in enumerate(spans[::2])
    )
    agreements = tuple(
        Agreement(
            *(
                f"a{n}",
                chance.choice(list(Kind)),
                span.quote[:80],
                span,
                document.span(span.start, span.start + 1),
                "x",
            ),
            strength=chance.choice(list(Strength)),
            parties=(span.quote[:40],),
            instrument=span.quote[:20],
            attribution=span.quote[-20:],
        )
        for n, span in enumerate(spans[1::2])
    )
    return Analysis(document, entities, agreements, "test", "test")


def _spans(document: Document, chance: random.Random) -> Iterator[Span]:
    for _ in range(min(8, len(document.text) // 10)):
        start = chance.randrange(len(document.text))
        end = min(len(document.text), start + chance.randint(1, 120))
        if document.text[start:end].strip():
            yield document.span(start, end)


async def explore(readings: list[OpenDocument], chance: random.Random) -> bytes:
    """Return every byte that is sent while the documents are walked through."""
    app = ExplorerApp(ExplorerState(tuple(readings)), capabilities=Capabilities(unicode=chance.random() < 0.8))
    app.driver_class = RecordingDriver

    async def reader(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        screen = app.document_screen
        assert screen is not None
        for number in range(len(readings)):
            screen.set_state(document_transitions.open_document(screen.state, number))
            for keys in (*(chance.choice(walk) for walk in WALKS), ("slash",)):
                app.post_message(KeyBurst([events.Key(key, key_to_character(key)) for key in keys]))
                await pilot.pause()
            app.post_message(events.Paste(hostile_text(chance, 8)))
            ending = (chance.choice(("enter", "tab", "a")), "escape", "escape", "escape")
            app.post_message(KeyBurst([events.Key(key, key_to_character(key)) for key in ending]))
            await pilot.pause()
        app.exit()

    await app.run_async(headless=False, mouse=False, size=chance.choice(SIZES), auto_pilot=reader)
    if app._exception:
        raise app._exception
    driver = app._driver
    assert isinstance(driver, RecordingDriver)
    return "".join(driver.written).encode("utf-8", "surrogatepass")


def run(count: int, seed: int = 0) -> tuple[int, int, int]:
    """Return the numbers of documents opened and refused, and of bytes sent. Fails on the first fault."""
    opened = refused = sent = 0
    for first in range(0, count, BATCH):
        chance = random.Random(f"{seed} {first}")
        with tempfile.TemporaryDirectory() as folder:
            readings = []
            for _ in range(min(BATCH, count - first)):
                try:
                    document = documents.read(write_hostile_file(Path(folder), chance))
                except DocumentError as error:
                    refused += 1
                    assert UNSAFE.findall(str(error)) == [], str(error)
                else:
                    readings.append(OpenDocument(random_analysis(document, chance), AnalysisStage.DONE))
            if readings:
                raw = asyncio.run(explore(readings, chance))
                assert faults(raw) == [], f"batch {first} of seed {seed}: {faults(raw)[:5]}"
                opened += len(readings)
                sent += len(raw)
    return opened, refused, sent


if __name__ == "__main__":
    opened, refused, sent = run(*(int(value) for value in sys.argv[1:] or ["10000"]))
    print(f"{opened} documents opened, {refused} refused, {sent:,} bytes sent: no control but our own, no crash")
