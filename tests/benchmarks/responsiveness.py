"""Responsiveness of the explorer in a long document: steps of the UI thread, and the answers to keys.

    python -m tests.benchmarks.responsiveness [SENTENCES]     (default: 100,000)

The document is made up, with an entity in every other sentence and an agreement in every twentieth, and its analysis
is cached beforehand, so that nothing else runs. Queries are typed at eight keys a second into the real program in a
pseudo-terminal; a clock around each callback of the UI thread (watched.py) gives the longest step.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from alliance_tui import documents
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType, Kind, Mention, Strength
from tests.benchmarks.programs import Home, wait_for_bytes
from tests.support.pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

QUERIES = ("northland radar", "comand and contrl", '"joint exercise"', "strength:agreed", "'s", "e", "!a b | c")
BETWEEN_KEYS = 0.125
SYLLABLES = ("an", "bel", "cor", "dun", "est", "fir", "gal", "hem", "ist", "jor", "kal", "lum", "mer", "nor", "ost")
COMMON = ("the", "of", "to", "and", "in", "a", "for", "joint", "exercise", "radar", "command", "control", "defence")
WATCHED = str(Path(__file__).with_name("watched.py"))


def made_up_text(sentences: int) -> str:
    """Return a text on what made-up states agree, of some 30,000 different words."""
    chance = random.Random(7)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
    states = [f"{one.capitalize()}land" for one in words[:200]]
    lines = []
    for number in range(sentences):
        filler = " ".join(chance.choice(COMMON if chance.random() < 0.5 else words) for _ in range(16))
        start = f"{chance.choice(states)} agreed to share {filler}" if number % 20 == 0 else filler.capitalize()
        end = " " if number % 5 else "\n"
        lines.append(f"{start} {chance.choice(states) if number % 2 else 'it'}.{end}")
    return "".join(lines)


def analysis_of(document: Document) -> Analysis:
    """Return the states as entities, and their agreements."""
    entities: dict[str, list[Mention]] = {}
    agreements: list[Agreement] = []
    for start, end in _sentences(document.text):
        words = document.text[start:end].split(" ")
        if words[-1].removesuffix(".").endswith("land"):
            at = end - len(words[-1])
            entities.setdefault(words[-1].rstrip("."), []).append(Mention(document.span(at, end - 1)))
        if words[1:3] == ["agreed", "to"]:
            trigger = start + len(words[0]) + 1
            span = document.span(start, end)
            title = " ".join(words[3:12]).capitalize()
            agreements.append(
                Agreement(
                    *(
                        f"a{len(agreements)}",
                        Kind.AGREEMENT,
                        title,
                        span,
                        document.span(trigger, trigger + 6),
                        "made up",
                    ),
                    strength=Strength.AGREED,
                    parties=(words[0],),
                )
            )
    known = tuple(
        Entity(f"e{number}", name, EntityType.STATE, (name,), tuple(mentions))
        for number, (name, mentions) in enumerate(entities.items())
    )
    return Analysis(document, known, tuple(agreements), extractor_version(), model_version(None))


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence."""
    ends = [match.end() for match in re.finditer(r"\.", text)]
    return list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))


def type_slowly(terminal: Terminal, key: str, quiet: float = 0.25) -> float:
    """Press a key; return the milliseconds to the last byte of its answer, even if the next key is due before."""
    before = time.perf_counter()
    terminal.send(key)
    size = len(terminal.settle(quiet))
    time.sleep(max(0.0, before + BETWEEN_KEYS - time.perf_counter()))
    return 1000 * (terminal.read_at - before) if size else 0.0


def session(terminal: Terminal) -> dict[str, list[float]]:
    """Type every query and move about; return the milliseconds of each kind of key."""
    taken: dict[str, list[float]] = {"search key": [], "other key": []}
    for query in QUERIES:
        type_slowly(terminal, "/")
        taken["search key"] += [type_slowly(terminal, key) for key in query]
        taken["other key"] += [type_slowly(terminal, key) for key in (ENTER, "n", "n", PAGE_DOWN)]
        type_slowly(terminal, "/")
        taken["search key"] += [type_slowly(terminal, BACKSPACE) for _ in query]
        type_slowly(terminal, ESCAPE, 0.4)
    taken["other key"] += [type_slowly(terminal, key) for key in (TAB, DOWN, DOWN, ENTER, TAB, DOWN, ENTER, ESCAPE)]
    return taken


