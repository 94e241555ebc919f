"""Kill workers and clients of a Dask cluster while a library is filled: each document is stored once, as without one.

    python -m tests.tools.kill_cluster FOLDER [SEED]

A scheduler with two workers is started on loopback. `library add --quick --cluster` adds the FOLDER to a new library:
at random moments three workers are killed by SIGKILL, each replaced by another, and twice the command itself, which is
then run again. The exit status is 1 if a document is missing, damaged or there twice at the end, or if an export of
the library differs in any byte from that of one filled on this machine alone.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.documents.loader import expand_paths
from alliance_tui.library.storage.integrity import find_problems
from alliance_tui.library.store import open_library
from tests.support.dask_cluster import DaskProcesses

COMMAND = (sys.executable, "-m", "alliance_tui", "library")
WORKERS, WORKER_KILLS, CLIENT_KILLS = 2, 3, 2


def add(folder: Path, library: Path, *options: str) -> subprocess.Popen[str]:
    """Start to add the folder to the library; each line of its output tells of a document."""
    command = [*COMMAND, "add", str(folder), "--library", str(library), "--quick", "--format", "jsonl", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def export(library: Path) -> bytes:
    """Return all records of the library."""
    command = [*COMMAND, "export", "--library", str(library), "--format", "jsonl"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def fill_under_attack(folder: Path, library: Path, documents: int, dask: DaskProcesses, chance: random.Random) -> None:
    """Add the folder on the cluster, killing workers and the command after random numbers of documents."""
    kills = ["worker"] * WORKER_KILLS + ["client"] * CLIENT_KILLS
    chance.shuffle(kills)
    moments = sorted(chance.sample(range(1, documents * 9 // 10), len(kills)))
    added = 0
    while True:
        with add(folder, library, "--cluster", dask.address) as client:
            assert client.stdout
            for line in client.stdout:
                added += '"outcome":"added"' in line.replace(" ", "")
                if not moments or added < moments[0]:
                    continue
                print(f"the {kills[0]} is killed after {moments.pop(0)} documents", flush=True)
                if kills.pop(0) == "client":
                    client.kill()
                    break
                dask.start_worker()
                dask.kill_worker(dask.workers[0])
            else:
                return


def faults_of(library: Path, paths: set[str]) -> Iterator[str]:
    """Yield a sentence for each document that is missing, there twice or damaged."""
    with open_library(library) as opened:
        stored = Counter(document.path for document in opened.documents())
        yield from (f"{path} is lost" for path in sorted(paths - set(stored)))
        yield from (f"{path} is there {count} times" for path, count in stored.items() if count > 1)
        yield from find_problems(opened)


def run(folder: Path, chance: random.Random) -> list[str]:
    """Return a sentence for each fault."""
    paths = {str(path.resolve()) for path in expand_paths([folder]) if isinstance(path, Path)}
    with tempfile.TemporaryDirectory() as temporary, DaskProcesses(Path(temporary)) as dask:
        alone, shared = Path(temporary, "alone.sqlite"), Path(temporary, "cluster.sqlite")
        for _ in range(WORKERS):
            dask.start_worker()
        begun = time.monotonic()
        fill_under_attack(folder, shared, len(paths), dask, chance)
        print(f"{len(paths)} documents were added on the cluster in {time.monotonic() - begun:.0f} s", flush=True)
        with add(folder, alone) as local:
            local.communicate()
        faults = [*faults_of(shared, paths), *faults_of(alone, paths)]
        if export(shared) != export(alone):
            faults.append("the exports of both libraries differ")
    return faults


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    faults = run(Path(sys.argv[1]).resolve(), random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    killed = f"killed {WORKER_KILLS} workers and {CLIENT_KILLS} clients"
    print("\n".join(faults) or f"{killed}: nothing lost, nothing twice, equal exports")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
