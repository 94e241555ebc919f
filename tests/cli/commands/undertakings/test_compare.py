"""`alliance-tui compare` with given records, and of an occasion of the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.cli.main import main
from alliance_tui.export.comparisons import COMPARISON_FORMATS, to_table
from alliance_tui.library.store import open_library
from alliance_tui.linking.comparison import compare
from tests.support.linked_documents import (
    FACT_SHEET,
    FACT_SHEET_RECORDS,
    REPORT,
    REPORT_RECORDS,
    STATEMENT,
    STATEMENT_RECORDS,
    fact_sheet,
    fill_linked,
    linked_analysis,
    record_lines,
    statement,
)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """The two documents and their records as files."""
    texts, records = [], []
    for name, text, given in (("a", STATEMENT, STATEMENT_RECORDS), ("b", FACT_SHEET, FACT_SHEET_RECORDS)):
        texts.append(tmp_path / f"{name}.txt")
        records.append(tmp_path / f"{name}.jsonl")
        texts[-1].write_text(text, encoding="utf-8")
        records[-1].write_text("\n".join(record_lines(text, given)), encoding="utf-8")
    return ["compare", *map(str, texts), "--records", *map(str, records)]


def test_json_has_what_is_the_same_and_what_is_in_one_only(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert [[(each["document"], each["id"]) for each in same["members"]] for same in value["same"]] == [
        [(0, "centre"), (1, "centre")],
        [(0, "radars"), (1, "radars")],
        [(0, "drones"), (1, "drones")],
    ]
    assert value["only"] == [["pilots"], ["oaks"]]
    assert value["same"][1]["differs"]["strength"] == ["planned", "committed"]
    assert all(0 < same["confidence"] <= 1 and same["reasons"] for same in value["same"])
    start, end = (value["same"][0]["members"][1][key] for key in ("start", "end"))
    assert FACT_SHEET[start:end] == "A new Harbour Patrol Centre will open in Eskby by 2031"


@pytest.mark.parametrize(
    ("format_name", "expected"),
    [
        ("markdown", "- A: “Dredge the bay at Eskby” is part of “Deepen its work on harbours”: named after"),
        ("html", "<li>A: “Dredge the bay at Eskby” is part of “Deepen its work on harbours”: named after"),
    ],
)
def test_reports_say_what_is_part_of_another_undertaking(format_name: str, expected: str) -> None:
    quotes = {"will deepen its work on harbours": "Deepen its work on harbours"}
    quotes["dredging the bay at Eskby"] = "Dredge the bay at Eskby"
    records = tuple({"quote": quote, "title": title, "parties": ["Norland"]} for quote, title in quotes.items())
    plan = linked_analysis(f"Norland {', including '.join(quotes)}.", records, title="Plan")
    write = COMPARISON_FORMATS[format_name]
    assert expected in "".join(write(compare([plan, fact_sheet()]), {}))
    assert "is part of" not in "".join(write(compare([statement(), fact_sheet()]), {}))


def test_the_table_sets_the_strengths_side_by_side(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "in several: 3 undertakings" in lines
    (radars,) = (line for line in lines if line.startswith("They intend to link"))
    assert radars.split()[-2:] == ["planned", "committed"]
    assert lines[lines.index("only in B: 1 undertaking") + 1].startswith("Westmark pledges to plant a million oaks")


@pytest.mark.parametrize(
    ("output_format", "expected"),
    [
        ("markdown", "**The two governments commit** to ~~link their~~ **linking** coastal radars"),
        ("html", "<ins>The two governments commit</ins> to <del>link their</del>"),
    ],
)
def test_reports_show_how_the_words_differ(
    output_format: str, expected: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--format", output_format]) == 0
    assert expected in capsys.readouterr().out


def test_the_documents_of_an_occasion_are_found_listed_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    briefing = linked_analysis(REPORT, REPORT_RECORDS, title="Briefing", date="2029-03-05")
    path = fill_linked(tmp_path, statement(), fact_sheet(), briefing)
    assert main(["library", "occasions", "--library", str(path), "--format", "jsonl"]) == 0
    (occasion,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (occasion["first"], occasion["last"]) == ("2029-03-04", "2029-03-05")
    assert [each["title"] for each in occasion["documents"]] == ["Statement", "Sheet", "Briefing"]

    command = ["compare", "--occasion", str(tmp_path / "sheet.txt"), "--library", str(path), "--format", "json"]
    assert main(command) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [each["title"] for each in documents] == ["Statement", "Sheet", "Briefing"]

    with open_library(path) as library:
        library.db.execute("UPDATE texts SET body = x'00' WHERE number = 1")
    assert main(command) == 1
    output = capsys.readouterr()
    assert [each["title"] for each in json.loads(output.out)["documents"]] == ["Sheet", "Briefing"]
    assert f"{tmp_path / 'statement.txt'} is left out: its text is damaged" in output.err


def test_one_document_is_nothing_to_compare(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    one = [arguments[0], arguments[1], "--records", arguments[4]]
    assert main(one) == 2
    assert "fewer than two documents" in capsys.readouterr().err


def test_a_mistyped_path_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", arguments[1], arguments[2] + "x", *arguments[3:]]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "there is no such file; check the path" in err


def test_documents_go_by_their_titles_and_by_their_files_only_where_titles_are_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = statement(), fact_sheet(), linked_analysis(REPORT, REPORT_RECORDS, title="Sheet")
    documents = [
        replace(each.document, path=f"/archive/{name}.txt") for each, name in zip(accounts, "abc", strict=True)
    ]
    comparison = compare([replace(each, document=of) for each, of in zip(accounts, documents, strict=True)])
    names = [line.split("  ")[1] for line in "".join(to_table(comparison)).splitlines()[:3]]
    assert names == ["Statement · 2029-03-04", "Sheet · 2029-03-04 · b.txt", "Sheet · 2029-03-04 · c.txt"]


def test_each_document_needs_its_file_of_records(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments[:-1]) == 2
    assert "give one for each" in capsys.readouterr().err


def test_a_line_that_is_no_record_is_named(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.jsonl").write_text('{"start": 5, "end": 999999}\n', encoding="utf-8")
    assert main(arguments) == 1
    assert "b.jsonl, line 1 is no record of" in capsys.readouterr().err
