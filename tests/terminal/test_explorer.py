"""The explorer in a real terminal: the main flow, any size, any terminal, and its end at any moment."""

from __future__ import annotations

import random
import re
import termios
import time
from pathlib import Path

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;\d+)*m")


def wait_for_article(terminal: Terminal) -> None:
    terminal.wait_for("Prime Minister")
    wait_for_analysis(terminal)


def cells(terminal: Terminal) -> list[list[tuple[object, ...]]]:
    """The screen with its colours, as a reader sees it: blanks have but a background."""
    rows = ([terminal.screen.buffer[y][x] for x in range(terminal.columns)] for y in range(terminal.height))
    return [[tuple(c) if c.data.strip(" ") or c.reverse or c.underscore else (c.bg,) for c in row] for row in rows]


def assert_is_full_repaint(terminal: Terminal) -> None:
    shown = cells(terminal)
    terminal.press("\x0c")
    assert cells(terminal) == shown


def is_restored(terminal: Terminal) -> bool:
    local = terminal.attributes[3]
    return all(local & flag for flag in (termios.ECHO, termios.ICANON, termios.ISIG, termios.IEXTEN))


def test_a_misspelt_query_lights_all_three_panes(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        wait_for_article(terminal)
        before = terminal.lines
        terminal.press("/", "dicsa")
        text, lists = terminal.text.split("Agreements", 1)
        assert "(DICAS)" in text
        assert "DICAS" in lists or "Defense Industrial C" in lists
        lit = [c.data for row in terminal.screen.buffer.values() for c in row.values() if c.bg == "ffd75f" or c.reverse]
        assert "DICAS" in "".join(lit)
        assert "DI" in "".join(lit).replace("DICAS", "", 1)
        assert_is_full_repaint(terminal)
        terminal.press(ENTER)
        assert "(DICAS)" in terminal.text
        assert "1/1" in terminal.text
        assert_is_full_repaint(terminal)
        terminal.press(ESCAPE)
        assert "/ dicsa" not in terminal.text
        assert len(before) == len(terminal.lines)
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []
    assert known_home.processes() == []


def test_escape_in_the_query_puts_the_screen_back(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        wait_for_article(terminal)
        before = cells(terminal)
        terminal.press("/", "dicsa", ESCAPE)
        assert cells(terminal) == before


def test_the_terminals_cursor_is_at_the_focus(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        wait_for_article(terminal)
        assert not terminal.screen.cursor.hidden
        terminal.press("/", "dic")
        assert terminal.lines[terminal.screen.cursor.y][: terminal.screen.cursor.x].endswith("dic")
        terminal.press(ESCAPE, TAB)
        heading = next(y for y, line in enumerate(terminal.lines) if "Agreements" in line)
        assert terminal.screen.cursor.y > heading
        row = terminal.screen.cursor.y
        terminal.press(DOWN)
        assert terminal.screen.cursor.y == row + 1


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (8, 3), (1, 1), (120, 40), (300, 100)])
def test_every_size_shows_something_and_takes_keys(known_home: Home, size: tuple[int, int]) -> None:
    columns, lines = size
    with known_home.explorer(columns=columns, lines=lines) as terminal:
        terminal.wait_until(lambda: bool(terminal.text.strip() or (columns == 1 and terminal.raw)))
        terminal.settle()
        assert terminal.running
        terminal.press("/", "dicsa", ENTER, TAB, TAB, ESCAPE)
        assert terminal.running, bytes(terminal.raw[-800:])
        assert_is_full_repaint(terminal)
        assert terminal.leave() == 0
        assert terminal.left_behind == []


def test_resizing_at_any_moment_leaves_a_whole_screen(known_home: Home) -> None:
    chance = random.Random(5)
    with known_home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        for _ in range(25):
            terminal.resize(chance.randint(10, 200), chance.randint(4, 60))
            for key in chance.sample(["/", "japan", ESCAPE, TAB, PAGE_DOWN, DOWN, ENTER], 2):
                terminal.send(key)
                terminal.read(chance.random() / 20)
        terminal.resize(100, 30)
        terminal.settle(0.8)
        assert terminal.running
        assert_is_full_repaint(terminal)


@pytest.mark.parametrize("term", ["xterm-256color", "xterm", "screen", "tmux-256color", "linux"])
def test_without_colour_not_one_colour_is_sent(known_home: Home, term: str) -> None:
    with known_home.explorer(environ={"NO_COLOR": "1", "TERM": term}) as terminal:
        wait_for_article(terminal)
        terminal.press("/", "dicsa", ENTER, TAB, DOWN, ESCAPE, "?", ESCAPE)
        assert not COLOURS.findall(terminal.raw)


@pytest.mark.parametrize("term", ["xterm", "screen", "linux"])
def test_sixteen_colours_are_enough(known_home: Home, term: str) -> None:
    with known_home.explorer(environ={"TERM": term, "COLORTERM": None}) as terminal:
        wait_for_article(terminal)
        terminal.press("/", "dicsa", ENTER)
        assert "(DICAS)" in terminal.text
        assert b"[38;" not in terminal.raw
        assert b";38;" not in terminal.raw
        assert b"48;5;" not in terminal.raw


@pytest.mark.parametrize("environ", [{"LC_ALL": "C"}, {"TERM": "vt220"}, {"LC_ALL": "en_GB.ISO-8859-1"}])
def test_an_ascii_terminal_is_sent_ascii(known_home: Home, environ: dict[str, str]) -> None:
    with known_home.explorer(environ=environ) as terminal:
        wait_for_article(terminal)
        terminal.press("/", "dicsa", ENTER, TAB, "?", ESCAPE)
        assert "DICAS" in terminal.text
        terminal.leave()
        assert terminal.raw.isascii()


@pytest.mark.parametrize("term", ["linux", "vt220"])
def test_a_simple_terminal_is_asked_for_nothing_that_it_would_print(known_home: Home, term: str) -> None:
    with known_home.explorer(environ={"TERM": term}) as terminal:
        wait_for_article(terminal)
        terminal.leave()
        for sequence in (b"\x1b[>", b"\x1b[<", b"$p", b"\x1b[?1004", b"\x1b[?2004", b"\x1b[?1000", b"\x1b]"):
            assert sequence not in terminal.raw


def test_the_mouse_is_off_over_ssh(known_home: Home) -> None:
    for environ, wanted in (({}, True), ({"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, False)):
        with known_home.explorer(environ=environ) as terminal:
            wait_for_article(terminal)
            assert (b"\x1b[?1000h" in terminal.raw) is wanted


def test_a_pipe_is_read_and_the_keyboard_still_works(known_home: Home) -> None:
    seed = Path(__file__).parents[2] / "seeds" / "000_3b7aba633540c45a.txt"
    terminal = known_home.explorer("-")
    terminal.command = ["sh", "-c", f"cat {seed} | {' '.join(terminal.command)}"]
    with terminal:
        wait_for_article(terminal)
        terminal.press("/", "dicsa", ENTER)
        assert "(DICAS)" in terminal.text
        assert terminal.leave() == 0


def test_quitting_during_the_extraction_is_immediate_and_leaves_no_process(home: Home) -> None:
    with home.explorer() as terminal:
        terminal.wait_for("ooking")
        before = time.monotonic()
        assert terminal.leave() == 0
        assert time.monotonic() - before < 5
        assert terminal.left_behind == []
    assert home.processes() == []


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40), (40, 12)])
def test_a_stranger_is_told_search_copy_help_and_quit(known_home: Home, columns: int, lines: int) -> None:
    with known_home.explorer(columns=columns, lines=lines) as terminal:
        terminal.wait_for("Enter on a highlighted")
        for hint in ("/ search", "Tab pane", "? help", "q quit"):
            assert hint in terminal.lines[-1]
        terminal.press(TAB)
        if columns >= 80:
            assert "y copy" in terminal.lines[-1]
        terminal.press("?cop")
        terminal.wait_until(lambda: bool(re.search(r"▸ y +[Cc]opy", terminal.text)))
