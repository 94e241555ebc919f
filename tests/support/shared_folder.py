"""The folder of data kept outside the project: `../shared`, or the folder that ALLIANCE_SHARED names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARCHIVE = Path("corpus") / "wh-briefings-2021-2022.tar.gz"
"""Where the archive of real documents is in the shared folder."""


def shared_folder() -> Path | None:
    """Return the shared folder, or None where it is absent."""
    folder = Path(os.environ.get("ALLIANCE_SHARED") or ROOT.parent / "shared")
    return folder if folder.is_dir() else None


def require_shared_folder() -> Path:
    """Return the shared folder. Ends the program where it is absent."""
    folder = shared_folder()
    if folder is None:
        sys.exit("The shared data is not here. Set ALLIANCE_SHARED to its folder.")
    return folder
