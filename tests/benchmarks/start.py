"""How long until a known document can be read: alliance-tui beside a bare three-pane Textual app.

    python tests/benchmarks/start.py [ROUNDS]

The programs take turns, so that a busy machine slows both; the medians' ratio is what counts.
"""

from __future__ import annotations

import sys
from statistics import median

from programs import FIRST_WORDS, PROGRAMS, wait_for_bytes, warm_home


def main(rounds: int) -> None:
    """Print the seconds to the first text, the bytes until all is quiet, and the ratio."""
    seconds: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    sizes: dict[str, int] = {}
    with warm_home() as home:
        for _ in range(rounds):
            for name in PROGRAMS:
                with home.start(name) as terminal:
                    seconds[name].append(wait_for_bytes(terminal, FIRST_WORDS))
                    terminal.settle(0.5)
                    sizes[name] = len(terminal.raw)
                    terminal.send("q")
                    terminal.wait_for_end()
    for name, taken in seconds.items():
        print(f"{name:20} first text {median(taken):.3f} s (best {min(taken):.3f}), {sizes[name]} bytes at the start")
    bare, ours = (median(taken) for taken in seconds.values())
    print(f"first text of a known document: {ours / bare:.2f} times the bare app's")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
