"""Agreements that a document states more than once."""

from __future__ import annotations

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
    quotes = [quote.format(number) for number in range(100)]
    document = Document.from_text(
        "".join(f"{number}: {each}.\n" for number, each in enumerate(quotes)), title="Tugboats"
    )
    starts = [document.text.index(f"{number}: ") for number in range(100)]
    spans = [document.span(start + len(f"{n}: "), start + len(f"{n}: {quotes[n]}")) for n, start in enumerate(starts)]
    records = [
        Agreement(
            *(f"a{n}", Kind.AGREEMENT, "title", span, span, "rule"),
            parties=(party.format(n),),
            amounts=(Amount(n, "tugboats", span),) if has_amount else (),
        )
        for n, span in enumerate(spans)
    ]

    def fail(*_: object) -> bool:
        raise AssertionError("compared")

    monkeypatch.setattr(restatements._StemWeights, "are_similar", fail)
    assert mark_restatements(records, document.text) == records
