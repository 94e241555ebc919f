"""Limits of an analysis: what makes no headway or takes too much memory is given up, and long texts are not."""

from __future__ import annotations

import re
import resource
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from alliance_tui.cli.backends.backend import Backend
from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.local_processes import LocalProcesses
from alliance_tui.cli.backends.named_executor import NamedExecutor
from alliance_tui.documents.limits import Limits
from alliance_tui.errors import ExtractionError
from alliance_tui.extraction import limits
from alliance_tui.extraction.components import CandidateEncoder
from alliance_tui.extraction.encoder.reading import WordReading
from alliance_tui.extraction.events import Failed
from alliance_tui.extraction.limits import (
    STEP_CHARACTERS,
    ExtractionLimitError,
    begin_stage,
    in_steps,
    limited,
    reporting_steps,
)
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.extraction.worker.client import extract
from alliance_tui.records import Document

SECONDS = 0.2
SHORT = Limits(processor_seconds=SECONDS)
TOOK_TOO_LONG = "it takes over 0.2 seconds to analyse a part of it: split it, or raise --max-seconds"


def spin(seconds: float) -> None:
    """Use so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def spin_in_a_regular_expression(_: float) -> None:
    re.fullmatch(r"(?:a+)+b", "a" * 40)


@pytest.mark.parametrize("work", [spin, spin_in_a_regular_expression])
def test_a_stage_without_headway_is_given_up(work: Callable[[float], None]) -> None:
    with pytest.raises(ExtractionLimitError, match=f"^{re.escape(TOOK_TOO_LONG)}$"), limited(SHORT, 100):
        work(10 * SECONDS)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_stage_in_steps_may_take_as_long_as_it_makes_headway() -> None:
    offsets = range(0, 8 * STEP_CHARACTERS, STEP_CHARACTERS)
    with limited(SHORT, offsets[-1]):
        for _ in in_steps(offsets, lambda offset: offset):
            spin(SECONDS / 2)


def test_each_step_but_the_first_is_reported() -> None:
    reported: list[int] = []
    offsets = range(0, 3 * STEP_CHARACTERS, STEP_CHARACTERS // 2)
    with reporting_steps(reported.append):
        assert list(in_steps(offsets, lambda offset: offset)) == list(offsets)
    list(in_steps(offsets, lambda offset: offset))
    assert reported == [STEP_CHARACTERS, 2 * STEP_CHARACTERS]


def test_steps_that_are_too_small_are_no_headway() -> None:
    offsets = range(0, STEP_CHARACTERS // 2, STEP_CHARACTERS // 16)
    with pytest.raises(ExtractionLimitError), limited(SHORT, offsets[-1]):
        for _ in in_steps(offsets, lambda offset: offset):
            spin(SECONDS / 2)


def test_each_stage_begins_anew_and_a_long_text_has_longer() -> None:
    with limited(SHORT, 100):
        for _ in range(4):
            begin_stage(100)
            spin(SECONDS / 2)
    with limited(SHORT, 4_000_000):
        spin(2 * SECONDS)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_exception_that_native_code_swallows_is_raised_again() -> None:
    class Swallows:
        def __del__(self) -> None:
            spin(2 * SECONDS)

    with pytest.raises(ExtractionLimitError), limited(SHORT, 100):
        Swallows()  # Python ignores exceptions in __del__
        spin(20)


def test_memory_over_the_limit_is_given_up_and_there_again_afterwards() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    message = "it takes over 64 MB of memory to analyse: split it, or raise --max-memory"
    with pytest.raises(ExtractionLimitError, match=f"^{message}$"), limited(Limits(memory=64), 100):
        bytearray(2_000_000_000)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(200_000_000)) == 200_000_000


def test_outside_the_main_thread_there_is_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(SHORT, 100):
            spin(2 * SECONDS)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


PATHOLOGICAL = Document.from_text("Arden will build a bridge. " * 20 + "’" * 60_000, title="Quotes", date="2030-01-01")
ORDINARY = Document.from_text("Arden and Boria will build a bridge by 2031.", title="Bridge", date="2030-01-01")
LIMITS = Limits(processor_seconds=2)
THREADS = "concurrent.futures:ThreadPoolExecutor"


@pytest.mark.model
@pytest.mark.parametrize(
    "make_backend", [LocalProcesses, partial(NamedExecutor, THREADS)], ids=["processes", "threads"]
)
def test_a_pool_goes_on_after_a_document_over_its_limits(make_backend: Callable[[], Backend]) -> None:
    with ExtractionPool(make_backend(), None, limits=LIMITS) as pool:
        given_up, analysed = (pool.submit(document) for document in (PATHOLOGICAL, ORDINARY))
        with pytest.raises(ExtractionError, match=r"^it takes over 2 seconds to analyse a part"):
            given_up()
        assert len(analysed().agreements) == 1


@pytest.mark.model
def test_the_encoder_reads_a_long_text_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    read = CandidateEncoder._read

    def note_read(*arguments: Any) -> WordReading:
        happened.append("read")
        return read(*arguments)

    monkeypatch.setattr(limits, "_restart_timer", lambda parts=1.0: happened.append("step"))
    monkeypatch.setattr(CandidateEncoder, "_read", note_read)
    text = ("\n" * STEP_CHARACTERS).join(f"Arden and Boria will build bridge {number} by 2031." for number in range(3))
    assert len(Extractor().analyse(Document.from_text(text, title="Bridges", date="2030-01-01")).agreements) == 3
    first, *_, last = (index for index, what in enumerate(happened) if what == "read")
    assert happened[first : last + 1] == ["read", "step", "read", "step", "read"]


@pytest.mark.model
async def test_a_worker_reports_a_document_over_its_limits() -> None:
    *_, last = [event async for event in extract(PATHOLOGICAL, limits=LIMITS)]
    assert last == Failed("it takes over 2 seconds to analyse a part of it: split it, or raise --max-seconds")
