"""Repeated fragments that make a regular expression backtrack, and how its time grows with them."""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

FRAGMENTS = (
    *("a", "A", "1", " ", "\n", ".", "-", "(", '"', "’", "*", "#", "<", "_", "a ", "A ", "A.", "A-", "a, ", "A, "),
    *("(A) ", ": ", "- ", "1.", "the ", "the A of ", "A and ", "<!--", "U.S.-", "Joint Group (JG) ", "1 May 2020 "),
    *(
        "$1 million ",
        "A will sign the treaty and ",
        "Ministry of A and ",
        "President A B, ",
        "in the next ",
        "by 2030 ",
    ),
)
ANCHORED = ("match", "fullmatch")
"""The methods that try a pattern at one place; all others try it at each."""
_TAIL = "\0"
"""What few patterns match: after the fragments it fails those that must reach the end."""
_DERIVED = 15
_SCREENING_SIZES, _SCREENING_SECONDS = (2_000, 8_000), 0.002
SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)
MAX_GROWTH = 2.5
_MAX_SECONDS = 2.0
"""Some twelve microseconds a character at the largest size: no pattern in linear time takes that."""
_NOISE_SECONDS = 0.01
_ATTEMPTS = 3

Use = Callable[[str], object]


def use_of(pattern: re.Pattern[str], method: str) -> Use:
    """Return what a method of the pattern does with a text, to the last match."""
    if method in ANCHORED:
        use: Use = getattr(pattern, method)
        return use
    return lambda text: sum(1 for _ in pattern.finditer(text))


def fragments_for(pattern: re.Pattern[str]) -> list[str]:
    """Return the fragments of all patterns and those that the repetitions of this one are made of."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    whole = _sample(tree)
    derived = [*dict.fromkeys(_repeated(tree))][:_DERIVED]
    return [fragment for fragment in dict.fromkeys((*FRAGMENTS, *derived, whole, whole[:-1])) if fragment]


def grows_too_fast(use: Use, fragment: str) -> bool:
    """Return whether the time grows more than MAX_GROWTH at a doubling of the text, or is endless.

    Texts of the sizes for screening tell most patterns; the others are tried with all sizes, several times.
    """
    longer = _seconds(use, fragment, _SCREENING_SIZES[1])
    if longer == math.inf:
        return True
    if longer < _SCREENING_SECONDS or longer < _seconds(use, fragment, _SCREENING_SIZES[0]) * MAX_GROWTH**2:
        return False
    if _seconds(use, fragment, SIZES[-1]) == math.inf:
        return True
    return all(_grows(use, fragment) for _ in range(_ATTEMPTS))


def _grows(use: Use, fragment: str) -> bool:
    """Return whether it grows so over all doublings together: a single one is at the mercy of the machine."""
    smallest, largest = (min(_seconds(use, fragment, size) for _ in range(2)) for size in (SIZES[0], SIZES[-1]))
    return largest > max(smallest, _NOISE_SECONDS) * MAX_GROWTH ** (len(SIZES) - 1)


def _seconds(use: Use, fragment: str, size: int) -> float:
    """Return the processor time of one use, infinite if it is too long; sre looks for signals as it goes."""

    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    text = fragment * (size // len(fragment)) + _TAIL
    previous = signal.signal(signal.SIGVTALRM, give_up)
    started = time.thread_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _MAX_SECONDS)
    try:
        use(text)
    except TimeoutError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)
    return time.thread_time() - started


def _repeated(nodes: Any) -> Iterator[str]:
    """Yield a text that each repetition in a parsed pattern repeats."""
    for code, value in nodes:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield _sample(value[2])
            yield from _repeated(value[2])
        elif code is codes.BRANCH:
            for branch in value[1][:6]:
                yield from _repeated(branch)
        elif code is codes.SUBPATTERN:
            yield from _repeated(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from _repeated(value)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeated(value[1])


def _sample(nodes: Any) -> str:
    """Return a text that a parsed pattern matches, or nearly: assertions are passed over."""
    return "".join(_sample_of(code, value) for code, value in nodes)


def _sample_of(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.NOT_LITERAL, codes.ANY):
        return "b" if value == ord("a") else "a"
    if code is codes.IN:
        return _member(value)
    if code is codes.BRANCH:
        return _sample(value[1][0])
    if code is codes.SUBPATTERN:
        return _sample(value[3])
    if code is codes.ATOMIC_GROUP:
        return _sample(value)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        times: int = max(1, min(value[0], 3))
        return _sample(value[2]) * times
    return ""


def _member(members: Any) -> str:
    """Return a character of a set."""
    is_negated = members[0][0] is codes.NEGATE
    if not is_negated and members[0][0] is codes.LITERAL:
        return chr(members[0][1])
    if not is_negated and members[0][0] is codes.RANGE:
        return chr(members[0][1][0])
    return next((each for each in "aA1 -.,(\n" if any(_is_in(each, *m) for m in members) != is_negated), "a")


def _is_in(character: str, code: Any, value: Any) -> bool:
    if code is codes.LITERAL:
        return ord(character) == int(value)
    if code is codes.RANGE:
        return int(value[0]) <= ord(character) <= int(value[1])
    if code is codes.CATEGORY:
        kind = str(value).rpartition("_")[2][0].lower()  # DIGIT, SPACE or WORD
        return bool(re.match(rf"\{kind.upper() if 'NOT' in str(value) else kind}", character))
    return False
