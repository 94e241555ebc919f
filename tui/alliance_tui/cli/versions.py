"""Versions of the program and of the parts that decide what it prints."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from alliance_tui import __version__
from alliance_tui.extraction.fingerprint import extractor_version, model_version

PACKAGES = (
    *("textual", "spacy", "rapidfuzz", "msgspec", "edtf", "trafilatura", "pdfminer.six", "python-docx", "argcomplete"),
    *("textual-serve",),
)


def version_lines() -> tuple[str, str]:
    """Return the program's version, and on a second line those of its parts."""
    parts = {
        "Python": platform.python_version(),
        "Textual": package_version("textual"),
        "spaCy": package_version("spacy"),
        "model": model_version(None),
        "extractor": extractor_version(),
    }
    return f"alliance-tui {__version__}", ", ".join(f"{name} {version}" for name, version in parts.items())


def package_version(package: str) -> str:
    """Return the version of an installed package, or that it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
