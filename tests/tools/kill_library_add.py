"""Adding to a library, killed on the way again and again: what was told as kept is kept, and nothing is there twice.

    python -m tests.tools.kill_library_add FOLDER [KILLS [SEED]]       by default killed 10 times

The command line adds the FOLDER to a new library in a temporary folder and is ended by SIGKILL after a random number
of documents, as often as is asked; then it may end. Printed is what was kept after each time. The exit status is 1
where a document that was told as added is not there, or is there twice or damaged at the end, or a worker outlived its
program.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.documents.files import SUFFIXES
from alliance_tui.library.integrity import find_problems
from alliance_tui.library.store import open_library

COMMAND = (sys.executable, "-m", "alliance_tui", "library", "add", "--format", "jsonl")
_MARK = "ALLIANCE_KILLED"
_END = 20.0
"""Seconds that workers may take to notice that their program is gone: one may be in the midst of a long document."""


def steps(folder: Path, library: Path, until: int | None, mark: str) -> Iterator[dict[str, object]]:
    """Add the folder; what is told, to the end, or until so many documents were added and the program is killed."""
    command = [*COMMAND, "--library", str(library), str(folder)]
    environ = {**os.environ, _MARK: mark}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ) as process:
        assert process.stdout
        added = 0
        for line in process.stdout:
            step = json.loads(line)
            yield step
            added += step["outcome"] == "added"
            if until is not None and added >= until:
                process.kill()
                return


def outlived(mark: str) -> list[str]:
    """The processes that still run some seconds after the program with this mark was killed."""
    deadline = time.monotonic() + _END
    while (left := list(_marked(mark))) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _marked(mark: str) -> Iterator[str]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARK}={mark}".encode() in (folder / "environ").read_bytes():
                yield folder.name
        except OSError:
            continue


def run(folder: Path, kills: int, chance: random.Random) -> list[str]:
    """What went wrong, a sentence each."""
    files = sum(path.suffix in SUFFIXES for path in folder.rglob("*") if path.is_file())
    faults: list[str] = []
    told: set[object] = set()
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary, "library.sqlite")
        for number in range(kills + 1):
            mark = f"{os.getpid()}-{number}"
            until = None if number == kills else chance.randint(1, max(1, 2 * (files - len(told)) // (kills - number)))
            again = [step for step in steps(folder, library, until, mark) if _added_twice(step, told)]
            faults += [f"{step['path']} was added a second time" for step in again]
            faults += [f"process {process} outlived its program" for process in outlived(mark)]
            faults += _faults(library, told)
            print(f"{'ended' if until is None else 'killed'} with {len(told)} of {files} told as added", flush=True)
        if len(told) != files:
            faults.append(f"{files - len(told)} documents were never added")
    return faults


def _added_twice(step: dict[str, object], told: set[object]) -> bool:
    """Take note of a step; whether it adds what was told as added before."""
    if step["outcome"] != "added":
        return False
    twice = step["path"] in told
    told.add(step["path"])
    return twice


def _faults(path: Path, told: set[object]) -> Iterator[str]:
    """What is wrong with a library in which these documents should be."""
    with open_library(path) as library:
        kept = [each.path for each in library.documents()]
        yield from (f"{each} was told as added and is lost" for each in told - set(kept))
        yield from (f"{each} is there twice" for each in set(kept) if kept.count(each) > 1)
        yield from find_problems(library)
        told |= set(kept)  # what was kept and could not be told any more


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, *numbers = sys.argv[1:]
    kills, seed = (*map(int, numbers), *(10, 0)[len(numbers) :])
    faults = run(Path(folder), kills, random.Random(seed))
    print("\n".join(faults) or f"killed {kills} times: nothing lost, nothing twice")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
