"""Messages over a pipe: one at a time, whole or not at all."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.framing import (
    HEADER_BYTES,
    MAX_MESSAGE_BYTES,
    encode_message,
    read_message,
    read_message_async,
    write_message,
)


class Note(msgspec.Struct, frozen=True):
    text: str
    data: bytes = b""


DECODER = msgspec.msgpack.Decoder(Note)
TOO_LONG = (MAX_MESSAGE_BYTES + 1).to_bytes(HEADER_BYTES, "big")


async def read_async(content: bytes) -> Note:
    stream = asyncio.StreamReader()
    stream.feed_data(content)
    stream.feed_eof()
    return await read_message_async(stream, DECODER)


@given(st.lists(st.builds(Note, st.text(), st.binary())))
def test_messages_are_read_as_they_were_written(notes: list[Note]) -> None:
    pipe = io.BytesIO()
    for note in notes:
        write_message(pipe, note)
    pipe.seek(0)
    assert [read_message(pipe.read, DECODER) for _ in notes] == notes
    with pytest.raises(EOFError):
        read_message(pipe.read, DECODER)


async def test_an_asynchronous_stream_gives_the_same_message() -> None:
    assert await read_async(bytes(encode_message(Note("radar")))) == Note("radar")


@pytest.mark.parametrize("size", range(len(encode_message(Note("radar")))))
async def test_a_message_that_is_cut_short_is_an_end_of_file(size: int) -> None:
    part = bytes(encode_message(Note("radar")))[:size]
    with pytest.raises(EOFError):
        read_message(io.BytesIO(part).read, DECODER)
    with pytest.raises(EOFError):
        await read_async(part)


@pytest.mark.parametrize("content", [TOO_LONG, b"\0\0\0\2\xc1\xc1", b"\0\0\0\0"], ids=["too long", "garbage", "empty"])
async def test_bytes_that_are_no_message_are_a_decode_error(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_message(io.BytesIO(content).read, DECODER)
    with pytest.raises(msgspec.DecodeError):
        await read_async(content)


def test_what_a_library_prints_does_not_reach_the_pipe() -> None:
    program = (
        "import sys\nfrom alliance_tui.framing import take_standard_streams\n"
        "requests, responses = take_standard_streams()\n"
        "print('hello from a library', flush=True)\n"
        "assert sys.stdin.read() == ''\n"
        "responses.write(requests.read().upper())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=b"radar", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"RADAR", b"hello from a library\n")
