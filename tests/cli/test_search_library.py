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


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("title:radar", ["copy", "radar"]),
        ("date:2022", ["drones", "talks"]),
        ("source:coast", ["accord", "copy", "drones"]),
        ("kind:statement", ["radar", "talks"]),
        ("words:>20", ["accord", "copy", "drones", "radar", "talks"]),
        ("path:menu", ["menu"]),
        ("ministers", ["menu"]),
        ("party:suderia", ["accord", "drones"]),
    ],
)
def test_a_document_is_found_by_its_fields_or_title_alone(
    library: Path, capsys: pytest.CaptureFixture[str], query: str, names: list[str]
) -> None:
    assert main(["search", query, "--library", str(library)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted({Path(line.split(":")[0]).stem for line in lines}) == names
    assert main(["search", query, "--library", str(library), "--format", "json"]) == 0
    matches = json.loads(capsys.readouterr().out)["matches"]
    assert sorted({Path(match["path"]).stem for match in matches}) == names


def test_a_document_found_by_its_fields_is_a_match_without_a_place(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["search", "path:menu", "--library", str(library), "--format", "json"])
    (match,) = json.loads(capsys.readouterr().out)["matches"]
    assert (match["pane"], match["text"], match["start"], match["line"]) == (
        "documents",
        "What the ministers ate",
        None,
        None,
    )


def test_an_empty_query_matches_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "", "--library", str(library)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["library", "list"], ["library", "check"], ["library", "export"], ["search", "x"]])
def test_a_mistyped_library_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    path = tmp_path / "no" / "such.sqlite"
    assert main([*command, "--library", str(path)]) == 2
    assert f"there is no library {path}: check the path" in capsys.readouterr().err
    assert not path.parent.exists()
