"""Results cached by the identity of large frozen arguments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from alliance_tui.identity_cache import MAX_RESULTS, cache_by_identity


class Doubler:
    """Doubles numbers and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, numbers: tuple[int, ...]) -> list[int]:
        self.calls += 1
        return [2 * number for number in numbers]


def numbers(count: int) -> tuple[int, ...]:
    """Return a new tuple each time, equal for equal counts."""
    return tuple(range(count))


def test_the_very_same_arguments_have_the_very_same_result() -> None:
    double = Doubler()
    cached, argument = cache_by_identity(double), numbers(3)
    assert cached(argument) is cached(argument)
    assert double.calls == 1


def test_equal_arguments_are_not_the_same() -> None:
    double = Doubler()
    cached, first, second = cache_by_identity(double), numbers(3), numbers(3)
    assert cached(first) == cached(second)
    assert cached(first) is not cached(second)
    assert double.calls == 2


def test_only_the_last_results_are_kept() -> None:
    double = Doubler()
    cached, arguments = cache_by_identity(double), [numbers(count) for count in range(3, MAX_RESULTS + 4)]
    for argument in (*arguments, arguments[-1], arguments[0]):
        cached(argument)
    assert double.calls == len(arguments) + 1


def test_concurrent_threads_all_get_right_results() -> None:
    cached, arguments = cache_by_identity(Doubler()), [numbers(count) for count in range(2 * MAX_RESULTS)] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cached, arguments)) == [[2 * n for n in argument] for argument in arguments]
