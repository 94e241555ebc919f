"""Numbers in figures and in words, with their scale, read at an offset of a string."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from alliance_tui.search.values.units import HUNDRED, MAGNITUDES, NUMBER_WORDS, SCALES


class Numeral(NamedTuple):
    """A number without its scale, the scale (1 if it has none), the end of both, and whether it is written in words."""

    number: Decimal
    factor: int
    end: int
    in_words: bool


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


WORD_END = r"(?![^\W_])"
_GROUP_SPACES = "\u00a0\u2009\u202f"
# 1,000 and 1,00,000 and 1 000; not a part of 3.2.1 or 12,34.
_FIGURES = re.compile(
    rf"(?<!\d[.,])(?>(?P<whole>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)"
    rf"|\d{{1,3}}(?:[{_GROUP_SPACES}]\d{{3}})+(?!\d)|\d+)(?P<decimals>\.\d+)?)(?P<fraction>[½¼¾])?(?!\d|[.,]\d)"
)
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
_SMALL = re.compile(rf"(?i)(?P<small>{any_of(NUMBER_WORDS)}){WORD_END}")
_MAGNITUDE = re.compile(rf"(?i)(?:\s?-\s?|\s+)(?P<scale>{any_of(MAGNITUDES)}){WORD_END}")
_AND = re.compile(r"(?i)(?:\s+and\s+|\s?-\s?|\s+)")
_UNIT_AFTER_TENS = re.compile(rf"(?i)(?:\s?[-‐‑]\s?|\s+)(?P<small>{any_of(list(NUMBER_WORDS)[1:10])}){WORD_END}")
_SCALE = re.compile(rf"(?i)[\s-]{{0,2}}(?P<scale>{HUNDRED}|{any_of(SCALES)}){WORD_END}")
_AND_A_PART = re.compile(rf"(?i)\s+and\s+(?:a\s|one[\s-]|three[\s-])(?P<part>{any_of(_PARTS)}){WORD_END}")
_PART_OF = re.compile(
    rf"(?i)(?:a\s)?(?P<part>half|quarter)(?:\sof)?(?:[\s-](?:an?|one))?(?=[\s-](?:{any_of(MAGNITUDES)}){WORD_END})"
)
_A = re.compile(rf"(?i)an?(?=\s(?:{any_of(MAGNITUDES)}){WORD_END})")
_TENS = range(20, 100)
_MAX_FIGURES = 40
_BEYOND_ALL = 10**13
STARTERS = frozenset(NUMBER_WORDS)
"""The folded words that may begin a number, beside those that begin with a digit."""
ARTICLES = frozenset({"a", "half", "quarter"})
"""The folded words that may begin a number if one of MAGNITUDES follows within a few words."""


def read_numeral(text: str, start: int) -> Numeral | None:
    """Read the number that begins at `start`: "1,000", "6 million", "twenty-five", "half a billion", "a million"."""
    if text[start].isdigit():
        match = _FIGURES.match(text, start)
        if not match or len(match.group()) > _MAX_FIGURES:
            return None
        number = Decimal(re.sub(r"\D", "", match["whole"]) + (match["decimals"] or ""))
        number += _FRACTIONS.get(match["fraction"] or "", 0)
        return _with_scale(text, number, match.end(), in_words=False)
    if part := _PART_OF.match(text, start):
        return _with_scale(text, _PARTS[part["part"].lower()], part.end(), in_words=True)
    return _read_words(text, start)


def _with_scale(text: str, number: Decimal, end: int, *, in_words: bool) -> Numeral:
    """Return the number with the half and the scales that follow it: "two and a half million"."""
    if part := _AND_A_PART.match(text, end):
        number, end = number + _PARTS[part["part"].lower()], part.end()
    factor = 1
    while scale := _SCALE.match(text, end):
        word = scale["scale"].lower()
        factor, end = factor * (SCALES.get(word) or MAGNITUDES[word]), scale.end()
    return Numeral(number, factor, end, in_words)


def _read_words(text: str, start: int) -> Numeral | None:
    """Read a number in words, group by group: "three hundred and ten thousand five hundred"."""
    total, end = 0, start
    last_factor = _BEYOND_ALL
    while group := _read_group(text, start if end == start else _after_and(text, end), is_first=end == start):
        number, group_end = group
        scale = _MAGNITUDE.match(text, group_end)
        factor = MAGNITUDES[scale["scale"].lower()] if scale else 1
        if factor >= last_factor or (last_factor == 1):
            break
        total, end, last_factor = total + number * factor, scale.end() if scale else group_end, factor
    if end == start:
        return None
    if last_factor == 1 and total < 1000:
        return _with_scale(text, Decimal(total), end, in_words=True)
    return Numeral(Decimal(total), 1, end, True)


def _after_and(text: str, end: int) -> int:
    joint = _AND.match(text, end)
    return joint.end() if joint else len(text)


def _read_group(text: str, start: int, *, is_first: bool) -> tuple[int, int] | None:
    """Read a number below 1,000 and its end: "two hundred and five", "twenty-one"; or the "a" of "a million"."""
    if is_first and (article := _A.match(text, start)):
        hundreds = _hundred(text, 1, article.end())
        return hundreds or (1, article.end())
    small = _SMALL.match(text, start)
    if not small:
        return None
    number, end = NUMBER_WORDS[small["small"].lower()], small.end()
    if number in _TENS and (unit := _UNIT_AFTER_TENS.match(text, end)):
        number, end = number + NUMBER_WORDS[unit["small"].lower()], unit.end()
    return _hundred(text, number, end) or (number, end)


def _hundred(text: str, number: int, end: int) -> tuple[int, int] | None:
    """Read "hundred" behind a number, and the number below a hundred behind that."""
    scale = _MAGNITUDE.match(text, end)
    if not scale or scale["scale"].lower() != HUNDRED:
        return None
    number, end = number * 100, scale.end()
    rest = _SMALL.match(text, _after_and(text, end))
    if not rest:
        return number, end
    tail = _read_group(text, rest.start(), is_first=False)
    return (number + tail[0], tail[1]) if tail and tail[0] < 100 else (number, end)
