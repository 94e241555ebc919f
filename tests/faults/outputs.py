"""Outputs that are full, closed or end early, and inputs that are."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.command_line import CommandHome, faults_of
from tests.faults.libraries import make_library, record_ids, write_documents
from tests.faults.locked_libraries import command
from tests.faults.surface import Surface

_COMMANDS = ("list", "search", "export", "check", "add", "review", "accept", "extract")
_PIPE_CLOSED = (0, 1, 141, -13)


def _close(*descriptors: int) -> Callable[[], None]:
    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return close


def spoil_output(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run a command whose output cannot be written."""
    (folder / "samples").mkdir()
    library = make_library(folder / "samples", 40)
    write_documents(folder / "documents", 3, chance)
    home = CommandHome(folder)
    name = chance.choice(_COMMANDS)
    arguments = [*command(name, folder, chance, record_ids(library)), "--library", library]
    how = chance.choice(list(_SPOILERS))
    for fault in _SPOILERS[how](home, arguments, chance):
        yield f"{name}, {how}: {fault}"


def _full(home: CommandHome, arguments: list[str | Path], _: random.Random) -> Iterator[str]:
    with Path("/dev/full").open("wb") as full:
        yield from faults_of(home.run(*arguments, stdout=full), home)


def _closed(*descriptors: int) -> Callable[[CommandHome, list[str | Path], random.Random], Iterator[str]]:
    def run(home: CommandHome, arguments: list[str | Path], _: random.Random) -> Iterator[str]:
        done = home.run(*arguments, before=_close(*descriptors))
        if 2 in descriptors:
            done = done._replace(errors=done.errors or b"stderr is closed")
        yield from faults_of(done, home)

    return run


def _broken_pipe(home: CommandHome, arguments: list[str | Path], chance: random.Random) -> Iterator[str]:
    reader, writer = os.pipe()
    wanted = chance.choice((0, 1, 500))

    def read_a_little(_: object) -> None:
        os.close(writer)
        if wanted:
            os.read(reader, wanted)
        os.close(reader)

    run = home.run(*arguments, stdout=writer, meanwhile=read_a_little)
    run = run._replace(errors=run.errors or b"a closed pipe is silent")
    yield from faults_of(run, home, _PIPE_CLOSED)


_SPOILERS: dict[str, Callable[[CommandHome, list[str | Path], random.Random], Iterator[str]]] = {
    "/dev/full": _full,
    "stdin closed": _closed(0),
    "stdout closed": _closed(1),
    "stderr closed": _closed(2),
    "all closed": _closed(0, 1, 2),
    "broken pipe": _broken_pipe,
}

OUTPUTS = Surface("outputs", spoil_output, "commands", short_attempts=3)
