"""Sandbox: foreign files are read in a worker process, under limits of time and memory.

`read_in_sandbox` sends the bytes of a file to a worker, which is reused for the next file; a worker that exceeds a
limit or dies is killed and reported in one sentence. A worker ends as soon as the program that started it has ended,
even in the middle of a file.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import resource
import selectors
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import IO, NoReturn

import msgspec

from alliance_tui.documents.format_detection import DocumentFormat
from alliance_tui.documents.limits import Limits
from alliance_tui.documents.raw_document import NESTED_TOO_DEEPLY, RawDocument, UnreadableError
from alliance_tui.framing import ServingProcess, read_message, serve_requests

_MAX_FILES_PER_WORKER = 200  # then a new worker takes over, so that no memory leak grows
_WORKER_COMMAND = (sys.executable, "-P", "-m", "alliance_tui.documents.sandbox")
_ALARM_GRACE_SECONDS = 5
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Request(msgspec.Struct, frozen=True):
    data: bytes
    document_format: DocumentFormat
    limits: Limits


class _Failure(msgspec.Struct, frozen=True, tag=True):
    reason: str


class _Success(msgspec.Struct, frozen=True, tag=True):
    raw: RawDocument


_REQUESTS: msgspec.msgpack.Decoder[_Request] = msgspec.msgpack.Decoder(_Request)
_RESPONSES: msgspec.msgpack.Decoder[_Success | _Failure] = msgspec.msgpack.Decoder(_Success | _Failure)


class _Worker:
    """A worker process, the limits that it was started with, and how many files it has read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files_read = 0
        self._process = ServingProcess([*_WORKER_COMMAND, str(limits.memory)])

    def request(self, request: _Request) -> _Success | _Failure:
        """Return the worker's response. Raises TimeoutError after the time limit, EOFError where the worker died."""
        self.files_read += 1
        responses = self._process.send(request)
        deadline = time.monotonic() + request.limits.seconds
        return read_message(_reader(responses, deadline), _RESPONSES)

    def close(self) -> None:
        """Kill the process."""
        self._process.close()


_lock = threading.Lock()
_idle_worker: _Worker | None = None


@atexit.register
def _stop_idle_worker() -> None:
    if _idle_worker:
        _idle_worker.close()


def read_in_sandbox(data: bytes, document_format: DocumentFormat, limits: Limits) -> RawDocument:
    """Read a file of this format in a worker process. Raises UnreadableError."""
    with _lock:
        worker = _acquire_worker(limits)
        try:
            response = worker.request(_Request(data, document_format, limits))
        except TimeoutError as error:
            worker.close()
            raise UnreadableError(_too_slow(limits.seconds)) from error
        except (EOFError, msgspec.MsgspecError) as error:
            worker.close()
            raise UnreadableError(
                f"is damaged, or takes over {limits.memory:,} MB of memory to read: save it anew or raise --max-memory"
            ) from error
        except BaseException:
            worker.close()
            raise
        _release_worker(worker)
    if isinstance(response, _Failure):
        raise UnreadableError(response.reason)
    return response.raw


def _acquire_worker(limits: Limits) -> _Worker:
    global _idle_worker
    worker, _idle_worker = _idle_worker, None
    if worker and worker.limits == limits:
        return worker
    if worker:
        worker.close()
    return _Worker(limits)


def _release_worker(worker: _Worker) -> None:
    global _idle_worker
    if worker.files_read < _MAX_FILES_PER_WORKER:
        _idle_worker = worker
    else:
        worker.close()


def _reader(stream: IO[bytes], deadline: float) -> Callable[[int], bytes]:
    """Return a function that reads that many bytes, fewer at the end of the stream. It raises TimeoutError."""

    def read(size: int) -> bytes:
        chunks = []
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while size:
                if not selector.select(deadline - time.monotonic()):
                    raise TimeoutError
                chunk = os.read(stream.fileno(), min(size, 1 << 20))
                if not chunk:
                    break
                chunks.append(chunk)
                size -= len(chunk)
        return b"".join(chunks)

    return read


