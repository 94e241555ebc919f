"""The second start on a known text shows the whole analysis and loads no part of spaCy."""

from __future__ import annotations

import sys

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import Terminal

PROGRAM = """
import sys
from pathlib import Path
from alliance_tui.cli import main
status = main([])
Path(sys.argv[1]).write_text("\\n".join(sys.modules))
sys.exit(status)
"""


@pytest.mark.pty
@pytest.mark.model
def test_a_known_text_is_shown_without_spacy(known_home: Home) -> None:
    modules = known_home.folder / "modules"
    with Terminal([sys.executable, "-c", PROGRAM, str(modules)], environ=known_home.environ) as terminal:
        wait_for_analysis(terminal)
        terminal.send("q")
        terminal.wait_for_end()
        assert terminal.status == 0
    loaded = set(modules.read_text().split())
    assert "textual" in loaded
    assert loaded & {"spacy", "thinc", "numpy"} == set()
