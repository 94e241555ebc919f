"""A sort in chunks gives the same result as one sort."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.chunked_sort import CHUNK_SIZE, sorted_by_offset

offsets = st.integers(0, 5 * CHUNK_SIZE)


@given(st.lists(st.tuples(offsets, offsets)))
def test_the_result_is_sorted(items: list[tuple[int, int]]) -> None:
    assert list(sorted_by_offset(items)) == sorted(items)
