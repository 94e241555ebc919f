"""`alliance-tui info` names every file and every setting in use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a user with an empty home directory and a 256-colour terminal."""
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "SSH_CONNECTION")}
    return {**inherited, **{name: str(tmp_path / name) for name in names}, "TERM": "xterm-256color"}


def info(environ: dict[str, str]) -> dict[str, str]:
    """Return the printed facts by their names."""
    command = [sys.executable, "-m", "alliance_tui", "info"]
    done = subprocess.run(command, capture_output=True, env=environ, timeout=60, check=True)
    assert b"\x1b" not in done.stdout
    return dict(line.split(": ", 1) for line in done.stdout.decode().splitlines())


def test_without_a_settings_file_the_terminal_decides(environ: dict[str, str]) -> None:
    facts = info(environ)
    assert facts["settings"].endswith("config.toml (not yet made)")
    assert facts["places in documents"].endswith("places.json (not yet made)")
    assert (facts["theme"], facts["mouse"]) == ("dark (as suits the terminal)", "on (as suits the terminal)")
    assert facts["frames"] == "only what changed"
    assert info({**environ, "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"})["mouse"].startswith("off")
    assert info({**environ, "NO_COLOR": "1"})["theme"].startswith("plain")


def test_values_of_the_settings_file_are_marked(environ: dict[str, str]) -> None:
    file = Path(info(environ)["settings"].rpartition(" (")[0])
    file.parent.mkdir(parents=True)
    file.write_text('theme = "light"\nmouse = false\n[keys]\nnext_match = ["n", "ctrl+g"]\n')
    facts = info({**environ, "ALLIANCE_TUI_PLAIN_FRAMES": "1"})
    assert facts["settings"].endswith("bytes)")
    assert (facts["theme"], facts["mouse"]) == ("light (settings)", "off (settings)")
    assert facts["keys for next_match"] == "n, ctrl+g"
    assert facts["frames"].startswith("plain Textual")


def test_an_error_of_the_settings_file_is_printed(environ: dict[str, str]) -> None:
    file = Path(info(environ)["settings"].rpartition(" (")[0])
    file.parent.mkdir(parents=True)
    file.write_bytes(b'theme = "\x1b[2J')
    assert "config.toml is passed over" in info(environ)["settings passed over"]


def test_json_has_the_same_facts(environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "alliance_tui", "info", "--format", "json"]
    done = subprocess.run(command, capture_output=True, env=environ, timeout=60, check=True)
    assert json.loads(done.stdout) == info(environ)
