"""The project's own rules, checked by the tools that pyproject.toml configures."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))


def run(*command: str | Path) -> str:
    """The output of a command that must succeed, run in the project's root."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_code_is_free_of_lint() -> None:
    run(SCRIPTS / "ruff", "check", "--no-cache", ".")


def test_the_code_is_formatted() -> None:
    run(SCRIPTS / "ruff", "format", "--no-cache", "--check", ".")


def test_the_types_hold() -> None:
    run(sys.executable, "-m", "mypy", "--cache-dir", "/dev/null")


def test_the_parts_depend_on_each_other_one_way() -> None:
    assert "0 broken" in run(SCRIPTS / "lint-imports", "--no-cache")


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", [*sources("tui"), *sources("tests")], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_a_reader_can_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", sources("tui"), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    public = [node for node in defined if not node.name.startswith("_")]
    functions = [node for node in defined if not isinstance(node, ast.ClassDef)]
    inner = {child for node in functions for child in ast.walk(node) if child is not node}
    told_by_their_class = {
        node for node in functions if [ast.unparse(line) for line in node.body] == ["..."]
    }  # what a Protocol asks for
    left = (node for node in public if node not in inner | told_by_their_class)
    unexplained = [node.name for node in left if ast.get_docstring(node) is None]
    assert not unexplained


def test_the_seed_article_is_the_one_that_was_given() -> None:
    import hashlib

    seed = ROOT / "seeds" / "000_3b7aba633540c45a.txt"
    assert hashlib.sha256(seed.read_bytes()).hexdigest() == (
        "aa2bd5d57d87eb60ce03839603bfcf5f92e9b83ca34b4e831c194fe399d5955c"
    )
