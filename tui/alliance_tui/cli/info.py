"""`alliance-tui info`: what a report of a fault needs to say."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from alliance_tui import __version__, documents
from alliance_tui.cli import console
from alliance_tui.cli.options import Arguments
from alliance_tui.documents.cleaning import clean_line
from alliance_tui.extraction.version import extractor_version, model_version
from alliance_tui.library.cache import AnalysisCache

_PACKAGES = ("textual", "spacy", "rapidfuzz", "msgspec", "edtf")
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "SSH_CONNECTION", "TMUX", "STY")


def run(arguments: Arguments) -> int:
    """Print it, a line a fact."""
    facts = {**_program(arguments), **_files(arguments), **dict(_terminal())}
    console.write((f"{name}: {clean_line(str(value))}\n" for name, value in facts.items()), None)
    return 0


def _program(arguments: Arguments) -> dict[str, object]:
    return {
        "alliance-tui": __version__,
        "Python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        **{package: _version(package) for package in _PACKAGES},
        "extractor": extractor_version(),
        "model": model_version(arguments.model),
    }


def _files(arguments: Arguments) -> dict[str, object]:
    library = AnalysisCache(arguments.library).path
    return {
        "first article": documents.seed().path,
        "library": f"{library} ({library.stat().st_size:,} bytes)" if library.exists() else f"{library} (not yet made)",
    }


def _terminal() -> Iterator[tuple[str, object]]:
    columns, lines = shutil.get_terminal_size()
    yield "terminal", f"{columns} columns, {lines} lines" if sys.stdout.isatty() else "output is not a terminal"
    yield "output encoding", sys.stdout.encoding
    for name in _TERMINAL:
        if name in os.environ:
            yield name, os.environ[name]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
