"""The values in a string: numbers with their units, sums of money, dates and periods, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from alliance_tui.search.values import dates, numerals
from alliance_tui.search.values.numerals import WORD_END, Numeral, any_of, read_numeral
from alliance_tui.search.values.units import (
    CURRENCY_CODES,
    CURRENCY_NAMES,
    CURRENCY_SIGNS,
    MAGNITUDES,
    MEASURES,
    SCALE_LETTERS,
    UNAMBIGUOUS_LETTERS,
)
from alliance_tui.search.values.value import NO_UNIT, FoundValue, Quantity, Value, means_unit

_STARTERS = numerals.STARTERS | dates.STARTERS
WEAK_STARTERS = numerals.ARTICLES | dates.ORDINALS
"""The folded words at which a value begins if one of HEADS follows within MAX_WORDS_BEFORE_HEAD words."""
HEADS = frozenset(MAGNITUDES) | {"quarter", "half"}
MAX_WORDS_BEFORE_HEAD = 4

_SIGN_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<sign>{any_of(CURRENCY_SIGNS)})|(?P<code>{'|'.join(CURRENCY_CODES)}))\s?$"
)
_WORDS_LIKE_CODES = {"COP", "MAD", "RON", "TRY"}
"""Codes that are words, or a name, in small letters."""
_CODE_IN_ANY_CASE = re.compile(
    rf"(?i)(?<![^\W_])(?:{'|'.join(code for code in CURRENCY_CODES if code not in _WORDS_LIKE_CODES)})(?=\s?\d|$)"
)
_GLUED_CODE = re.compile(rf"(?:{'|'.join(CURRENCY_CODES)}|RMB|Rs)(?=\d)")
_MARK_AFTER = re.compile(r"\s?[%°€£¥₩₪₫₱₴₹₽₺$]")
_LONGEST_SIGN = 8
_LONGEST_JOINT = 6
_CODE_AFTER = re.compile(rf"[\s-]?(?P<code>{'|'.join(CURRENCY_CODES)}){WORD_END}")
_SIGN_AFTER = re.compile(rf"\s?(?P<sign>[€£¥₩₪₫₱₴₹₽₺$]|US\$|RMB{WORD_END})")
_NAME_AFTER = re.compile(rf"(?i)(?:\s|-)(?:of\s)?(?P<name>{any_of(CURRENCY_NAMES)})(?P<plural>e?s)?{WORD_END}")


def _keeps_case(form: str) -> bool:
    return (len(form) <= 2 and form.isalpha()) or form != form.lower()


_UNIT_BY_FORM = {
    (form if _keeps_case(form) else form.lower()): unit for unit, forms in MEASURES.items() for form in forms
}
_MEASURE_FORMS = [form for form in _UNIT_BY_FORM if not re.fullmatch(r"\W+", form)]
_MEASURE_AFTER = re.compile(
    rf"\s?[-‐‑]?\s?(?P<form>%|°C{WORD_END}|°|"
    rf"(?i:{any_of(form for form in _MEASURE_FORMS if not _keeps_case(form))}){WORD_END}"
    rf"|(?:{any_of(form for form in _MEASURE_FORMS if _keeps_case(form))}){WORD_END})"
)
_LETTER_AFTER = re.compile(rf"(?i)\s?(?P<letter>{any_of(SCALE_LETTERS)}){WORD_END}")
_REPEATED = re.compile(r"\s\((?:\d{1,3}|[a-z]+(?:-[a-z]+)?)\)(?=[\s-])")
"""A number once more in brackets: "ninety (90) days"."""
_RANGE_JOINT = re.compile(r"\s?[-–—]\s?|\s(?:to|or)\s")
_BETWEEN = re.compile(r"(?i)\bbetween\s$")
_YEARS = range(1500, 2200)
_STARTER = re.compile(
    rf"(?<![^\W_])(?:\d|(?i:{any_of(_STARTERS | WEAK_STARTERS)}){WORD_END}|(?i:J?FY)(?=\d)|{_GLUED_CODE.pattern})"
)
_GLUED_WORD = re.compile(rf"(?:j?fy|rmb|rs|{'|'.join(CURRENCY_CODES).lower()})\d")


class _Number(NamedTuple):
    """A number with its unit, where it stands; `alternative` is its other unit, of a letter that is no scale ("6m")."""

    start: int
    end: int
    number: Decimal
    factor: int
    unit: str
    alternative: str = ""

    def found(self) -> FoundValue:
        values = [Quantity(float(self.number * self.factor), self.unit)]
        if self.alternative:
            values.append(Quantity(float(self.number), self.alternative))
        return FoundValue(self.start, self.end, tuple(values))


def starts_value(word: str) -> bool:
    """Whether a value may begin at a folded word, whatever follows."""
    return word[:1].isdigit() or word in _STARTERS or _GLUED_WORD.match(word) is not None


def find_values(text: str, starts: Iterable[int] | None = None, *, in_query: bool = False) -> list[FoundValue]:
    """Return the values of a text or query by start offset; the year of a date is a value by itself too.

    `starts` are the sorted offsets of the words at which a value may begin, if known.
    """
    found: list[FoundValue] = []
    last: _Number | None = None
    end = 0
    for start in starts if starts is not None else (match.start() for match in _STARTER.finditer(text)):
        if start < end:
            continue
        if read := dates.read_dates(text, start, in_query=in_query):
            found += read
            last, end = None, max(value.end for value in read)
        elif number := _read_number(text, start):
            if last and _is_range(text, last, number):
                first, number = _share(last, number)
                found[-1] = first.found()
            found.append(number.found())
            last, end = number, number.end
    return found


@lru_cache(maxsize=256)
def values_of(typed: str) -> tuple[Value, ...]:
    """Return what words of a query are worth if they are one value from end to end; () if they are not.

    Codes of currencies count in small letters too ("usd 6m", "6m usd"), but for those that are words ("try", "cop").
    """
    typed = _CODE_IN_ANY_CASE.sub(lambda code: code[0].upper(), typed.strip())
    whole = [found for found in find_values(typed, in_query=True) if (found.start, found.end) == (0, len(typed))]
    return whole[0].values if whole else ()


def with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of a value's words with the marks around them: the sign of a currency, "%"."""
    sign = _SIGN_BEFORE.search(text, max(0, start - _LONGEST_SIGN), start)
    mark = _MARK_AFTER.match(text, end)
    return sign.start() if sign else start, mark.end() if mark else end


