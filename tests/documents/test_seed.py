"""The article that opens on first use."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_tui.documents import seed_document
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Kind

ROOT = Path(__file__).parents[2]


def test_the_seed_is_the_article_in_the_checkout_with_what_is_known_of_it() -> None:
    document = seed_document()
    (path,) = (ROOT / "seeds").glob("*.txt")
    assert document.text == path.read_text(encoding="utf-8")
    assert (document.date, document.kind) == ("2024-04-10", "news")
    assert document.title == "Biden and Kishida announce upgrade of defense ties at state visit"


@pytest.mark.model
def test_the_seed_reports_ten_agreements_and_no_more(extractor: Extractor) -> None:
    both, japan = {"Japan", "United States"}, {"Japan"}
    found = [record for record in extractor.analyse(seed_document()).agreements if record.kind is Kind.AGREEMENT]
    assert [(r.trigger.quote, r.strength, set(r.parties), r.domain) for r in found] == [
        ("revamp", "planned", both, "command-control"),
        ("fleshed", "committed", both, "command-control"),
        ("allow", "agreed", both, "defence-industry"),
        ("explore", "explored", both, "defence-industry"),
        ("create", "committed", both, "defence-industry"),
        ("upgrade", "planned", both, "command-control"),
        ("network", "planned", both, "air-missile-defence"),
        ("making", "aimed", both, "space"),
        ("increase", "committed", japan, "export-budget"),
        ("easing", "completed", japan, "export-budget"),
    ]
    assert [r.deadline.edtf for r in found if r.deadline] == ["2027"]
