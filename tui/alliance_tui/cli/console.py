"""Standard output is data; standard error is for words to the reader, and for progress where it is a terminal."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from alliance_tui.documents.cleaning import clean_line
from alliance_tui.errors import UsageError

_NAME = "alliance-tui"
_PROGRESS_WIDTH = 72


def prepare() -> None:
    """Let no character that the terminal's encoding lacks stop the program: it is shown as "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(message: str) -> None:
    """One line on standard error, cleaned."""
    sys.stderr.write(f"{_NAME}: {clean_line(message)}\n")
    sys.stderr.flush()


def width() -> int | None:
    """How many columns standard output has; None where it is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def write(pieces: Iterable[str], output: str | None) -> None:
    """Write the pieces as they come to standard output, or to the file `output` in UTF-8.

    Raises UsageError where that file cannot be written.
    """
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
            sys.stdout.flush()
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): name another file with --output") from error


class Progress:
    """One line of progress on standard error, over and over; silent unless that is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def show(self, message: str) -> None:
        """Replace the line."""
        if self._shown:
            sys.stderr.write(f"\r{clean_line(message)[:_PROGRESS_WIDTH]:<{_PROGRESS_WIDTH}}\r")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave an empty line for what comes next."""
        self.show("")
