"""The worker process: one document in on standard input, events out on standard output.

It leaves when its standard input ends, so it never outlives the process that started it.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import IO

import msgspec

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.errors import AllianceError
from alliance_tui.extraction.events import Failed
from alliance_tui.framing import read_message, take_standard_streams, write_message
from alliance_tui.records import Document


class Request(msgspec.Struct, frozen=True):
    """A document to analyse, the spaCy pipeline to analyse it with (None for the default one), and its limits."""

    document: Document
    model: str | None
    limits: Limits = DEFAULT_LIMITS


_REQUESTS = msgspec.msgpack.Decoder(Request)


def main() -> int:
    """Answer one request. Exit status 0 after the last event (Failed too), 2 where no request came."""
    requests, events = take_standard_streams()
    try:
        request = read_message(requests.read, _REQUESTS)
    except EOFError:
        return 2
    threading.Thread(target=_exit_at_end, args=(requests,), daemon=True).start()
    try:
        # Imported here, so that a failure to import is reported like any other.
        from alliance_tui.extraction.pipeline import Extractor

        extractor = Extractor(request.model, request.limits)
        for event in extractor.stream(request.document, lambda progress: write_message(events, progress)):
            write_message(events, event)
    except (AllianceError, ImportError, MemoryError) as error:
        write_message(events, Failed(str(error) or "the extraction ran out of memory: open a shorter text"))
    except BrokenPipeError:
        pass  # Nobody listens any more.
    return 0


def _exit_at_end(requests: IO[bytes]) -> None:
    """Wait for the end of the parent's pipe, which comes when the parent closes it or dies; then exit at once."""
    while requests.read(1):
        pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
