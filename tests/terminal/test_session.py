"""Whatever ends the program, the terminal is left as it was."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pseudoterminal import DOWN, ESCAPE, TAB, Terminal

pytestmark = pytest.mark.pty

SAMPLE = [sys.executable, str(Path(__file__).parents[1] / "support" / "sample_app.py")]
ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


def is_restored(terminal: Terminal) -> bool:
    """Return whether keys are echoed, lines are edited and Ctrl+C interrupts, as in a fresh terminal."""
    local = terminal.attributes[3]
    return all(local & flag for flag in (termios.ECHO, termios.ICANON, termios.ISIG, termios.IEXTEN))


def ready(terminal: Terminal) -> None:
    terminal.wait_for("Line 1:")
    terminal.settle()


def test_quitting_leaves_a_sane_terminal() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        assert not is_restored(terminal)
        assert "mode 1049 on" in terminal.left_behind
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_ends_the_program_in_good_order(number: signal.Signals) -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        os.kill(terminal.process, number)
        assert terminal.wait_for_end() == 128 + number
        assert is_restored(terminal)
        assert terminal.left_behind == []


@pytest.mark.parametrize("milliseconds", [50, 150, 250, 300, 350, 400, 500])
def test_a_signal_while_it_starts_leaves_a_sane_terminal(milliseconds: int) -> None:
    with Terminal(SAMPLE) as terminal:
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            terminal.read(0.005)
        os.kill(terminal.process, signal.SIGTERM)
        assert terminal.wait_for_end() is not None
        assert is_restored(terminal)
        assert terminal.left_behind == []


def test_a_program_that_hangs_is_cut_off() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        terminal.send("h")
        time.sleep(0.2)
        os.kill(terminal.process, signal.SIGTERM)
        assert terminal.wait_for_end(10) == 128 + signal.SIGTERM
        assert is_restored(terminal)
        assert terminal.left_behind == []


def test_a_second_signal_ends_a_hanging_program_at_once() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        terminal.send("h")
        time.sleep(0.2)
        os.kill(terminal.process, signal.SIGINT)
        time.sleep(0.1)
        os.kill(terminal.process, signal.SIGINT)
        assert terminal.wait_for_end(10) == 128 + signal.SIGINT
        assert is_restored(terminal)
        assert terminal.left_behind == []


def test_an_error_is_one_line_on_a_restored_terminal() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        terminal.send("x")
        assert terminal.wait_for_end() == 1
        assert is_restored(terminal)
        assert terminal.left_behind == []
        assert b"error: it went wrong" in terminal.raw
        assert b"Traceback" not in terminal.raw


def test_a_terminal_that_goes_away_ends_the_program() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        terminal.close()
        assert terminal.wait_for_end(10) is not None


def test_a_terminal_that_goes_away_ends_a_program_that_the_signal_does_not_reach() -> None:
    with Terminal(SAMPLE, before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])) as terminal:
        ready(terminal)
        terminal.close()
        assert terminal.wait_for_end(10) is not None


def is_stopped(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see that a process is stopped")
@pytest.mark.parametrize("times", [1, 3])
def test_a_stopped_program_gives_the_terminal_back_and_takes_it_again(times: int) -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        before = terminal.lines
        for _ in range(times):
            os.kill(terminal.process, signal.SIGTSTP)
            wait_until(lambda: is_stopped(terminal.process))
            terminal.settle()
            assert is_restored(terminal)
            assert terminal.left_behind == []
            terminal.screen.reset()
            os.kill(terminal.process, signal.SIGCONT)
            terminal.wait_for("Line 1:")
            terminal.settle()
            assert terminal.lines == before
            assert not is_restored(terminal)
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see that a process is stopped")
def test_a_program_stopped_unawares_draws_its_screen_again() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        before = terminal.lines
        for _ in range(8):  # whichever of its threads the system hands the signal to
            os.kill(terminal.process, signal.SIGSTOP)
            wait_until(lambda: is_stopped(terminal.process))
            terminal.screen.reset()
            os.kill(terminal.process, signal.SIGCONT)
            terminal.wait_for("Line 1:")
            terminal.settle()
            assert terminal.lines == before
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see that a process is stopped")
def test_a_program_stopped_while_it_writes_goes_on() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        for number in range(25):
            terminal.send(DOWN * (1 + number % 4))
            os.kill(terminal.process, signal.SIGSTOP)
            wait_until(lambda: is_stopped(terminal.process))
            os.kill(terminal.process, signal.SIGCONT)
            terminal.read(0.01 * (number % 5))
        terminal.settle()
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []


def test_another_program_may_use_the_terminal_meanwhile() -> None:
    with Terminal(SAMPLE) as terminal:
        ready(terminal)
        before = terminal.lines
        terminal.press("s")
        terminal.wait_for("Line 1:")
        terminal.settle(0.6)
        assert b"out of the app" in terminal.raw
        assert terminal.lines == before


def redirected(shell: str) -> list[str]:
    return ["sh", "-c", shell.replace("SAMPLE", " ".join(SAMPLE))]


@pytest.mark.parametrize(
    "shell",
    [
        "echo piped | SAMPLE",
        "SAMPLE < /dev/null",
        "SAMPLE > /dev/null",
        "SAMPLE 2> /dev/null",
        "echo piped | SAMPLE > /dev/null",
        "SAMPLE > /dev/null 2> /dev/null",
        "SAMPLE <&-",
    ],
)
def test_the_keyboard_and_the_size_are_the_terminals_whatever_is_redirected(shell: str) -> None:
    with Terminal(redirected(shell), columns=70, lines=20) as terminal:
        ready(terminal)
        assert max(len(line.rstrip()) for line in terminal.lines) == 70
        terminal.press(TAB, "m")
        terminal.wait_for("A note over")
        terminal.press(ESCAPE)
        assert terminal.leave() == 0
        assert is_restored(terminal)
        assert terminal.left_behind == []


def test_nothing_of_the_screen_goes_to_a_redirected_output(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Terminal(redirected(f"SAMPLE > {output}")) as terminal:
        ready(terminal)
        assert terminal.leave() == 0
    assert output.read_text() == "ended\n"


@pytest.mark.parametrize("shell", ["setsid -w SAMPLE", "SAMPLE"])
def test_without_any_terminal_the_error_says_what_to_do(tmp_path: Path, shell: str) -> None:
    output = tmp_path / "output"
    with Terminal(redirected(f"{shell} < /dev/null > {output} 2>&1")) as terminal:
        assert terminal.wait_for_end() == 1
        assert not terminal.raw
    assert "needs a terminal" in output.read_text()
