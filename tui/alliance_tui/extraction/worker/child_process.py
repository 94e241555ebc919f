"""An extractor in a child process, for threads in which the limits of an analysis have no effect.

The child analyses one document after the other with the model that it has loaded, and ends with this process.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from alliance_tui.documents.limits import Limits
from alliance_tui.errors import UNEXPECTED_FAILURE, AllianceError, ExtractionError
from alliance_tui.extraction.events import Failed, Finished
from alliance_tui.framing import ServingProcess, read_message, serve_requests
from alliance_tui.records import Analysis, Document

if TYPE_CHECKING:
    from alliance_tui.extraction.pipeline import Extractor

COMMAND = (sys.executable, "-P", "-m", "alliance_tui.extraction.worker.child_process")


class _Request(msgspec.Struct, frozen=True):
    document: Document
    model: str | None
    limits: Limits
    quick: bool


_REQUESTS = msgspec.msgpack.Decoder(_Request)
_RESPONSES: msgspec.msgpack.Decoder[Finished | Failed] = msgspec.msgpack.Decoder(Finished | Failed)


class ChildProcess:
    """A child process, started with the first document and again after a crash; one thread at a time may use it."""

    def __init__(self) -> None:
        self._process: ServingProcess | None = None

    def analyse(self, document: Document, model: str | None, limits: Limits, *, quick: bool) -> Analysis:
        """Analyse a document within the limits. Raises ExtractionError."""
        self._process = self._process or ServingProcess(COMMAND)
        try:
            responses = self._process.send(_Request(document, model, limits, quick))
            response = read_message(responses.read, _RESPONSES)
        except (EOFError, msgspec.MsgspecError) as error:
            self.close()
            raise ExtractionError("it crashed the extraction") from error
        if isinstance(response, Failed):
            raise ExtractionError(response.message)
        return response.analysis

    def close(self) -> None:
        """Kill the process."""
        if self._process:
            self._process.close()
            self._process = None


def _respond(request: _Request) -> Finished | Failed:
    try:
        return Finished(_extractor(request.model, request.limits, request.quick).analyse(request.document))
    except AllianceError as error:
        return Failed(str(error))
    except Exception:  # whatever one document does, the others are analysed
        return Failed(UNEXPECTED_FAILURE)


@cache
def _extractor(model: str | None, limits: Limits, quick: bool) -> Extractor:
    from alliance_tui.extraction.pipeline import Extractor  # not in the parent, which may never need it

    return Extractor(model, limits, quick=quick)


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # other workers have the other cores
    serve_requests(_REQUESTS, _respond)
