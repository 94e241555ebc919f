"""Extraction in processes of their own: one that crashes costs only its document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance_tui.cli.extraction_pool import ExtractionPool
from alliance_tui.errors import ExtractionError
from alliance_tui.records import Analysis, Document


def analyse(document: Document, model: str | None) -> Analysis:
    """Stands in for an extraction, so that a crash can be had at will."""
    if document.text == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if document.text == "slow":
        time.sleep(1)
    if document.text == "raise":
        raise ValueError("no")
    return Analysis(document, (), (), "test", str(model))


def outcome(wait: Callable[[], Analysis]) -> str:
    try:
        return wait().document.text
    except (ExtractionError, ValueError) as error:
        return type(error).__name__


def test_a_crash_costs_only_its_own_document() -> None:
    texts = ["a", "b", "crash", "c", "raise", "crash", "d"]
    with ExtractionPool(None, analyse) as workers:
        begun = [workers.submit(Document.from_text(text, title=text)) for text in texts]
        assert [outcome(wait) for wait in begun] == [
            "a",
            "b",
            "ExtractionError",
            "c",
            "ValueError",
            "ExtractionError",
            "d",
        ]
        assert outcome(workers.submit(Document.from_text("later", title="later"))) == "later"


def test_a_crash_costs_nothing_that_was_begun_after_it() -> None:
    with ExtractionPool(None, analyse) as workers:
        crashing, beside = (workers.submit(Document.from_text(text, title=text)) for text in ("crash", "slow"))
        assert outcome(crashing) == "ExtractionError"
        later = [workers.submit(Document.from_text(f"later {n}", title="later")) for n in range(20)]
        assert outcome(beside) == "slow"
        assert [outcome(wait) for wait in later] == [f"later {n}" for n in range(20)]


@pytest.mark.parametrize("text", ["a", "crash"])
def test_once_closed_nothing_of_a_pool_is_left_to_end_with_the_program(text: str) -> None:
    with ExtractionPool(None, analyse) as workers:
        outcome(workers.submit(Document.from_text(text, title=text)))
    assert [thread.name for thread in threading.enumerate() if "Executor" in type(thread).__name__] == []


def test_no_worker_outlives_the_program_that_was_killed() -> None:
    program = """
import sys
from tests.cli.test_extraction_pool import analyse
from alliance_tui.cli.extraction_pool import ExtractionPool
from alliance_tui.records import Document
if __name__ == "__main__":
    with ExtractionPool(None, analyse) as workers:
        workers.submit(Document.from_text("a", title="a"))()
        print(*workers._executor._processes, flush=True)
        sys.stdin.read()
"""
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        workers = [int(number) for number in process.stdout.readline().split()]
        process.kill()
    assert workers
    deadline = time.monotonic() + 20
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(runs, workers))


def runs(number: int) -> bool:
    """Whether the process is there and no zombie that waits for init."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return done.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.model
def test_several_documents_are_analysed_with_one_model_a_worker() -> None:
    with ExtractionPool(None) as workers:
        begun = [workers.submit(Document.from_text("Norland will build a harbour.", title=str(n))) for n in range(4)]
        assert [wait().document.title for wait in begun] == ["0", "1", "2", "3"]