def burst(terminal: Terminal) -> None:
    """Paste 10 kB of any bytes, bracketed and not, and hold keys down; print the milliseconds of lag after each."""
    noise = random.Random(1).randbytes(10_000)
    safe = noise.translate(None, b"\x03\x11\x1a\x1b\r\n\x00\x10\x0c\x1c")  # what leaves, stops, accepts or opens
    cases = {
        "10 kB pasted in brackets": b"\x1b[200~" + noise.replace(b"\x1b", b"") + b"\x1b[201~",
        "10 kB of bytes typed at once": safe,
        "10 kB of text typed at once": (b"northland and radar " * 500),
    }
    for name, data in cases.items():
        type_slowly(terminal, "/")
        before = time.perf_counter()
        terminal.send(data)
        sent = time.perf_counter()
        terminal.read(1.0)
        shown = 1000 * (terminal.read_at - sent)
        terminal.settle(1.0)
        lag = 1000 * (terminal.read_at - sent)
        taken = f"sent in {1000 * (sent - before):.0f} ms, shown {shown:.0f} ms after, its matches {lag:.0f} ms after"
        print(f"{name:30} {taken}")
        assert terminal.running
        terminal.press(ESCAPE, ESCAPE)
    for name, key in (("x held in the query line", "x"), ("Down held", DOWN), ("PageDown held", PAGE_DOWN)):
        if key == "x":
            type_slowly(terminal, "/")
        for _ in range(90):
            terminal.send(key)
            terminal.read(1 / 30)
        sent = time.perf_counter()
        terminal.settle(1.0)
        print(f"{name:30} 3 s at 30 keys/s, last byte {max(0, 1000 * (terminal.read_at - sent)):.0f} ms after")
        if key == "x":
            terminal.press(ESCAPE, ESCAPE)


def main(sentences: int) -> None:
    """Print the times of keys and of the longest steps of the UI thread."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        path, log = Path(folder) / "long.txt", Path(folder) / "steps.json"
        path.write_text(made_up_text(sentences), encoding="utf-8")
        document = documents.read(path)
        library = Path(folder) / "library.sqlite"
        AnalysisCache(library).save(analysis_of(document))
        print(f"{sentences:,} sentences, {len(document.text):,} characters")
        command = [sys.executable, WATCHED, str(log), str(path), "--library", str(library), "--max-size", "1000"]
        environ = {**home.environ, "XDG_STATE_HOME": folder}
        with Terminal(command, environ=environ, emulated=False) as terminal:
            wait_for_bytes(terminal, b"Enter")  # the key bar says so once there is something to choose
            terminal.settle(3.0)
            began = time.perf_counter()
            taken = session(terminal)
            ended = time.perf_counter()
            burst(terminal)
            terminal.settle(1.0)
            left = time.perf_counter()
            terminal.send("q")
            terminal.wait_for_end()
        steps = json.loads(log.read_text())
    for kind, all_ms in taken.items():
        some = sorted(each for each in all_ms if each)
        p95 = some[int(len(some) * 0.95)]
        print(f"{kind:30} median {median(some):.1f} ms, p95 {p95:.1f} ms, at most {some[-1]:.1f} ms")
    for name, part in (
        ("start", [step for step in steps if step[0] < began]),
        ("typing", [step for step in steps if began <= step[0] < ended]),
        ("bursts", [step for step in steps if ended <= step[0] < left]),
    ):
        longest = sorted(part, key=lambda step: -step[1])[:3]
        descriptions = "; ".join(f"{each[1]:.1f} ms {each[2]}" for each in longest) if os.environ.get("VERBOSE") else ""
        worst = longest[0][1] if longest else 0.0
        over = sum(step[1] > 16 for step in part)
        print(f"UI thread while {name:14} longest step {worst:.1f} ms, {over} over 16 ms {descriptions}")


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 100_000)
