"""The pool of extraction processes: a crash costs only its document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest

from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.local_processes import LocalProcesses
from alliance_tui.errors import ClusterError, ExtractionError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.records import Analysis, Document


def analyse(document: Document, model: str | None) -> Analysis:
    """Stand in for the extraction: crash, raise or wait as the text says."""
    if document.text == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if document.text == "slow":
        time.sleep(1)
    if document.text == "endless":
        time.sleep(600)
    if document.text == "raise":
        raise ValueError("no")
    return Analysis(document, (), (), extractor_version(), model_version(model))


def outcome(wait: Callable[[], Analysis]) -> str:
    try:
        return wait().document.text
    except (ExtractionError, ValueError) as error:
        return type(error).__name__


def test_records_of_the_whole_extraction_are_refused_where_quick_ones_are_asked_for() -> None:
    with (
        ExtractionPool(LocalProcesses(), None, analyse, quick=True) as pool,
        pytest.raises(ClusterError, match=f"has extractor {extractor_version()} .* this machine"),
    ):
        pool.submit(Document.from_text("a", title="a"))()


def test_a_crash_costs_only_its_own_document() -> None:
    texts = ["a", "b", "crash", "c", "raise", "crash", "d"]
    with ExtractionPool(LocalProcesses(), None, analyse) as pool:
        pending = [pool.submit(Document.from_text(text, title=text)) for text in texts]
        assert [outcome(wait) for wait in pending] == [
            "a",
            "b",
            "ExtractionError",
            "c",
            "ValueError",
            "ExtractionError",
            "d",
        ]
        assert outcome(pool.submit(Document.from_text("later", title="later"))) == "later"


def test_a_crash_costs_no_document_submitted_after_it() -> None:
    with ExtractionPool(LocalProcesses(), None, analyse) as pool:
        crashing, concurrent = (pool.submit(Document.from_text(text, title=text)) for text in ("crash", "slow"))
        assert outcome(crashing) == "ExtractionError"
        later = [pool.submit(Document.from_text(f"later {n}", title="later")) for n in range(20)]
        assert outcome(concurrent) == "slow"
        assert [outcome(wait) for wait in later] == [f"later {n}" for n in range(20)]


def test_an_interrupt_ends_what_is_under_way() -> None:
    with pytest.raises(KeyboardInterrupt), ExtractionPool(LocalProcesses(), None, analyse) as pool:
        outcome(pool.submit(Document.from_text("a", title="a")))
        for _ in range(pool.backend.ahead):
            pool.submit(Document.from_text("endless", title="endless"))
        raise KeyboardInterrupt
    assert active_children() == []


@pytest.mark.parametrize("text", ["a", "crash"])
def test_a_closed_pool_leaves_no_thread(text: str) -> None:
    with ExtractionPool(LocalProcesses(), None, analyse) as pool:
        outcome(pool.submit(Document.from_text(text, title=text)))
    assert [thread.name for thread in threading.enumerate() if "Executor" in type(thread).__name__] == []


def test_no_worker_outlives_the_program_that_was_killed_and_nothing_is_printed() -> None:
    program = """
import sys
from tests.cli.backends.test_extraction_pool import analyse
from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.local_processes import LocalProcesses
from alliance_tui.records import Document
if __name__ == "__main__":
    with ExtractionPool(LocalProcesses(), None, analyse) as workers:
        workers.submit(Document.from_text("a", title="a"))()
        print(*workers._executor._processes, flush=True)
        sys.stdin.read()
"""
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        assert process.stdout
        assert process.stderr
        workers = [int(number) for number in process.stdout.readline().split()]
        process.kill()
        assert process.stderr.read() == b""
    assert workers
    deadline = time.monotonic() + 20
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(runs, workers))


def runs(number: int) -> bool:
    """Return whether the process exists and is no zombie."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return done.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.model
def test_several_documents_are_analysed_with_one_model_a_worker() -> None:
    with ExtractionPool(LocalProcesses(), None) as pool:
        pending = [pool.submit(Document.from_text("Norland will build a harbour.", title=str(n))) for n in range(4)]
        assert [wait().document.title for wait in pending] == ["0", "1", "2", "3"]
