"""Searches in a thread: keys typed before the index is ready wait for it and give way to the next key."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.explorer.workers.search_worker import SearchWorker
from alliance_tui.search.indexing.search_index import SearchIndex
from tests.support import builders

STATE = ExplorerState((OpenDocument(builders.analysis(), AnalysisStage.DONE),))
build_index = SearchIndex.build


class HeldUp:
    """Builds indexes as `SearchIndex.build` does, once it is told to; counts them."""

    def __init__(self) -> None:
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.count = 0

    def build(self, *arguments: object) -> SearchIndex:
        """Build an index."""
        self.count += 1
        self.begun.set()
        assert self.may_go_on.wait(10)
        return build_index(*arguments)  # type: ignore[arg-type]


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldUp]:
    building = HeldUp()
    monkeypatch.setattr(SearchIndex, "build", building.build)
    yield building
    building.may_go_on.set()


def typed(query: str) -> ExplorerState:
    return replace(STATE, position=replace(STATE.position, query=query))


async def test_keys_typed_while_the_index_is_made_make_none_of_their_own(held_up: HeldUp) -> None:
    worker = SearchWorker()
    preparing = asyncio.create_task(worker.prepare(STATE))
    await asyncio.to_thread(held_up.begun.wait, 10)
    searches = [asyncio.create_task(worker.search(typed(query))) for query in ("p", "po", "port")]
    await asyncio.sleep(0)
    held_up.may_go_on.set()
    *obsolete, last = await asyncio.gather(*searches)
    await preparing
    assert held_up.count == 1
    assert obsolete == [None, None]
    assert last is not None
    assert last.matches.query == "port"
    assert last.matches.text


async def test_an_obsolete_key_does_not_wait_for_the_index(held_up: HeldUp) -> None:
    worker = SearchWorker()
    preparing = asyncio.create_task(worker.prepare(STATE))
    await asyncio.to_thread(held_up.begun.wait, 10)
    first = asyncio.create_task(worker.search(typed("p")))
    await asyncio.sleep(0)
    second = asyncio.create_task(worker.search(typed("po")))
    assert await asyncio.wait_for(first, 5) is None
    held_up.may_go_on.set()
    assert (await second) is not None
    await preparing


async def test_while_the_screen_is_painted_no_index_is_made() -> None:
    worker = SearchWorker()
    with worker.render_priority.painting():
        preparing = asyncio.create_task(worker.prepare(STATE))
        await asyncio.sleep(0.05)
        assert worker.index_for(STATE.current_document) is None
    assert await asyncio.wait_for(preparing, 10) is worker.index_for(STATE.current_document)


async def test_an_older_request_never_puts_back_an_older_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads may begin in another order than they were asked for; the analysis grows meanwhile."""
    worker = SearchWorker()
    held, to_thread = asyncio.Event(), asyncio.to_thread

    async def late(*call: Any) -> Any:
        await held.wait()
        return await to_thread(*call)

    monkeypatch.setattr(asyncio, "to_thread", late)
    preparing = asyncio.create_task(worker.prepare(STATE))
    searching = asyncio.create_task(worker.search(typed("port")))
    await asyncio.sleep(0)
    monkeypatch.setattr(asyncio, "to_thread", to_thread)
    grown = replace(typed("port"), documents=(OpenDocument(builders.analysis(), AnalysisStage.DONE),))
    assert (await worker.search(grown)) is not None
    index = worker.index_for(grown.current_document)
    held.set()
    assert (await preparing).analysis is STATE.analysis
    assert await searching is None
    assert index is not None
    assert worker.index_for(grown.current_document) is index


async def test_a_key_does_not_wait_for_word_lists_that_it_may_not_need(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = SearchWorker()
    begun, answered = threading.Event(), threading.Event()
    gave_way: list[bool] = []

    def read_word_lists(_: SearchIndex, cancelled: Callable[[], bool]) -> None:
        begun.set()
        assert answered.wait(10)
        gave_way.append(cancelled())

    monkeypatch.setattr("alliance_tui.search.engine.read_word_lists", read_word_lists)
    preparing = asyncio.create_task(worker.prepare(STATE))
    await asyncio.to_thread(begun.wait, 10)
    assert (await asyncio.wait_for(worker.search(typed("port")), 5)) is not None
    answered.set()
    await preparing
    assert gave_way == [True], "the word lists are left to the searches that need them"


async def test_a_result_is_not_kept_when_a_saved_query_changes() -> None:
    worker = SearchWorker()
    state = typed("saved:harbours")
    unknown = await worker.search(state)
    assert unknown is not None
    assert unknown.matches.problems
    worker.saved = {"harbours": "port"}
    known = await worker.search(state)
    assert known is not None
    assert not known.matches.problems
    assert known.matches.text
