"""Dates that a document gives itself: the reference date, and the dates of its named events."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.dates.named_events import NamedEvents, find_reference_date

DATE = "2024-04-10"


def event_dates(text: str, date: str | None = DATE) -> list[tuple[str, str]]:
    """The references to an event that the text dates: words and EDTF."""
    expressions = NamedEvents(text, date).date_expressions(0, len(text))
    return [(expression.deadline.span.quote, expression.deadline.edtf) for expression in expressions]


@pytest.mark.parametrize(
    "sentence",
    [
        "The May 7-8, 2024 Lake Summit opens in Kisumu.",
        "Kisumu prepares the Lake Summit on May 7-8, 2024.",
        "Kisumu prepares the Lake Summit, to be held in Kisumu on May 7-8, 2024.",
    ],
)
def test_an_event_has_the_date_beside_its_name(sentence: str) -> None:
    assert ("At the Summit", "2024-05-07/2024-05-08") in event_dates(
        f"{sentence} At the Summit, leaders will open a fund."
    )


@pytest.mark.parametrize(
    ("reference", "quote"),
    [
        ("They will join the Summit’s dinner.", "the Summit"),
        ("They will tell at the Lake Summit of a fund.", "at the Lake Summit"),
        ("By the time of the Summit, they will open a fund.", "By the time of the Summit"),
    ],
)
def test_a_reference_to_an_event_has_its_date(reference: str, quote: str) -> None:
    assert (quote, "2024-05-07/2024-05-08") in event_dates(
        f"The May 7-8, 2024 Lake Summit opens in Kisumu. {reference}"
    )


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param("At the Hill Summit, they will open a fund.", id="another"),
        pytest.param("At the Conference, they will open a fund.", id="of another kind"),
        pytest.param("The outcome of the Summit will be told.", id="not for then"),
    ],
)
def test_a_reference_to_another_event_has_no_date(reference: str) -> None:
    assert event_dates(f"The May 7-8, 2024 Lake Summit opens in Kisumu. {reference}") == []


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("They met at the March 7-8, 2024 Lake Summit.", id="over"),
        pytest.param("The 2024 Lake Summit is in Kisumu.", id="only the year"),
        pytest.param("The May 7-8, 2024 Lake Summit and the May 9, 2024 Hill Summit are in Kisumu.", id="two"),
        pytest.param("The Lake Summit was long prepared; on May 7-8, 2024 they sail.", id="of something else"),
    ],
)
def test_an_event_without_a_coming_date_of_its_own_has_none(sentence: str) -> None:
    assert event_dates(f"{sentence} At the Summit, they will open a fund.") == []


def test_the_date_below_a_title_is_not_that_of_an_event_in_the_title() -> None:
    text = f"Plans for the Lake Summit in Kisumu\n{DATE}\n\nThe May 7-8, 2024 Lake Summit opens. "
    assert event_dates(f"{text}At the Summit, they will open a fund.") == [("At the Summit", "2024-05-07/2024-05-08")]


def test_without_a_reference_date_events_have_none() -> None:
    assert event_dates("The May 7-8, 2024 Lake Summit opens. At the Summit, they will open a fund.", None) == []


def test_the_reference_date_of_a_transcript_is_the_day_in_brackets_at_its_head() -> None:
    text = "Remarks on Ports\n\nMombasa\n\n(April 9, 2024)\n\nTomorrow we sail."
    assert find_reference_date(text, DATE) == "2024-04-09"


@pytest.mark.parametrize("line", ["(May 9, 2024)", "(April 9, 2021)", "April 9, 2024", "(Applause.)"])
def test_otherwise_it_is_the_documents_date(line: str) -> None:
    assert find_reference_date(f"Remarks on Ports\n\n{line}\n\nTomorrow we sail.", DATE) == DATE


def test_without_a_date_there_is_none() -> None:
    assert find_reference_date("Remarks on Ports\n\n(April 9, 2024)\n\nTomorrow we sail.", None) is None
