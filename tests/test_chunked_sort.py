"""What is sorted in steps comes out as if it had been sorted at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.chunked_sort import CHUNK_SIZE, sorted_by_offset

offsets = st.integers(0, 5 * CHUNK_SIZE)


@given(st.lists(st.tuples(offsets, offsets)))
def test_pairs_come_in_order(items: list[tuple[int, int]]) -> None:
    assert list(sorted_by_offset(items)) == sorted(items)
