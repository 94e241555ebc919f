"""`alliance-tui [PATH...]`: the explorer; with --plain, the same content as plain lines."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from alliance_tui import documents
from alliance_tui.cli import console
from alliance_tui.cli.inputs import Inputs, open_cache
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import LibraryError, UsageError
from alliance_tui.library.storage.database import LibraryFile, LockedLibraryError

_LOCK_TIMEOUT = 1.0  # seconds


def run(arguments: Arguments) -> int:
    """Open the explorer on the documents, or print them; return the exit status."""
    return _print(arguments) if arguments.plain else _explore(arguments)


def _print(arguments: Arguments) -> int:
    if not arguments.paths:
        raise UsageError("--plain needs a PATH: a file, a folder, or - for standard input")
    from alliance_tui.cli.analyses import analyses  # not at the top: the explorer does not wait for it
    from alliance_tui.export.plain_text import to_plain_lines

    inputs = Inputs(arguments)
    lines = chain.from_iterable((*to_plain_lines(analysis), "") for analysis in analyses(inputs, arguments))
    console.write_output((line + "\n" for line in lines), None)
    return int(inputs.failed)


def _explore(arguments: Arguments) -> int:
    inputs = Inputs(arguments)
    cache = open_cache(arguments)
    if arguments.paths:
        opened = list(inputs.documents())
        if not opened:
            return 1
    else:
        opened = [] if cache and _has_documents(cache.path) else [documents.seed_document()]
    from alliance_tui import explorer  # not at the top: no other command waits for Textual

    status = explorer.run(
        opened,
        query=arguments.query,
        model=arguments.model,
        cache=cache,
        limits=arguments.limits,
        debug=arguments.debug,
    )
    return status or int(inputs.failed)


def _has_documents(path: Path) -> bool:
    """Return whether there is a library with documents; False if it is unusable, which the explorer reports."""
    try:
        return LibraryFile(path).has_rows("documents", _LOCK_TIMEOUT)
    except LockedLibraryError:  # the library's screen waits for it
        return True
    except LibraryError:
        return False
