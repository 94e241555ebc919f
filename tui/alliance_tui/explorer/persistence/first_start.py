"""The mark of an earlier start: an empty file in the platform's directory for state."""

from __future__ import annotations

from pathlib import Path


def marker_path() -> Path:
    """Return the path of the file."""
    from platformdirs import user_state_path

    return user_state_path("alliance-tui", appauthor=False) / "started"


def note_start(path: Path) -> bool:
    """Return whether this is the first start, and note that it was; False where that cannot be noted."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.open("x").close()
    except OSError:  # it exists, or the directory cannot be written
        return False
    return True
