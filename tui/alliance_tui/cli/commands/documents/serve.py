"""`alliance-tui serve [PATH...]`: the explorer in a browser."""

from __future__ import annotations

from alliance_tui import documents
from alliance_tui.cli import console
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import UsageError


def run(arguments: Arguments) -> int:
    """Serve explorers on the documents until interrupted; return the exit status."""
    try:
        from alliance_tui.browser.server import BrowserServer  # an optional dependency
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'alliance-tui[browser]'") from error
    if arguments.paths and next(Inputs(arguments).documents(), None) is None:
        return 1
    readable = [*arguments.paths, *arguments.allow, documents.seed_document().path or ""]
    server = BrowserServer(arguments.explorer_arguments, arguments.port, _print_address, readable=readable)
    try:
        server.serve()
    except OSError as error:
        raise UsageError(f"port {arguments.port} cannot be used: name another with --port") from error
    return 0


def _print_address(address: str) -> None:
    console.print_message(f"open {address} in a browser on this machine; Ctrl+C ends it")
