"""Random hostile documents, file names and queries: nothing crashes and nothing of theirs is sent raw."""

import pytest

from tests.support.hostile_text import ATTACKS, faults
from tests.tools.fuzz_explorer import run


@pytest.mark.parametrize("seed", range(4))
def test_hostile_documents_are_inert_on_every_screen(seed: int) -> None:
    opened, refused, sent = run(15, seed)
    assert opened + refused == 15
    assert sent


@pytest.mark.parametrize("name", ["clipboard", "title", "reset", "C1 control sequence", "bidi override", "null"])
def test_raw_output_would_be_noticed(name: str) -> None:
    assert faults(b"\x1b[2Jtext \x1b[1;31m" + ATTACKS[name].encode() + b"\x1b[m")
