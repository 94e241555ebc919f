"""Codes of parties for narrow columns: ISO 3166-1 codes of states, initials of others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_CODES_FILE = Path(__file__).parent / "data" / "state_codes.txt"


@cache
def state_codes() -> dict[str, str]:
    """Return the codes of states, and of the European Union, by name."""
    lines = _CODES_FILE.read_text(encoding="utf-8").splitlines()
    return {name: code for code, _, name in (line.partition(" ") for line in lines if not line.startswith("#"))}


def party_code(name: str) -> str:
    """Return the code of a state, else the initials of a name of several capitalised words, else the name."""
    if code := state_codes().get(name):
        return code
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials if len(initials) > 1 else name
