"""Fetching bytes from files, folders and standard input, with one clear sentence for whatever goes wrong."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.documents.cleaning import clean_line
from alliance_tui.documents.limits import Limits
from alliance_tui.errors import DocumentError

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml")
"""The files that are taken from a folder; a file that is named itself is read whatever its suffix."""


def is_stdin(path: str | Path) -> bool:
    """Whether the path means standard input."""
    return str(path) == STANDARD_INPUT


def shown(path: str | Path) -> str:
    """A path as it may be shown: cleaned, on one line."""
    return clean_line(str(path))


def fetch(path: str | Path, limits: Limits) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises DocumentError."""
    data = sys.stdin.buffer.read(limits.bytes + 1) if is_stdin(path) else _fetch_file(Path(path), limits)
    if len(data) > limits.bytes:
        raise too_large(path, limits)
    return data


def too_large(path: str | Path, limits: Limits) -> DocumentError:
    """The error for a file past the limit of size."""
    return DocumentError(
        f"{shown(path)} is larger than {limits.megabytes:g} MB: split it, or raise the limit with --max-size"
    )


def _fetch_file(path: Path, limits: Limits) -> bytes:
    name = shown(path)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > limits.bytes:
                raise too_large(path, limits)
            return file.read(limits.bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError(f"{name}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise DocumentError(f"{name} is a folder, not a document; name a file in it") from error
    except PermissionError as error:
        raise DocumentError(f"{name}: no permission to read it; change its permissions or copy it") from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DocumentError(f"{name} cannot be read: {reason}") from error


def walk(folder: Path) -> Iterator[Path | DocumentError]:
    """The documents under a folder, by suffix, in order of path. Hidden ones and links to folders are passed over.

    A folder that cannot be listed, and one without any document, comes as the error that says so.
    """
    problems: list[OSError] = []
    found = False
    for directory, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                found = True
                yield path
    for problem in problems:
        yield DocumentError(f"{shown(problem.filename)}: the folder cannot be listed: {problem.strerror}")
    if not found and not problems:
        yield DocumentError(f"{shown(folder)} holds no documents ({', '.join(SUFFIXES)}); name a file in it")
