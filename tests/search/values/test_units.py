"""Words of quantity: the search gives them the values that the extraction gives them."""

from __future__ import annotations

import re

import pytest

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Amounts, Dates
from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.units import CURRENCY_CODES, MONTH_ABBREVIATIONS, MONTHS, SCALE_LETTERS, SCALES
from alliance_tui.search.values.value import CURRENCIES_BY_NAME, Quantity


def test_scales_have_the_values_of_the_lexicon() -> None:
    assert {scale: SCALES[scale] for scale in load(Amounts).scales} == load(Amounts).scales
    letters = load(Amounts).scale_letters
    assert {letter: {**SCALES, **SCALE_LETTERS}[letter] for letter in letters} == letters


def test_number_words_have_the_values_of_the_lexicon() -> None:
    for word, number in load(Amounts).numbers.items():
        if number > 1 and number != 100:
            assert find_values(f"{word} ships")[0].values == (Quantity(number),)


@pytest.mark.parametrize("code", sorted({re.match("[A-Z]+", code)[0] for code in load(Amounts).currency_codes}))  # type: ignore[index]
def test_currency_codes_of_the_lexicon_are_known(code: str) -> None:
    assert code in CURRENCY_CODES


def test_currency_names_and_symbols_have_the_code_of_the_lexicon_or_a_name_that_may_mean_it() -> None:
    forms = [(f"5 {form}", code) for form, code in _literals(load(Amounts).currency_names)]
    forms += [(f"{form}5", code) for form, code in _literals(load(Amounts).currency_symbols)]
    for text, code in forms:
        (value,) = find_values(text)[0].values
        assert isinstance(value, Quantity), text
        assert code == value.unit or code in CURRENCIES_BY_NAME[value.unit], text


def _literals(table: dict[str, str]) -> list[tuple[str, str]]:
    """The plainest form of each regular expression, with its code."""
    return [
        (re.sub(r"\((?:\?:)[^()]*\)\?|.\?|\\", "", part).strip(), code)
        for regex, code in table.items()
        for part in re.split(r"\|(?![^(]*\))", regex)
    ]


def test_months_have_the_numbers_of_the_lexicon() -> None:
    numbers = {month: number for number, month in enumerate(MONTHS, start=1)} | MONTH_ABBREVIATIONS
    assert {month: numbers[month.lower().rstrip(".")] for month in load(Dates).months} == load(Dates).months
