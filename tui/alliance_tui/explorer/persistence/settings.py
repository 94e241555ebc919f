"""The reader's settings: a TOML file in the platform's directory for configuration.

theme = "light"
mouse = true

[keys]
next_match = ["n", "ctrl+g"]
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from alliance_tui.documents.files import read_regular

_LARGEST = 1 << 20  # bytes


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says; None where it does not. `keys` gives the keys of actions by the actions' ids."""

    theme: str | None = None
    mouse: bool | None = None
    keys: dict[str, tuple[str, ...]] = {}


def settings_path() -> Path:
    """Where the file is looked for."""
    from platformdirs import user_config_path

    return user_config_path("alliance-tui", appauthor=False) / "config.toml"


def load(path: Path) -> tuple[Settings, str]:
    """The settings in the file and what is wrong with it, "" for nothing. A file that is not there says nothing."""
    try:
        return msgspec.toml.decode(read_regular(path, _LARGEST), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        fault = error.strerror or str(error)
    except (ValueError, msgspec.MsgspecError) as error:  # ValueError: what is no TOML, or no UTF-8
        fault = str(error).splitlines()[0]
    return Settings(), f"{path.name} is passed over: {fault} ({path})"
