"""Searches of the library run in its thread, one at a time, and pause while their results are shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from alliance_tui.explorer.state.library_state import SortOrder
from alliance_tui.explorer.workers.library_worker import LibraryWorker, Rows
from alliance_tui.library.search.engine import SearchResults
from tests.support.sample_library import fill

SLOW = '"norland and"'
"""A query whose documents are verified one after the other, so that its first results come before all are known."""


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[LibraryWorker]:
    worker = LibraryWorker(fill(tmp_path))
    yield worker
    worker.close()


def no_drawing(results: SearchResults, rows: Rows) -> None:
    """Draw nothing."""


async def test_the_last_results_are_complete_and_drawn_in_the_librarys_thread(worker: LibraryWorker) -> None:
    drawn: list[tuple[str, int]] = []

    def draw(results: SearchResults, rows: Rows) -> None:
        drawn.append((threading.current_thread().name, len(rows)))

    published = [results async for results, _ in worker.search(SLOW, SortOrder(), 1, draw)]
    assert [results.done for results in published] == [False] * (len(published) - 1) + [True]
    assert len(published) > 1
    assert all(name.startswith("library") and count <= 1 for name, count in drawn)


async def test_a_search_pauses_while_its_results_are_shown(worker: LibraryWorker) -> None:
    drawn: list[SearchResults] = []
    async with aclosing(worker.search(SLOW, SortOrder(), 1, lambda results, _: drawn.append(results))) as search:
        await anext(search)
        await asyncio.sleep(0.05)
        assert len(drawn) == 1
        await anext(search)
        assert len(drawn) == 2


async def test_the_next_search_ends_a_paused_one(worker: LibraryWorker) -> None:
    first = worker.search(SLOW, SortOrder(), 1, no_drawing)
    await anext(first)
    second = [results async for results, _ in worker.search("radar", SortOrder(), 40, no_drawing)]
    assert second[-1].done
    assert [results async for results, _ in first] == []


async def test_a_search_that_nobody_reads_any_more_does_not_hold_up_the_library(worker: LibraryWorker) -> None:
    async with aclosing(worker.search(SLOW, SortOrder(), 1, no_drawing)) as search:
        await anext(search)
    assert await asyncio.wait_for(worker.entities(""), 10)
