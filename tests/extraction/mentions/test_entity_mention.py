"""Mentions that overlap: which of them is kept."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.mentions.entity_mention import EntityMention, filter_overlaps
from alliance_tui.records import EntityType


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 3)), max_size=12))
def test_of_overlapping_mentions_the_higher_in_priority_then_the_longer_is_kept(
    spans: list[tuple[int, int, int]],
) -> None:
    mentions = [EntityMention(a, a + n, "x" * n, EntityType.PLACE, priority) for a, n, priority in spans]
    kept = filter_overlaps(mentions)
    assert all(one.end <= two.start for one, two in pairwise(kept))
    for lost in mentions:
        if lost not in kept:
            winners = [k for k in kept if k.start < lost.end and lost.start < k.end]
            assert any((k.priority, k.end - k.start) >= (lost.priority, lost.end - lost.start) for k in winners)
