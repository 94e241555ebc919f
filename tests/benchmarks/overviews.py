"""Costs of the timeline and the matrix of a large library, beside the register of the same library.

    python -m tests.benchmarks.overviews LIBRARY [ROUNDS]

LIBRARY is the file that `alliance-tui library add FOLDER --library LIBRARY` made, its documents linked. First what the
screens rest on is timed by the processor's clock. Then the real program is driven in a pseudo-terminal of 120×40: timed
are the opening of each screen and each key on it, until the last byte of the answer, which is counted too; beside
them stands the opening of the register.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from alliance_tui.library.register import load_register
from alliance_tui.library.store import open_library
from alliance_tui.overviews.matrix import MatrixColumns, party_matrix
from alliance_tui.overviews.timeline import DatedRows, Grouping, Step, TimelineEvent, timeline
from tests.benchmarks.library_search import start_watched
from tests.benchmarks.programs import wait_for_bytes
from tests.support.pseudoterminal import DOWN, ESCAPE, PAGE_DOWN, TAB, Terminal

SCREENS = {"P": "the register", "H": "the timeline", "J": "the matrix"}
RIGHT = "\x1b[C"
KEYS = {
    "H": (*"++--", DOWN, DOWN, RIGHT, RIGHT, RIGHT, PAGE_DOWN, *"O+", PAGE_DOWN, RIGHT, *"OO", TAB, TAB),
    "J": (DOWN, DOWN, RIGHT, RIGHT, RIGHT, PAGE_DOWN, PAGE_DOWN, TAB, RIGHT, TAB, "S", DOWN, "S"),
}
REST, PATIENCE, SCREEN_BYTES = 0.6, 60.0, 1_000
"""Seconds without output after which a key has been answered, and the most until then; the least bytes of a screen."""
_Result = TypeVar("_Result")


def timed(name: str, work: Callable[[], _Result]) -> _Result:
    """Print how long some work takes the processor, and return its result."""
    before = time.process_time()
    result = work()
    print(f"{name:34} {1000 * (time.process_time() - before):7.0f} ms")
    return result


def measure_work(path: Path) -> None:
    """Print how long the work below the screens takes."""
    with open_library(path) as library:
        rows = timed("the register", lambda: load_register(library, date.today().isoformat()))
    print(f"{len(rows):,} undertakings")
    dated = timed("dates of all", lambda: DatedRows(rows))
    for step in Step:
        for grouping in Grouping:
            timed(
                f"timeline by {step}, by {grouping}",
                lambda step=step, grouping=grouping: timeline(dated, step, grouping, events=[TimelineEvent.DUE]),  # type: ignore[misc]
            )
    for columns in MatrixColumns:
        timed(f"matrix by {columns}", lambda columns=columns: party_matrix(rows, columns))  # type: ignore[misc]


def press(terminal: Terminal, key: str, least_bytes: int = 0) -> tuple[float, int]:
    """Press a key; return the milliseconds until the last byte of the answer, and its bytes.

    The answer has ended when nothing more has come for a while, but not before it has `least_bytes`.
    """
    before = last = time.perf_counter()
    terminal.send(key)
    count = 0
    while time.perf_counter() < last + REST or (count < least_bytes and last < before + PATIENCE):
        if read := terminal.read(REST):
            count, last = count + len(read), time.perf_counter()
    return 1000 * (last - before), count


def measure_screens(path: Path, folder: Path, rounds: int) -> None:
    """Print how long the screens take to open and to answer keys."""
    openings: dict[str, list[float]] = {key: [] for key in SCREENS}
    answers: dict[str, list[tuple[float, int]]] = {key: [] for key in KEYS}
    with start_watched(path, folder, folder / "steps.json") as terminal:
        wait_for_bytes(terminal, b"search")
        terminal.settle(3.0)
        press(terminal, DOWN)
        for _ in range(rounds + 1):
            for key in SCREENS:
                openings[key].append(press(terminal, key, SCREEN_BYTES)[0] / 1000)
                answers.get(key, []).extend(press(terminal, each) for each in KEYS.get(key, ()))
                press(terminal, ESCAPE, SCREEN_BYTES)
        terminal.send("q")
        terminal.wait_for_end()
    for key, name in SCREENS.items():
        taken = openings[key][1:]
        print(f"{name:14} open after {median(taken):.2f} s, at most {max(taken):.2f} s")
    for key, pressed in answers.items():
        times = sorted(each for each, _ in pressed[len(KEYS[key]) :])
        sizes = sorted(size for _, size in pressed[len(KEYS[key]) :])
        p95 = int(len(times) * 0.95)
        print(
            f"a key on {SCREENS[key]}: median {median(times):.0f} ms, p95 {times[p95]:.0f} ms; "
            f"median {median(sizes):.0f} B, p95 {sizes[p95]:,} B"
        )


if __name__ == "__main__":
    library_path = Path(sys.argv[1])
    measure_work(library_path)
    with tempfile.TemporaryDirectory() as temporary:
        measure_screens(library_path, Path(temporary), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
