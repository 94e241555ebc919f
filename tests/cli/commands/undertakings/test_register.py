"""`alliance-tui register`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import icalendar
import pytest

from alliance_tui.cli.main import main
from tests.support.linked_documents import fill_linked, report, statement


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """The register of a library of a statement and the report of the next year."""
    return ["register", "--library", str(fill_linked(tmp_path, statement(), report())), "--today", "2032-01-01"]


def test_the_table_has_a_line_for_each_undertaking(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    heading, *lines, count = capsys.readouterr().out.splitlines()
    assert heading.split() == ["status", "undertaking", "parties", "first", "last", "told", "strength", "due"]
    assert [line.split()[0] for line in lines] == [
        "overdue",
        "reaffirmed",
        "reaffirmed",
        "promised",
        "promised",
        "promised",
    ]
    assert "▃▄" in lines[1]
    assert count == "6 undertakings, 2 documents"


def test_a_query_restricts_it(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--query", "overdue:yes colour:red", "--format", "jsonl"]) == 0
    out, err = capsys.readouterr()
    (value,) = map(json.loads, out.splitlines())
    assert "“colour” is no field of the register" in err
    assert (value["status"], value["reason"]) == ("overdue", "due 2031; no document here says that it is done")
    assert [each["document_title"] for each in value["statements"]] == ["Statement", "Later"]
    assert value["statements"][value["evidence"]]["deadline"] == "2031"


def test_csv_has_a_row_for_each_undertaking(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["told"] for row in rows] == ["2", "2", "2", "1", "1", "1"]
    assert rows[1]["strengths"] == "planned; committed"
    assert rows[1]["documents"] == "Statement; Later"
    assert len(rows[1]["document_ids"].split("; ")) == 2


def test_words_that_match_nothing_may_be_a_mistyped_path(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "statements/harbor.tx"]) == 0
    assert "nothing matches statements/harbor.tx, which names no file or folder either" in capsys.readouterr().err
    assert main([*arguments, "harbour"]) == 0
    assert main([*arguments, "--query", "unheard-of"]) == 0
    assert "no file" not in capsys.readouterr().err


def test_the_calendar_has_what_falls_due(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--format", "ics"]) == 0
    calendar = icalendar.Calendar.from_ical(capsys.readouterr().out)
    (event,) = calendar.walk("VEVENT")
    assert "Harbour Patrol Centre" in str(event["SUMMARY"])
    assert event["DTSTART"].to_ical() == b"20310101"


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [("markdown", "- status: reaffirmed \\(stated again on 2030"), ("html", "<td>overdue<div class='meta'>due 2031;")],
)
def test_reports_say_what_gives_a_status(
    output_format: str, expected: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--format", output_format]) == 0
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize("of_file", [False, True], ids=["library", "file"])
def test_what_a_reader_rejected_is_no_undertaking(
    of_file: bool,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("alliance_tui.cli.commands.undertakings.reading.analyses", lambda *_: [statement()])
    arguments += [str(tmp_path / "statement.txt")] if of_file else []
    arguments += ["--query", "ferry", "--format", "jsonl"]
    assert main(arguments) == 0
    assert "ferry pilots" in capsys.readouterr().out
    assert main(["review", "reject", "pilots", "--library", str(tmp_path / "library.sqlite")]) == 0
    capsys.readouterr()
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""


def test_a_library_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "--library", str(tmp_path / "none.sqlite")]) == 2
    assert "there is no library" in capsys.readouterr().err
