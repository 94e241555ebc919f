"""Output: data on standard output; messages on standard error, and progress where that is a terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import UsageError

_NAME = "alliance-tui"


def replace_unencodable() -> None:
    """Write "?" for characters that the terminal's encoding lacks, instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_message(message: str) -> None:
    """Print one line, sanitised, on standard error."""
    sys.stderr.write(f"{_NAME}: {sanitise_line(message)}\n")
    sys.stderr.flush()


def print_hint(message: str) -> None:
    """Print a message on what to do better the next time, if standard error is a terminal."""
    if sys.stderr.isatty():
        print_message(message)


def write_output(chunks: Iterable[str], output: str | None) -> None:
    """Write the chunks as they come to standard output, or to the file `output` in UTF-8.

    An existing file is replaced when the last chunk is written, not before. Raises UsageError if it cannot be written.
    """
    if output is None:
        for chunk in chunks:
            sys.stdout.write(chunk)
            sys.stdout.flush()
        return
    path = Path(output)
    is_regular = not path.exists() or path.is_file()  # a device or a pipe is written to directly
    target = path.with_name(f".{path.name}.{os.getpid()}") if is_regular else path
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        if is_regular:
            target.replace(path)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): name another file with --output") from error
    finally:
        if is_regular:
            target.unlink(missing_ok=True)


class ProgressLine:
    """One line on standard error that each update replaces; silent unless that is a terminal."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._length = 0

    def show(self, text: str) -> None:
        """Replace the line by `text`, cut to the terminal's width."""
        if not self._is_terminal:
            return
        line = sanitise_line(text)[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{line.ljust(self._length)}\r")
        sys.stderr.flush()
        self._length = len(line)

    def clear(self) -> None:
        """Leave an empty line for other output."""
        if self._length:
            self.show("")
