"""Reading positions of documents, in a file of the platform's directory for state.

The whole file is written when the explorer ends. It is a convenience: a fault in it stops nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from alliance_tui.documents.files import read_regular
from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.state.explorer_state import ReadingPosition

MAX_POSITIONS = 1000
"""How many documents' positions are stored: those left last."""
_MAX_BYTES = 1 << 24

ReadingPositions = dict[str, ReadingPosition]
"""Reading positions by document id, the last left at the end."""


def reading_positions_path() -> Path:
    """Return the path of the file."""
    from platformdirs import user_state_path

    return user_state_path("alliance-tui", appauthor=False) / "places.json"


def load(path: Path) -> tuple[ReadingPositions, str]:
    """Return the stored positions and what is wrong with the file, "" for nothing. A missing file has none."""
    try:
        text = read_regular(path, _MAX_BYTES).decode("utf-8-sig")
        return msgspec.json.decode(text, type=ReadingPositions), ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        fault = error.strerror or str(error)
    except (ValueError, msgspec.MsgspecError) as error:  # ValueError: not UTF-8
        fault = str(error).splitlines()[0]
    except RecursionError:
        fault = "it is nested too deeply"
    return {}, sanitise_line(f"{path.name} is passed over, so reading begins anew: {fault} ({path})")


def save(path: Path, positions: Mapping[str, ReadingPosition]) -> str:
    """Add these positions to the file; return why it could not be written, "" where it was.

    The beginning of a document is not stored. Of two instances that end at the same moment, one's positions may be
    lost.
    """
    stored, _ = load(path)
    merged = {name: position for name, position in stored.items() if name not in positions}
    merged |= {name: position for name, position in positions.items() if position != ReadingPosition()}
    if merged == stored:
        return ""
    latest = dict(list(merged.items())[-MAX_POSITIONS:])
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.json.encode(latest))
        temporary.replace(path)
    except OSError as error:
        return sanitise_line(f"{path} cannot be written ({error.strerror or error}): places are not kept")
    return ""
