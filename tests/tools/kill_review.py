"""Kill a review again and again: every acknowledged step is in the log, and none is there twice or in part.

    python -m tests.tools.kill_review [KILLS [SEED]]       by default killed 20 times

A process takes steps on a document as the explorer does, one record or several at once, and prints each step when it is
acknowledged; it is killed by SIGKILL at a random moment, so many times, always on the same library. The exit status is
1 if a step is lost, there twice or in part, if the log cannot be read, or if the index is not as the log says.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path

from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.explorer.workers.review_worker import append_step
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.storage.integrity import find_problems
from alliance_tui.library.store import open_library
from alliance_tui.review import steps
from alliance_tui.review.corrections import step_strength
from alliance_tui.review.entry import Entry, Step, step_to_undo
from alliance_tui.review.record_changes import Judgement
from tests.support import builders

_LONGEST = 0.15
"""Seconds after the first acknowledged step within which the process is killed."""


def review(path: Path) -> None:
    """Take steps until killed, and print the id of each with the number of its entries once it is acknowledged."""
    for number in count():
        if acknowledged := _take_step(ReviewLog(path), number):
            print(json.dumps(acknowledged), flush=True)


def _take_step(log: ReviewLog, number: int) -> tuple[str, int] | None:
    """Judge, correct or undo; return the step's id and the number of its entries, None if there was nothing to do."""
    document = OpenDocument(builders.analysis(), AnalysisStage.DONE)
    records = document.analysis.agreements
    judgement = list(Judgement)[number % 3]
    made: list[Entry] = []

    def make(step: Step) -> list[Entry]:
        record = records[number % len(records)]
        if number % 5 == 3 and (undone := step_to_undo(log.of_document(document.document), "ada")):
            made.extend(steps.undo(step, undone))
        elif number % 5 == 4:
            made.extend(steps.correct(step, record, step_strength(record, 1), "strength"))
        else:
            made.extend(steps.judge(step, [(each, None) for each in records[: 1 + number % 7]], judgement))
        return made

    return (made[0].step, len(made)) if append_step(log, document, "ada", make) else None


def acknowledged_until_killed(path: Path, seconds: float) -> list[tuple[str, int]]:
    """Return the steps that a process acknowledged before it was killed so many seconds after the first."""
    command = [sys.executable, "-m", "tests.tools.kill_review", "--review", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    return [(step, size) for step, size in (json.loads(line) for line in lines if line.endswith("]\n"))]


def run(kills: int, chance: random.Random) -> list[str]:
    """Return a sentence for each fault."""
    faults: list[str] = []
    acknowledged: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary, "library.sqlite")
        _store_document(path)
        for number in range(kills):
            new = acknowledged_until_killed(path, chance.uniform(0, _LONGEST))
            faults += [f"kill {number}: nothing was acknowledged"] if not new else []
            acknowledged |= dict(new)
            faults += _faults(path, acknowledged)
        with open_library(path) as library:
            faults += find_problems(library)
        stored = len({entry.step for entry in ReviewLog(path).all_entries()})
    print(f"killed {kills} times: {len(acknowledged):,} steps acknowledged, {stored:,} in the log", flush=True)
    return faults


def _store_document(path: Path) -> None:
    """Store the document in a library, whose index is to follow each step."""
    file = path.with_name("document.txt")
    file.write_text(builders.document().text)
    with open_library(path) as library:
        library.upsert(builders.analysis(), read_source_file(file))


def _faults(path: Path, acknowledged: dict[str, int]) -> list[str]:
    entries = ReviewLog(path).all_entries()
    stored = Counter(entry.step for entry in entries)
    faults = [
        f"step {step} has {stored[step]} of {size} entries"
        for step, size in acknowledged.items()
        if stored[step] != size
    ]
    if len({entry.id for entry in entries}) != len(entries):
        faults.append("an entry is there twice")
    return faults


def main() -> int:
    if sys.argv[1:2] == ["--review"]:
        review(Path(sys.argv[2]))
    numbers = [int(number) for number in sys.argv[1:]]
    kills, seed = (*numbers, *(20, 0)[len(numbers) :])
    faults = run(kills, random.Random(seed))
    print("\n".join(faults) or "nothing lost, nothing twice, nothing in part")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
