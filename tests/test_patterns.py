"""No regular expression of the package backtracks exponentially or quadratically, whatever is repeated in a text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.support.repeated_fragments import ANCHORED, FRAGMENTS, fragments_for, grows_too_fast, use_of

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    *sorted(ROOT.glob("seeds/*.txt")),
    *sorted(ROOT.glob("tests/extraction/reference/*.txt")),
    *sorted(ROOT.glob("tests/fixtures/documents/accord.*")),
)
NOT_FOR_LONG_TEXTS = (
    "alliance_tui.extraction.lexicon.source:",  # reads the program's own files, and the reader's
    "alliance_tui.search.names.romanisation:",  # reads words of at most sixty letters
)


@pytest.mark.model
@pytest.mark.timeout(600)
def test_no_pattern_takes_more_than_linear_time() -> None:
    command = [sys.executable, "-m", "tests.support.pattern_usage", *map(str, DOCUMENTS)]
    uses = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=300).stdout)
    assert len(uses) > 300
    too_fast = []
    for text, flags, place, methods in uses:
        if place.startswith(NOT_FOR_LONG_TEXTS):
            continue
        pattern = re.compile(text, flags)
        uses_of_pattern = {("finditer" if method not in ANCHORED else method) for method in methods}
        for use in (use_of(pattern, method) for method in uses_of_pattern):
            growing = (each for each in fragments_for(pattern) if grows_too_fast(use, each))
            too_fast += [(place, text[:80], each) for each in islice(growing, 1)]
    assert too_fast == []


@pytest.mark.parametrize(
    "pattern", [r"(?:a+)+$", r"(?:a|a)*b", r"\s+$", r"<!--.*?-->", r"\s*x", r"[A-Z][\w-]+,? and I", r"\(.*\)"]
)
def test_a_pattern_that_backtracks_is_found(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert any(grows_too_fast(use_of(compiled, "search"), fragment) for fragment in fragments_for(compiled))


@pytest.mark.parametrize("pattern", [r"<!--.*?(?:-->|\Z)", r"(?<!\s)\s++x", r"[A-Z][\w-]{1,60},? and I", r"\w+"])
def test_a_pattern_in_linear_time_is_not(pattern: str) -> None:
    compiled = re.compile(pattern, re.DOTALL)
    assert not any(grows_too_fast(use_of(compiled, "search"), fragment) for fragment in fragments_for(compiled))


def test_a_pattern_is_tried_with_what_it_repeats() -> None:
    assert {"xy", "a1"} <= {*fragments_for(re.compile(r"(?:xy)*z|(?:a\d)+?q"))} - {*FRAGMENTS}
