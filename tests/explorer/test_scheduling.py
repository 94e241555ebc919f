"""While the screen is drawn, a search stands still and no garbage is collected."""

from __future__ import annotations

import asyncio
import gc
import threading

from alliance_tui.explorer.workers.scheduling import RenderPriority


async def test_a_thread_waits_until_the_screen_is_drawn() -> None:
    way = RenderPriority()
    gone_on = threading.Event()

    def search() -> None:
        way.wait_for_paint()
        gone_on.set()

    with way.painting():
        thread = threading.Thread(target=search)
        thread.start()
        assert not gone_on.wait(0.05)
    assert gone_on.wait(5)
    thread.join()
    await asyncio.sleep(0)


async def test_garbage_waits_too_and_is_collected_afterwards_only_where_it_was_before() -> None:
    way = RenderPriority()
    with way.painting():
        assert not gc.isenabled()
    await asyncio.sleep(0)
    assert gc.isenabled()
    gc.disable()
    try:
        with way.painting():
            pass
        await asyncio.sleep(0)
        assert not gc.isenabled()
    finally:
        gc.enable()
