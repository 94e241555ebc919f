"""`alliance-tui search --agreements` prints the agreements that the library's list shows, in its order."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from alliance_tui.cli import main
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from tests.support.sample_library import fill


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return fill(tmp_path)


def found(library: Path, query: str, capsys: pytest.CaptureFixture[str], output_format: str) -> str:
    """The output for a query that matches something."""
    assert main(["search", query, "--agreements", "--library", str(library), "--format", output_format]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("query", ["", "party:norland", "suderia", "drons"])
def test_the_order_is_that_of_the_list(library: Path, capsys: pytest.CaptureFixture[str], query: str) -> None:
    values = [json.loads(line) for line in found(library, query, capsys, "jsonl").splitlines()]
    with open_library(library) as opened:
        searcher = LibrarySearch(opened)
        *_, results = searcher.search_agreements(query, typing=False)
        listed = [
            (documents.path, opened.load_analysis(documents).agreements[position].id)
            for number, position in results.hits
            if (documents := searcher.documents[number])
        ]
    assert listed
    assert [(value["document"]["path"], value["id"]) for value in values] == listed


def test_every_format_has_the_same_agreements(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "Deliver six Skua drones"
    path = library.with_name("drones.txt")
    assert found(library, "skua", capsys, "lines") == f"{path}:1:1: {title}\n"
    table = found(library, "skua", capsys, "table").splitlines()
    assert table[0].split() == ["strength", "agreement", "parties", "deadline", "date", "document"]
    assert "committed" in table[1]
    assert "2022-06-01" in table[1]
    (row,) = csv.DictReader(io.StringIO(found(library, "skua", capsys, "csv")))
    assert (row["path"], row["title"], row["parties"]) == (str(path), title, "Suderia; Norland")
    value = json.loads(found(library, "skua", capsys, "json"))
    assert value["query"] == "skua"
    (each,) = value["agreements"]
    assert (each["title"], each["line"], each["column"], each["how"]) == (title, 1, 1, "word")


def test_without_an_agreement_the_exit_status_and_a_sentence_say_so(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "fisheries", "--agreements", "--library", str(library)]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "no agreement matches fisheries" in err


def test_formats_of_agreements_alone_ask_for_them(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "skua", "--format", "csv", "--library", str(library)]) == 2
    assert "add --agreements" in capsys.readouterr().err
