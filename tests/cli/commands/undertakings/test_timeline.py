"""`alliance-tui timeline`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest

from alliance_tui.cli.main import main
from alliance_tui.cli.options.arguments import split_paths_and_query
from tests.support.linked_documents import fill_linked, report, statement


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """The timeline of a library of a statement and the report of the next year."""
    return ["timeline", "--library", str(fill_linked(tmp_path, statement(), report())), "--today", "2032-01-01"]


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_table_has_a_line_for_each_period(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    heading, *lines, count = printed(arguments, capsys).splitlines()
    assert heading.split() == ["period", "promised", "due", "what", "falls", "due"]
    assert [line.split()[:2] for line in lines] == [["2029", "4"], ["2030", "2"], ["2031", "1"]]
    assert "Harbour Patrol Centre" in lines[2]
    assert count == "6 undertakings: 5 without a due date, 0 in undated documents"


def test_groups_and_a_query_restrict_it(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    out = printed([*arguments, "radars", "--group", "party", "--by", "quarter"], capsys)
    heading, *lines, count = out.splitlines()
    assert heading.split()[:2] == ["party", "period"]
    assert [line.split()[:3] for line in lines] == [["Norland", "Q1", "2029"], ["Westmark", "Q1", "2029"]]
    assert count.startswith("1 undertaking:")


def test_json_has_periods_with_the_indices_of_their_undertakings(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    value = json.loads(printed([*arguments, "--by", "month", "--format", "json"], capsys))
    periods = {each["period"]: each for each in value["periods"]}
    assert list(periods) == ["2029-03", "2030-01", "2031"]
    (due,) = periods["2031"]["due"]
    assert value["undertakings"][due]["due"] == "2031"
    assert sorted(value["undated"]["due"] + [due]) == list(range(6))


def test_csv_has_a_row_for_each_thing_promised_and_due(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(printed([*arguments, "--format", "csv"], capsys))))
    assert len(rows) == 12
    (due,) = (row for row in rows if row["event"] == "due" and row["period"])
    assert (due["date"], due["earliest"], due["latest"]) == ("2031", "2031-01-01", "2031-12-31")


def test_the_picture_draws_a_year_as_a_span(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    picture = ElementTree.fromstring(printed([*arguments, "--by", "month", "--format", "svg"], capsys))
    spans = {
        title.text: float(rect.attrib["width"])
        for rect in picture.iter("{http://www.w3.org/2000/svg}rect")
        if (title := rect.find("{http://www.w3.org/2000/svg}title")) is not None
    }
    assert spans["due 2031, overdue"] == pytest.approx(spans["2031: 1 due"] + 1, abs=1)
    assert spans["due 2031, overdue"] > 10 * spans["Mar 2029: 4 promised"]


def test_the_line_of_the_picture_begins_at_the_last_statement(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    picture = ElementTree.fromstring(printed([*arguments, "centre", "--format", "svg"], capsys))
    svg = "{http://www.w3.org/2000/svg}"
    statements = [float(mark.attrib["cx"]) for mark in picture.iter(f"{svg}circle")]
    (wait,) = (line for line in picture.iter(f"{svg}line") if line.attrib["class"] == "wait")
    assert len(statements) == 2
    assert float(wait.attrib["x1"]) == max(statements)


def test_the_calendar_and_the_report_have_what_falls_due(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    calendar = icalendar.Calendar.from_ical(printed([*arguments, "--format", "ics"], capsys))
    assert len(calendar.walk("VEVENT")) == 1
    report = printed([*arguments, "--format", "markdown", "--group", "field"], capsys)
    assert "## maritime\n\n### 2029\n" in report
    assert "- due 2031: " in report


def test_nothing_dated_is_still_counted(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert printed([*arguments, "unheard-of"], capsys).startswith("0 undertakings")
    ElementTree.fromstring(printed([*arguments, "unheard-of", "--format", "svg"], capsys))


def test_words_that_name_no_file_are_a_query(tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    words = [str(folder), "missing.pdf", "party:japan", "-", "radar", "research/development", "./missing"]
    paths, query = split_paths_and_query(words)
    assert paths == [str(folder), "missing.pdf", "-", "./missing"]
    assert query == "party:japan radar research/development"
