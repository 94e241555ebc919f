"""Time until a known document can be read: alliance-tui beside a bare three-pane Textual app.

    python -m tests.benchmarks.start [ROUNDS]

The programs take turns, so that a busy machine slows both; the medians' ratio is what counts. On a busy machine even
that is rough: the ratio of the processor's time (on Linux) is not.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.programs import FIRST_WORDS, PROGRAMS, wait_for_bytes, warm_home

WHOLE = {"bare three-pane app": FIRST_WORDS, "alliance-tui": b"choose"}
"""The bytes that show that a program is ready: the key bar has them once there is a record to choose."""


def processor_time(process: int) -> float:
    """Return the processor time of a process in seconds; 0 on a system without /proc."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(rounds: int) -> None:
    """Print the seconds to the first text and to the whole analysis, the bytes until all is quiet, and the ratios."""
    firsts: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    wholes: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    worked: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    sizes: dict[str, int] = {}
    with warm_home() as home:
        for _ in range(rounds):
            for name in PROGRAMS:
                with home.start(name) as terminal:
                    firsts[name].append(wait_for_bytes(terminal, FIRST_WORDS))
                    worked[name].append(processor_time(terminal.process))
                    wholes[name].append(wait_for_bytes(terminal, WHOLE[name]))
                    terminal.settle(0.5)
                    sizes[name] = len(terminal.raw)
                    terminal.send("q")
                    terminal.wait_for_end()
    for name, taken in firsts.items():
        print(f"{name:20} first text {median(taken):.3f} s (best {min(taken):.3f}), {sizes[name]} bytes at the start")
    for what, times in (("first text of a known document", firsts), ("its whole analysis", wholes)):
        bare, ours = (median(taken) for taken in times.values())
        print(f"{what}: {ours / bare:.2f} times the bare app's first text")
    bare, ours = (sum(taken) for taken in worked.values())
    if bare:
        print(f"processor time until the first text: {ours / bare:.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
