"""Fetching bytes from files, folders and standard input, with one clear sentence for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from alliance_tui.documents.limits import Limits
from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import DocumentError

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml")
"""The files that are taken from a folder; a file that is named itself is read whatever its suffix."""
_DESCRIPTOR_PREFIXES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
_NOT_REGULAR = "a device or a pipe, not a file"


class NotRegularError(OSError):
    """A device, a pipe or a socket where a file is expected."""


def is_stdin(path: str | Path) -> bool:
    """Whether the path means standard input."""
    return str(path) == STANDARD_INPUT


def display_path(path: str | Path) -> str:
    """A path as it may be shown: cleaned, on one line."""
    return sanitise_line(str(path))


def read_bytes(path: str | Path, limits: Limits) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises DocumentError."""
    data = sys.stdin.buffer.read(limits.bytes + 1) if is_stdin(path) else _read_file(Path(path), limits)
    if len(data) > limits.bytes:
        raise too_large_error(path, limits)
    return data


def too_large_error(path: str | Path, limits: Limits) -> DocumentError:
    """The error for a file past the limit of size."""
    return DocumentError(
        f"{display_path(path)} is larger than {limits.megabytes:g} MB: split it, or raise the limit with --max-size"
    )


def is_descriptor(path: str | Path) -> bool:
    """Whether the path means a file that the process was started with open, as a shell's <(command) does."""
    return str(path).startswith(_DESCRIPTOR_PREFIXES)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading, without ever waiting. Raises OSError, NotRegularError for a device or a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe without a writer is waited for otherwise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise NotRegularError(errno.EINVAL, _NOT_REGULAR, str(path))
    except OSError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file. Raises OSError, with EFBIG for a file of more than `most` bytes."""
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size <= max_bytes and len(data := file.read(max_bytes + 1)) <= max_bytes:
            return data
    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def read_error(path: str | Path, error: OSError | ValueError, limits: Limits) -> DocumentError:
    """Return the sentence for a file that could not be opened or read."""
    name = display_path(path)
    match error:
        case FileNotFoundError():
            return DocumentError(f"{name}: there is no such file; check the path")
        case IsADirectoryError():
            return DocumentError(f"{name} is a folder, not a document; name a file in it")
        case PermissionError():
            return DocumentError(f"{name}: no permission to read it; change its permissions or copy it")
        case NotRegularError() | OSError(errno=errno.ENXIO):  # ENXIO: a socket
            return DocumentError(f"{name} is {_NOT_REGULAR}: save its content in a file, or pipe it in and name -")
        case OSError(errno=errno.EFBIG):
            return too_large_error(path, limits)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return DocumentError(f"{name} cannot be read: {reason}")


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        if is_descriptor(path):
            with path.open("rb") as file:
                return file.read(limits.bytes + 1)
        return read_regular(path, limits.bytes)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise read_error(path, error, limits) from error


def walk(folder: Path) -> Iterator[Path | DocumentError]:
    """The documents under a folder, by suffix, in order of path. Hidden ones and links to folders are passed over.

    A folder that cannot be listed, and one without any document, comes as the error that says so.
    """
    errors: list[OSError] = []
    found = False
    for directory, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                found = True
                yield path
    for problem in errors:
        yield DocumentError(f"{display_path(problem.filename)}: the folder cannot be listed: {problem.strerror}")
    if not found and not errors:
        yield DocumentError(f"{display_path(folder)} holds no documents ({', '.join(SUFFIXES)}); name a file in it")
