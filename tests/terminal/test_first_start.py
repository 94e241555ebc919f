"""The first start: the article that ships with the program, and nothing is fetched from anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from alliance_tui.documents import seed_document
from tests.support.isolated_home import EXPLORER, Home, wait_for_analysis
from tests.support.pseudoterminal import Terminal

# Python imports this at every start; it logs the connections of the program and of all processes that it starts.
_WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto") and not isinstance(arguments[-1], str):
        with open(os.environ["CONNECTIONS"], "a") as log:
            log.write(f"{event} {arguments[1:]}\\n")
sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str | None]:
    """Return an environment in which each connection to another machine is a line of the file CONNECTIONS."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(_WATCH)
    (tmp_path / "connections").touch()
    path = os.pathsep.join([str(tmp_path / "hook"), *filter(None, sys.path)])
    return {"PYTHONPATH": path, "CONNECTIONS": str(tmp_path / "connections")}


def connections(environ: Mapping[str, str | None]) -> str:
    return Path(environ["CONNECTIONS"] or "").read_text()


def test_a_connection_would_be_noticed(watched: dict[str, str | None]) -> None:
    program = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    environment = os.environ | {name: value or "" for name, value in watched.items()}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert "127.0.0.1" in connections(watched)


@pytest.mark.pty
@pytest.mark.model
def test_the_first_start_opens_the_article_and_fetches_nothing(tmp_path: Path, watched: dict[str, str | None]) -> None:
    with Home(tmp_path).explorer(columns=100, lines=30, environ=watched) as terminal:
        terminal.wait_for(seed_document().title)
        wait_for_analysis(terminal)
        assert terminal.leave() == 0
    assert connections(watched) == ""


@pytest.mark.pty
@pytest.mark.model
def test_the_demo_is_a_library_with_the_article_and_its_sidecar_only(
    tmp_path: Path, watched: dict[str, str | None]
) -> None:
    home = Home(tmp_path)
    for _ in range(2):
        environ = {**home.environ, **watched}
        with Terminal([*EXPLORER, "demo"], columns=100, lines=30, environ=environ) as terminal:
            terminal.wait_for("Library ⋅ 1 document", 120)
            assert terminal.leave() == 0
    (library,) = tmp_path.rglob("demo.sqlite")
    command = [*EXPLORER, "library", "list", "--format", "json", "--library", str(library)]
    (listed,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    seed = seed_document()
    assert (listed["title"], listed["date"], listed["kind"]) == (seed.title, seed.date, seed.kind)
    assert listed["agreements"] == 10
    assert connections(watched) == ""
