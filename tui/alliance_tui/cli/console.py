"""Output: data on standard output; messages on standard error, and progress where that is a terminal."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import OutputError, UsageError

_NAME = "alliance-tui"
_REPLACED_STREAMS = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
"""By what a closed standard stream is replaced, in order of descriptors: the name in `sys`, the flag with which the
null device is opened for it, and the stream's mode. Input and output are opened so that to use them is an error."""


def prepare_streams() -> None:
    """Replace closed standard streams, and write "?" for characters that the terminal's encoding lacks.

    A file opened later would take the descriptor of a closed stream, and be written to as if it were that.
    """
    for name, flag, mode in _REPLACED_STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flag), mode))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_message(message: str) -> None:
    """Print one line, sanitised, on standard error; a failure to write it is ignored."""
    with suppress(OSError):
        sys.stderr.write(f"{_NAME}: {sanitise_line(message)}\n")
        sys.stderr.flush()


def print_hint(message: str) -> None:
    """Print a message on what to do better the next time, if standard error is a terminal."""
    if sys.stderr.isatty():
        print_message(message)


def output_width(output: str | None) -> int | None:
    """Return the columns of the terminal that the output goes to; None if it goes elsewhere."""
    return shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else None


def has_colours(output: str | None) -> bool:
    """Return whether output goes to a terminal with colours, and NO_COLOR does not forbid them."""
    forbidden = os.environ.get("NO_COLOR") or os.environ.get("TERM") in (None, "", "dumb")
    return output is None and sys.stdout.isatty() and not forbidden


def write_bytes(content: bytes, output: str) -> None:
    """Write a file that is no text. Raises UsageError if it cannot be written."""
    _write_to_file([content], output)


def write_output(chunks: Iterable[str], output: str | None) -> None:
    """Write the chunks as they come to standard output, or to the file `output` in UTF-8.

    An existing file is replaced when the last chunk is written, not before, and keeps its mode; a link still leads to
    it. Raises OutputError or UsageError if the output cannot be written, BrokenPipeError if nobody reads it.
    """
    if output is None:
        for chunk in chunks:
            with _as_output_error():
                sys.stdout.write(chunk)
                sys.stdout.flush()
    else:
        _write_to_file(chunks, output)


def _write_to_file(chunks: Iterable[str | bytes], output: str) -> None:
    try:
        path = Path(os.path.realpath(output))
        if path.exists() and not path.is_file():  # a device or a pipe is written to directly
            _write_file(path, "w", chunks)
        else:
            _replace_file(path, chunks)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): name another file with --output") from error


def flush_output() -> None:
    """Write what standard output has buffered. Raises like `write_output`."""
    with _as_output_error():
        sys.stdout.flush()


def discard_output() -> None:
    """Redirect what standard output has buffered to nowhere, so that flushing it at exit does not raise."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


@contextmanager
def _as_output_error() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise OutputError(f"the output cannot be written ({error.strerror}): send it elsewhere") from error


def _replace_file(path: Path, chunks: Iterable[str | bytes]) -> None:
    import secrets  # not at the top: the explorer writes no file

    temporary = path.with_name(f".{_NAME}-{secrets.token_hex(6)}")
    try:
        _write_file(temporary, "x", chunks)
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_file(path: Path, mode: str, chunks: Iterable[str | bytes]) -> None:
    with path.open(f"{mode}b") as file:
        file.writelines(chunk if isinstance(chunk, bytes) else chunk.encode("utf-8") for chunk in chunks)


class ProgressLine:
    """One line on standard error that each update replaces; silent unless that is a terminal."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()
        self._length = 0

    def show(self, text: str) -> None:
        """Replace the line by `text`, cut to the terminal's width."""
        if not self.is_shown:
            return
        line = sanitise_line(text)[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{line.ljust(self._length)}\r")
        sys.stderr.flush()
        self._length = len(line)

    def clear(self) -> None:
        """Leave an empty line for other output."""
        if self._length:
            self.show("")
