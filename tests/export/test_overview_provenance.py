"""Exports of the register, the timeline, the matrix and comparisons: where each comes from, without local paths."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest

from alliance_tui.cli.main import main
from alliance_tui.export.matrices import MATRIX_FORMATS
from alliance_tui.export.provenance import MANUAL, PROGRAM
from alliance_tui.export.registers import REGISTER_FORMATS, provenance_of_rows
from alliance_tui.export.timelines import TIMELINE_FORMATS
from alliance_tui.linking.fingerprint import linking_version
from alliance_tui.overviews.sources import SourceDocument, Sources
from alliance_tui.overviews.undertakings import register_of
from alliance_tui.review.author import author_name
from tests.support.linked_documents import fact_sheet, fill_linked, report, statement

TODAY = "2032-01-01"
QUERY = "party:norland"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
FORMATS = [
    *(("register", name) for name in REGISTER_FORMATS),
    *(("timeline", name) for name in TIMELINE_FORMATS),
    *(("matrix", name) for name in MATRIX_FORMATS),
    *(("compare", name) for name in ("json", "markdown", "html")),
]
Printed = Callable[[str, str], str]


@pytest.fixture
def printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Print what a query finds in a library, of which one record is judged, by command and format."""
    path = str(fill_linked(tmp_path, statement(), fact_sheet(), report()))
    assert main(["review", "accept", "pilots", "--library", path]) == 0

    def print_overview(command: str, output_format: str) -> str:
        capsys.readouterr()
        chosen = ["--query", QUERY, "--format", output_format, "--library", path]
        of = ["--occasion", str(tmp_path / "statement.txt")] if command == "compare" else ["--today", TODAY]
        assert main([command, *of, *chosen]) == 0
        return capsys.readouterr().out

    return print_overview


def expected(command: str) -> dict[str, str]:
    as_of = {} if command == "compare" else {"as of": TODAY}
    return {
        "program": PROGRAM,
        "extraction": "given",
        "linking": linking_version(),
        "manual": MANUAL,
        "reviewed by": author_name(),
        "query": QUERY,
        **as_of,
    }


def without_times(provenance: dict[str, Any]) -> dict[str, Any]:
    """The provenance with values, without the time of the judgement, which there must be."""
    given = {label: value for label, value in provenance.items() if value}
    times = [given.pop(label) for label in ("reviewed until", "reviewed_until") if label in given]
    assert times and times[0].startswith("20")
    return given


@pytest.mark.parametrize(("command", "output_format"), FORMATS)
def test_it_says_what_made_it_and_names_no_folder_of_this_machine(
    command: str, output_format: str, printed: Printed, tmp_path: Path
) -> None:
    text = printed(command, output_format)
    plain = text.replace("\r\n ", "").replace("\\", "")
    for value in expected(command).values():
        assert value in plain
    assert str(tmp_path) not in plain
    assert "statement.txt" not in plain or "path" in plain, "people read titles; a field path has the name of the file"


@pytest.mark.parametrize("command", ["timeline", "matrix", "compare"])
def test_json_has_it_once(command: str, printed: Printed) -> None:
    assert without_times(json.loads(printed(command, "json"))["provenance"]) == expected(command)


def test_json_lines_have_it_in_each(printed: Printed) -> None:
    for line in printed("register", "jsonl").splitlines():
        assert without_times(json.loads(line)["provenance"]) == expected("register")


@pytest.mark.parametrize("command", ["register", "timeline", "matrix"])
def test_rows_of_csv_have_it_in_columns(command: str, printed: Printed) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(command, "csv"))))
    columns = {label.replace(" ", "_"): value for label, value in expected(command).items()}
    assert rows
    assert all({name: row[name] for name in columns} == columns for row in rows)


def test_graphml_has_it_as_attributes_of_the_graph(printed: Printed) -> None:
    tree = ElementTree.fromstring(printed("matrix", "graphml"))
    graph = tree.find(f"{GRAPHML}graph")
    assert graph is not None
    values = {str(data.get("key")).replace("_", " "): data.text for data in graph.findall(f"{GRAPHML}data")}
    assert without_times(values) == expected("matrix")
    assert {key.get("id") for key in tree.iter(f"{GRAPHML}key") if key.get("for") == "graph"} >= {"as_of", "query"}


def test_a_picture_has_it_as_metadata_and_below(printed: Printed) -> None:
    picture = ElementTree.fromstring(printed("timeline", "svg"))
    svg = "{http://www.w3.org/2000/svg}"
    metadata = picture.find(f"{svg}metadata")
    assert metadata is not None and metadata.text
    *_, last = picture.iter(f"{svg}text")
    assert last.text == metadata.text


@pytest.mark.parametrize("command", ["register", "timeline"])
def test_each_event_of_a_calendar_has_it(command: str, printed: Printed) -> None:
    events = icalendar.Calendar.from_ical(printed(command, "ics")).walk("VEVENT")
    sources = {str(event["DESCRIPTION"]).splitlines()[-1] for event in events}
    assert [source.partition("; manual")[0] for source in sources] == [f"program: {PROGRAM}; extraction: given"]


def test_several_extractions_are_named_and_only_of_what_is_shown() -> None:
    rows = register_of([statement(), report()], TODAY)
    sources = Sources(
        {
            0: SourceDocument("a", "Statement", "a.txt", "b2", "small", frozenset(["Ada"]), "2031-05-01T10:00:00Z"),
            1: SourceDocument("b", "Later", "b.txt", "a1", "small"),
        }
    )
    assert provenance_of_rows(rows, sources)["extraction"] == "a1, b2"
    later = provenance_of_rows([row for row in rows if row.statements[0].document == 1], sources)
    assert later["extraction"] == "a1"
    assert "reviewed by" not in later
    assert sources.with_query("ferry").with_query("party:norland").query == "ferry party:norland"


@pytest.mark.parametrize("name", REGISTER_FORMATS)
def test_a_document_that_cannot_be_read_is_without_title_and_the_rest_is_exported(name: str) -> None:
    rows = register_of([statement(), report()], TODAY)
    text = "".join(REGISTER_FORMATS[name](rows, Sources({0: SourceDocument("a", "Statement", "a.txt", "b2")})))
    of_lost = [row for row in rows if row.statements[-1].document == 1]
    text = text.replace("\r\n ", "")
    assert "b2" in text
    assert any(row.title[:20] in text for row in of_lost)
