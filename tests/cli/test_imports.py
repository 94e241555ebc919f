"""Imports: the core loads neither spaCy nor Textual, and no command more than it needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"spacy", "textual", "rich", "numpy", "trafilatura", "lxml", "pypdf", "docx"}
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
    *("cli", "cli.options.parsers", "cli.commands.extract", "cli.commands.explore", "cli.commands.info"),
)


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


def test_opening_a_cached_document_loads_no_spacy() -> None:
    program = """
from alliance_tui import documents
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.extraction import fingerprint as version
seed = documents.seed_document()
AnalysisCache("/nowhere/at/all").load(seed, version.extractor_version(), version.model_version(None))
import alliance_tui.explorer, alliance_tui.extraction.worker.client
"""
    assert loaded(program) & {"spacy", "numpy"} == set()
