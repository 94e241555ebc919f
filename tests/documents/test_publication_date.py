"""Publication dates: date lines, datelines and what is neither."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.publication_date import find_publication_date, parse_date, parse_date_line, parse_dateline


@pytest.mark.parametrize(
    "line",
    [
        "2031-04-03",
        "2031-04-03T10:20:00Z",
        "April 3, 2031",
        "Apr. 3, 2031",
        "3 April 2031",
        "3rd of April 2031",
        "Thursday, April 3, 2031",
        "APRIL 03, 2031",
        "Released: 3 April 2031",
        "Port Sunlight, Norland, April 3, 2031",
        "Port Sunlight, 2-3 April 2031",
        "April 3, 2031 10:32 A.M. EDT",
        "Thursday, April 3, 2031 – Port Sunlight",
        "3 April 2031 - | Press Release (2031) 014",
        "Adopted by the Harbour Council at its 12th meeting, on 3 April 2031",
        "Done at Port Sunlight, 3 April 2031",
    ],
)
def test_a_line_of_its_own_gives_the_date(line: str) -> None:
    assert parse_date_line(line) == "2031-04-03"
    assert find_publication_date(f"A title\n{line}\n\nSome text.") == "2031-04-03"


@pytest.mark.parametrize(
    "line",
    [
        "Norland has kept its promise since April 3, 2031, and will go on.",
        "An anniversary of what began on April 3, 2031",
        "Adopted by the board. It met on 3 April 2031",
        "03/04/2031",
        "April 2031",
        "February 30, 2031",
        "",
    ],
)
def test_a_sentence_or_half_a_date_does_not(line: str) -> None:
    assert parse_date_line(line) is None
    assert find_publication_date(f"A title\n{line}\n\nSome text.") is None


def test_the_dateline_of_a_report_gives_the_date() -> None:
    assert parse_dateline("PORT SUNLIGHT, April 3, 2031 — The two ministers met.") == "2031-04-03"
    assert parse_dateline("PORT SUNLIGHT, April 3, 2031 (Coast Wire) - The two ministers met.") == "2031-04-03"
    assert parse_dateline("Port Sunlight (3 April 2031) – The two ministers met.") == "2031-04-03"
    assert parse_dateline("The ministers agreed on April 3, 2031 — a Thursday — to meet.") is None


def test_a_date_far_down_is_not_the_documents() -> None:
    assert find_publication_date("\n".join(["A line."] * 20 + ["April 3, 2031"])) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert parse_date(f"{day}") == f"{day}"
    assert parse_date(f"{day:%d %B %Y}") == f"{day}"
    assert parse_date(f"{day:%B %d, %Y}") == f"{day}"


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    found = find_publication_date(text)
    assert found is None or date.fromisoformat(found).isoformat() == found
