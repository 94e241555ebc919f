"""What an explorer in a browser may read: what it was started with, and no other file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alliance_tui.documents import confinement, read, read_all
from alliance_tui.errors import DocumentError
from alliance_tui.explorer.dialogs.path_picker import path_items


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one folder that may be read; beside it lies another, with links between them."""
    allowed, other = tmp_path / "allowed", tmp_path / "other"
    for each in (allowed, other):
        each.mkdir()
        (each / "a.txt").write_text("Norland and Westmark agreed.")
    (allowed / "link.txt").symlink_to(other / "a.txt")
    (allowed / "folder").symlink_to(other)
    (other / "back.txt").symlink_to(allowed / "a.txt")
    monkeypatch.setenv(confinement.VARIABLE, confinement.encode_paths([allowed]))
    return allowed


def test_what_is_allowed_is_read(folder: Path) -> None:
    assert read(folder / "a.txt").text.startswith("Norland")
    assert read(folder.parent / "other" / "back.txt").text.startswith("Norland")


@pytest.mark.parametrize("path", ["../other/a.txt", "link.txt", "folder/a.txt", "../other"])
def test_nothing_else_is_read_by_any_way(folder: Path, path: str) -> None:
    results = list(read_all([folder / path]))
    assert results
    for result in results:
        if not (isinstance(result, DocumentError) or str(result.path).endswith("back.txt")):
            raise AssertionError(result)
    assert any("outside of what serve may read: start serve with --allow" in str(result) for result in results)


def test_a_sidecar_that_leads_elsewhere_is_passed_over(folder: Path) -> None:
    (folder.parent / "other" / "secret.toml").write_text("title = 'A secret'")
    (folder / "a.toml").symlink_to(folder.parent / "other" / "secret.toml")
    assert read(folder / "a.txt").title == "a"


def test_the_sidecar_of_a_file_that_is_allowed_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(confinement.VARIABLE, confinement.encode_paths([folder / "a.txt"]))
    assert read(folder / "a.txt").title == "a"
    (folder / "a.toml").write_text("title = 'Accord'")
    assert read(folder / "a.txt").title == "Accord"


def test_a_value_that_is_not_understood_allows_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "{", "{}", "[1]"):
        monkeypatch.setenv(confinement.VARIABLE, value)
        assert not confinement.may_read(folder / "a.txt")


def test_without_a_confinement_everything_is_allowed(tmp_path: Path) -> None:
    assert confinement.VARIABLE not in os.environ
    assert confinement.may_read(tmp_path)
    assert confinement.starting_folder() is None


def test_only_what_is_allowed_is_listed_to_pick_from(folder: Path) -> None:
    names = [item.note for item in path_items(f"{folder}/") if item.name != "all in"]
    assert names == ["a.txt"]
    assert path_items(f"{folder.parent}/other/") == []
    assert [item.note for item in path_items(f"{folder.parent}/") if item.name != "all in"] == ["allowed/"]
    assert confinement.starting_folder() == folder
