"""The README's table of keys says what the registry of commands says."""

from __future__ import annotations

import re
from pathlib import Path

from alliance_tui.explorer.commands.registry import COMMANDS

README = Path(__file__).parents[2] / "README.md"


def test_each_key_in_the_readme_does_what_the_registry_says() -> None:
    table = README.read_text(encoding="utf-8").partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", table, re.M)
    registry = {(" ".join(f"`{key}`" for key in action.displayed_keys.split()), action.help) for action in COMMANDS}
    assert 10 <= len(rows) <= 15
    assert set(rows) <= registry
