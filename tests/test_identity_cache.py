"""Remembering what was made of large frozen values."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from alliance_tui.identity_cache import MAX_RESULTS, cache_by_identity


class Doubler:
    """Doubles lists of numbers, and counts how often it does."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, numbers: tuple[int, ...]) -> list[int]:
        self.calls += 1
        return [2 * number for number in numbers]


def numbers(count: int) -> tuple[int, ...]:
    """A value that is another one each time, however equal."""
    return tuple(range(count))


def test_the_very_same_arguments_have_the_very_same_result() -> None:
    double = Doubler()
    quick, some = cache_by_identity(double), numbers(3)
    assert quick(some) is quick(some)
    assert double.calls == 1


def test_equal_arguments_are_not_the_same() -> None:
    double = Doubler()
    quick, one, other = cache_by_identity(double), numbers(3), numbers(3)
    assert quick(one) == quick(other)
    assert quick(one) is not quick(other)
    assert double.calls == 2


def test_only_the_latest_results_are_kept() -> None:
    double = Doubler()
    quick, many = cache_by_identity(double), [numbers(count) for count in range(3, MAX_RESULTS + 4)]
    for some in (*many, many[-1], many[0]):
        quick(some)
    assert double.calls == len(many) + 1


def test_threads_that_ask_at_once_all_have_a_right_answer() -> None:
    quick, many = cache_by_identity(Doubler()), [numbers(count) for count in range(2 * MAX_RESULTS)] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(quick, many)) == [[2 * number for number in some] for some in many]
