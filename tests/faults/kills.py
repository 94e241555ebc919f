"""Kills: a command that writes to the library is killed at a random moment, and then run to its end.

Nothing that it reported as done may be lost, nothing may be stored twice, and the library stays sound.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.storage.schema import SCHEMA_VERSION
from alliance_tui.library.store import open_library
from tests.faults.command_line import AFTERMATH, CommandHome, CommandRun, faults_of, printed_faults
from tests.faults.libraries import french, library_faults, make_library, make_old_library, stored_paths, write_documents
from tests.faults.surface import Surface
from tests.support.sample_library import PAGES, analysis_of

SAMPLES = {f"{name}.txt" for name in PAGES}
"""The documents that no command here touches."""
RECORDS = sorted({record.id for name in PAGES for record in analysis_of(name).agreements})


class Case(NamedTuple):
    """A library of the sample documents, and a folder of documents that it may or may not have."""

    home: CommandHome
    library: Path
    documents: list[Path]

    def run(self, *arguments: str | Path, **options: Any) -> CommandRun:
        return self.home.run(*arguments, "--library", self.library, **options)


class Writer(NamedTuple):
    """A command that writes: its arguments, what has to be so before it runs, and what when it has run.

    `lost` yields what is missing of that which a killed run reported as done; `unfinished` what is missing after a
    whole run.
    """

    arguments: Callable[[Case], list[str | Path]]
    lost: Callable[[Case, list[str]], Iterator[str]]
    unfinished: Callable[[Case], Iterator[str]]
    prepare: Callable[[Case, random.Random], object] = lambda *_: None
    make_library: Callable[[Path], Path] = make_library
    statuses: tuple[int, ...] = (0,)
    """Exit statuses of the whole run: what is removed already cannot be removed again."""


def _stored(case: Case) -> set[str]:
    with open_library(case.library) as library:
        return set(stored_paths(library))


def _reported(lines: list[str]) -> Iterator[str]:
    """Yield the paths that `library add` reported as stored."""
    for line in lines:
        report = json.loads(line)
        if report["outcome"] in ("added", "changed", "unchanged"):
            yield report["path"]


def _missing(case: Case) -> Iterator[str]:
    yield from (f"{path} is not stored in the end" for path in {str(path) for path in case.documents} - _stored(case))


def _remaining(case: Case) -> Iterator[str]:
    yield from (f"{path} is still stored" for path in {str(path) for path in case.documents} & _stored(case))


def _add_all(case: Case, _: random.Random) -> None:
    run = case.run("library", "add", case.documents[0].parent)
    assert run.status == 0, run.report


def _change_all(case: Case, chance: random.Random) -> None:
    _add_all(case, chance)
    for path in case.documents:
        path.write_text(french(chance), encoding="utf-8")


def _not_migrated(case: Case) -> Iterator[str]:
    with open_library(case.library) as library:
        version = library.db.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        yield f"the library is of version {version}"


def _judged(case: Case) -> set[str]:
    """Return the ids of the records that the log has judgements on."""
    entries = ReviewLog(case.library).all_entries()
    return {record for record in RECORDS for entry in entries if record in repr(entry)}


def _not_judged(case: Case) -> Iterator[str]:
    yield from (f"{record} is not judged in the end" for record in set(RECORDS) - _judged(case))


WRITERS = {
    "add": Writer(
        lambda case: ["library", "add", "--format", "jsonl", case.documents[0].parent],
        lambda case, lines: (f"{path} was reported and is lost" for path in set(_reported(lines)) - _stored(case)),
        _missing,
    ),
    "add again": Writer(
        lambda case: ["library", "add", "--format", "jsonl", case.documents[0].parent],
        lambda case, _: (f"{path} is lost" for path in {str(path) for path in case.documents} - _stored(case)),
        _missing,
        _change_all,
    ),
    "remove": Writer(
        lambda case: ["library", "remove", case.documents[0].parent],
        lambda case, lines: _remaining(case) if lines else iter(()),
        _remaining,
        _add_all,
        statuses=(0, 1),
    ),
    "migrate": Writer(lambda _: ["library", "list"], lambda *_: iter(()), _not_migrated, make_library=make_old_library),
    "judge": Writer(
        lambda case: ["review", "accept", *RECORDS],
        lambda case, lines: (
            f"{line} was reported and is lost" for line in lines if line.split()[-1] not in _judged(case)
        ),
        _not_judged,
    ),
}
"""The commands that write to the library."""


def kill_writer(chance: random.Random, folder: Path) -> Iterator[str]:
    """Kill a command that writes, look at what is there, and run it to its end."""
    name = chance.choice(list(WRITERS))
    writer = WRITERS[name]
    case = _make_case(chance, folder, writer)
    writer.prepare(case, chance)
    moment = chance.uniform(0.0, 2.5)
    killed = case.run(*writer.arguments(case), meanwhile=lambda process: _kill_at(process, moment))
    lines = [line for line in killed.output.decode().split("\n")[:-1] if line]
    for fault in [*_faults_after_kill(case, killed), *writer.lost(case, lines)]:
        yield f"{name}, killed after {moment:.2f} s: {fault}"
    whole = case.run(*writer.arguments(case))
    for fault in [*faults_of(whole, case.home, writer.statuses), *writer.unfinished(case), *_library_faults(case)]:
        yield f"{name}, run again after a kill at {moment:.2f} s: {fault}"


def _make_case(chance: random.Random, folder: Path, writer: Writer) -> Case:
    samples = folder / "samples"
    samples.mkdir()
    documents = write_documents(folder / "documents", chance.randint(3, 12), chance)
    return Case(CommandHome(folder), writer.make_library(samples), documents)


def _kill_at(process: subprocess.Popen[bytes], moment: float) -> None:
    time.sleep(moment)
    process.kill()


def _faults_after_kill(case: Case, killed: CommandRun) -> Iterator[str]:
    deadline = time.monotonic() + AFTERMATH
    while case.home.processes() and time.monotonic() < deadline:
        time.sleep(0.02)
    yield from (f"a process is left: {line}" for line in case.home.processes())
    yield from printed_faults(killed)
    yield from _library_faults(case)
    for file in case.home.temporary.iterdir():  # a killed process cannot remove its own; the next run is judged by it
        os.remove(file) if file.is_file() else None  # noqa: PTH107


def _library_faults(case: Case) -> Iterator[str]:
    yield from library_faults(case.library, SAMPLES)


KILLS = Surface("kills", kill_writer, "kills", short_attempts=3)
