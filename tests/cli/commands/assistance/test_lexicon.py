"""`alliance-tui lexicon`, and a reader's own lexicons in what the commands print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_tui.extraction.data_folders import BUILT_IN

TEXT = "The Harbour Authority of Norland will host a workshop in May 2031."


class Reader:
    """A reader with a folder for own lexicons."""

    def __init__(self, home: Path) -> None:
        names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
        self._environ = os.environ | {name: str(home / name) for name in names}
        self.folder = Path(self.run("lexicon", "path").stdout.splitlines()[0])

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program and return its output."""
        command = [sys.executable, "-m", "alliance_tui", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=self._environ, timeout=120, check=False)

    def add(self, name: str, text: str) -> Path:
        """Write an own lexicon."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_path_prints_the_own_folder_and_the_built_in_one(reader: Reader, tmp_path: Path) -> None:
    done = reader.run("lexicon", "path")
    assert done.stdout.splitlines() == [str(reader.folder), str(BUILT_IN)]
    assert reader.folder.is_relative_to(tmp_path) and reader.folder.name == "lexicon"
    assert not reader.folder.exists()


def test_check_leaves_with_0_where_there_is_no_fault(reader: Reader) -> None:
    reader.add("organisations.toml", "[organisations]\n'Harbour Authority of Norland' = ['HAN']\n")
    done = reader.run("lexicon", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_leaves_with_1_and_prints_a_line_for_each_fault(reader: Reader) -> None:
    units = reader.add("units.toml", "[units]\n'Norland Navy' = []\n'Norland Army' = []\n")
    cues = reader.add("cues.toml", "speech_verb = ['vow']\n")
    done = reader.run("lexicon", "check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{cues}:1: speech_verb: not known here: is “speech_verbs” meant?",
        f"{units}:3: units, Norland Army: “Norland Army” belongs before “Norland Navy”: sort the entries",
    ]


@pytest.mark.parametrize("arguments", [(), ("list",), ("check", "cues.toml")])
def test_wrong_usage_leaves_with_2(reader: Reader, arguments: tuple[str, ...]) -> None:
    assert reader.run("lexicon", *arguments).returncode == 2


def test_info_names_the_own_lexicons(reader: Reader) -> None:
    assert f"own lexicons: {reader.folder} (none)" in reader.run("info").stdout
    reader.add("units.toml", "[units]\n")
    assert f"own lexicons: {reader.folder} (units.toml)" in reader.run("info").stdout


@pytest.mark.model
def test_the_extraction_reads_own_lexicons_and_passes_faulty_ones_over(reader: Reader, tmp_path: Path) -> None:
    documents = [tmp_path / "readout.txt", tmp_path / "statement.txt"]  # two, so that worker processes read them
    for document in documents:
        document.write_text(TEXT)

    def named(*paths: Path) -> tuple[list[bool], str]:
        """Return, for each document, whether an entity is named HAN; and the messages."""
        done = reader.run("extract", *map(str, paths), "--format", "jsonl")
        assert done.returncode == 0
        analyses = [json.loads(line) for line in done.stdout.splitlines()]
        return ["HAN" in [entity["name"] for entity in one["entities"]] for one in analyses], done.stderr

    assert named(documents[0]) == ([False], "")
    reader.add("organisations.toml", "[organisations]\n'HAN' = ['Harbour Authority of Norland']\n")
    assert named(*documents) == ([True, True], "")
    reader.add("organisations.toml", "[organisations]\n'HAN' = 'Harbour Authority of Norland'\n")
    found, messages = named(documents[0])
    assert found == [False]
    assert "organisations.toml is passed over: line 2: organisations, HAN: must be a list" in messages
