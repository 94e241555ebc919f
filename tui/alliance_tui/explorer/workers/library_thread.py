"""A thread with a connection of its own to the library, so that what takes long in one does not hold up another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from alliance_tui.library.storage.database import as_library_errors

if TYPE_CHECKING:
    from alliance_tui.library.store import Library

_Result = TypeVar("_Result")

_BUSY_SECONDS = 1.0
"""How long to wait for the end of another process's write; a reader need not wait longer to read."""


class LibraryThread:
    """The library in the file at `path`, used in one thread; all its errors are raised as LibraryError."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self._executor = ThreadPoolExecutor(1, name)
        self._resources = ExitStack()
        self._library: Library | None = None

    def close(self) -> None:
        """Close the file after what is under way."""
        self._executor.submit(self._resources.close)
        self._executor.shutdown(wait=False)

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        """Run the work in the thread."""

        def run() -> _Result:
            with as_library_errors(self.path):
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._executor, run)

    def _open_library(self) -> Library:
        """Return the library, opened by the first work that needs it."""
        if self._library is None:
            from alliance_tui.library.store import open_library

            self._library = self._resources.enter_context(open_library(self.path, _BUSY_SECONDS))
        return self._library
