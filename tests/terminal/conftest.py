"""Home directories for the program in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.isolated_home import Home, wait_for_analysis


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing is known yet."""
    return Home(tmp_path)


@pytest.fixture(scope="session")
def known_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the analysis of the seed is known, so that a session starts with it."""
    home = Home(tmp_path_factory.mktemp("home"))
    with home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
        terminal.leave()
    return home
