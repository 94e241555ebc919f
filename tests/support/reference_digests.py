"""Stored digests of what rules give, beside the version of the rules that gave them.

They are written again only for another version: caches would otherwise keep what the present rules no longer give.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import msgspec


class Reference(msgspec.Struct, frozen=True):
    """Digests by what they are of, and the version of the rules."""

    version: str
    digests: dict[str, str]


def digest_of(made: object) -> str:
    """Return the digest of what msgspec can encode, as 16 hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(made)).hexdigest()[:16]


def read_reference(file: Path) -> Reference:
    """Read the stored digests."""
    return msgspec.json.decode(file.read_bytes(), type=Reference)


def write_reference(file: Path, now: Reference, refusal: str) -> int:
    """Write digests, or print why not where other ones have their version; return the exit status."""
    if file.exists() and (before := read_reference(file)).version == now.version and before != now:
        print(refusal, file=sys.stderr)
        return 1
    file.write_bytes(msgspec.json.format(msgspec.json.encode(now)) + b"\n")
    return 0
