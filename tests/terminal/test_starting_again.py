"""The explorer is left and started again: reading goes on where it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import ENTER, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]


def go_somewhere(terminal: Terminal) -> list[str]:
    """Search, choose and scroll; the screen then."""
    terminal.wait_for("Prime Minister")
    wait_for_analysis(terminal)
    terminal.press("/", "japan", ENTER, TAB, "j", "j", ENTER, TAB, TAB, PAGE_DOWN, TAB)
    return terminal.lines


@pytest.mark.parametrize("end", ["q", signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_the_screen_of_the_last_time_comes_back(known_home: Home, tmp_path: Path, end: str | signal.Signals) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path)}
    with known_home.explorer(environ=state) as terminal:
        left = go_somewhere(terminal)
        assert "Text 0 %" not in terminal.text
        if isinstance(end, signal.Signals):
            os.kill(terminal.process, end)
            assert terminal.wait_for_end() == 128 + end
        else:
            assert terminal.leave() == 0
        assert terminal.left_behind == []
    with known_home.explorer(environ=state) as terminal:
        terminal.wait_for("/ japan")
        wait_for_analysis(terminal)
        lists = next(number for number, line in enumerate(left) if "Agreements" in line)
        shown = slice(0, lists + 1)  # the query, the pane with the focus, the text
        terminal.wait_until(lambda: terminal.lines[shown] == left[shown])
        assert terminal.lines[-2].strip() == "The query of last time is back, japan: Esc clears it"
        terminal.press("k", "j")  # a key is an answer to the message: the record shows again
        assert terminal.lines[-2] == left[-2]
        assert terminal.leave() == 0
    with known_home.explorer("--query", "dicsa", environ=state) as terminal:
        terminal.wait_for("/ dicsa")
        assert terminal.leave() == 0


def test_without_the_cache_no_reading_position_is_read_or_written(known_home: Home, tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path)}
    with known_home.explorer("--no-cache", environ=environ) as terminal:
        terminal.wait_for("Prime Minister")
        terminal.press(PAGE_DOWN)
        assert terminal.leave() == 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "alliance-tui").mkdir()
    (tmp_path / "alliance-tui" / "places.json").write_text("damaged")
    with known_home.explorer("--no-cache", environ=environ) as terminal:
        terminal.wait_for("Prime Minister")
        assert "passed over" not in terminal.text


def test_a_damaged_file_is_reported_and_replaced(known_home: Home, tmp_path: Path) -> None:
    file = tmp_path / "alliance-tui" / "places.json"
    file.parent.mkdir()
    file.write_bytes(b'{"\x1b]0;owned\x07')
    with known_home.explorer(environ={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("places.json is passed over")
        terminal.press(PAGE_DOWN)
        assert terminal.leave() == 0
    assert b"point" in file.read_bytes()
    assert b"\x1b]0;" not in terminal.raw


def test_a_faulty_own_lexicon_is_reported_at_the_start(known_home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "alliance-tui" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "units.toml").write_text("[unit]\n'HAN' = []\n")
    with known_home.explorer(environ={"XDG_CONFIG_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("units.toml is passed over: line 1: unit: not known here: is “units” meant?")
        assert terminal.leave() == 0
