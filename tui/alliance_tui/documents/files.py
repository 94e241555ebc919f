"""Reading bytes from files, folders and standard input, with one sentence for each error."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from alliance_tui.documents.confinement import may_read
from alliance_tui.documents.limits import Limits
from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import DocumentError

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml")
"""Suffixes of the files that are read from a folder; a file given by its own path may have any."""
_DESCRIPTOR_PREFIXES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
_NOT_REGULAR = "a device or a pipe, not a file"


class NotRegularError(OSError):
    """A device, pipe or socket where a regular file is expected."""


def is_stdin(path: str | Path) -> bool:
    """Return whether the path means standard input ("-")."""
    return str(path) == STANDARD_INPUT


def display_path(path: str | Path) -> str:
    """Return the path sanitised, on one line."""
    return sanitise_line(str(path))


def read_bytes(path: str | Path, limits: Limits) -> bytes:
    """Return the bytes of a file, or of standard input for "-". Raises DocumentError."""
    data = _read_stdin(limits) if is_stdin(path) else _read_file(Path(path), limits)
    if len(data) > limits.bytes:
        raise too_large_error(path, limits)
    return data


def too_large_error(path: str | Path, limits: Limits) -> DocumentError:
    """Return the error for a file over the size limit."""
    return DocumentError(
        f"{display_path(path)} is larger than {limits.megabytes:g} MB: split it, or raise the limit with --max-size"
    )


def is_descriptor(path: str | Path) -> bool:
    """Return whether the path names an inherited file descriptor, as a shell's <(command) does."""
    return str(path).startswith(_DESCRIPTOR_PREFIXES)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading without blocking. Raises OSError, NotRegularError for a device or a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # opening a pipe without a writer blocks otherwise
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
    """Return the bytes of a regular file. Raises OSError, with EFBIG for a file of more than `max_bytes`."""
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size <= max_bytes and len(data := file.read(max_bytes + 1)) <= max_bytes:
            return data
    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def read_error(path: str | Path, error: OSError | ValueError, limits: Limits) -> DocumentError:
    """Return the error to show for a file that could not be opened or read."""
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


def _read_stdin(limits: Limits) -> bytes:
    try:
        return sys.stdin.buffer.read(limits.bytes + 1)
    except OSError as error:
        raise DocumentError(f"standard input cannot be read: {error.strerror}") from error


def check_confinement(path: Path) -> None:
    """Raise DocumentError for a path that this process may not read."""
    if not may_read(path):
        name = display_path(path)
        raise DocumentError(f"{name} is outside of what serve may read: start serve with --allow and its folder")


def _read_file(path: Path, limits: Limits) -> bytes:
    check_confinement(path)
    try:
        if is_descriptor(path):
            with path.open("rb") as file:
                return file.read(limits.bytes + 1)
        return read_regular(path, limits.bytes)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise read_error(path, error, limits) from error


def _may_be_file(path: Path) -> bool:
    """Return whether the path is that of a file; also where permission to know is missing, which reading it says."""
    try:
        return path.is_file()
    except OSError:
        return True


def walk(folder: Path) -> Iterator[Path | DocumentError]:
    """Yield the documents under a folder (see SUFFIXES), sorted by path, without hidden files and links to folders.

    A folder that cannot be listed, and one without any document, is yielded as an error.
    """
    errors: list[OSError] = []
    is_empty = True
    for directory, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and _may_be_file(path):
                is_empty = False
                yield path
    for error in errors:
        yield DocumentError(f"{display_path(error.filename)}: the folder cannot be listed: {error.strerror}")
    if is_empty and not errors:
        yield DocumentError(f"{display_path(folder)} holds no documents ({', '.join(SUFFIXES)}); name a file in it")
