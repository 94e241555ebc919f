"""The reader's settings: a TOML file in the platform's directory for configuration.

theme = "light"
mouse = true
author = "Ada Lovelace"
citation = "chicago"

[keys]
next_match = ["n", "ctrl+g"]
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from alliance_tui.documents.files import read_regular

_MAX_BYTES = 1 << 20


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings in the file, None where it has none. `keys` are the keys of commands by the commands' ids.
    `citation` is a style or a template of `presenters.citations`."""

    theme: str | None = None
    mouse: bool | None = None
    author: str | None = None
    citation: str | None = None
    keys: dict[str, tuple[str, ...]] = {}


def settings_path() -> Path:
    """Return the path of the file."""
    from platformdirs import user_config_path

    return user_config_path("alliance-tui", appauthor=False) / "config.toml"


def load(path: Path) -> tuple[Settings, str]:
    """Return the settings and what is wrong with the file, "" for nothing. A missing file has no settings."""
    try:
        return msgspec.toml.decode(read_regular(path, _MAX_BYTES).decode("utf-8-sig"), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        fault = error.strerror or str(error)
    except (ValueError, msgspec.MsgspecError) as error:  # ValueError: not TOML, or not UTF-8
        fault = str(error).splitlines()[0]
    except RecursionError:
        fault = "it is nested too deeply"
    return Settings(), f"{path.name} is passed over: {fault} ({path})"