def _serve(memory: int) -> NoReturn:
    """Respond to requests until standard input ends."""
    with contextlib.suppress(ValueError, OSError):  # the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory * 1_000_000, memory * 1_000_000))
    serve_requests(_REQUESTS, _respond)


class _OutOfTimeError(BaseException):
    """Raised in a reader after its processor time; no `except Exception` of a library catches it."""


def _too_slow(seconds: float) -> str:
    return f"took over {seconds:g} seconds to read: split it, or raise --max-seconds"


@contextlib.contextmanager
def _processor_limit(request: _Request) -> Iterator[None]:
    """Interrupt reading after `processor_seconds` for each million bytes of the file, and at least for one million."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTimeError

    seconds = request.limits.processor_seconds * max(1.0, len(request.data) / 1_000_000)
    signal.signal(signal.SIGPROF, give_up)
    try:
        # Native code may swallow the exception; the next one comes after a second.
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _respond(request: _Request) -> _Success | _Failure:
    # The alarm ends a hang in native code, which keeps the thread that waits for the end of the pipe from running.
    signal.alarm(int(request.limits.seconds) + _ALARM_GRACE_SECONDS)
    try:
        return _read_or_fail(request)
    finally:
        signal.alarm(0)


def _read_or_fail(request: _Request) -> _Success | _Failure:
    try:
        with _processor_limit(request):
            return _Success(_with_valid_unicode(_read_format(request)))
    except _OutOfTimeError:
        return _Failure(_too_slow(request.limits.processor_seconds))
    except UnreadableError as error:
        return _Failure(str(error))
    except MemoryError:
        return _Failure(f"takes over {request.limits.memory:,} MB of memory to read: split it, or raise --max-memory")
    except ImportError as error:
        return _Failure(f"needs a library that cannot be loaded ({error}): install alliance-tui again")
    except RecursionError:
        return _Failure(NESTED_TOO_DEEPLY)
    except Exception:  # parsers raise anything on a damaged file
        return _Failure("is damaged: fetch it again or save it anew")


def _with_valid_unicode(raw: RawDocument) -> RawDocument:
    """Join surrogate pairs and replace lone surrogates, which escapes in JSON and YAML may contain.

    In the text each surrogate is replaced on its own, so that offsets stay valid.
    """
    raw = msgspec.structs.replace(raw, text=_SURROGATE.sub("\ufffd", raw.text))
    strings = {name: getattr(raw, name) for name in raw.__struct_fields__ if isinstance(getattr(raw, name), str)}
    broken = {name: string for name, string in strings.items() if _SURROGATE.search(string)}
    joined = {name: s.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for name, s in broken.items()}
    return msgspec.structs.replace(raw, **joined) if joined else raw


def _read_format(request: _Request) -> RawDocument:
    """Read the file with the reader of its format; readers are imported on first use, since all are slow to import."""
    data, limits = request.data, request.limits
    match request.document_format:
        case DocumentFormat.MARKDOWN:
            from alliance_tui.documents.encoding import decode
            from alliance_tui.documents.readers.markdown import read_markdown

            text = decode(data)
            if text is None:
                raise UnreadableError("is not text: save it in UTF-8")
            return read_markdown(text)
        case DocumentFormat.HTML:
            from alliance_tui.documents.readers.html import read_html

            return read_html(data)
        case DocumentFormat.PDF:
            from alliance_tui.documents.readers.pdf import read_pdf

            return read_pdf(data, limits)
        case DocumentFormat.DOCX:
            from alliance_tui.documents.readers.docx import read_docx

            return read_docx(data, limits)
        case DocumentFormat.MAIL:
            from alliance_tui.documents.readers.mail import read_mail

            return read_mail(data)
        case DocumentFormat.TEXT:
            raise AssertionError("plain text is read without a sandbox")


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
