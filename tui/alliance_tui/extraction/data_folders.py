"""Folders of the data that the extraction reads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

BUILT_IN = Path(__file__).parent / "data"
"""Folder of the built-in lexicons and of the classifier."""


@cache
def own_folder() -> Path:
    """Folder of the reader's own lexicons, beside the settings; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path("alliance-tui", appauthor=False) / "lexicon"
