"""Amounts and due dates are said in few cells, and never otherwise than the record has them."""

from __future__ import annotations

import pytest

from alliance_tui.explorer.rendering.chips import amount_label, date_label, due_label, money_label
from alliance_tui.records import Amount, Deadline, Strength
from tests.support import builders

DOCUMENT = builders.document("Both agreed to pay 500 million dollars by June 2027.\n")
QUOTE = "Both agreed to pay 500 million dollars by June 2027"


def amount(value: float, unit: str) -> Amount:
    return Amount(value, unit, DOCUMENT.span(19, 30))


@pytest.mark.parametrize(
    ("value", "unit", "label"),
    [
        (5e8, "USD", "$500 M"),
        (2.9e9, "USD", "$2.9 B"),
        (81.6e9, "EUR", "€81.6 B"),
        (1.25e13, "JPY", "¥12.5 T"),
        (40_000, "CHF", "CHF 40 k"),
        (9_999, "GBP", "£9,999"),
        (2.5, "percent", "2.5 %"),
        (4, "drones", "4 drones"),
        (1.2e9, "doses", "1.2 B doses"),
        (70, "interoperability agreements", "70"),
        (0, "USD", "$0"),
    ],
)
def test_an_amount_is_written_in_at_most_four_figures(value: float, unit: str, label: str) -> None:
    assert amount_label([amount(value, unit)]) == label


def test_of_several_amounts_money_is_shown_and_the_rest_counted() -> None:
    assert amount_label([amount(3, "ships"), amount(2, "percent"), amount(1e9, "USD")]) == "$1 B +2"
    assert amount_label([]) == ""


@pytest.mark.parametrize(
    ("edtf", "label"),
    [
        ("2027", "2027"),
        ("2027-06", "Jun 2027"),
        ("2023-12-15", "15 Dec 2023"),
        ("2024-04-10/2026-04-10", "10 Apr 2026"),
        ("202X", "2020s"),
        ("XXXX-11-01", "1 Nov"),
        ("2024-21", "spring 2024"),
        ("2030~", "2030"),
        ("2025/..", "2025"),
    ],
)
def test_a_date_is_that_at_the_end_of_the_deadline(edtf: str, label: str) -> None:
    assert date_label(Deadline(edtf, DOCUMENT.span(0, 4))) == label


@pytest.mark.parametrize(
    ("words", "strength", "label"),
    [
        ("by June 2027", Strength.AGREED, "by Jun 2027"),
        ("in June 2027", Strength.AGREED, "in Jun 2027"),
        ("beginning in June 2027", Strength.AGREED, "from Jun 2027"),
        ("by June 2027", Strength.COMPLETED, "in Jun 2027"),
    ],
)
def test_the_preposition_is_that_of_the_text(words: str, strength: Strength, label: str) -> None:
    document = builders.document(QUOTE.replace("by June 2027", words))
    record = builders.agreement(document, "Pay", document.text, "pay", strength=strength, deadline=("2027-06", words))
    assert due_label(record) == label


def test_without_a_deadline_there_is_no_label() -> None:
    assert due_label(builders.agreement(DOCUMENT, "Pay", QUOTE, "pay")) == ""


def test_a_sum_has_its_currency() -> None:
    assert money_label(1_500_000, "KRW") == "KRW 1.5 M"
