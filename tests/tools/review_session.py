"""A whole review from the keyboard over a slow line, killed at its end: what the screen confirmed is on disk.

    python -m tests.tools.review_session [RUNS [SECONDS]]       by default once, with bytes 0.15 seconds late each way

In a terminal of 80 columns and 24 lines a document of fifty records is reviewed: ten are corrected in parties,
strength, deadline and evidence, two added, two merged, three cited, all others judged, and the memo exported. In the
middle of the next correction the program is killed by SIGKILL. The exit status is 1 if anything that the screen
confirmed is missing, or if anything is there that was not confirmed. Takes some minutes.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.support.isolated_home import EXPLORER, Home, wait_for_analysis
from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, TAB, UP, Terminal

STATES = ("Japan", "Fiji", "Norway", "Kenya", "Chile", "Ghana", "Peru", "Samoa", "Tonga", "Latvia")
DEEDS = (
    "deliver {n} patrol boats to {other}",
    "train {n} engineers from {other}",
    "build {n} radar stations with {other}",
    "fund {n} schools in {other}",
    "send {n} doctors to {other}",
)
RECORDS = 50
ADDED = ("The ministers thanked the hosts for the warm welcome.", "The next meeting takes place in Suva.")
CLEAR = "\x15"  # Ctrl-U
PATIENCE = 60.0
_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
_PROGRESS = re.compile(r"review ([\d,]+) of")


def text() -> str:
    """The document: a title, a date, fifty undertakings, and two sentences that are none."""
    lines = ["Joint statement on fifty undertakings", "2 March 2026"]
    for k in range(RECORDS):
        deed = DEEDS[k % 5].format(n=k + 2, other=STATES[(k + 3) % 10])
        lines.append(f"{STATES[k % 10]} will {deed} by {2027 + k % 6}.")
    return "".join(f"{line}\n\n" for line in (*lines, *ADDED))


class Session:
    """Keys of one session, and what the screen has confirmed."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.confirmed: dict[str, int] = {}
        self.pace = ""

    def press(self, keys: str, shown: str, kind: str = "") -> None:
        """Press keys, wait until the screen says so, and count the kind of step as confirmed."""
        self.terminal.send(keys)
        self.terminal.wait_for(shown, PATIENCE)
        if kind:
            self.confirmed[kind] = self.confirmed.get(kind, 0) + 1

    def gone(self, keys: str, words: str) -> None:
        """Press keys, and wait until the words are gone."""
        self.terminal.send(keys)
        self.terminal.wait_until(lambda: words not in self.terminal.text, PATIENCE, f"still “{words}” on")

    def correct(self, field: str, value: str, shown: str) -> None:
        """Correct a field of the focused record by typing."""
        self.press("e", "Correct:")
        self.terminal.send(field)
        self.terminal.wait_until(lambda: self.terminal.text.count(field) > 1, PATIENCE)
        label = field.capitalize()
        self.terminal.send(ENTER)
        self.terminal.wait_until(lambda: "Correct:" not in self.terminal.text and label in self.terminal.text, PATIENCE)
        self.press(f"{CLEAR}{value}", value)
        self.press(ENTER, f"{label}: {shown}", field)


def review(session: Session, folder: Path) -> None:
    """Review the whole document, up to the middle of a correction."""
    terminal = session.terminal
    session.press("/swimming", "no match")  # the reader looks round first
    session.gone(ESCAPE, "swimming")
    session.press(TAB, "▸2 Agreements" if "▸2" in terminal.text else "Agreements")
    _correct_ten(session)
    _mark_and_merge(session)
    _cite(session)
    _add(session)
    _judge_all(session)
    _export(session, folder)
    session.press("e", "Correct:")
    session.press(f"title{ENTER}", "Title")
    session.press("half a corr", "half a corr")


def _correct_ten(session: Session) -> None:
    """Correct one field of each of the first ten records."""
    session.press("g", "Agreements")
    for number in range(10):
        match number % 4:
            case 0:
                session.press("+", "Strength: agreed", "strength")
            case 1:
                session.correct("parties", "Tonga; Samoa", "Tonga; Samoa")
            case 2:
                session.correct("deadline", "by the end of 2033", "2033")
            case _:
                session.press("<", "Evidence: “", "evidence")
        session.gone(DOWN, ": " if number % 4 == 0 else "Evidence:")


def _mark_and_merge(session: Session) -> None:
    session.press("  ", "2 marked")
    session.press("&", "Merged 2 records into one.", "merged")


def _cite(session: Session) -> None:
    session.press("   ", "3 marked")
    before = len(_COPIED.findall(bytes(session.terminal.raw)))
    session.press("Y", "Copied")
    copied = _COPIED.findall(bytes(session.terminal.raw))[before:]
    cited = base64.b64decode(copied[-1]).decode()
    assert cited.count("fifty undertakings") == 3, cited
    assert str(session.terminal.cwd or "/nowhere") not in cited
    session.gone(ESCAPE, "3 marked")


