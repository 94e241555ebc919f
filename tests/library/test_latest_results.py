"""What a library's index keeps of what it has read."""

from __future__ import annotations

from alliance_tui.library.index.latest_results import LatestResults


class Reader:
    """A function that notes what it was asked for: a range as long as asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, length: int) -> range:
        self.asked.append(length)
        return range(length)


def test_a_kept_result_is_not_read_again_and_one_used_lately_is_kept() -> None:
    read = Reader()
    latest = LatestResults(read, most_results=2, most_items=100)
    assert [len(latest(length)) for length in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert read.asked == [1, 2, 3, 2], "2 was used longer ago than 1 when 3 came"


def test_results_make_room_for_a_large_one_and_the_latest_is_kept_whatever_its_size() -> None:
    read = Reader()
    latest = LatestResults(read, most_results=10, most_items=100)
    for length in (40, 50, 10, 30, 10, 50, 500, 500, 10, 500):
        latest(length)
    assert read.asked == [40, 50, 10, 30, 500, 10, 500]


def test_an_empty_result_is_kept_too() -> None:
    read = Reader()
    latest = LatestResults(read, most_results=2, most_items=1)
    latest(0), latest(1), latest(0)
    assert read.asked == [0, 1]
