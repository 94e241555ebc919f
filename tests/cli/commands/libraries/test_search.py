"""`alliance-tui search QUERY` without a path searches the library."""

from __future__ import annotations

import json
import sys
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
    ]
    assert not err


def test_filters_on_documents_apply_and_json_has_the_same_keys(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "norland date:2022", "--library", str(library), "--format", "json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert output["query"] == "norland date:2022"
    assert {match["path"] for match in output["matches"]} == {str(library.with_name("drones.txt"))}
    assert {match["pane"] for match in output["matches"]} == {"text", "entities", "agreements"}


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
    assert main(["search", "", "--library", str(library)]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["library", "list"], ["library", "check"], ["library", "export"], ["search", "x"]])
def test_a_mistyped_library_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    path = tmp_path / "no" / "such.sqlite"
    assert main([*command, "--library", str(path)]) == 2
    assert f"there is no library {path}: check the path" in capsys.readouterr().err
    assert not path.parent.exists()


@pytest.mark.parametrize("query", ['"no such words"', "title:nowhere"])
def test_nothing_found_is_a_status_of_one_and_a_message(
    library: Path, capsys: pytest.CaptureFixture[str], query: str
) -> None:
    assert main(["search", query, "--library", str(library)]) == 1
    assert capsys.readouterr() == ("", f"alliance-tui: nothing matches {query}\n")


def test_count_is_of_the_lines_that_would_be_printed(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland", "--library", str(library)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert main(["search", "norland", "--library", str(library), "--count"]) == 0
    counts = dict(line.rsplit(":", 1) for line in capsys.readouterr().out.splitlines())
    assert {path: int(count) for path, count in counts.items()} == {
        path: sum(line.startswith(f"{path}:") for line in lines) for path in counts
    }
    assert set(counts) == {line.split(":")[0] for line in lines}


def test_files_are_printed_once(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "norland", "--library", str(library), "--files"]) == 0
    files = capsys.readouterr().out.splitlines()
    assert main(["search", "norland", "--library", str(library)]) == 0
    assert files == list(dict.fromkeys(line.split(":")[0] for line in capsys.readouterr().out.splitlines()))


def test_context_is_printed_around_each_sentence(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "climate crisis", "--library", str(library), "--context", "1"]) == 0
    path = library.with_name("accord.txt")
    lines = capsys.readouterr().out.splitlines()
    assert f"{path}:3:5: The climate crisis comes next." in lines
    assert any(line.startswith(f"{path}-") for line in lines)


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_matches_are_coloured_on_a_terminal(
    library: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    coloured: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm"} | variables).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["search", "climate crisis", "--library", str(library)]) == 0
    out = capsys.readouterr().out
    assert ("The \x1b[1;31mclimate\x1b[m" in out) is coloured
    assert ("\x1b" in out) is coloured
