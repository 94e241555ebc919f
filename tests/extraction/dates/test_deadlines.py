"""Deadlines: the dates of the coding manual's table, others like them, and what is no deadline."""

from __future__ import annotations

import datetime as dt

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alliance_tui.extraction.dates.deadlines import edtf_bounds, find_date_expressions, find_deadlines
from alliance_tui.extraction.dates.interpretation import DueStatus
from alliance_tui.extraction.dates.named_events import NamedEvents, find_reference_date

TODAY = "2024-04-10"  # a Wednesday


def deadlines(words: str, date: str | None = TODAY) -> list[str]:
    return [deadline.edtf for deadline in find_deadlines(words, 0, len(words), date)]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("by June 2024", "2024-06"),
        ("in June 2024", "2024-06"),
        ("before June 2024", "2024-06"),
        ("no later than June 2024", "2024-06"),
        ("by 2027", "2027"),
        ("FY 2027", "2027"),
        ("JFY 2027", "2027"),
        ("by the end of 2027", "2027"),
        ("by the end of the year", "2024"),
        ("this year", "2024"),
        ("next year", "2025"),
        ("this fall", "2024-23"),
        ("in October", "2024-10"),
        ("beginning in 2025", "2025"),
        ("as early as 2025", "2025"),
        ("starting in 2025", "2025"),
        ("in the 2025-26 academic year", "2025"),
        ("will patrol during the winter months", "2024-24"),
        ("decided to meet in March", "2025-03"),
        ("over the next two years", "2024-04-10/2026-04-10"),
        ("over a two-year period", "2024-04-10/2026-04-10"),
        ("between the end of 2024 and the summer of 2025", "2024/2025-22"),
        ("between the end of this year and the summer of next year", "2024/2025-22"),
        ("between 1 June 2024 and 31 March 2025", "2024-06-01/2025-03-31"),
        ("from June 2024 until the end of 2026", "2024-06/2026"),
        ("from the second quarter of 2024 to the first quarter of 2025", "2024-04/2025-03"),
        ("starting in 2025 through the end of 2027", "2025/2027"),
        ("between now and 2030", "2024-04-10/2030"),
        ("from now until 2030", "2024-04-10/2030"),
        ("this weekend", "2024-04-13/2024-04-14"),
        ("next weekend", "2024-04-20/2024-04-21"),
        ("over a period of two years", "2024-04-10/2026-04-10"),
        ("over a\nperiod of two years", "2024-04-10/2026-04-10"),
        ("over a one-to-two-year period", "2024-04-10/2026-04-10"),
        ("in the next one to two years", "2024-04-10/2026-04-10"),
        ("within two years", "2024-04-10/2026-04-10"),
        ("within 90 days", "2024-04-10/2024-07-09"),
        ("in the first half of 2025", "2025-01/2025-06"),
        ("in the 2030s", "203X"),
        ("this decade", "202X"),
        ("by 1 November each year", "XXXX-11-01"),
    ],
)
def test_the_coding_manuals_table(words: str, edtf: str) -> None:
    assert deadlines(words) == [edtf]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in Japanese Fiscal Year (JFY) 2027", "2027"),
        ("by the end of the 2024 fiscal year", "2024"),
        ("by the end of calendar year 2025", "2025"),
        ("through the end of fiscal year 2027", "2027"),
        ("FY27", "2027"),
        ("FY2025-26", "2025/2026"),
        ("by year’s end", "2024"),
        ("before the end of 2024", "2024"),
        ("later this year", "2024"),
        ("by mid-2026", "2026"),
        ("in early 2025", "2025"),
        ("by 2030 at the latest", "2030"),
        ("until 2030", "2030"),
        ("between 2025 and 2030", "2025/2030"),
        ("beginning in FY 2025 and ending in FY 2029", "2025/2029"),
        ("in 2025 and 2026", "2025/2026"),
        ("between today and 2030", "2030"),
        ("from 2025 to 2030", "2025/2030"),
        ("2025–2027", "2025/2027"),
        ("by the end of the decade", "202X"),
        ("in the second half of the 2020s", "2025/2029"),
        ("by mid-century", "2050"),
        ("by the end of this century", "20XX"),
    ],
)
def test_years_decades_and_centuries(words: str, edtf: str) -> None:
    assert deadlines(words) == [edtf]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on 1 June 2025", "2025-06-01"),
        ("not later than Dec. 31, 2026", "2026-12-31"),
        ("on or before 15 December 2025", "2025-12-15"),
        ("by June 10", "2024-06-10"),
        ("May 20 to 22, 2025", "2025-05-20/2025-05-22"),
        ("20-22 May 2025", "2025-05-20/2025-05-22"),
        ("May 20th and 21st, 2025", "2025-05-20/2025-05-21"),
        ("at the fall session of the Council", "2024-23"),
        ("the October Ports Summit", "2024-10"),
        ("the October 18-19 Association of Port Cities (APC) Meeting", "2024-10-18/2024-10-19"),
        ("by March", "2025-03"),
        ("by the end of May", "2024-05"),
        ("by the end of next month", "2024-05"),
        ("in October this year", "2024-10"),
        ("mid-August", "2024-08"),
        ("in fall 2025", "2025-23"),
        ("on the 12th and 13th of June", "2024-06-12/2024-06-13"),
        ("on the 8th of next month", "2024-05-08"),
        ("in the week of 5 May", "2024-05-05/2024-05-11"),
        ("in the week of May 5, 2025", "2025-05-05/2025-05-11"),
        ("Tomorrow Prime Minister Otieno will travel", "2024-04-11"),
        ("next spring", "2025-21"),
        ("ahead of next winter", "2024-24"),
        ("by the end of the summer", "2024-22"),
        ("by the middle of the century", "2050"),
        ("winter 2024-25", "2024-24"),
        ("by the third quarter of next year", "2025-07/2025-09"),
        ("Q3 2025", "2025-07/2025-09"),
        ("no later\nthan June\n2024", "2024-06"),
        ("by 2025-06-30", "2025-06-30"),
        ("By the first of November we will", "2024-11-01"),
        ("by the thirty-first of January", "2025-01-31"),
        ("in the last week of August 2027", "2027-08-25/2027-08-31"),
        ("in the first week of May", "2024-05-01/2024-05-07"),
    ],
)
def test_months_seasons_and_days(words: str, edtf: str) -> None:
    assert deadlines(words) == [edtf]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("within the next 30 days", "2024-04-10/2024-05-10"),
        ("for the next year", "2024-04-10/2025-04-10"),
        ("over the coming year", "2024-04-10/2025-04-10"),
        ("over the next decade", "2024-04-10/2034-04-10"),
        ("two years from now", "2024-04-10/2026-04-10"),
        ("a study of 18 months", "2024-04-10/2025-10-10"),
        ("an 18-month consultation", "2024-04-10/2025-10-10"),
        ("will meet tomorrow", "2024-04-11"),
        ("will sail later this afternoon", "2024-04-10"),
        ("will meet on Thursday", "2024-04-11"),
        ("will meet next week", "2024-04-15/2024-04-21"),
        ("will meet this coming week", "2024-04-15/2024-04-21"),
        ("over the following two years", "2024-04-10/2026-04-10"),
        ("within thirty (30) days of the adoption of this Communiqué", "2024-04-10/2024-05-10"),
    ],
)
def test_durations_begin_at_the_reference_date(words: str, edtf: str) -> None:
    assert deadlines(words) == [edtf]


