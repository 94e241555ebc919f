"""Extraction in a process of its own, seen from a program that must never wait: an asynchronous stream of events."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec

from alliance_tui.extraction.worker.events import Event, Failed, Finished
from alliance_tui.extraction.worker.process import HEADER, Request, frame
from alliance_tui.records import Document

_LONGEST_FRAME = 1 << 30
COMMAND = (sys.executable, "-P", "-m", "alliance_tui.extraction.worker.process")
_SALVAGED = 4000


async def extract(document: Document, model: str | None = None) -> AsyncGenerator[Event, None]:
    """The events of the document's extraction by a worker process, the last of them Finished or Failed.

    Nothing that goes wrong in the worker is raised: it ends the stream with Failed. Closing the iterator, or
    cancelling the task that reads it, kills the worker at once.
    """
    try:
        # A session of its own keeps the terminal's signals (Ctrl-C, Ctrl-Z) for the program that owns the terminal.
        process = await asyncio.create_subprocess_exec(
            *COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
        )
    except OSError as error:
        yield Failed(f"the extraction could not be started ({error.strerror}): close other programs and try again")
        return
    complaints = asyncio.create_task(_tail(process))
    try:
        async with aclosing(_events(process, Request(document, model))) as events:
            async for event in events:
                yield event
                if isinstance(event, Finished | Failed):
                    return
        await process.wait()
        yield Failed(_obituary(process.returncode, await complaints))
    finally:
        if process.returncode is None:
            process.kill()
        complaints.cancel()
        await process.wait()


async def _events(process: Process, request: Request) -> AsyncGenerator[Event, None]:
    """The events that the worker sends, to the end of its output; what is not an event ends it with Failed."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(frame(request))
        await process.stdin.drain()
        while True:
            length = int.from_bytes(await process.stdout.readexactly(HEADER), "big")
            if length > _LONGEST_FRAME:
                raise msgspec.DecodeError("a frame is too long")
            yield msgspec.msgpack.decode(await process.stdout.readexactly(length), type=Event)
    except msgspec.MsgspecError:
        yield Failed("the extraction's worker answered in a way that is not understood: reinstall alliance-tui")
    except (asyncio.IncompleteReadError, ConnectionError):
        return


async def _tail(process: Process) -> str:
    """The end of what the worker wrote to its standard error, read as it comes so that it never blocks."""
    assert process.stderr
    tail = b""
    while chunk := await process.stderr.read(_SALVAGED):
        tail = (tail + chunk)[-_SALVAGED:]
    return tail.decode("utf-8", "replace")


def _obituary(status: int | None, complaints: str) -> str:
    """One sentence on a worker that ended before its work."""
    last = next((line.strip() for line in reversed(complaints.splitlines()) if line.strip()), "")
    if status is not None and status < 0:
        cause = f"was ended by signal {-status}" + (" (often a lack of memory)" if status == -9 else "")
    else:
        cause = f"ended with status {status}" + (f" ({last[:200]})" if last else "")
    return f"the extraction's worker {cause}: open the document again, or run “alliance-tui extract --debug” on it"
