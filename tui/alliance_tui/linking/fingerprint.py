"""The fingerprint of linking: the links and words of status that a library keeps are made anew when it changes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

RULES_VERSION = 2
"""Version of the rules: raised whenever the code of linking changes links or words of status.

The lists and the model count by themselves; the rules of the register do not count, which are applied when it is read.
"""


@cache
def linking_version() -> str:
    """Return the fingerprint of the rules and of the files of data, as 16 hexadecimal digits."""
    digest = hashlib.sha256(f"{RULES_VERSION}".encode())
    folder = resources.files("alliance_tui.linking") / "data"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        content = file.read_bytes()
        digest.update(f"\0{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
