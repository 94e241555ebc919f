"""What a value of a query means in a text."""

from __future__ import annotations

import pytest

from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.value import means


def meant(query: str, text: str) -> bool:
    sought = find_values(query, in_query=True)[0].values
    found = find_values(text)
    return any(means(value, other) for value in sought for span in found for other in span.values)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("$6m", "$6 million"),
        ("$6m", "US$6,000,000"),
        ("US$6m", "$6 million"),
        ("500m", "$500 million"),
        ("500m", "500 million people"),
        ("500m", "500 metres"),
        ("60 million", "$60 million"),
        ("half a billion", "500 million euros"),
        ("2%", "two percent"),
        ("2", "2%"),
        ("1.5", "1.5C"),
        ("1000", "1,000"),
        ("¥120 billion", "120 billion yen"),
        ("£5m", "5 million pounds"),
        ("2023-10-07", "October 7, 2023"),
        ("2023-10-07", "7 October"),
        ("october 7", "7 October 2023"),
        ("7.10.2023", "October 7, 2023"),
        ("10/7/2023", "October 7, 2023"),
        ("10/7/2023", "10 July 2023"),
        ("october 2023", "October 7, 2023"),
        ("2023", "7 October 2023"),
        ("fiscal 2027", "FY27"),
        ("2030s", "the 2030s"),
    ],
)
def test_a_value_means_the_same_worth_however_it_is_written(query: str, text: str) -> None:
    assert meant(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("6", "$6 million"),
        ("6", "60"),
        ("6", "16"),
        ("$6 million", "6 million people"),
        ("$6 million", "€6 million"),
        ("US$6 million", "A$6 million"),
        ("2%", "2"),
        ("2%", "2 ships"),
        ("90 days", "90 ships"),
        ("2030", "the 2030s"),
        ("2023-10-07", "October 7, 2024"),
        ("2023-10-07", "October 2023"),
        ("2023-10-07", "2023"),
        ("october 7", "October 17"),
        ("fiscal 2027", "2027"),
        ("1.5", "15"),
    ],
)
def test_another_worth_or_unit_is_not_meant(query: str, text: str) -> None:
    assert not meant(query, text)
