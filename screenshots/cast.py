"""Record the cast: the real program in a pseudo-terminal, keys as a reader types them, and the screen after each.

    python screenshots/cast.py

Writes cast.cast (asciicast v2: `asciinema play screenshots/cast.cast`) and cast.svg, an animated image. The keys come
at a fixed pace; the response times of the program are recorded as they are.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, QUIET, TAB, Terminal

HERE = Path(__file__).parent
COLUMNS, LINES = 100, 30
PACE = 0.14
"""Seconds between the keys of a word."""
LOOK = 1.6
"""Seconds to look at the result of a step."""
STEPS = (("/", *"dicsa"), (ENTER,), (TAB,), (ENTER,), ("d",), (ESCAPE,), (DOWN,), (ENTER,), ("Y",), (ESCAPE, ESCAPE))


class Event(NamedTuple):
    """Output of the program: its time in seconds from the start, and the screen's lines after it, as SVG."""

    at: float
    data: str
    lines: list[str]


CELL, LINE = 8.4, 17
GROUND, INK = "#14171c", "#d5d8df"
STYLE = 'font: 14px "DejaVu Sans Mono", Menlo, Consolas, monospace'
NO_BREAK = "\u00a0"
"""SVG collapses ordinary spaces."""


def record() -> list[Event]:
    """Return the events of a session on the seed article, whose analysis is cached."""
    with tempfile.TemporaryDirectory() as folder:
        environ = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        with _started(environ | {"XDG_STATE_HOME": f"{folder}/first"}) as terminal:
            terminal.leave()
        with _started(environ | {"XDG_STATE_HOME": f"{folder}/shown"}) as terminal:
            return [_event(0.0, bytes(terminal.raw), terminal), *_run_steps(terminal)]


@contextmanager
def _started(environ: dict[str, str]) -> Iterator[Terminal]:
    """Start the explorer, and wait until the analysis is on the screen."""
    with Terminal([sys.executable, "-m", "alliance_tui"], columns=COLUMNS, lines=LINES, environ=environ) as terminal:
        terminal.wait_until(lambda: "Agreements 1" in terminal.text and "ooking" not in terminal.text, 120)
        terminal.settle(1.0)
        yield terminal


def _run_steps(terminal: Terminal) -> Iterator[Event]:
    began = time.monotonic() - LOOK
    for step in STEPS:
        for key in step:
            terminal.send(key)
            after = time.monotonic() + PACE
            while (left := after - time.monotonic()) > 0:
                if data := terminal.read(left):
                    yield _event(time.monotonic() - began, data, terminal)
        while data := terminal.read(QUIET):
            yield _event(time.monotonic() - began, data, terminal)
        began -= LOOK - QUIET  # the rest of the look is added, not waited for


def _event(at: float, data: bytes, terminal: Terminal) -> Event:
    return Event(at, data.decode(), [_line(terminal.screen.buffer[y]) for y in range(LINES)])


def _line(cells: Any) -> str:
    """Return a line as SVG: a box for each background, a text for each pen."""
    boxes, texts = [], []
    for pen, columns in groupby(range(COLUMNS), key=lambda x: cells[x][1:]):
        run = list(columns)
        text = "".join(cells[x].data for x in run)
        foreground, background, bold, italic, underlined, _, reverse, _ = pen
        ink, ground = _colour(foreground, INK), _colour(background, GROUND)
        if reverse:
            ink, ground = ground, ink
        x, width = run[0] * CELL, len(run) * CELL
        if ground != GROUND:
            boxes.append(f'<rect x="{x:.1f}" width="{width:.1f}" height="{LINE}" fill="{ground}"/>')
        if words := text.strip():
            x += (len(text) - len(text.lstrip())) * CELL
            more = f' textLength="{len(words) * CELL:.1f}"' + ' font-weight="bold"' * bold
            more += ' font-style="italic"' * italic + ' text-decoration="underline"' * underlined
            content = escape(words).replace(" ", NO_BREAK)
            texts.append(f'<text x="{x:.1f}" y="13" fill="{ink}"{more}>{content}</text>')
    return "".join(boxes + texts)


def _colour(name: str, default: str) -> str:
    return default if name == "default" else f"#{name}"


def animated_svg(events: list[Event]) -> str:
    """Return the screens as an endless animation; a line that several of them share is drawn once."""
    shown = [event for before, event in pairwise([None, *events]) if not before or event.lines != before.lines]
    ends = [event.at for event in shown[1:]] + [shown[-1].at + 2 * LOOK]
    whole = ends[-1]
    names: dict[str, int] = {}
    drawn = []
    for (at, _, lines), end in zip(shown, ends, strict=True):
        uses = "".join(
            f'<use href="#l{names.setdefault(line, len(names))}" y="{y * LINE}"/>'
            for y, line in enumerate(lines)
            if line
        )
        times = f"0;{at / whole:.4f};{end / whole:.4f}" if at else f"0;{end / whole:.4f}"
        values = "none;inline;none" if at else "inline;none"
        drawn.append(
            f'<g display="none"><animate attributeName="display" calcMode="discrete" dur="{whole:.2f}s" '
            f'repeatCount="indefinite" keyTimes="{times}" values="{values}"/>{uses}</g>'
        )
    symbols = "".join(f'<g id="l{number}">{line}</g>' for line, number in names.items())
    width, height = COLUMNS * CELL + 20, LINES * LINE + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" style=\'{STYLE}\'>'
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/><defs>{symbols}</defs>'
        f'<g transform="translate(10 10)">{"".join(drawn)}</g></svg>\n'
    )


def main() -> None:
    """Record the session, and write both files."""
    os.environ.pop("NO_COLOR", None)
    events = record()
    header = {
        "version": 2,
        "width": COLUMNS,
        "height": LINES,
        "title": "alliance-tui",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(header), *(json.dumps([round(at, 3), "o", data]) for at, data, _ in events)]
    (HERE / "cast.cast").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (HERE / "cast.svg").write_text(animated_svg(events), encoding="utf-8")


if __name__ == "__main__":
    main()
