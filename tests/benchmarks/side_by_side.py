"""Cost of a key and of a start beside fzf, lnav and a bare three-pane Textual app, each on the same text.

    python -m tests.benchmarks.side_by_side [ROUNDS]        (default: 5; programs that are not installed are left out)

Rounds take turns, so that a busy machine slows all alike. fzf searches the text's lines, lnav shows it and searches on
Enter alone (its answer to a letter is a preview), the bare app highlights as one writes it first. lnav hides and shows
its cursor twenty times a second while it asks, which counts as silence, and its clock is off.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from tests.benchmarks.keys import QUIET, Stroke
from tests.benchmarks.programs import BARE, EXPLORER, FIRST_WORDS, SEED, Home, wait_for_bytes, warm_home
from tests.support.pseudoterminal import BACKSPACE, PAGE_DOWN, Terminal

PROGRAMS: Mapping[str, Sequence[str]] = {
    "alliance-tui": EXPLORER,
    "bare three-pane app": BARE,
    "fzf": ["sh", "-c", f"fzf --no-sort < {SEED}"],
    "lnav": ["lnav", "-N", "-c", ":config /ui/clock-format ''", str(SEED)],
}
OPENS_SEARCH = {"alliance-tui": "/", "bare three-pane app": "/", "lnav": "/"}
PAGES = {"alliance-tui", "bare three-pane app", "lnav"}
LEAVES = {"fzf": "\x03", "lnav": "\x03\x03", "bare three-pane app": "\x11", "alliance-tui": "\x11"}
FIRST = {"lnav": b"Kishida", "fzf": b"Kishida"}
CURSOR = re.compile(rb"\x1b\[\?(?:12|25)[hl]")


def press(terminal: Terminal, key: str) -> Stroke:
    """Press a key and time its answer, until nothing but a blinking cursor has come for a while."""
    last = before = time.perf_counter()
    size = 0
    terminal.send(key)
    while time.perf_counter() < last + QUIET:
        data = terminal.read(QUIET)
        if data and CURSOR.sub(b"", data):
            last = terminal.read_at
            size += len(data)
    return Stroke(1000 * (last - before), size)


def strokes(name: str, terminal: Terminal) -> dict[str, list[Stroke]]:
    """Return the answers to each kind of key that the program has."""
    taken: dict[str, list[Stroke]] = defaultdict(list)
    if name in PAGES:
        taken["PageDown"] = [press(terminal, PAGE_DOWN) for _ in range(2)]
    if name in OPENS_SEARCH:
        press(terminal, OPENS_SEARCH[name])
    for query in ("japan", "comand", "budget"):
        taken["search key"] += [press(terminal, key) for key in query]
        for _ in query:
            press(terminal, BACKSPACE)
    return taken


def measure(home: Home, name: str, columns: int, lines: int) -> tuple[float, int, dict[str, list[Stroke]]]:
    """Return the seconds to the first text, the bytes until the end of output, and the answers to keys."""
    fresh = home.fresh_state()  # lnav too goes back to where it was left
    environ = {**home.environ, "XDG_STATE_HOME": fresh, "XDG_CONFIG_HOME": fresh}
    with Terminal(PROGRAMS[name], columns=columns, lines=lines, environ=environ, emulated=False) as terminal:
        first = wait_for_bytes(terminal, FIRST.get(name, FIRST_WORDS))
        terminal.settle(0.6)
        start = len(terminal.raw)
        taken = strokes(name, terminal)
        terminal.send(LEAVES[name])
        terminal.wait_for_end(3)
    return first, start, taken


def main(rounds: int) -> None:
    """Print medians for each size, program and kind of key."""
    names = [name for name in PROGRAMS if name in ("alliance-tui", "bare three-pane app") or shutil.which(name)]
    with warm_home() as home:
        for columns, lines in ((80, 24), (120, 40)):
            runs: dict[str, list[tuple[float, int, dict[str, list[Stroke]]]]] = {name: [] for name in names}
            for _ in range(rounds):
                for name in names:
                    runs[name].append(measure(home, name, columns, lines))
            print(f"{columns}x{lines}, {rounds} rounds")
            for name, some in runs.items():
                first, start = median(run[0] for run in some), median(run[1] for run in some)
                print(f"  {name:20} first text {1000 * first:5.0f} ms, {start:6.0f} bytes at the start")
                for kind in ("search key", "PageDown"):
                    answers = [stroke for run in some for stroke in run[2].get(kind, ()) if stroke.size]
                    if answers:
                        taken = median(each.milliseconds for each in answers)
                        size = median(each.size for each in answers)
                        print(f"  {'':20} {kind:10} last byte {taken:6.1f} ms, {size:6.0f} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
