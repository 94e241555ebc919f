"""The worker's client: a stream of events that ends in one of two ways, whatever happens to the worker."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys

import pytest

from alliance_tui.extraction.events import Event, Failed, Finished, Progress
from alliance_tui.extraction.worker import client
from alliance_tui.extraction.worker.client import extract
from alliance_tui.records import Document

DOCUMENT = Document.from_text("Arden and Boria will build a bridge by 2031.", title="Bridge", date="2030-01-01")
LONG = Document.from_text("Arden and Boria will build a bridge by 2031.\n" * 20_000, title="Long")


async def all_events(document: Document, model: str | None = None) -> list[Event]:
    return [event async for event in extract(document, model)]


def replace_worker(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Run this program in place of the worker, to fail in ways that the worker does not."""
    monkeypatch.setattr(client, "COMMAND", (sys.executable, "-c", program))


@pytest.mark.model
async def test_the_last_event_is_the_analysis() -> None:
    events = await all_events(DOCUMENT)
    assert isinstance(events[-1], Finished)
    assert events[-1].analysis.document == DOCUMENT


async def test_a_missing_model_fails_with_one_sentence() -> None:
    events = await all_events(DOCUMENT, "no_such_pipeline")
    assert [type(event) for event in events] == [Progress, Failed]


async def test_a_worker_that_dies_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, "import sys; sys.stdin.buffer.read(4); raise SystemExit('the disk is full')")
    (failed,) = await all_events(DOCUMENT)
    assert isinstance(failed, Failed)
    assert "status 1 (the disk is full)" in failed.message


async def test_a_worker_that_ends_by_an_error_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, "import sys; sys.stdin.buffer.read(4); raise KeyError('secret')")
    *_, last = [event async for event in extract(Document.from_text("A text.", title="A"))]
    assert isinstance(last, Failed)
    assert "ended with status 1: open the document again" in last.message


async def test_a_worker_that_is_killed_says_by_what(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})")
    (failed,) = await all_events(DOCUMENT)
    assert isinstance(failed, Failed)
    assert "signal 9" in failed.message


@pytest.mark.parametrize("garbage", ["b'hello, this is no frame at all'", "b'\\x00\\x00\\x00\\x02\\xc1\\xc1'"])
async def test_garbage_is_not_taken_for_an_answer(monkeypatch: pytest.MonkeyPatch, garbage: str) -> None:
    replace_worker(monkeypatch, f"import sys; sys.stdout.buffer.write({garbage})")
    events = await all_events(DOCUMENT)
    assert len(events) == 1
    assert isinstance(events[0], Failed)


async def test_a_flood_on_standard_error_does_not_block_it(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_worker(monkeypatch, "import sys; sys.stderr.write('x' * 2_000_000); sys.exit('enough')")
    (failed,) = await all_events(DOCUMENT)
    assert isinstance(failed, Failed)


async def test_a_program_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "COMMAND", ("/no/such/python",))
    (failed,) = await all_events(DOCUMENT)
    assert isinstance(failed, Failed)


async def test_closing_the_stream_kills_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = await _record_processes(monkeypatch)
    stream = extract(LONG)
    await anext(stream)
    await stream.aclose()
    (worker,) = workers
    assert worker.returncode == -signal.SIGKILL


async def test_cancelling_the_reader_kills_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = await _record_processes(monkeypatch)
    reading = asyncio.create_task(all_events(LONG))
    while not workers:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading
    assert workers[0].returncode == -signal.SIGKILL


async def _record_processes(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.subprocess.Process]:
    """Return the list of the processes started from now on."""
    started: list[asyncio.subprocess.Process] = []
    create = asyncio.create_subprocess_exec

    async def recorded(*arguments: str, **options: object) -> asyncio.subprocess.Process:
        started.append(await create(*arguments, **options))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", recorded)
    return started


def test_the_caller_imports_no_spacy() -> None:
    program = (
        "import sys, alliance_tui.extraction.worker.client\n"
        "print({'spacy', 'thinc', 'numpy', 'edtf'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "set()"
