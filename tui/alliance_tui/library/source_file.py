"""Where a document of the library was read from, and by what it is told that the file has changed since."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_tui.documents.files import open_regular
from alliance_tui.documents.limits import DEFAULT_LIMITS
from alliance_tui.documents.metadata import MAX_SIDECAR_BYTES

_CHUNK = 1 << 20


class SourceFile(msgspec.Struct, frozen=True):
    """A file as it was when it was read.

    `stamp` holds the sizes and times of the file and of the sidecar beside it: while it stays, the file is taken for
    unchanged. `digest` is the hash of what is in both: while it stays, there is nothing to read again.
    """

    path: Path
    fingerprint: str
    digest: bytes


def canonical_path(path: str | Path) -> Path:
    """Return the absolute path, free of symbolic links, under which a file is kept; a loop of links stays in it.

    Raises OSError without a current folder, ValueError for a path that no file can have.
    """
    return Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a loop up to Python 3.12


def fingerprint_of(path: Path) -> str:
    """The stamp of a file. Raises OSError where it cannot be seen."""
    status = path.stat()
    stamp = f"{status.st_size}:{status.st_mtime_ns}"
    with suppress(OSError):
        beside = path.with_suffix(".toml").stat()
        stamp += f" {beside.st_size}:{beside.st_mtime_ns}"
    return stamp


def size_in_fingerprint(stamp: str) -> int:
    """Return the size in bytes that the file had when it got this stamp; 0 where the stamp is damaged."""
    size = stamp.partition(":")[0]
    return int(size) if size.isdecimal() and len(size) < 20 else 0


def read_source_file(path: Path, max_bytes: int = DEFAULT_LIMITS.bytes) -> SourceFile:
    """The file as it is now. Raises OSError where it cannot be read, with EFBIG where it has more than `most` bytes."""
    stamp = fingerprint_of(path)  # first, so that a change that comes between is seen the next time
    digest = hashlib.sha256(_digest(path, max_bytes))
    with suppress(OSError):
        digest.update(_digest(path.with_suffix(".toml"), MAX_SIDECAR_BYTES))
    return SourceFile(path, stamp, digest.digest())


def _digest(path: Path, most: int) -> bytes:
    digest = hashlib.sha256()
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        while size <= most and (chunk := file.read(_CHUNK)):
            digest.update(chunk)
            size = max(size, file.tell())
    if size > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return digest.digest()
