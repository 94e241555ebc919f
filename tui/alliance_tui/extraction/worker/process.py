"""The worker process: one document in on standard input, events out on standard output, both in frames.

A frame is its length in four bytes (big endian) and so many bytes of MessagePack. The worker leaves when its standard
input ends, so it never outlives the process that started it. What a library prints goes to standard error.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import BinaryIO

import msgspec

from alliance_tui.errors import AllianceError
from alliance_tui.extraction.worker.events import Event, Failed
from alliance_tui.records import Document

HEADER = 4
"""The bytes in which a frame says its length."""


class Request(msgspec.Struct, frozen=True):
    """What the worker is asked: this document, read with this spaCy pipeline (None for the usual one)."""

    document: Document
    model: str | None


def frame(message: Request | Event) -> bytes:
    """A message as it goes over the pipe."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(HEADER, "big") + body


def main() -> int:
    """Answer one request. Exit status 0 when all was told (a failure too), 2 when no request came."""
    requests, answers = _private_streams()
    header = requests.read(HEADER)
    body = requests.read(int.from_bytes(header, "big"))
    if len(header) < HEADER or not body:
        return 2
    threading.Thread(target=_leave_at_end, args=(requests,), daemon=True).start()
    request = msgspec.msgpack.decode(body, type=Request)
    try:
        # Imported here, so that a failure to import is told like any other.
        from alliance_tui.extraction.pipeline import Extractor

        for event in Extractor(request.model).run(request.document):
            _send(answers, event)
    except (AllianceError, ImportError, MemoryError) as error:
        _send(answers, Failed(str(error) or "the extraction ran out of memory: open a shorter text"))
    except BrokenPipeError:
        pass  # Nobody listens any more.
    return 0


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, taken away from sys.stdin and sys.stdout so that no stray print can break a frame."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return requests, answers


def _leave_at_end(requests: BinaryIO) -> None:
    """Wait for the end of the parent's pipe, which comes when it closes it or dies; then leave at once."""
    while requests.read(1):
        pass
    os._exit(0)


def _send(answers: BinaryIO, event: Event) -> None:
    answers.write(frame(event))
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
