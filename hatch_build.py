"""Build hook: the man page is made of the command line's own parsers and put into the wheel."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPageHook(BuildHookInterface):
    """Adds `share/man/man1/alliance-tui.1` to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the page to a temporary folder, from which the wheel takes it."""
        sys.path.insert(0, str(Path(self.root) / "tui"))
        from alliance_tui.cli.commands.assistance.man_page import man_page

        self._folder = tempfile.TemporaryDirectory()
        page = Path(self._folder.name) / "alliance-tui.1"
        page.write_text(man_page(), encoding="utf-8")
        build_data["shared_data"][str(page)] = "share/man/man1/alliance-tui.1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        self._folder.cleanup()
