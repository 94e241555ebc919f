"""Values read in a string: each with its span, its worth and its unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.value import Period, Quantity, Value


def values(text: str, *, in_query: bool = False) -> dict[str, tuple[Value, ...]]:
    return {text[found.start : found.end]: found.values for found in find_values(text, in_query=in_query)}


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("$6 million", 6e6, "dollar"),
        ("$6m", 6e6, "dollar"),
        ("US$ 6 mn", 6e6, "USD"),
        ("A$6m", 6e6, "AUD"),
        ("€1.5bn", 1.5e9, "EUR"),
        ("EUR 1.5 billion", 1.5e9, "EUR"),
        ("USD500 million", 5e8, "USD"),
        ("RMB5bn", 5e9, "CNY"),
        ("10 million CAD", 1e7, "CAD"),
        ("¥120 billion", 1.2e11, "¥"),
        ("120 billion yen", 1.2e11, "JPY"),
        ("$1,000,000.00", 1e6, "dollar"),
        ("Rs 500 crore", 5e9, "rupee"),
        ("a million dollars", 1e6, "dollar"),
        ("12.5-billion-dollar", 1.25e10, "dollar"),
        ("half a billion", 5e8, ""),
        ("quarter of a million", 2.5e5, ""),
        ("half-million", 5e5, ""),
        ("a dozen", 12, ""),
        ("two dozen", 24, ""),
        ("1.5 degrees", 1.5, "degree Celsius"),
        ("two and a half million", 2.5e6, ""),
        ("1½ million", 1.5e6, ""),
        ("12.1bn", 1.21e10, ""),
        ("1\u202f000", 1000, ""),
        ("1\u202f000", 1000, ""),
        ("1,00,000", 1e5, ""),
        ("twenty-five", 25, ""),
        ("a hundred and twenty", 120, ""),
        ("three hundred and ten thousand", 310_000, ""),
        ("2%", 2, "percent"),
        ("two percent", 2, "percent"),
        ("2 per cent", 2, "percent"),
        ("1.5C", 1.5, "degree Celsius"),
        ("90-day", 90, "day"),
        ("ninety (90) days", 90, "day"),
        ("500 km", 500, "kilometre"),
        ("2050", 2050, ""),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(text: str, number: float, unit: str) -> None:
    assert values(f"It has {text} now") == {text: (Quantity(number, unit),)}


def test_m_after_a_number_is_million_or_metres_but_million_after_a_currency() -> None:
    assert values("500m") == {"500m": (Quantity(5e8), Quantity(500, "metre"))}
    assert values("$500m") == {"$500m": (Quantity(5e8, "dollar"),)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$400–500 million", {"$400": Quantity(4e8, "dollar"), "500 million": Quantity(5e8, "dollar")}),
        ("$400 to $500 million", {"$400": Quantity(4e8, "dollar"), "$500 million": Quantity(5e8, "dollar")}),
        ("20 to 25 percent", {"20": Quantity(20, "percent"), "25 percent": Quantity(25, "percent")}),
        ("between 5 and 10 km", {"5": Quantity(5, "kilometre"), "10 km": Quantity(10, "kilometre")}),
        ("2 ships and 10 million", {"2": Quantity(2), "10 million": Quantity(1e7)}),
        ("in 2020 to 5 million", {"2020": Quantity(2020), "5 million": Quantity(5e6)}),
    ],
)
def test_the_numbers_of_a_range_share_scale_and_unit(text: str, expected: dict[str, Quantity]) -> None:
    assert values(text) == {span: (value,) for span, value in expected.items()}


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2023-10-07", "2023-10-07"),
        ("October 7, 2023", "2023-10-07"),
        ("7 October 2023", "2023-10-07"),
        ("7th of October 2023", "2023-10-07"),
        ("Oct. 7, 2023", "2023-10-07"),
        ("7.10.2023", "2023-10-07"),
        ("October 7", "XXXX-10-07"),
        ("7 October", "XXXX-10-07"),
        ("February 29", "XXXX-02-29"),
        ("October 2023", "2023-10"),
        ("the third quarter of 2025", "2025-Q3"),
        ("Q3 2025", "2025-Q3"),
        ("the second half of 2025", "2025-H2"),
        ("the 2030s", "203X"),
    ],
)
def test_a_date_is_read_in_any_form(text: str, edtf: str) -> None:
    span = text.removeprefix("the ")
    assert values(f"from {text} on")[span] == (Period(edtf),)


def test_a_date_with_slashes_may_be_either_of_two() -> None:
    assert values("10/7/2023")["10/7/2023"] == (Period("2023-07-10"), Period("2023-10-07"))
    assert values("25/7/2023")["25/7/2023"] == (Period("2023-07-25"),)


def test_both_days_of_a_range_are_dates() -> None:
    found = values("7-9 October 2023")
    assert (found["7-9 October 2023"], found["9 October 2023"]) == ((Period("2023-10-07"),), (Period("2023-10-09"),))
    assert values("October 7-9, 2023")["9, 2023"] == (Period("2023-10-09"),)


@pytest.mark.parametrize("text", ["fiscal 2027", "fiscal year 2027", "FY2027", "FY27", "JFY2027", "FY 2027-28"])
def test_a_fiscal_year_is_read(text: str) -> None:
    assert values(text)[text] == (Period("2027", is_fiscal=True),)


@pytest.mark.parametrize("text", ["October 7, 2023", "2023-10-07", "7.10.2023", "fiscal 2023", "Q3 2023"])
def test_the_year_of_a_date_is_a_number_too(text: str) -> None:
    assert values(text)["2023"] == (Quantity(2023),)


def test_a_run_of_figures_that_no_number_has_is_none() -> None:
    assert values("9" * 2_000_000 + " trillion") == {}
    assert values("1," * 100_000) == {}


def test_the_day_of_a_month_is_a_number_too() -> None:
    assert values("October 7, 2023")["7"] == (Quantity(7, "day of the month"),)
    assert {"7", "9"} <= values("October 7-9, 2023").keys()


def test_months_of_a_text_need_a_capital_of_a_query_not() -> None:
    assert values("may 7") == {"7": (Quantity(7),)}
    assert values("may 7", in_query=True)["may 7"] == (Period("XXXX-05-07"),)


@pytest.mark.parametrize("text", ["5G", "F16s", "3.2.1", "31.13.2023", "no one", "a plan", "million", "70th", "1,2,3"])
def test_parts_of_names_and_other_words_are_no_values(text: str) -> None:
    assert values(text) == {}


@given(st.text(alphabet="0123456789.,-/ $€mbn%½ thousandOctober½²①", max_size=40))
def test_any_text_gives_spans_in_order(text: str) -> None:
    found = find_values(text)
    assert all(0 <= value.start < value.end <= len(text) and value.values for value in found)
    assert [value.start for value in found if value.values] == sorted(value.start for value in found) or any(
        isinstance(one, Period) for value in found for one in value.values
    )
