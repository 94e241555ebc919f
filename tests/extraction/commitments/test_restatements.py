"""Agreements that a document states more than once."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
from msgspec import structs

from alliance_tui.extraction.commitments import restatements
from alliance_tui.extraction.commitments.restatements import mark_restatements
from alliance_tui.records import Agreement, Amount, Document, Kind
from tests.support.commitment_extraction import agreements_in, make_agreement

pytestmark = pytest.mark.model


def test_an_agreement_stated_twice_is_a_restatement() -> None:
    text = "Chile will lend four tugboats to Peru by 2033. The ministers met in Lima. "
    first, again = agreements_in(text + "Chile will lend four tugboats to Peru by 2033.")
    assert first.same_as is None and again.same_as == first.id


def test_a_similar_agreement_of_another_party_is_no_restatement() -> None:
    text = "Chile will lend four tugboats to Kenya by 2033. Norway will lend four tugboats to Kenya by 2033."
    assert [record.same_as for record in agreements_in(text)] == [None, None]


def test_a_detail_restates_the_headline() -> None:
    text = "Chile will suspend its tariffs on Peruvian timber. The ministers met in Lima. "
    first, again = agreements_in(text + "Chile will suspend its tariffs on Peruvian timber for five years.")
    assert again.same_as == first.id


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Chile will lend four tugboats to Peru for harbours. Chile will lend nine tugboats to Peru for harbours.",
            id="another number",
        ),
        pytest.param(
            "Chile’s finance ministers will meet Peruvian partners in Lima each year; Chile’s defence ministers will "
            "meet Peruvian partners in Lima each year.",
            id="one sentence",
        ),
    ],
)
def test_agreements_that_differ_in_facts_are_no_restatements(text: str) -> None:
    assert all(record.same_as is None for record in agreements_in(text))


def test_a_statement_with_amounts_may_restate_one_with_one_of_them_or_without() -> None:
    quote = "lend Peru four yellow tugboats"
    document = Document.from_text(" ".join(f"Chile will {quote} {number}." for number in "abcd"), title="test")
    records = [make_agreement(document, f"{quote} {number}", None) for number in "abcd"]
    amounts = [Amount(value, "tugboats", records[0].trigger) for value in (4.0, 5.0, 6.0)]
    chosen = [amounts[:2], amounts[1:2], amounts[2:], []]
    records = [structs.replace(record, amounts=tuple(each)) for record, each in zip(records, chosen, strict=True)]
    first = records[0].id
    assert [record.same_as for record in mark_restatements(records, document.text)] == [None, first, None, first]


def test_restatements_need_the_same_words_and_the_same_parties() -> None:
    quotes = ("lend Peru four yellow tugboats", "lend Peru yellow tugboats", "lend Peru old mine-sweepers")
    document = Document.from_text(" ".join(f"Chile will {quote}." for quote in quotes), title="test")
    records = [make_agreement(document, quote, None) for quote in quotes]
    marked = mark_restatements(records, document.text)
    assert [record.same_as for record in marked] == [None, records[0].id, None]


def stated_in_lines(quotes: list[str]) -> tuple[Document, list[Agreement]]:
    """Return a document with each quote on a line of its own, and agreements of Chile with these quotes."""
    document = Document.from_text("".join(f"{quote}.\n" for quote in quotes), title="Tugboats")
    ends = accumulate(len(quote) + 2 for quote in quotes)
    spans = [document.span(end - 2 - len(quote), end - 2) for quote, end in zip(quotes, ends, strict=True)]
    agreements = [
        Agreement(f"a{number}", Kind.AGREEMENT, "title", span, span, "rule", parties=("Chile",))
        for number, span in enumerate(spans)
    ]
    return document, agreements


@pytest.mark.parametrize(
    ("quote", "party", "has_amount"),
    [
        pytest.param("Chile will lend w{0}x tugboats to v{0}x in u{0}x", "Chile", False, id="few stems in common"),
        pytest.param("Chile will lend four tugboats to Peru for harbours", "w{0}x", False, id="no party in common"),
        pytest.param("Chile will lend {0} tugboats to Peru for its harbours", "Chile", True, id="other amounts"),
    ],
)
def test_statements_that_cannot_be_restatements_are_not_compared(
    monkeypatch: pytest.MonkeyPatch, quote: str, party: str, has_amount: bool
) -> None:
    document, records = stated_in_lines([quote.format(number) for number in range(100)])
    records = [
        structs.replace(
            record,
            parties=(party.format(number),),
            amounts=(Amount(number, "tugboats", record.trigger),) if has_amount else (),
        )
        for number, record in enumerate(records)
    ]

    def fail(*_: object) -> bool:
        raise AssertionError("compared")

    monkeypatch.setattr(restatements._StemWeights, "are_similar", fail)
    assert mark_restatements(records, document.text) == records


def test_each_row_of_a_long_table_is_compared_with_a_limited_number(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"build the harbour of Aldan {number} by 2031" for number in range(1000)]
    document, records = stated_in_lines([*rows, rows[400]])
    compared = 0
    is_similar = restatements._StemWeights.are_similar

    def count(*arguments: Any) -> bool:
        nonlocal compared
        compared += 1
        return is_similar(*arguments)

    monkeypatch.setattr(restatements._StemWeights, "are_similar", count)
    marked = mark_restatements(records, document.text)
    assert compared <= restatements._MAX_CANDIDATES * len(records)
    assert {record.id: record.same_as for record in marked if record.same_as} == {"a1000": "a400"}
