"""The worker process: its events, and its exit when nobody is there."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from alliance_tui.extraction.events import Event, Failed, Finished, Progress
from alliance_tui.extraction.worker.process import Request
from alliance_tui.framing import encode_message, read_message
from alliance_tui.records import Document

COMMAND = [sys.executable, "-P", "-m", "alliance_tui.extraction.worker.process"]
EVENTS: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)
DOCUMENT = Document.from_text("Arden and Boria will build a bridge by 2031.", title="Bridge", date="2030-01-01")


def events(output: bytes) -> list[Event]:
    stream = io.BytesIO(output)
    found = []
    while stream.tell() < len(output):
        found.append(read_message(stream.read, EVENTS))
    return found


def answer(request: bytearray, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The worker's output while its standard input stays open."""
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | environment
    ) as worker:
        assert worker.stdin and worker.stdout and worker.stderr
        worker.stdin.write(request)
        worker.stdin.flush()
        output = worker.stdout.read()
        return subprocess.CompletedProcess(COMMAND, worker.wait(), output, worker.stderr.read())


@pytest.mark.model
def test_it_reports_its_progress_and_ends_with_the_analysis() -> None:
    done = answer(encode_message(Request(DOCUMENT, None)))
    answered = events(done.stdout)
    assert done.returncode == 0
    assert isinstance(answered[0], Progress)
    assert isinstance(answered[-1], Finished)
    assert answered[-1].analysis.document == DOCUMENT


def test_a_missing_model_is_one_sentence() -> None:
    done = answer(encode_message(Request(DOCUMENT, "no_such_pipeline")))
    (failed,) = [event for event in events(done.stdout) if isinstance(event, Failed)]
    assert "no_such_pipeline" in failed.message
    assert "install it" in failed.message
    assert done.stderr == b""


def test_prints_of_a_library_do_not_reach_the_answers(tmp_path: Path) -> None:
    noisy = tmp_path / "noisy_pipeline.py"
    noisy.write_text("print('hello from a library')\ndef load(**overrides): raise OSError('no data')\n")
    search_path = os.pathsep.join([str(tmp_path), *sys.path])
    done = answer(encode_message(Request(DOCUMENT, "noisy_pipeline")), PYTHONPATH=search_path)
    assert isinstance(events(done.stdout)[-1], Failed)
    assert b"hello" not in done.stdout


def test_no_request_is_an_error_of_its_own() -> None:
    done = subprocess.run(COMMAND, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.model
def test_it_exits_when_its_input_ends() -> None:
    long = Document.from_text("Arden and Boria will build a bridge by 2031.\n" * 20_000, title="Long")
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
        assert worker.stdin
        worker.stdin.write(encode_message(Request(long, None)))
        worker.stdin.close()
        assert worker.wait(timeout=30) == 0


PARENT = """
import subprocess, sys
from alliance_tui.extraction.worker.process import Request
from alliance_tui.framing import encode_message
from alliance_tui.records import Document
worker = subprocess.Popen({command!r}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
document = Document.from_text("Arden will build a bridge. " * 200_000, title="Long")
worker.stdin.write(encode_message(Request(document, None)))
worker.stdin.flush()
print(worker.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.model
def test_no_orphan_is_left_when_the_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(command=COMMAND)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert _ends(worker)


def _ends(pid: int) -> bool:
    """Whether the process ends within half a minute."""
    for _ in range(300):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if _is_zombie(pid):
            return True
        time.sleep(0.1)
    return False


def _is_zombie(pid: int) -> bool:
    """Whether the process has ended and waits to be reaped by whoever adopted it."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return state.startswith("Z")