@pytest.mark.parametrize(
    "words",
    [
        "in the near future",
        "in the coming months",
        "in the next few years",
        "at an early date",
        "over the long term",
        "annually",
        "each year",
        "a year of dialogue",
        "within 30 days of ratification",  # counted from a day that the text does not tell
    ],
)
def test_vague_and_recurring_periods_are_no_deadlines(words: str) -> None:
    assert deadlines(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "since 2015",
        "in 2019 they signed",
        "last year",
        "earlier this year",
        "over the past two years",
        "for over five years",
        "the first visit in ten years",
        "said on Thursday",
        "In March, we announced",
        "Fall 2022",
    ],
)
def test_past_dates_are_no_deadlines(words: str) -> None:
    assert deadlines(words) == []


@pytest.mark.parametrize(
    "words", ["the 2030 Agenda", "Vision 2030", "Resolution 2231", "at the 2025 Summit", "the Seed Strategy 2026–2030"]
)
def test_a_year_in_a_name_is_no_deadline(words: str) -> None:
    assert deadlines(words) == []


@pytest.mark.parametrize("words", ["2,000 troops", "$2025", "2025% more", "12,025 jobs", "no. 2030"])
def test_a_number_is_no_year(words: str) -> None:
    assert deadlines(words) == []


def test_a_year_before_a_common_noun_is_a_deadline() -> None:
    assert deadlines("meet its 2030 emission targets") == ["2030"]


