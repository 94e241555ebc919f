"""Imports: the core loads neither spaCy nor Textual, and no command more than it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from alliance_tui.cli.commands import MODULES
from alliance_tui.library.storage.database import LibraryFile

HEAVY = {"spacy", "onnxruntime", "textual", "rich", "numpy", "trafilatura", "lxml", "pypdf", "docx"}
CORE = (
    *("records", "errors", "highlighting", "documents", "documents.loader", "documents.sanitise"),
    *(
        "library.analysis_cache",
        "export.formats",
        "export.plain_text",
        "search.matches",
        "search.indexing.record_fields",
    ),
    *("extraction.fingerprint", "extraction.events"),
    *("cli", "cli.options.parsers", *(f"cli.commands.{MODULES[name]}" for name in ("extract", "explore", "info"))),
)


DEFERRED = (
    *("cli.analyses", "cli.versions", "documents.readers.html", "documents.language_detection", "documents.sandbox"),
    *("explorer.dialogs", "explorer.presenters.citations", "explorer.presenters.help_pages", "export.interchange"),
    *("explorer.screens.library_screen", "explorer.state.library_state", "explorer.widgets.documents"),
    *("explorer.widgets.query_bar", "explorer.handlers.review_handlers", "explorer.handlers.comparison_handlers"),
    *("extraction.lexicon", "extraction.layout", "extraction.fingerprint", "library.store", "library.library_reader"),
    *("library.index", "library.review", "library.search", "library.storage.migrations", "linking", "review.entry"),
    *("search.engine", "search.query", "search.plan", "search.values", "search.names", "search.indexing.tokenizer"),
    "terminal.clipboard",
)
"""Modules and packages that are loaded when they are first used, not before the first paint."""


def loaded(program: str) -> set[str]:
    """Return the heavy packages in `sys.modules` after this program."""
    program += "\nimport sys\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    modules = done.stderr.splitlines()
    assert "sys" in modules, done.stderr
    return HEAVY & set(modules)


def test_the_core_imports_neither_spacy_nor_textual() -> None:
    assert loaded("\n".join(f"import alliance_tui.{module}" for module in CORE)) == set()


@pytest.mark.parametrize("command", ["--help", "--version", "extract --help", "extract missing.txt"])
def test_light_commands_load_nothing_heavy(command: str) -> None:
    assert loaded(f"from alliance_tui.cli import main\nmain({command.split()!r})") == set()


def test_info_names_the_explorer_s_themes_and_actions_without_the_language_model() -> None:
    assert loaded("from alliance_tui.cli import main\nmain(['info'])") <= {"textual", "rich"}


def test_opening_a_cached_document_loads_no_language_model() -> None:
    program = """
from alliance_tui import documents
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.extraction import fingerprint as version
seed = documents.seed_document()
AnalysisCache("/nowhere/at/all").load(seed, version.extractor_version(), version.model_version(None))
import alliance_tui.explorer, alliance_tui.extraction.worker.client
"""
    assert loaded(program) & {"spacy", "onnxruntime", "numpy"} == set()


FIRST_PAINT = """
import sys
from alliance_tui.terminal import session
session.run = lambda app: app.run(headless=True, size=(80, 24))
from alliance_tui.explorer.screens.document_screen import DocumentScreen

def end(screen):
    print(*sys.modules, sep="\\n", file=sys.__stderr__)
    screen.app.exit(0)

DocumentScreen.read_document = end
from alliance_tui.cli import main
sys.exit(main(["--library", sys.argv[1]]))
"""
"""Starts the explorer on a library of the reader's, and ends it after the first paint."""


def test_the_first_paint_waits_for_nothing_that_only_later_keys_need(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    with LibraryFile(library).connection(1.0):
        pass
    command = [sys.executable, "-c", FIRST_PAINT, str(library)]
    environ = os.environ | {"XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    modules = set(done.stderr.splitlines())
    assert "alliance_tui.explorer.screens.document_screen" in modules
    assert modules & {*HEAVY - {"textual", "rich"}, *(f"alliance_tui.{module}" for module in DEFERRED)} == set()


def test_what_is_deferred_goes_by_these_names() -> None:
    assert [module for module in DEFERRED if find_spec(f"alliance_tui.{module}") is None] == []
