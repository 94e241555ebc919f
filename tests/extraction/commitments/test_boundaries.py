"""The rules by which a token ends the evidence."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.evidence import Boundary, find_boundary
from tests.support.commitment_extraction import token_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "token", "boundary"),
    [
        ("Norway will lend a ship — its third.", "—", Boundary.SEPARATOR),
        ("Norway will lend a ship which carries nurses.", "which", Boundary.RELATIVE_CLAUSE),
        ("Norway will lend a ship because Chile has none.", "because", Boundary.SUBORDINATE_CLAUSE),
        ("Norway will lend a ship: The first arrives in May.", ":", Boundary.COLON),
        ("Norway will lend a ship in order to train crews.", "in", Boundary.IN_ORDER_TO),
        ("Norway will lend a large ship to train crews.", "to", Boundary.PURPOSE),
        ("Norway will lend a ship so they can train.", "so", Boundary.RESULT),
        ("Norway will lend a large old ship, with its crew.", ",", Boundary.COMMA),
        ("Norway will lend a ship and Chile will pay for it.", "and", Boundary.COORDINATED_CLAUSE),
    ],
)
def test_the_rule_that_ends_the_evidence_is_named(text: str, token: str, boundary: Boundary) -> None:
    assert find_boundary(token_in(text, token), token_in(text, "lend")) is boundary


@pytest.mark.parametrize(
    ("text", "verb", "token"),
    [
        ("Norway will invest money to build ships.", "invest", "to"),
        ("Norway will be the first to lend ships.", "be", "to"),
        ("Norway will lend tugs, including two old ones.", "lend", ","),
        ("Norway will lend ships and tugs.", "lend", "and"),
    ],
)
def test_what_belongs_to_the_object_does_not_end_it(text: str, verb: str, token: str) -> None:
    assert find_boundary(token_in(text, token), token_in(text, verb)) is None