def test_a_past_date_beside_a_coming_one_is_left_out() -> None:
    assert deadlines("cut emissions from 2019 levels by 2030") == ["2030"]


def test_past_dates_are_date_expressions_too() -> None:
    words = "since 2015 and by 2030"
    assert [(found.deadline.edtf, found.due) for found in find_date_expressions(words, 0, len(words), TODAY)] == [
        ("2015", DueStatus.NOT_DUE),
        ("2030", DueStatus.DUE),
    ]


@pytest.mark.parametrize("words", ["Today, the Minister will sail", "On Thursday, the Minister will sail"])
def test_a_day_at_the_beginning_of_a_clause_is_due_if_promised(words: str) -> None:
    (expression,) = find_date_expressions(words, 0, len(words), TODAY)
    assert expression.due is DueStatus.DUE_IF_PROMISED
    assert deadlines(words) == []


@pytest.mark.parametrize("words", ["the ports that opened today", "Today’s order", "the order of today"])
def test_today_within_a_clause_is_no_deadline(words: str) -> None:
    assert find_date_expressions(words, 0, len(words), TODAY) == []


def test_a_month_without_a_year_is_its_next_occurrence() -> None:
    assert deadlines("The mission will be launched in March.") == ["2025-03"]


def test_that_year_is_the_last_year_named() -> None:
    assert deadlines("in March 2028, and before the end of that year") == ["2028-03", "2028"]
    assert deadlines("from 1 January 2028, and here from July of that year") == ["2028-01-01", "2028-07"]
    assert deadlines("by the end of that year") == []


def test_the_quote_holds_the_qualifier_and_indexes_the_whole_text() -> None:
    text = "First words. They will convene no later than June 2024 in Manila."
    (deadline,) = find_deadlines(text, 13, len(text), TODAY)
    assert deadline.span.quote == "no later than June 2024"
    assert text[deadline.span.start : deadline.span.end] == deadline.span.quote


def test_nothing_outside_the_given_offsets_is_found() -> None:
    text = "by 2025 and by 2030"
    assert [deadline.edtf for deadline in find_deadlines(text, 8, len(text), TODAY)] == ["2030"]


def test_without_a_reference_date_relative_dates_are_left_out() -> None:
    assert deadlines("by the end of the year", None) == []
    assert deadlines("within 90 days", None) == []
    assert deadlines("by 2027", None) == ["2027"]
    assert deadlines("on 17 November", None) == ["XXXX-11-17"]


def test_bounds_are_the_first_and_last_day() -> None:
    assert edtf_bounds("2025-01/2025-06") == ("2025-01-01", "2025-06-30")
    assert edtf_bounds("2024-23") == ("2024-09-01", "2024-11-30")
    assert edtf_bounds("203X") == ("2030-01-01", "2039-12-31")
    assert edtf_bounds("XXXX-11-01") == (None, None)


@pytest.mark.parametrize("date", ["0001-01-01", "0024-04-10", "0999-12-31", "9999-13-01", "soon", ""])
def test_a_date_that_no_document_can_have_resolves_nothing(date: str) -> None:
    assert deadlines("by the end of next year", date) == []
    assert deadlines("by 2027", date) == ["2027"]


