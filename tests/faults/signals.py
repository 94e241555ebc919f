"""Signals to commands that are in the middle of something."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.library.store import open_library
from tests.faults.command_line import STATUSES, CommandHome, faults_of
from tests.faults.libraries import library_faults, make_library, names, record_ids, stored_paths, write_documents
from tests.faults.locked_libraries import command
from tests.faults.surface import Surface

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_COMMANDS = ("add", "add", "extract", "search", "export", "check", "accept")


def send_signal(chance: random.Random, folder: Path) -> Iterator[str]:
    """Send a signal to a command at a random moment: it ends soon, and what is stored is sound."""
    (folder / "samples").mkdir()
    library = make_library(folder / "samples", 20)
    with open_library(library) as opened:
        kept = names(stored_paths(opened))
    write_documents(folder / "documents", 12, chance)
    home = CommandHome(folder)
    name, number, moment = chance.choice(_COMMANDS), chance.choice(_SIGNALS), chance.uniform(0.0, 2.0)

    def disturb(process: subprocess.Popen[bytes]) -> None:
        time.sleep(moment)
        process.send_signal(number)

    arguments = command(name, folder, chance, record_ids(library))
    run = home.run(
        *arguments,
        "--library",
        library,
        meanwhile=disturb,
        before=lambda: signal.signal(number, signal.SIG_DFL),  # a shell has what it runs in the background ignore some
        patience=moment + 20,
    )
    run = run._replace(errors=run.errors or b"a signal may end it silently")
    expected = (*STATUSES, -number, 128 + number)
    for fault in [*faults_of(run, home, expected), *library_faults(library, kept)]:
        yield f"{name}, {number.name} after {moment:.2f} s: {fault}"


SIGNALS = Surface("signals", send_signal, "commands", short_attempts=2)
