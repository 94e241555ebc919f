"""Costs of a large library: keys of a query over all of it, the UI thread, memory, and the time until it is open.

    python -m tests.benchmarks.library_search LIBRARY [ROUNDS]

LIBRARY is the file that `alliance-tui library add FOLDER --library LIBRARY` made. First each query is typed key by key
into the search itself, each key from scratch: timed, by the processor's clock so that a busy machine is no matter, are
the first document, the first screenful and the end. Then the real program is driven in a pseudo-terminal, eight keys a
second, with a clock around each callback of its UI thread. Last, the library is opened in turn with one known document,
each to its first readable screen.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from tests.benchmarks.programs import FIRST_WORDS, Home, wait_for_bytes
from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, PAGE_DOWN, Terminal

QUERIES = (
    "kishida",
    "climate crisis",
    "comand and controll",
    "security cooperation",
    "the president of the united states",
    "indo-pacific partnership",
    "climate change !oil",
    '"national security council"',
    "'ship ^coop",
    "vaccine | infrastructure",
    "nsc",
    "zelensky ukrane",
    "infrastrcture bil",
    "party:japan strength:>=committed",
    "date:2021..2022 domain:space",
    "said:biden nato",
)
TITLE_LETTERS = 12
"""Letters of a title that are shown however narrow the screen."""
ROWS = 37
"""Documents that the largest of the usual screens shows."""
WATCHED = str(Path(__file__).with_name("watched.py"))


def typed_prefixes(query: str) -> list[str]:
    """Return the content of the query line after each key."""
    return [query[:length] for length in range(1, len(query) + 1)]


def milliseconds_to_hits(search: LibrarySearch, query: str, rows: int) -> float:
    """Return the milliseconds until `rows` documents, or all hits of the query, are known."""
    before = time.process_time()
    for results in search.search(query):
        if results.done or len(results.hits) >= rows:
            break
    return 1000 * (time.process_time() - before)


def measure_keys(path: Path) -> None:
    """Print how long keys take in the search itself."""
    with open_library(path) as library:
        before = time.perf_counter()
        search = LibrarySearch(library)
        search.load_lexicon()
        print(f"{len(search.documents):,} documents; words ready in {time.perf_counter() - before:.2f} s")
        every = [key for query in QUERIES for key in typed_prefixes(query)]
        for name, rows in (("anything", 1), ("20 documents", 20), ("a screenful", ROWS)):
            taken = {key: milliseconds_to_hits(search, key, rows) for key in every}
            some = sorted(taken.values())
            p95 = some[int(len(some) * 0.95)]
            print(f"a key until {name:12} median {median(some):.1f} ms, p95 {p95:.1f} ms, at most {some[-1]:.1f} ms")
        print(
            "slowest:", ", ".join(f"{key!r} {taken[key]:.0f} ms" for key in sorted(every, key=taken.__getitem__)[-5:])
        )
        whole = {query: milliseconds_to_hits(search, query, 1 << 30) for query in QUERIES}
        print("to the end:", ", ".join(f"{query!r} {ms:.0f} ms" for query, ms in whole.items()))


def press(terminal: Terminal, key: str, seconds: float) -> float:
    """Press a key and read the answer for `seconds`; return the milliseconds until its last byte."""
    before = last = time.perf_counter()
    terminal.send(key)
    while (left := before + seconds - time.perf_counter()) > 0:
        if terminal.read(left):
            last = time.perf_counter()
    return 1000 * (last - before)


def start_watched(path: Path, folder: Path, log: Path) -> Terminal:
    """Start the explorer on the library, with a clock on its steps."""
    command = [sys.executable, WATCHED, str(log), "--library", str(path)]
    environ = {**Home(folder).environ, "XDG_STATE_HOME": str(folder)}
    return Terminal(command, columns=120, lines=40, environ=environ, emulated=False)


def warm_up(path: Path, folder: Path) -> None:
    """Use all screens once, so that their bytecode is written."""
    with start_watched(path, folder, folder / "unread.json") as terminal:
        wait_for_bytes(terminal, b"search")
        terminal.settle(2.0)
        for key in ("/", "a", ENTER, ENTER, "L", "e", "a", ESCAPE, ESCAPE):
            press(terminal, key, 0.7)
        terminal.send("q")
        terminal.wait_for_end()


def measure_screen(path: Path, folder: Path) -> None:
    """Print the longest steps of the UI thread and the program's memory while the library is searched and read."""
    log = folder / "steps.json"
    warm_up(path, folder)
    with start_watched(path, folder, log) as terminal:
        wait_for_bytes(terminal, b"search")
        terminal.settle(2.0)
        began = time.perf_counter()
        answers: list[float] = []
        typing: list[tuple[float, float]] = []
        for query in QUERIES:
            before = time.perf_counter()
            answers += [press(terminal, key, 0.125) for key in ("/", *query)]
            typing.append((before, time.perf_counter()))
            for key in (ENTER, DOWN, PAGE_DOWN, "s", "S", ESCAPE):
                press(terminal, key, 0.2)
            for key in (*"sssssssss"[: len(query) % 3], "/", ESCAPE, ENTER, "L", ESCAPE):
                press(terminal, key, 0.3)
        for key in ("e", *"japn", ENTER, ESCAPE):
            press(terminal, key, 0.5)
        status, ended = Path(f"/proc/{terminal.process}/status").read_text(), time.perf_counter()
        terminal.send("q")
        terminal.wait_for_end()
    steps = [step for step in json.loads(log.read_text()) if began <= step[0] < ended]
    typed = [step for step in steps if any(before <= step[0] < after for before, after in typing)]
    others = [step for step in steps if step not in typed]
    for name, some in (("while a query is typed", typed), ("with all other keys", others)):
        longest = max((step[1] for step in some), default=0.0)
        print(f"UI thread {name}: longest step {longest:.1f} ms, {sum(step[1] > 16 for step in some)} over 16 ms")
    some = sorted(answers)
    p95 = some[int(len(some) * 0.95)]
    print(f"a key until its last byte within 125 ms: median {median(some):.1f} ms, p95 {p95:.1f} ms")
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    print(f"peak memory {int(peak[1]) / 1024:.0f} MB" if peak else "peak memory: not known on this system")


