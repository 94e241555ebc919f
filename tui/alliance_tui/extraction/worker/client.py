"""Client of the extraction's worker process: an asynchronous stream of events, for a program that must never wait."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.extraction.events import Event, Failed, Finished
from alliance_tui.extraction.worker.process import Request
from alliance_tui.framing import encode_message, read_message_async
from alliance_tui.records import Document

COMMAND = (sys.executable, "-P", "-m", "alliance_tui.extraction.worker.process")
_STDERR_TAIL_BYTES = 4000
_EVENTS: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


async def extract(
    document: Document, model: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> AsyncGenerator[Event, None]:
    """Stream the events of the document's extraction by a worker process, the last of them Finished or Failed.

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
    errors = asyncio.create_task(_stderr_tail(process))
    try:
        async with aclosing(_events(process, Request(document, model, limits))) as events:
            async for event in events:
                yield event
                if isinstance(event, Finished | Failed):
                    return
        await process.wait()
        yield Failed(_exit_message(process.returncode, await errors))
    finally:
        if process.returncode is None:
            process.kill()
        errors.cancel()
        await process.wait()


async def _events(process: Process, request: Request) -> AsyncGenerator[Event, None]:
    """Stream the worker's events to the end of its output; bytes that are no event end it with Failed."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(encode_message(request))
        await process.stdin.drain()
        while True:
            yield await read_message_async(process.stdout, _EVENTS)
    except msgspec.MsgspecError:
        yield Failed("the extraction's worker answered in a way that is not understood: reinstall alliance-tui")
    except (EOFError, ConnectionError):
        return


async def _stderr_tail(process: Process) -> str:
    """The end of the worker's standard error, read as it comes so that the worker never blocks."""
    assert process.stderr
    tail = b""
    while chunk := await process.stderr.read(_STDERR_TAIL_BYTES):
        tail = (tail + chunk)[-_STDERR_TAIL_BYTES:]
    return tail.decode("utf-8", "replace")


def _exit_message(status: int | None, errors: str) -> str:
    """One sentence on a worker that ended before its work."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    last = lines[-1] if lines and not any(line.startswith("Traceback ") for line in lines) else ""
    if status is not None and status < 0:
        cause = f"was ended by signal {-status}" + (" (often a lack of memory)" if status == -9 else "")
    else:
        cause = f"ended with status {status}" + (f" ({last[:200]})" if last else "")
    return f"the extraction's worker {cause}: open the document again, or run “alliance-tui extract --debug” on it"
