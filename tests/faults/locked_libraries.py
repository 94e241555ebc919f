"""Libraries that are locked by another process, cannot be written, or are on a disk that is full."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alliance_tui.library.store import open_library
from tests.faults.command_line import CommandHome, CommandRun, faults_of
from tests.faults.libraries import library_faults, make_library, names, record_ids, stored_paths, write_documents
from tests.faults.surface import Surface

_PR_CAPBSET_DROP = 24
_OVERRIDES = (1, 2)
"""The capabilities by which root may write and read any file (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
_ARGUMENTS = ("list", "search", "search documents", "export", "check", "add", "remove", "review", "accept", "extract")


def command(name: str, folder: Path, chance: random.Random, records: list[str]) -> list[str | Path]:
    """Return the arguments of a command on the library."""
    commands: dict[str, list[str | Path]] = {
        "list": ["library", "list"],
        "search": ["search", chance.choice(("radar", "harbor | drones", "party:norland", "climat crisis"))],
        "search documents": ["search", "title:accord"],
        "export": ["library", "export", "--format", chance.choice(("csv", "jsonl", "markdown"))],
        "check": ["library", "check"],
        "add": ["library", "add", folder / "documents"],
        "remove": ["library", "remove", folder / "samples" / "menu.txt"],
        "review": ["review", "list"],
        "accept": ["review", "accept", chance.choice(records)],
        "extract": ["extract", folder / "documents" / "000.txt"],
    }
    return commands[name]


class _Case:
    """A library in a folder, and a random command on it."""

    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.folder = folder
        self.samples = folder / "samples"
        self.samples.mkdir()
        self.library = make_library(self.samples, chance.choice((0, 20)))
        self.home = CommandHome(folder)
        write_documents(folder / "documents", 4, chance)
        self.name = chance.choice(_ARGUMENTS)
        self.arguments = command(self.name, folder, chance, record_ids(self.library))

    def run(self, library: Path | None = None, **options: Any) -> CommandRun:
        return self.home.run(*self.arguments, "--library", library or self.library, **options)

    def expected(self) -> set[str]:
        """Return the documents that no command here removes."""
        with open_library(self.library) as library:
            return names(stored_paths(library)) - {"menu.txt"}


def lock(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run a command while another process holds a lock, for a moment or longer than a reader waits."""
    case = _Case(chance, folder)
    expected = case.expected()
    held = chance.choice((0.3, 3.0, 40.0))
    kind = chance.choice(("IMMEDIATE", "EXCLUSIVE"))
    with _locked(case.library, kind) as release:
        timer = threading.Timer(held, release)
        timer.start()
        run = case.run()
        timer.cancel()
        timer.join()
    for fault in [*faults_of(run, case.home), *library_faults(case.library, expected)]:
        yield f"{case.name}, {kind.lower()} lock of {held:g} s: {fault}"


@contextmanager
def _locked(path: Path, kind: str) -> Iterator[Callable[[], object]]:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as db:
        db.execute(f"BEGIN {kind}")
        released = threading.Event()

        def release() -> None:
            if not released.is_set():
                released.set()
                db.execute("ROLLBACK")

        yield release
        release()


def forbid_writing(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run a command on a library that may be read only."""
    case = _Case(chance, folder)
    with closing(sqlite3.connect(case.library)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if chance.random() < 0.3:
            db.execute("PRAGMA journal_mode = DELETE")
    before = case.library.read_bytes()
    modes = (0o444, chance.choice((0o555, 0o755)))
    case.library.chmod(modes[0])
    case.samples.chmod(modes[1])
    run = case.run(before=_give_up_override)
    case.samples.chmod(0o755)
    case.library.chmod(0o644)
    faults = list(faults_of(run, case.home))
    if before != case.library.read_bytes() and modes[1] == 0o555:
        faults.append("the file was changed")
    if case.name in ("list", "search", "search documents", "export", "review") and run.status != 0:
        faults.append(f"it cannot be read: {run.report[-200:]!r}")
    yield from (f"{case.name}, read-only: {fault}" for fault in faults)


def _give_up_override() -> None:
    """Have permissions count for root too, once the program is started."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in _OVERRIDES:
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def fill_disk(chance: random.Random, folder: Path) -> Iterator[str]:
    """Run a command that finds no room: files may grow to a limit only, or the disk is small and full."""
    case = _Case(chance, folder)
    expected = case.expected()
    size = case.library.stat().st_size
    room = chance.choice((0, 4096, chance.randrange(1 << 20)))
    if chance.random() < 0.5 or not _can_mount():
        run = case.run(before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room)))
        library = case.library
    else:
        with _small_disk(folder / "disk", size + room + (1 << 16)) as disk:
            library = Path(shutil.copy(case.library, disk))
            run = case.run(library)
            faults = list(library_faults(library, expected))
        yield from (f"{case.name}, disk with {room} bytes left: {fault}" for fault in faults)
        library = case.library
    for fault in [*faults_of(run, case.home), *library_faults(library, expected)]:
        yield f"{case.name}, {room} bytes left: {fault}"


def _can_mount() -> bool:
    return (
        os.geteuid() == 0
        and subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    )


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


LOCKED = Surface("locked libraries", lock, "commands", short_attempts=2)
READ_ONLY = Surface("read-only libraries", forbid_writing, "commands", short_attempts=2)
FULL = Surface("full disks", fill_disk, "commands", short_attempts=2)
