"""Keys typed before a document's index is ready wait for it, and give way to the next key."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

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
