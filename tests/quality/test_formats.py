"""The same document gives the same records in every format (see evaluate/formats.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.evaluate.formats import compare, missing_tools, usual

pytestmark = [pytest.mark.shared, pytest.mark.model]


@pytest.mark.skipif(bool(missing_tools()), reason=f"not installed here: {', '.join(missing_tools())}")
@pytest.mark.skipif(not usual(), reason="needs the shared data: set ALLIANCE_SHARED to its folder")
def test_real_statements_converted_by_other_programs_give_what_their_texts_give(tmp_path: Path) -> None:
    for outcome in compare(usual(), tmp_path):
        assert outcome.holds, outcome
