"""The command line: the same answers as the screen, for scripts."""

from alliance_tui.cli.main import main

__all__ = ["main"]
