"""Files that vanish, grow, shrink or turn into something else while they are read, at any time of day."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.faults import jumping_clock
from tests.faults.command_line import CommandHome, faults_of
from tests.faults.libraries import french, library_faults, make_library, record_ids, write_documents
from tests.faults.surface import Surface

_EXPLORED = ("library add", "extract", "search")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _become(make: Callable[[Path], object]) -> Callable[[Path, random.Random], None]:
    def change(path: Path, _: random.Random) -> None:
        _remove(path)
        make(path)

    return change


def _write(path: Path, chance: random.Random) -> None:
    _remove(path)
    path.write_text(french(chance))


def _grow(path: Path, chance: random.Random) -> None:
    if not path.is_file():  # to open a pipe would wait for its reader
        return
    with path.open("a") as file:
        file.write(french(chance) * chance.choice((1, 100)))


def _shrink(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(0, path.stat().st_size + 1))


def _redate(path: Path, chance: random.Random) -> None:
    moment = chance.choice((0, -1, 1, 2**31, 2**33, chance.randrange(2**34)))
    os.utime(path, (moment, moment))


_CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (
    *(_write, _grow, _shrink, _redate, lambda path, _: _remove(path)),
    *(_become(Path.mkdir), _become(os.mkfifo), _become(lambda path: path.symlink_to(path))),
    _become(lambda path: path.symlink_to("/dev/zero")),
    _become(lambda path: path.with_suffix(".toml").symlink_to("/dev/zero")),
)


def change_files(chance: random.Random, folder: Path) -> Iterator[str]:
    """Change the files of a folder while a command reads them."""
    (folder / "samples").mkdir()
    library = make_library(folder / "samples")
    paths = write_documents(folder / "documents", chance.randint(5, 25), chance)
    home = CommandHome(folder)
    name = chance.choice(_EXPLORED)
    arguments: list[str | Path] = [*name.split(), *(["paix"] if name == "search" else []), folder / "documents"]

    def change(process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            with suppress(OSError):
                chance.choice(_CHANGES)(chance.choice(paths), chance)
            time.sleep(chance.uniform(0, 0.02))

    run = home.run(*arguments, "--library", library, meanwhile=change)
    yield from (f"{name}: {fault}" for fault in [*faults_of(run, home), *library_faults(library, set())])
    again = home.run("library", "check", "--library", library)
    yield from (f"{name}, then checked: {fault}" for fault in faults_of(again, home))


def turn_clock(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run commands by a clock that jumps between years, on files of any age."""
    (folder / "samples").mkdir()
    library = make_library(folder / "samples")
    paths = write_documents(folder / "documents", 4, chance)
    home = CommandHome(folder)
    records = record_ids(library)
    for arguments in (
        ["library", "add", folder / "documents"],
        ["review", "accept", *records],
        ["library", "list"],
        ["review", "list"],
        ["library", "check"],
    ):
        for path in paths:
            _redate(path, chance)
        clock = (sys.executable, "-P", jumping_clock.__file__, str(chance.randrange(1 << 30)))
        run = home.run(*arguments, "--library", library, command=clock)
        yield from faults_of(run, home)
    yield from library_faults(library, {path.name for path in paths})


FILES = Surface("changing files", change_files, "folders", short_attempts=2)
CLOCKS = Surface("jumping clocks", turn_clock, "commands", 5, short_attempts=1)
