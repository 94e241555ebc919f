"""The compiled patterns of the package and how each is used; run as a program, it prints them as JSON.

A program of its own: the patterns are recorded while the package is imported and works on a few documents. How one is
used that they do not need is looked up in the source of the module that compiles it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import alliance_tui

_NOT_AT_RUN_TIME = ("alliance_tui.training", "alliance_tui.__main__")
_PLUMBING = ("re", "functools", "contextlib")
_SCANNING = ("search", "finditer", "findall", "sub", "subn", "split")
_ANCHORED = ("match", "fullmatch")

_compile: Any = re._compiler.compile  # type: ignore[attr-defined]
USES: dict[tuple[str, int], tuple[str, int, set[str]]] = {}
"""The module and line that compiled each pattern (with its flags), and the methods that it was used by."""


class RecordedPattern:
    """A compiled pattern that records by which methods it is used."""

    def __init__(self, pattern: re.Pattern[str], methods: set[str]) -> None:
        self._pattern, self._methods = pattern, methods

    def __getattr__(self, name: str) -> Any:
        if name in (*_SCANNING, *_ANCHORED):
            self._methods.add(name)
        return getattr(self._pattern, name)

    def __hash__(self) -> int:
        return hash(self._pattern)

    def __eq__(self, other: object) -> bool:
        return self._pattern == (other._pattern if isinstance(other, RecordedPattern) else other)


def _recording_compile(pattern: Any, flags: int = 0) -> Any:
    compiled = _compile(pattern, flags)
    place = _compiling_place()
    if place is None or not isinstance(compiled.pattern, str):
        return compiled
    *_, methods = USES.setdefault((compiled.pattern, compiled.flags), (*place, set()))
    return RecordedPattern(compiled, methods)


def _compiling_place() -> tuple[str, int] | None:
    """Return the module and line of the package that ask for a pattern; None where another package does."""
    frame: Any = sys._getframe(2)
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] in _PLUMBING:
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "") if frame else ""
    return (name, frame.f_lineno) if name.startswith("alliance_tui") else None


def methods_in_source(module: str, line: int) -> set[str]:
    """Return the methods that the module calls of the name to which it assigns the pattern compiled at a line."""
    source = inspect.getsource(importlib.import_module(module))
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and node.lineno <= line <= (node.end_lineno or line):
            targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    methods = "|".join((*_SCANNING, *_ANCHORED))
    return {use[1] for name in names for use in re.finditer(rf"\b{name}\.({methods})\b", source)}


def record(documents: list[Path]) -> None:
    """Import the whole package, then read, analyse, search and print the documents."""
    re._compiler.compile = _recording_compile  # type: ignore[attr-defined]
    for module in pkgutil.walk_packages(alliance_tui.__path__, "alliance_tui."):
        if not module.name.startswith(_NOT_AT_RUN_TIME):
            importlib.import_module(module.name)
    from alliance_tui.documents import read
    from alliance_tui.errors import UsageError
    from alliance_tui.export.formats import OutputFormat, render
    from alliance_tui.extraction.pipeline import Extractor
    from alliance_tui.library.search.document_filters import split_document_filters
    from alliance_tui.search.engine import search
    from alliance_tui.search.indexing.search_index import SearchIndex

    extractor = Extractor(None)
    for path in documents:
        analysis = extractor.analyse(read(path))
        index = SearchIndex.build(analysis.document.text, analysis)
        for query in ("japan", "party:japan", '"joint statement"', "dicsa | by:2031"):
            search(index, split_document_filters(query).remaining_query)
        for output_format in OutputFormat:
            with suppress(UsageError):  # a format that is no text
                list(render([analysis], output_format))


if __name__ == "__main__":
    record([Path(name) for name in sys.argv[1:]])
    re._compiler.compile = _compile  # type: ignore[attr-defined]
    uses = [
        [*pattern, f"{module}:{line}", sorted(methods or methods_in_source(module, line))]
        for pattern, (module, line, methods) in list(USES.items())
    ]
    json.dump(uses, sys.stdout)
