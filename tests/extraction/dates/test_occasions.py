"""The days of a document's own: those of its events, and the one on which it was spoken."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.dates.named_events import Occasions, spoken_on

DATE = "2024-04-10"


def named(text: str, date: str | None = DATE) -> list[tuple[str, str]]:
    """Where the text speaks of an event whose days it tells: the words, and the days."""
    periods = Occasions(text, date).periods(0, len(text))
    return [(period.deadline.span.quote, period.deadline.edtf) for period in periods]


@pytest.mark.parametrize(
    "told",
    [
        "The May 7-8, 2024 Lake Summit opens in Kisumu.",
        "Kisumu prepares the Lake Summit on May 7-8, 2024.",
        "Kisumu prepares the Lake Summit, to be held in Kisumu on May 7-8, 2024.",
    ],
)
def test_an_event_has_the_days_that_stand_beside_its_name(told: str) -> None:
    assert ("At the Summit", "2024-05-07/2024-05-08") in named(f"{told} At the Summit, leaders will open a fund.")


@pytest.mark.parametrize(
    ("again", "quote"),
    [
        ("They will join the Summit’s dinner.", "the Summit"),
        ("They will tell at the Lake Summit of a fund.", "at the Lake Summit"),
        ("By the time of the Summit, they will open a fund.", "By the time of the Summit"),
    ],
)
def test_it_is_named_again_in_other_words(again: str, quote: str) -> None:
    assert (quote, "2024-05-07/2024-05-08") in named(f"The May 7-8, 2024 Lake Summit opens in Kisumu. {again}")


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("At the Hill Summit, they will open a fund.", id="another"),
        pytest.param("At the Conference, they will open a fund.", id="of another kind"),
        pytest.param("The outcome of the Summit will be told.", id="not for then"),
    ],
)
def test_another_event_is_not_it(again: str) -> None:
    assert named(f"The May 7-8, 2024 Lake Summit opens in Kisumu. {again}") == []


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("They met at the March 7-8, 2024 Lake Summit.", id="over"),
        pytest.param("The 2024 Lake Summit is in Kisumu.", id="only the year"),
        pytest.param("The May 7-8, 2024 Lake Summit and the May 9, 2024 Hill Summit are in Kisumu.", id="two"),
        pytest.param("The Lake Summit was long prepared; on May 7-8, 2024 they sail.", id="of something else"),
    ],
)
def test_an_event_without_days_to_come_of_its_own_falls_on_none(told: str) -> None:
    assert named(f"{told} At the Summit, they will open a fund.") == []


def test_the_date_below_a_title_is_not_of_the_event_in_the_title() -> None:
    text = f"Plans for the Lake Summit in Kisumu\n{DATE}\n\nThe May 7-8, 2024 Lake Summit opens. "
    assert named(f"{text}At the Summit, they will open a fund.") == [("At the Summit", "2024-05-07/2024-05-08")]


def test_without_the_document_s_date_events_have_no_days() -> None:
    assert named("The May 7-8, 2024 Lake Summit opens. At the Summit, they will open a fund.", None) == []


def test_a_talk_s_dates_count_from_the_day_in_brackets_at_its_head() -> None:
    assert spoken_on("Remarks on Ports\n\nMombasa\n\n(April 9, 2024)\n\nTomorrow we sail.", DATE) == "2024-04-09"


@pytest.mark.parametrize("line", ["(May 9, 2024)", "(April 9, 2021)", "April 9, 2024", "(Applause.)"])
def test_other_lines_leave_the_document_its_date(line: str) -> None:
    assert spoken_on(f"Remarks on Ports\n\n{line}\n\nTomorrow we sail.", DATE) == DATE


def test_without_a_date_there_is_none() -> None:
    assert spoken_on("Remarks on Ports\n\n(April 9, 2024)\n\nTomorrow we sail.", None) is None