@pytest.mark.parametrize(
    ("date", "words", "edtf"),
    [
        ("1000-01-01", "by the end of this year", ["1000"]),
        ("1000-01-01", "by the end of last year", []),
        ("9999-12-31", "by the end of this year", ["9999"]),
        ("9999-12-31", "by the end of next year", []),
        ("9999-12-31", "tomorrow we will meet", []),
        ("9999-12-31", "within two weeks", []),
        ("9999-06-30", "within 90 days", ["9999-06-30/9999-09-28"]),
    ],
)
def test_a_date_beyond_the_years_of_four_digits_is_no_deadline(date: str, words: str, edtf: list[str]) -> None:
    assert deadlines(words, date) == edtf


DAYS_AT_THE_EDGES = st.one_of(
    st.dates(max_value=dt.date(3, 1, 1)),
    st.dates(dt.date(998, 1, 1), dt.date(1002, 1, 1)),
    st.dates(dt.date(9898, 1, 1)),
    st.dates(dt.date(9998, 1, 1)),
).map(str)
PHRASES = st.sampled_from(
    """next year; last year; by the end of the following year; that year; in the coming year; by year’s end
    by the end of the decade; in the 2030s; by the end of this century; by mid-century; next winter; winter 2024-25
    by the end of the winter; this fall; by June 10; by 31 December; in October; 29 February; May 20 to 22
    28 December to 2 January; in the week of 28 December; the last week of December; Q4 next year; within two years
    the second half of next year; over the next 999 decades; within 999 weeks; 90 days from now; the next decade
    next month; on the 31st of next month; next week; tomorrow; tonight; by Monday; the first of January; 9999-12-31
    from November to January; beginning in FY99 and ending in FY 2099; the Ports Summit in December; annually; 2199
    will attend the Ports Summit; by; until; and; mid-""".replace("\n", ";").split(";")
).map(str.strip)


@example("1002-01-01", "90 days from now last year")
@given(DAYS_AT_THE_EDGES, st.lists(PHRASES, min_size=1, max_size=6).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_no_date_and_no_text_is_beyond_the_calendar(date: str, words: str) -> None:
    reference_date = find_reference_date(words, date)
    assert (reference_date is None) == (date < "1000")
    for expression in find_date_expressions(words, 0, len(words), date):
        parse_edtf(expression.deadline.edtf)
        bounds = [bound for bound in edtf_bounds(expression.deadline.edtf) if bound]
        assert bounds == sorted(bounds)
        assert all("1000" <= bound[:4] <= "9999" and len(bound) == len("2024-04-10") for bound in bounds)
    NamedEvents(words, reference_date).date_expressions(0, len(words))


WORDS = """
by before no later than until within over the next two 90 days years end of half first 2024 2027 2030s FY JFY June May
10 31 , – - to and from Monday this year month decade spring fall Q3 mid- each since will said %
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from([TODAY, "2024-02-29", "2023-12-31", None]))
def test_every_deadline_is_valid_edtf_and_verbatim(words: str, date: str | None) -> None:
    reached = 0
    for period in find_date_expressions(words, 0, len(words), date):
        deadline = period.deadline
        assert deadline.span.quote == words[deadline.span.start : deadline.span.end]
        assert deadline.span.start >= reached
        reached = deadline.span.end
        parse_edtf(deadline.edtf)
        if deadline.earliest and deadline.latest:
            assert deadline.earliest <= deadline.latest


@pytest.mark.parametrize(
    "words", ["by June 2024 and by May 2025", "in 2025 and the end of 2027", "from 2026, and in 2028"]
)
def test_two_dates_of_two_limbs_are_no_period(words: str) -> None:
    assert len(deadlines(words)) == 2


def test_the_year_of_a_laws_name_is_no_deadline() -> None:
    assert deadlines("will sign the Ports Act of 2024") == []
