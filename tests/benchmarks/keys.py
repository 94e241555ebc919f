"""Cost of a key: the time to the last byte of its answer, and the bytes, beside a bare three-pane Textual app.

python -m tests.benchmarks.keys [COLUMNS LINES]
"""

from __future__ import annotations

import sys
import time
from statistics import median
from typing import NamedTuple

from tests.benchmarks.programs import FIRST_WORDS, PROGRAMS, wait_for_bytes, warm_home
from tests.support.pseudoterminal import BACKSPACE, PAGE_DOWN, TAB, Terminal

QUERIES = ("dicsa", "japan", "comand", "australia", "budget")
QUIET = 0.25


class Stroke(NamedTuple):
    """The answer to a key: milliseconds to its last byte, and how many bytes."""

    milliseconds: float
    size: int


def press(terminal: Terminal, key: str) -> Stroke:
    """Press a key and time its answer."""
    before = time.perf_counter()
    terminal.send(key)
    size = len(terminal.settle(QUIET))
    return Stroke(1000 * (terminal.read_at - before) if size else 0.0, size)


def strokes(terminal: Terminal) -> dict[str, list[Stroke]]:
    """Return the answers to each kind of key."""
    pages = [press(terminal, PAGE_DOWN) for _ in range(2)]
    tabs = [press(terminal, TAB) for _ in range(3)]
    press(terminal, "/")
    searches = []
    for query in QUERIES:
        searches += [press(terminal, key) for key in query]
        for _ in query:
            press(terminal, BACKSPACE)
    return {"search key": searches, "Tab": tabs, "PageDown": pages}


def main(columns: int, lines: int) -> None:
    """Print medians for each kind of key and program, and their ratios."""
    results = {}
    with warm_home() as home:
        for name in PROGRAMS:
            with home.start(name, columns=columns, lines=lines) as terminal:
                wait_for_bytes(terminal, FIRST_WORDS)
                terminal.settle(1.0)
                results[name] = strokes(terminal)
    bare, ours = results.values()
    for kind in ours:
        for name, result in results.items():
            taken, sizes = zip(*(stroke for stroke in result[kind] if stroke.size), strict=True)
            print(f"{kind:10} {name:20} {median(taken):7.1f} ms {median(sizes):7.0f} bytes, at most {max(sizes)}")
        ratio = median(each.milliseconds for each in ours[kind]) / median(each.milliseconds for each in bare[kind])
        print(f"{kind:10} last byte {ratio:.2f} times the bare app's")


if __name__ == "__main__":
    main(*(int(value) for value in (*sys.argv[1:3], "80", "24")[:2]))
