"""Garbage is not collected while the program is loaded, and is from the first frame on."""

from __future__ import annotations

import asyncio
import gc

from tests.support.pilot import driving


async def test_garbage_is_collected_again_once_the_screen_is_there() -> None:
    gc.disable()
    try:
        async with driving() as drive:
            await drive.rest()
            await asyncio.sleep(0.1)  # a frame may just have been drawn
            assert gc.isenabled()
    finally:
        gc.enable()
