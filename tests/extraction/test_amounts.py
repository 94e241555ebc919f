"""Amounts: sums, shares and counts with their unit and base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.amounts import find_amounts


def amounts(words: str) -> list[tuple[float, str, str | None]]:
    return [(amount.value, amount.unit, amount.base) for amount in find_amounts(words, 0, len(words))]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("$2.9 billion", 2.9e9, "USD"),
        ("US$3,000", 3000, "USD"),
        ("A$40 million", 4e7, "AUD"),
        ("CA$7.5bn", 7.5e9, "CAD"),
        ("€ 300 million", 3e8, "EUR"),
        ("£1.5m", 1.5e6, "GBP"),
        ("$5M", 5e6, "USD"),
        ("$2.4B", 2.4e9, "USD"),
        ("US$750K", 7.5e5, "USD"),
        ("EUR 3bn", 3e9, "EUR"),
        ("COP 500 billion", 5e11, "COP"),
        ("¥ 43 trillion", 4.3e13, "JPY"),
        ("USD 100 billion", 1e11, "USD"),
        ("600 billion JPY", 6e11, "JPY"),
        ("120 billion yen", 1.2e11, "JPY"),
        ("50 million euros", 5e7, "EUR"),
        ("half a billion dollars", 5e8, "USD"),
    ],
)
def test_sums_of_money_in_the_codes_of_iso_4217(words: str, value: float, unit: str) -> None:
    assert amounts(words)[0][:2] == (value, unit)


def test_the_base_of_a_sum_is_its_period() -> None:
    assert amounts("$2.9 billion over two years") == [(2.9e9, "USD", "two years")]
    assert amounts("USD 100 billion per year") == [(1e11, "USD", "year")]


def test_a_fraction_is_a_share_in_percent() -> None:
    assert amounts("three-quarters of its doses") == [(75, "percent", "doses")]
    assert amounts("half of its fleet") == [(50, "percent", "fleet")]


def test_a_counted_noun_may_be_followed_by_another_amount() -> None:
    assert amounts("two vessels and three helicopters") == [(2, "vessels", None), (3, "helicopters", None)]
    assert amounts("12 ships, aircraft and tanks") == [(12, "ships", None)]


@pytest.mark.parametrize("words", ["2% of GDP", "two percent of gross domestic product", "2 per cent of GDP"])
def test_the_base_of_a_share_is_its_whole(words: str) -> None:
    assert amounts(words) == [(2, "percent", "gross domestic product")]


def test_the_value_of_a_range_is_its_upper_end() -> None:
    assert amounts("20 to 25 percent of its workforce") == [(25, "percent", "workforce")]
    assert amounts("US$300 to 350 million a year") == [(3.5e8, "USD", "year")]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("30,000 jobs", 30000, "jobs"),
        ("115 million doses", 1.15e8, "doses"),
        ("two patrol vessels", 2, "vessels"),
        ("15GW", 15, "GW"),
        ("500 additional marines", 500, "marines"),
        ("80 million Kenyan vaccine doses worldwide", 8e7, "doses"),
        ("forty safe, cheap, and tested ferries", 40, "ferries"),
        ("forty Kenyan, Chilean and Peruvian students", 40, "students"),
        ("two Regional Harbour Operations Centers", 2, "Centers"),
        ("1.5 degrees Celsius", 1.5, "degrees Celsius"),
        ("twelve aircraft", 12, "aircraft"),
    ],
)
def test_the_unit_of_a_count_is_its_noun(words: str, value: float, unit: str) -> None:
    assert amounts(words) == [(value, unit, None)]


@pytest.mark.parametrize(
    "words",
    [
        "the two leaders",
        "10 April",
        "by 2027",
        "in 2025 talks",
        "within 90 days",
        "an F-16",
        "COVID-19 tests",
        "no. 5",
        "a report identifying risks",
        "a 100-day review",
        "two new initiatives",
        "one of its ships",
        "at COP 27",
        "in the first half of its term",
        "5G technologies",
    ],
)
def test_other_numbers_are_no_amounts(words: str) -> None:
    assert amounts(words) == []


def test_the_quote_includes_the_qualifier() -> None:
    text = "It offers up to $78 million for the yard."
    (amount,) = find_amounts(text, 0, len(text))
    assert amount.span.quote == "up to $78 million" == text[amount.span.start : amount.span.end]


WORDS = "up to $ US$ € 2 2.5 1,000 million billion % percent of GDP the jobs over two years USD yen a , . 2027"
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_quotes_are_verbatim_and_disjoint(words: str) -> None:
    reached = 0
    for amount in find_amounts(words, 0, len(words)):
        assert amount.span.quote == words[amount.span.start : amount.span.end]
        assert amount.span.start >= reached
        reached = amount.span.end