def _add(session: Session) -> None:
    """Add the last two sentences as records."""
    session.press("1", "Agreements")
    for words in ADDED:
        session.press(f'/"{words[:-1].lower()}"{ENTER}', "1/1")
        session.press("I", "Correct:", "added")
        session.gone(ESCAPE, "Correct:")
        while f'/ "{words[:3].lower()}' in session.terminal.text:  # the choice is cleared before the query
            session.terminal.send(ESCAPE)
            session.terminal.settle(1.0)
    session.press("2", "Agreements")


def _judge_all(session: Session) -> None:
    """Judge what is left, each key when the screen confirms the one before."""
    terminal = session.terminal
    session.press("V", "review ")
    first = judged = _progress(terminal)
    begun = time.monotonic()
    while judged is not None:
        terminal.send("r" if judged % 7 == 3 else "a")
        session.confirmed["judged"] = session.confirmed.get("judged", 0) + 1

        def went_on(before: int = judged) -> bool:
            now = _progress(terminal)
            return now == before + 1 or (now is None and "is judged" in terminal.text)

        terminal.wait_until(went_on, PATIENCE, f"still {judged} on")
        judged = _progress(terminal)
    assert first is not None
    number, minutes = session.confirmed["judged"], (time.monotonic() - begun) / 60
    session.pace = (
        f"{number} records judged in {60 * minutes:.0f} s, each seen before the next: {number / minutes:.0f} a minute"
    )


def _progress(terminal: Terminal) -> int | None:
    match = _PROGRESS.search(terminal.text)
    return int(match[1].replace(",", "")) if match else None


def _export(session: Session, folder: Path) -> None:
    for name in ("memo.html", "memo.docx"):
        session.press("X", "Export to")
        session.press(f"{CLEAR}{folder / name}{ENTER}", "Wrote")
        session.gone("g", "Wrote")


def kill_program(home: Home) -> None:
    """Kill the explorer at the other end of the line, whose home this is."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environ = (process / "environ").read_bytes() + b"\0"
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if f"HOME={home.folder}\0".encode() in environ and command.startswith("\0".join(EXPLORER).encode()):
            os.kill(int(process.name), signal.SIGKILL)


def stored(home: Home, document: Path) -> list[dict[str, Any]]:
    """The records as the command line has them afterwards."""
    command = [*EXPLORER, "review", "list", str(document), "--format", "jsonl"]
    done = subprocess.run(command, env=os.environ | home.environ, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def faults(records: list[dict[str, Any]], confirmed: dict[str, int], folder: Path) -> Iterator[str]:
    """Yield a sentence for each difference between what was confirmed and what is there."""
    reviews = [record["review"] for record in records]
    there = {
        "strength": sum("strength" in review["corrected"] for review in reviews),
        "parties": sum("parties" in review["corrected"] for review in reviews),
        "deadline": sum("deadline" in review["corrected"] for review in reviews),
        "evidence": sum("evidence" in review["corrected"] for review in reviews) - 1,  # a merge moves evidence too
        "added": sum(review["added"] for review in reviews),
        "merged": RECORDS + len(ADDED) - len(records),
        "judged": sum(bool(review["judgement"]) for review in reviews) - len(ADDED),
    }
    for kind, number in confirmed.items():
        if there[kind] != number:
            yield f"{kind}: {number} confirmed, {there[kind]} there"
    if sum(record["parties"] == ["Tonga", "Samoa"] for record in records) < confirmed["parties"]:
        yield "parties are not as they were typed"
    if sum(record["deadline"] == "2033" for record in records) < confirmed["deadline"]:
        yield "deadlines are not as they were typed"
    if any("half a corr" in record["title"] for record in records):
        yield "a correction is there that was not finished"
    for name in ("memo.html", "memo.docx"):
        if not (folder / name).is_file() or (folder / name).stat().st_size < 1000:
            yield f"{name} was not written"


def run(seconds: float, report: Callable[[str], object] = print) -> list[str]:
    """Run the session once; return the faults."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = Home(folder / "home")
        home.folder.mkdir()
        document = folder / "fifty.txt"
        document.write_text(text())
        begun = time.monotonic()
        explorer = home.explorer(str(document))
        explorer.command = [sys.executable, "-m", "tests.support.slow_line", str(seconds), *explorer.command]
        with explorer as terminal:
            wait_for_analysis(terminal)
            session = Session(terminal)
            review(session, folder)
            kill_program(home)
            terminal.wait_for_end()
        found = list(faults(stored(home, document), session.confirmed, folder))
        with home.explorer(str(document)) as terminal:
            wait_for_analysis(terminal)
            terminal.send(TAB + UP)
            terminal.wait_for("agreed")
            if "half a corr" in terminal.text:
                found.append("half a correction is shown at the next start")
        report(f"{time.monotonic() - begun:.0f} s, confirmed: {session.confirmed}")
        report(session.pace)
        return found


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 0.15
    found = [f"run {number}: {fault}" for number in range(1, runs + 1) for fault in run(seconds)]
    print("\n".join(found) or "nothing that was confirmed is missing")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
