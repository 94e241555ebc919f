"""`alliance-tui search QUERY` without a path searches the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliance_tui.cli import main
from tests.support.sample_library import fill


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return fill(tmp_path)


def test_it_prints_the_matching_lines_of_the_best_document_first(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "climate crisis", "--library", str(shelf)]) == 0
    out, err = capsys.readouterr()
    path = shelf.with_name("accord.txt")
    assert out.splitlines() == [
        f"{path}:3:5: The climate crisis comes next.",
        f"{path}:3:13: The climate crisis comes next.",
    ]
    assert not err


def test_fields_of_documents_narrow_it_and_json_has_the_same_keys(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "norland date:2022", "--library", str(shelf), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["query"] == "norland date:2022"
    assert {match["path"] for match in found["matches"]} == {str(shelf.with_name("drones.txt"))}
    assert [match["pane"] for match in found["matches"]] == ["text", "entities", "agreements"]


def test_what_makes_no_sense_is_told_once(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland domain:cooking", "--library", str(shelf)]) == 0
    assert capsys.readouterr().err.count("domain: takes") == 1


def test_an_empty_library_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland", "--library", str(tmp_path / "new.sqlite"), "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert "alliance-tui library add" in err
    assert not out