def measure_openings(path: Path, folder: Path, rounds: int) -> None:
    """Print how long it takes until the library can be read, beside one known document."""
    home = Home(folder)
    environ = {**home.environ, "XDG_STATE_HOME": str(folder)}
    with open_library(path) as library:
        documents = list(library.documents())
    # The list begins with the document that was opened last, else with the latest.
    first = max(documents, key=lambda document: (document.opened or "", document.date or ""))
    seconds: dict[str, list[float]] = {"one document": [], "the library": []}
    for _ in range(rounds + 1):
        with home.start("alliance-tui") as terminal:
            seconds["one document"].append(wait_for_bytes(terminal, FIRST_WORDS))
            wait_for_bytes(terminal, b"choose")
            terminal.settle(0.5)
            terminal.send("q")
            terminal.wait_for_end()
        command = [sys.executable, "-m", "alliance_tui", "--library", str(path)]
        with Terminal(command, environ=environ, emulated=False) as terminal:
            seconds["the library"].append(wait_for_bytes(terminal, first.title[:TITLE_LETTERS].encode()))
            terminal.settle(0.5)
            terminal.send("q")
            terminal.wait_for_end()
    for name, taken in seconds.items():
        print(f"{name:14} readable after {median(taken[1:]):.3f} s (best {min(taken[1:]):.3f})")
    one, whole = (median(taken[1:]) for taken in seconds.values())
    print(f"the library is readable in {whole / one:.2f} times the time of one known document")


def measure(path: Path, rounds: int) -> None:
    """Print all measurements of the library."""
    measure_keys(path)
    with tempfile.TemporaryDirectory() as folder:
        measure_screen(path, Path(folder))
        measure_openings(path, Path(folder), rounds)


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
