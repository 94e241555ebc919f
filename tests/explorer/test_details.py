"""Every field of a record, in words that a reader understands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.presenters.record_fields import record_fields
from alliance_tui.records import Amount, Span
from tests.explorer.test_agreement_rows import one_record, words
from tests.support import builders
from tests.support.pilot import app_on, driving
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
    assert ("Amount", f"{shown}, by “words”") in record_fields(sample, record)


def test_each_field_has_the_words_that_decided_it() -> None:
    analysis = builders.analysis()
    record = next(each for each in analysis.agreements if each.title.startswith("Open the port"))
    fields = record_fields(analysis, record)
    assert ("Strength", "committed, by the words “pledged to”") in fields
    assert ("Parties", "Portugal, by “Lisbon”") in fields
    due = next(each for each in analysis.agreements if each.title.startswith("Create"))
    assert ("Due", "by Jun 2027, by “by June 2027”") in record_fields(analysis, due)
    assert ("Parties", "Denmark") in record_fields(analysis, due)


def test_the_place_is_a_paragraph_and_a_page_and_no_number_of_characters() -> None:
    analysis = builders.analysis()
    record = analysis.agreements[2]
    assert ("Place", "paragraph 4") in record_fields(analysis, record)
    paged = replace(analysis.document, pages=(0, record.evidence.start))
    assert ("Place", "paragraph 4, page 2") in record_fields(replace(analysis, document=paged), record)


def test_the_mentions_of_an_entity_are_quoted_in_whole_words() -> None:
    analysis = builders.analysis()
    navy = next(each for each in analysis.entities if each.name == "Portuguese Navy")
    fields = dict(record_fields(analysis, navy))
    assert (
        fields["In the text"] == "… deliver four Skadi drones to the Portuguese Navy within two years, while Lisbon …"
    )
    assert fields["Mentioned"] == "once, in 1 agreement"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)
async def test_details_leave_the_words_that_they_quote_in_view(size: tuple[int, int]) -> None:
    async with driving(size=size) as drive:
        await drive.press("tab", "j", "j", "enter", "d")
        frame, text = drive.app.screen.query_one("#frame").region, drive.screen.text_pane.region
        assert not frame.overlaps(text)
        assert frame.right <= size[0]
        assert frame.bottom <= size[1] - 2


def test_what_is_stated_again_quotes_where_it_was_stated_first() -> None:
    sample = sample_analysis()
    first, other, *_ = sample.agreements
    assert ("Restates", f"“{first.evidence.quote}”") in record_fields(sample, replace(other, same_as=first.id))


@settings(max_examples=15, deadline=None)
@given(words, words, st.integers(70, 210))
async def test_no_line_of_details_entities_or_status_is_wider_than_its_place(title: str, name: str, width: int) -> None:
    analysis = one_record(title, (name,))
    analysis = replace(analysis, entities=tuple(replace(each, name=name) for each in analysis.entities))
    async with driving(app_on(analysis), size=(width, 30)) as drive:
        await drive.press("3")
        for selector in ("#entities", "#details", "#top", "#record", "#keys"):
            widget = drive.screen.query_one(selector)
            assert {strip.cell_length for strip in drive.strips(selector)} <= {widget.size.width}
        await drive.press("d")
        assert {strip.cell_length for strip in drive.strips("#fields")} == {
            drive.app.screen.query_one("#fields").size.width
        }
