"""Confinement: the files and folders that an explorer in a browser may read, handed down by an environment variable."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

VARIABLE = "ALLIANCE_TUI_CONFINED_TO"
"""The paths as a list in JSON; where it is not set, everything may be read."""


def encode_paths(paths: Iterable[str | Path]) -> str:
    """Return the value of the variable that confines a process to these files and folders."""
    import json  # not at the top: every start would wait for it, and few are confined

    return json.dumps([os.path.realpath(path) for path in paths])


def may_read(path: str | Path) -> bool:
    """Return whether the path, with its links followed, is one of those allowed or in one of them."""
    allowed = _allowed_paths(os.environ.get(VARIABLE))
    if allowed is None:
        return True
    try:
        real = Path(os.path.realpath(path))
    except ValueError:  # a null character, which no path has
        return False
    return any(real.is_relative_to(each) for each in allowed)


def may_list(folder: str | Path) -> bool:
    """Return whether the folder may be read, or one of the allowed paths is in it."""
    if may_read(folder):
        return True
    try:
        real = os.path.realpath(folder)
    except ValueError:
        return False
    return any(each.is_relative_to(real) for each in _allowed_paths(os.environ.get(VARIABLE)) or ())


def starting_folder() -> Path | None:
    """Return the folder of the first of the allowed paths; None where everything may be read."""
    allowed = _allowed_paths(os.environ.get(VARIABLE))
    first = next(iter(allowed or ()), None)
    return first and (first if first.is_dir() else first.parent)


@cache
def _allowed_paths(value: str | None) -> tuple[Path, ...] | None:
    if value is None:
        return None
    import json

    try:
        paths = json.loads(value)
    except ValueError:
        return ()
    return tuple(Path(path) for path in paths if isinstance(path, str)) if isinstance(paths, list) else ()
