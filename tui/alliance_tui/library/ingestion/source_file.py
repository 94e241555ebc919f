"""The file that a document of the library was read from, and how a change of it is detected."""

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

    `fingerprint` holds the sizes and times of the file and of its sidecar; with the same one, the file counts as
    unchanged. `digest` is a hash of the contents of both; with the same one, nothing needs to be read again.
    """

    path: Path
    fingerprint: str
    digest: bytes


def canonical_path(path: str | Path) -> Path:
    """Return the absolute path without symbolic links under which a file is stored; a loop of links is left in it.

    Raises OSError without a current folder, ValueError for a path that no file can have.
    """
    return Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a loop up to Python 3.12


def fingerprint_of(path: Path) -> str:
    """Return the fingerprint of a file. Raises OSError if it is not visible."""
    status = path.stat()
    fingerprint = f"{status.st_size}:{status.st_mtime_ns}"
    with suppress(OSError):
        sidecar = path.with_suffix(".toml").stat()
        fingerprint += f" {sidecar.st_size}:{sidecar.st_mtime_ns}"
    return fingerprint


def size_in_fingerprint(fingerprint: str) -> int:
    """Return the size in bytes of the file that had this fingerprint; 0 if the fingerprint is damaged."""
    size = fingerprint.partition(":")[0]
    return int(size) if size.isdecimal() and len(size) < 20 else 0


def read_source_file(path: Path, max_bytes: int = DEFAULT_LIMITS.bytes) -> SourceFile:
    """Read a file's fingerprint and digest.

    Raises OSError if it cannot be read, with EFBIG if it has more than `max_bytes` bytes.
    """
    fingerprint = fingerprint_of(path)  # first, so that a change during the reading is seen the next time
    digest = hashlib.sha256(_digest(path, max_bytes))
    with suppress(OSError):
        digest.update(_digest(path.with_suffix(".toml"), MAX_SIDECAR_BYTES))
    return SourceFile(path, fingerprint, digest.digest())


def _digest(path: Path, max_bytes: int) -> bytes:
    digest = hashlib.sha256()
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        while size <= max_bytes and (chunk := file.read(_CHUNK)):
            digest.update(chunk)
            size = max(size, file.tell())
    if size > max_bytes:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return digest.digest()