def _read_number(text: str, start: int) -> _Number | None:
    """Read the number that begins at `start`, with its sign and unit; None for a part of a name ("5G")."""
    glued = _GLUED_CODE.match(text, start)
    start = glued.end() if glued else start
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    end = numeral.end
    sign = _SIGN_BEFORE.search(text, max(0, start - _LONGEST_SIGN), start)
    if sign:
        return _read_sum(text, sign, numeral)
    letter = None if numeral.factor > 1 or numeral.in_words else _LETTER_AFTER.match(text, end)
    if letter:
        factor = SCALE_LETTERS[letter["letter"].lower()]
        if currency := _currency_after(text, letter.end()):
            return _Number(start, currency[1], numeral.number, factor, currency[0])
        measure = _MEASURE_AFTER.match(text, end)
        alternative = _UNIT_BY_FORM.get(letter["letter"], "") if measure and measure.end() == letter.end() else ""
        if letter["letter"].lower() in UNAMBIGUOUS_LETTERS:
            return _Number(start, letter.end(), numeral.number, factor, NO_UNIT, alternative)
    if currency := _currency_after(text, end):
        return _Number(start, currency[1], numeral.number, numeral.factor, currency[0])
    unit_start = repeated.end() if (repeated := _REPEATED.match(text, end)) else end
    if measure := _MEASURE_AFTER.match(text, unit_start):
        form = measure["form"]
        unit = _UNIT_BY_FORM.get(form) or _UNIT_BY_FORM[" ".join(form.lower().split())]
        return _Number(start, measure.end(), numeral.number, numeral.factor, unit)
    is_plain_one = numeral.in_words and numeral.number * numeral.factor == 1
    if is_plain_one or text[end : end + 1].isalnum():
        return None
    return _Number(start, end, numeral.number, numeral.factor, NO_UNIT)


def _read_sum(text: str, sign: re.Match[str], numeral: Numeral) -> _Number:
    """Read a sum of money whose sign or code is before the number."""
    letter = None if numeral.factor > 1 else _LETTER_AFTER.match(text, numeral.end)
    factor = SCALE_LETTERS[letter["letter"].lower()] if letter else numeral.factor
    end = letter.end() if letter else numeral.end
    unit = sign["code"] or CURRENCY_SIGNS[" ".join(sign["sign"].split())]
    if own := _CODE_AFTER.match(text, end):  # "$6 million CAD"
        unit, end = own["code"], own.end()
    elif name := _currency_after(text, end):  # "$6 million dollars"
        end = name[1]
    return _Number(sign.start(), end, numeral.number, factor, unit)


def _currency_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the currency behind a number, and where it ends."""
    if code := _CODE_AFTER.match(text, end):
        return code["code"], code.end()
    if sign := _SIGN_AFTER.match(text, end):
        return CURRENCY_SIGNS[sign["sign"]], sign.end()
    if name := _NAME_AFTER.match(text, end):
        return CURRENCY_NAMES[" ".join(name["name"].lower().split())], name.end()
    return None


def _is_range(text: str, first: _Number, second: _Number) -> bool:
    """Whether the second number completes the first: "20 to 25 percent", "$400–500 million", "between 5 and 10 km"."""
    between = text[first.end : second.start]
    if len(between) > _LONGEST_JOINT:
        return False
    has_less = (first.factor == 1 and second.factor > 1) or first.unit != second.unit
    if not has_less or first.alternative or (first.number in _YEARS and first.unit == NO_UNIT):
        return False
    if first.unit and second.unit and not (means_unit(first.unit, second.unit) or means_unit(second.unit, first.unit)):
        return False
    is_joint = _RANGE_JOINT.fullmatch(between) is not None
    return is_joint or (
        between.split() == ["and"] and _BETWEEN.search(text, max(0, first.start - 10), first.start) is not None
    )


def _share(first: _Number, second: _Number) -> tuple[_Number, _Number]:
    """Return both numbers of a range with the scale of the second and the unit of either."""
    unit = second.unit or first.unit
    factor = second.factor if first.factor == 1 else first.factor
    return first._replace(factor=factor, unit=first.unit or unit), second._replace(unit=unit)
