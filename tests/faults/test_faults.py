"""The short form of the fault suite: a few attempts at each surface."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.__main__ import run, table
from tests.faults.command_line import CommandHome, faults_of
from tests.faults.hostile_files import FORMATS
from tests.faults.hostile_texts import SHAPES
from tests.faults.surface import Surface, Tally, attempt
from tests.faults.surfaces import SURFACES

SEED = 28
CASES = [(surface, number) for surface in SURFACES for number in range(surface.short_attempts)]


@pytest.mark.parametrize(("surface", "number"), CASES, ids=lambda case: getattr(case, "name", case))
def test_no_fault(surface: Surface, number: int) -> None:
    _, faults = attempt(surface, SEED, number)
    assert faults == []


def failing(chance: random.Random, folder: Path) -> Iterator[str]:
    yield f"{folder.name and chance.random()}"


def raising(chance: random.Random, folder: Path) -> Iterator[str]:
    yield "first"
    raise ValueError(f"{folder.exists()}")


def interrupting(chance: random.Random, folder: Path) -> Iterator[str]:
    yield f"{folder.name and chance.random()}"
    raise KeyboardInterrupt


def test_an_attempt_is_the_same_each_time() -> None:
    surface = Surface("failing", failing, "tries")
    (_, first), (_, again), (_, other) = (attempt(surface, 1, number) for number in (1, 1, 2))
    assert first == again != other


def test_an_exception_is_a_fault() -> None:
    _, [fault] = attempt(Surface("raising", raising, "tries"), 0, 0)
    assert "ValueError: True" in fault


def test_each_surface_is_tried_until_it_has_its_units() -> None:
    surfaces = [Surface("one by one", failing, "tries"), Surface("by fours", failing, "tries", 4)]
    tallies = run(surfaces, 60, 0, units=5)
    assert [tally.attempts for tally in tallies.values()] == [5, 2]


def test_an_interrupt_ends_it_with_what_was_tried() -> None:
    tries = iter((failing, interrupting))
    surface = Surface("interrupted", lambda chance, folder: next(tries)(chance, folder), "tries")
    assert run([surface], 60, 0)["interrupted"].attempts == 1


@pytest.mark.parametrize(
    ("program", "fault"),
    [
        ("raise ValueError", "prints 'Traceback (most recent'"),
        ("import sys; print('OSError: [Errno 28]', file=sys.stderr)", "prints 'OSError'"),
        ("print('\\x1b[2J')", "stdout holds"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "stdout is not UTF-8"),
        ("raise SystemExit(1)", "it says nothing"),
        ("raise SystemExit(3)", "its exit status is 3"),
        ("import time; time.sleep(60)", "did not end"),
        (
            "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(6)'])",
            "a process is left",
        ),
        ("import os, pathlib; pathlib.Path(os.environ['TMPDIR'], 'a').touch()", "a temporary file is left"),
    ],
)
def test_each_kind_of_fault_is_noticed(tmp_path: Path, program: str, fault: str) -> None:
    home = CommandHome(tmp_path)
    run = home.run("-c", program, command=[sys.executable], patience=5)
    assert any(fault in each for each in faults_of(run, home)), list(faults_of(run, home))


def test_a_command_may_take_longer_than_its_patience_by_the_clock_while_it_works(tmp_path: Path) -> None:
    program = """
import time
end = time.monotonic() + 3
while time.monotonic() < end:
    sum(range(200_000))
    time.sleep(0.02)
"""
    assert CommandHome(tmp_path).run("-c", program, command=[sys.executable], patience=2.9).status == 0


def test_a_command_without_fault_has_none(tmp_path: Path) -> None:
    home = CommandHome(tmp_path)
    assert list(faults_of(home.run("--version"), home)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_has_the_length_that_is_asked_for(shape: str) -> None:
    assert 900 <= len(SHAPES[shape](1000)) <= 1100


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_can_be_made(name: str) -> None:
    assert all(isinstance(FORMATS[name](random.Random(seed), 300), bytes) for seed in range(20))


def test_the_table_has_a_line_for_each_surface() -> None:
    surface = Surface("failing", failing, "tries", 10)
    tally = Tally()
    tally.add(1.5, [])
    tally.add(0.5, ["fault"])
    assert table([surface], {"failing": tally}).endswith("| failing | 20 tries | 1 of 2 | 1.5 s |")
