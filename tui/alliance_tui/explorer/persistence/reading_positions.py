"""Where documents were left: kept in a file of the platform's directory for state, so that reading goes on there.

The file is written anew, whole, when the explorer ends. It is a convenience: what is wrong with it stops nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.state.explorer_state import ReadingPosition

MAX_POSITIONS = 1000
"""How many documents' places are kept: those left last."""

ReadingPositions = dict[str, ReadingPosition]
"""Document id to where it was left, the last left at the end."""


def reading_positions_path() -> Path:
    """Where the file is."""
    from platformdirs import user_state_path

    return user_state_path("alliance-tui", appauthor=False) / "places.json"


def load(path: Path) -> tuple[ReadingPositions, str]:
    """The places in the file and what is wrong with it, "" for nothing. A file that is not there holds none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=ReadingPositions), ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        fault = error.strerror or str(error)
    except (ValueError, msgspec.MsgspecError) as error:  # ValueError: what is no UTF-8
        fault = str(error).splitlines()[0]
    return {}, sanitise_line(f"{path.name} is passed over, so reading begins anew: {fault} ({path})")


def save(path: Path, left: Mapping[str, ReadingPosition]) -> str:
    """Keep these places besides those in the file; what kept it from being done, "" for nothing.

    A document at its very beginning has no place to keep. Of two instances that end at one moment, one's may be lost.
    """
    places, _ = load(path)
    kept = {name: place for name, place in places.items() if name not in left}
    kept |= {name: place for name, place in left.items() if place != ReadingPosition()}
    if kept == places:
        return ""
    latest = dict(list(kept.items())[-MAX_POSITIONS:])
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(msgspec.json.encode(latest))
        unfinished.replace(path)
    except OSError as error:
        return sanitise_line(f"{path} cannot be written ({error.strerror or error}): places are not kept")
    return ""
