"""Where a document of the library was read from, and by what it is told that the file has changed since."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec


class Origin(msgspec.Struct, frozen=True):
    """A file as it was when it was read.

    `stamp` holds the sizes and times of the file and of the sidecar beside it: while it stays, the file is taken for
    unchanged. `digest` is the hash of what is in both: while it stays, there is nothing to read again.
    """

    path: Path
    stamp: str
    digest: bytes


def stamp_of(path: Path) -> str:
    """The stamp of a file. Raises OSError where it cannot be seen."""
    status = path.stat()
    stamp = f"{status.st_size}:{status.st_mtime_ns}"
    with suppress(OSError):
        beside = path.with_suffix(".toml").stat()
        stamp += f" {beside.st_size}:{beside.st_mtime_ns}"
    return stamp


def origin_of(path: Path) -> Origin:
    """The file as it is now. Raises OSError where it cannot be read."""
    stamp = stamp_of(path)  # first, so that a change that comes between is seen the next time
    digest = hashlib.sha256(_digest(path))
    with suppress(OSError):
        digest.update(_digest(path.with_suffix(".toml")))
    return Origin(path, stamp, digest.digest())


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
