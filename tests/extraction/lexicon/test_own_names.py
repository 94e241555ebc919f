"""Names that are added to the reader's own lexicons."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from alliance_tui.errors import LexiconError
from alliance_tui.extraction.lexicon import loading, own_names
from alliance_tui.extraction.lexicon.check import check_lexicons
from alliance_tui.extraction.lexicon.own_names import keep_name, with_entry
from alliance_tui.records import EntityType

TEXT = """# my own
[bodies]
# those of the north
'Harbour Panel' = ['HP']
'Tide Council' = [
    'TC',
]

[members]
'Tide Council' = ['Norland']
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (loading, own_names):
        monkeypatch.setattr(module, "own_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["Arctic Panel", "Joint Panel", "Zone Panel", "Fishers' Panel"])
def test_a_name_comes_in_its_place_and_all_else_stays(name: str) -> None:
    changed = with_entry(TEXT, "bodies", name, ["XP"])
    assert list(tomllib.loads(changed)["bodies"]) == sorted(["Harbour Panel", "Tide Council", name], key=str.casefold)
    assert [line for line in changed.split("\n") if name not in line] == TEXT.split("\n")


def test_a_name_that_is_there_gets_its_new_forms() -> None:
    changed = tomllib.loads(with_entry(TEXT, "bodies", "Tide Council", ["TC", "the Council"]))
    assert changed == {
        "bodies": {"Harbour Panel": ["HP"], "Tide Council": ["TC", "the Council"]},
        "members": {"Tide Council": ["Norland"]},
    }


def test_names_are_kept_in_the_file_of_their_type_which_stays_without_a_fault(folder: Path) -> None:
    for name, forms in (("Tide Council", ["TC"]), ("Harbour Panel", []), ("Tide Council", ["Tide Council", "Council"])):
        assert keep_name(name, EntityType.BODY, forms) == folder / "bodies.toml"
    keep_name("Radar Two", EntityType.SYSTEM, ["R2"])
    assert tomllib.loads((folder / "bodies.toml").read_text()) == {
        "bodies": {"Harbour Panel": [], "Tide Council": ["Council", "TC"]}
    }
    assert tomllib.loads((folder / "programmes.toml").read_text()) == {"systems": {"Radar Two": ["R2"]}}
    assert [fault for fault in check_lexicons() if fault.path.parent == folder] == []


def test_a_file_with_a_fault_and_a_type_without_a_lexicon_are_refused_and_nothing_is_changed(folder: Path) -> None:
    (folder / "bodies.toml").write_text("[bodies\n")
    with pytest.raises(LexiconError, match="no valid TOML"):
        keep_name("Tide Council", EntityType.BODY, [])
    assert (folder / "bodies.toml").read_text() == "[bodies\n"
    with pytest.raises(LexiconError, match="type state"):
        keep_name("Norland", EntityType.STATE, [])
