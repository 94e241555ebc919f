"""Hostile text through every surface: not one byte of it reaches the terminal raw, and nothing crashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.hostile_text import ATTACKS, faults
from tests.support.isolated_home import Home
from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]


def assert_inert(terminal: Terminal) -> None:
    """Not one byte of an attack was sent: no control but the program's own, and none of those off by a document."""
    assert faults(bytes(terminal.raw)) == []


def visit_everything(terminal: Terminal) -> None:
    """Go everywhere: the text, the lists, the details, the help, another theme, another document, a search."""
    terminal.press(
        PAGE_DOWN, PAGE_DOWN, TAB, DOWN, ENTER, ENTER, ESCAPE, TAB, DOWN, ENTER, "d", ESCAPE, ESCAPE, quiet=0.15
    )
    terminal.press("?", ESCAPE, "t", "]", "y", "Y", "/", "owned", ENTER, "n", ESCAPE, quiet=0.15)
    assert terminal.running, bytes(terminal.raw[-2000:]).decode()


def hostile_document(folder: Path) -> Path:
    lines = [f"Japan and the United States agreed to {name} {attack} in Tokyo." for name, attack in ATTACKS.items()]
    path = folder / "hostile.txt"
    path.write_text(
        "\n\n".join(["\x1b]0;owned\x07 A \u202etitle [/]", *lines]), encoding="utf-8", errors="surrogatepass"
    )
    return path


def test_a_hostile_document(home: Home) -> None:
    with home.explorer(str(hostile_document(home.folder))) as terminal:
        terminal.wait_for("␛]0;owned␇")
        terminal.settle(2.0)
        visit_everything(terminal)
        assert "Traceback" not in terminal.text
        assert terminal.leave() == 0
        assert_inert(terminal)


HOSTILE_NAMES = (
    *("clipboard", "title", "settings string", "C1 string", "bidi override", "tags", "markup", "carriage return"),
    "wide",
)


def test_hostile_file_names(home: Home) -> None:
    paths = []
    for name in HOSTILE_NAMES:
        file = (ATTACKS[name].replace("/", "∕")[:80] + ".txt").encode()
        paths.append(os.fsdecode(os.fsencode(home.folder) + b"/" + file))
        with open(paths[-1], "w", encoding="utf-8") as opened:  # noqa: PTH123 - as the bytes are
            opened.write("Japan agreed.")
    with home.explorer(*paths, columns=200) as terminal:
        for number in range(1, len(HOSTILE_NAMES) + 1):
            terminal.wait_for(f"document {number} of")
            terminal.wait_for("None found.")  # known from the first document on: the texts are the same
            terminal.press("d", ESCAPE, "?", ESCAPE, "o", quiet=0.1)
            terminal.wait_for("Esc close")
            terminal.press(*[DOWN] * number, ENTER, quiet=0.1)
        assert terminal.leave() == 0, terminal.text
        assert_inert(terminal)


def test_a_missing_file_with_a_hostile_name(home: Home) -> None:
    with home.explorer("/no/such/" + ATTACKS["title"] + ATTACKS["bidi override"] + ".txt") as terminal:
        assert terminal.wait_for_end() == 1
        assert "␛]0;owned␇" in terminal.text
        assert_inert(terminal)


def test_a_file_name_that_is_no_unicode(home: Home) -> None:
    path = os.fsencode(home.folder) + b"/\xff\x1b]0;owned\x07\xfe.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of bytes
        file.write("Japan agreed.")
    with home.explorer(os.fsdecode(path)) as terminal:
        terminal.wait_for("Japan agreed")
        assert terminal.leave() == 0
        assert_inert(terminal)


def test_hostile_queries_as_options(known_home: Home) -> None:
    for attacks in (("title", "C1 control sequence", "bidi override"), ("markup", "carriage return")):
        query = "".join(ATTACKS[name] for name in attacks)
        with known_home.explorer("--query", query) as terminal:
            terminal.wait_for("Prime Minister")
            terminal.settle(0.5)
            terminal.press("/", "a", ENTER, ESCAPE, quiet=0.1)
            assert terminal.leave() == 0, terminal.text
            assert_inert(terminal)


def test_hostile_queries_pasted(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        terminal.settle(0.5)
        terminal.press("/")
        for attack in ATTACKS.values():
            if not {"\x1b", "\n", "\r"} & set(attack):
                terminal.send(f"\x1b[200~{attack}\x1b[201~")
                terminal.settle(0.15)
                terminal.press("\x15", quiet=0.15)
        assert terminal.running, terminal.text
        terminal.press(ESCAPE)
        assert terminal.leave() == 0
        assert_inert(terminal)
