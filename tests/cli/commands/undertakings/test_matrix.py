"""`alliance-tui matrix`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alliance_tui.cli.main import main
from tests.support.sample_library import fill

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """The matrix of the sample library."""
    return ["matrix", "--library", str(fill(tmp_path))]


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_table_has_a_row_and_a_column_for_each_party(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    heading, *rows = printed(arguments, capsys).splitlines()
    assert heading.split()[:2] == ["party", "all"]
    assert rows[0].split()[:2] == ["Norland", rows[0].split()[1]]
    assert "alone" in rows[-1]
    assert "0 undertakings without a party" in rows[-2]


def test_columns_that_do_not_fit_are_counted(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_tui.cli.console.output_width", lambda _: 40)
    out = printed(arguments, capsys).splitlines()
    assert max(map(len, out)) <= 80
    assert "columns; all are in --format csv" in out[-1]


def test_csv_is_a_list_of_edges(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed([*arguments, "--format", "csv"], capsys))))
    weights = {frozenset((row["source"], row["target"])): int(row["weight"]) for row in rows}
    assert weights[frozenset(("Norland", "Westmark"))] == 1
    assert len(weights) == len(rows) == 4
    assert {row["type"] for row in rows} == {"undirected"}


@pytest.mark.parametrize("by", ["parties", "field"])
def test_graphml_joins_what_it_names(by: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    tree = ElementTree.fromstring(printed([*arguments, "--by", by, "--format", "graphml"], capsys))
    nodes = {
        node.attrib["id"]: {data.attrib["key"]: data.text for data in node} for node in tree.iter(f"{GRAPHML}node")
    }
    declared = {key.attrib["id"] for key in tree.iter(f"{GRAPHML}key")}
    assert {key for data in nodes.values() for key in data} <= declared
    edges = list(tree.iter(f"{GRAPHML}edge"))
    assert edges
    kinds = {(nodes[e.attrib["source"]]["kind"], nodes[e.attrib["target"]]["kind"]) for e in edges}
    assert kinds == {("party", "party" if by == "parties" else "field")}
    assert "République d'Arvane" in {data["name"] for data in nodes.values()}


def test_json_has_each_undertaking_once(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(printed([*arguments, "radars", "--format", "json"], capsys))
    assert [each["title"] for each in value["undertakings"]] == ["Link their coastal radars"]
    assert value["cells"] == [{"row": "Norland", "column": "Westmark", "undertakings": [0]}]
    assert [party["name"] for party in value["parties"]] == ["Norland", "Westmark"]


def test_nothing_found_is_an_empty_matrix(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert printed([*arguments, "unheard-of"], capsys).startswith("0 parties")
    ElementTree.fromstring(printed([*arguments, "unheard-of", "--format", "graphml"], capsys))
