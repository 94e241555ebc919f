"""`alliance-tui search QUERY` without a path searches the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliance_tui.cli import main
from tests.support.sample_library import fill


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return fill(tmp_path)


def test_the_lines_of_the_best_document_come_first(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "climate crisis", "--library", str(library)]) == 0
    out, err = capsys.readouterr()
    path = library.with_name("accord.txt")
    assert out.splitlines() == [
        f"{path}:3:5: The climate crisis comes next.",
        f"{path}:3:13: The climate crisis comes next.",
    ]
    assert not err


def test_filters_on_documents_apply_and_json_has_the_same_keys(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "norland date:2022", "--library", str(library), "--format", "json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert output["query"] == "norland date:2022"
    assert {match["path"] for match in output["matches"]} == {str(library.with_name("drones.txt"))}
    assert [match["pane"] for match in output["matches"]] == ["text", "entities", "agreements"]


def test_a_problem_of_the_query_is_printed_once(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland domain:cooking", "--library", str(library)]) == 0
    assert capsys.readouterr().err.count("domain: takes") == 1


def test_an_empty_library_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland", "--library", str(tmp_path / "new.sqlite"), "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert "alliance-tui library add" in err
    assert not out
