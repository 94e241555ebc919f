"""Damaged libraries: bytes of the file are changed, cut off or added; each command answers with what is left."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from tests.faults.command_line import CommandHome, faults_of
from tests.faults.libraries import make_library, record_ids, write_documents
from tests.faults.locked_libraries import command
from tests.faults.surface import Surface
from tests.tools import fuzz_library

_COMMANDS = ("list", "search", "search documents", "export", "check", "add", "remove", "review", "accept")
USES = 10
"""Damaged files that one attempt uses within this process."""


@cache
def _library() -> tuple[bytes, list[str]]:
    """Return the bytes of a sound library and the ids of its records."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_library(Path(folder), 10)
        records = record_ids(path)
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes(), records


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return the file with one kind of damage."""
    kind = chance.random()
    if kind < 0.6:
        for _ in range(chance.choice((1, 3, 30))):
            data = fuzz_library.mutate(data, chance)
        return data
    at = chance.randrange(len(data))
    if kind < 0.7:
        return data[:at]
    if kind < 0.8:
        return data[:at] + bytes(4096) + data[at + 4096 :]
    if kind < 0.9:
        return data[:at] + chance.randbytes(chance.choice((1, 100, 5000))) + data[at:]
    header = bytearray(data)
    header[chance.randrange(100)] = chance.randrange(256)
    return bytes(header)


def use_damaged_library(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run commands on a damaged library: nothing but sentences, and its bytes are kept."""
    sound, records = _library()
    home = CommandHome(folder)
    write_documents(folder / "documents", 2, chance)
    (folder / "samples").mkdir()
    library = folder / "samples" / "l.sqlite"
    library.write_bytes(damage(sound, chance))
    names = chance.sample(_COMMANDS, 3)
    for name in names:
        run = home.run(*command(name, folder, chance, records), "--library", library)
        yield from (f"{names}: {fault}" for fault in faults_of(run, home))
    if not any(path.stat().st_size for path in library.parent.iterdir()):
        yield f"{names}: nothing is left of the library"


def use_within_process(chance: random.Random, _: Path) -> Iterator[str]:
    """Use damaged libraries in every way that the program does."""
    for outcome in fuzz_library.run(USES, chance.randrange(1 << 30)):
        if outcome.startswith(fuzz_library.FAULT):
            yield outcome


DAMAGED = Surface("damaged libraries", use_damaged_library, "libraries", short_attempts=2)
DAMAGED_WITHIN = Surface("damaged rows", use_within_process, "libraries", USES, short_attempts=1)
