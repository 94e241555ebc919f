"""Standard output is data; standard error is for words to the reader, and for progress where it is a terminal."""

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
    """Let no character that the terminal's encoding lacks stop the program: it is shown as "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_message(message: str) -> None:
    """One line on standard error, cleaned."""
    sys.stderr.write(f"{_NAME}: {sanitise_line(message)}\n")
    sys.stderr.flush()


def print_hint(message: str) -> None:
    """One line on standard error for something to give the next time, where a person may read it."""
    if sys.stderr.isatty():
        print_message(message)


def write_output(chunks: Iterable[str], output: str | None) -> None:
    """Write the pieces as they come to standard output, or to the file `output` in UTF-8.

    A file that is there already is replaced when the last piece is written, not before. Raises UsageError where it
    cannot be written.
    """
    if output is None:
        for piece in chunks:
            sys.stdout.write(piece)
            sys.stdout.flush()
        return
    path = Path(output)
    whole = not path.exists() or path.is_file()  # else a device or a pipe, which is written to as it is
    written = path.with_name(f".{path.name}.{os.getpid()}") if whole else path
    try:
        with written.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        if whole:
            written.replace(path)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): name another file with --output") from error
    finally:
        if whole:
            written.unlink(missing_ok=True)


class ProgressLine:
    """One line on standard error that says what is in work, replaced by the next; silent unless that is a terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._shown = 0

    def show(self, text: str) -> None:
        """Replace the line, cut to the terminal's width."""
        if not self._terminal:
            return
        line = sanitise_line(text)[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write(f"\r{line.ljust(self._shown)}\r")
        sys.stderr.flush()
        self._shown = len(line)

    def clear(self) -> None:
        """Leave an empty line for what comes next."""
        if self._shown:
            self.show("")
