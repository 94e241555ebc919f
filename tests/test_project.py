"""The project's own rules, checked by the tools that pyproject.toml configures."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import sysconfig
from pathlib import Path

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


def test_the_seed_article_is_the_one_that_was_given() -> None:
    seed = ROOT / "seeds" / "000_3b7aba633540c45a.txt"
    assert hashlib.sha256(seed.read_bytes()).hexdigest() == (
        "aa2bd5d57d87eb60ce03839603bfcf5f92e9b83ca34b4e831c194fe399d5955c"
    )
