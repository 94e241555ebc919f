"""Messages between the program and its worker processes, over their standard streams.

Each is its length in four bytes (big-endian) and as many bytes of MessagePack.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, NoReturn, TypeVar

import msgspec

if TYPE_CHECKING:
    from asyncio import StreamReader

Message = TypeVar("Message")

HEADER_BYTES = 4
MAX_MESSAGE_BYTES = 1 << 30
"""A longer message is taken for garbage: no document or analysis comes near it."""

_encoder = msgspec.msgpack.Encoder()


def encode_message(message: msgspec.Struct) -> bytearray:
    """Encode a message, its length before it."""
    encoded = bytearray(HEADER_BYTES)
    _encoder.encode_into(message, encoded, HEADER_BYTES)  # in place: documents are large
    encoded[:HEADER_BYTES] = (len(encoded) - HEADER_BYTES).to_bytes(HEADER_BYTES, "big")
    return encoded


def write_message(stream: IO[bytes], message: msgspec.Struct) -> None:
    """Write a message to a pipe at once."""
    stream.write(encode_message(message))
    stream.flush()


def read_message(read: Callable[[int], bytes], decoder: msgspec.msgpack.Decoder[Message]) -> Message:
    """Read a message; `read` returns as many bytes as asked for, fewer only at the end of the stream.

    Raises EOFError where the stream ends before the message does, and DecodeError where the bytes are no such message.
    """
    return decoder.decode(_read_exactly(read, _message_length(_read_exactly(read, HEADER_BYTES))))


async def read_message_async(stream: StreamReader, decoder: msgspec.msgpack.Decoder[Message]) -> Message:
    """Read a message from an asynchronous stream. Raises EOFError and DecodeError as `read_message` does."""
    return decoder.decode(await stream.readexactly(_message_length(await stream.readexactly(HEADER_BYTES))))


def take_standard_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes of a worker's standard input and output, and point these elsewhere.

    What a library prints goes to standard error, so it cannot break a message.
    """
    requests, responses = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return requests, responses


class ServingProcess:
    """A child process that serves requests on its standard streams (`serve_requests`)."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def send(self, request: msgspec.Struct) -> IO[bytes]:
        """Send a request; return the stream of responses. Raises EOFError where the process has died."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            write_message(self._process.stdin, request)
        except BrokenPipeError as error:
            raise EOFError from error
        return self._process.stdout

    def close(self) -> None:
        """Kill the process."""
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()


def serve_requests(decoder: msgspec.msgpack.Decoder[Message], respond: Callable[[Message], msgspec.Struct]) -> NoReturn:
    """Respond to requests on standard input in the main thread, one after the other.

    The process ends at once, even in the middle of a request, when the pipe does: when the parent closes it or dies.
    """
    requests, responses = take_standard_streams()
    queue: SimpleQueue[Message] = SimpleQueue()

    def receive() -> None:
        with contextlib.suppress(EOFError, msgspec.MsgspecError):
            while True:
                queue.put(read_message(requests.read, decoder))
        os._exit(0)

    threading.Thread(target=receive, daemon=True).start()
    while True:
        write_message(responses, respond(queue.get()))


def _read_exactly(read: Callable[[int], bytes], size: int) -> bytes:
    content = read(size)
    if len(content) < size:
        raise EOFError
    return content


def _message_length(header: bytes) -> int:
    length = int.from_bytes(header, "big")
    if length > MAX_MESSAGE_BYTES:
        raise msgspec.DecodeError(f"a message of {length:,} bytes")
    return length
