"""Every field of a record, in words that a reader understands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.dialogs.details_screen import record_fields
from alliance_tui.records import Amount, Span
from tests.support.sample_analysis import sample_analysis


@pytest.mark.parametrize(
    ("value", "unit", "base", "shown"),
    [
        (2.9e9, "USD", "two years", "2,900,000,000 USD for two years"),
        (1e11, "USD", "year", "100,000,000,000 USD a year"),
        (2, "percent", "gross domestic product", "2 percent of gross domestic product"),
        (1.5, "GW", None, "1.5 GW"),
    ],
)
def test_an_amount_is_told_in_figures(value: float, unit: str, base: str | None, shown: str) -> None:
    sample = sample_analysis()
    record = replace(sample.agreements[0], amounts=(Amount(value, unit, Span(0, 5, "words"), base),))
    assert ("Amount", f"{shown} (“words”)") in record_fields(sample, record)


def test_what_is_stated_again_quotes_where_it_was_stated_first() -> None:
    sample = sample_analysis()
    first, other, *_ = sample.agreements
    assert ("Restates", f"“{first.evidence.quote}”") in record_fields(sample, replace(other, same_as=first.id))
