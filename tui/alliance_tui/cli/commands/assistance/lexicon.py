"""`alliance-tui lexicon`: check the lexicons, or print their folders."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.extraction.data_folders import BUILT_IN, own_folder
from alliance_tui.extraction.lexicon.check import check_lexicons


def run(arguments: Arguments) -> int:
    """Carry out the action; return the exit status."""
    if arguments.action == "path":
        console.write_output((f"{own_folder()}\n", f"{BUILT_IN}\n"), None)
        return 0
    faults = check_lexicons()
    console.write_output((f"{fault.located}\n" for fault in faults), None)
    return int(bool(faults))
