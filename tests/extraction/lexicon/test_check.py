"""The check of all lexicons."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_tui.extraction.data_folders import BUILT_IN
from alliance_tui.extraction.lexicon import loading
from alliance_tui.extraction.lexicon.check import check_lexicons


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the reader's own lexicons, empty."""
    monkeypatch.setattr(loading, "own_folder", lambda: tmp_path)
    return tmp_path


def test_the_built_in_lexicons_have_no_fault(own: Path) -> None:
    assert [fault.located for fault in check_lexicons()] == []


@pytest.mark.parametrize(
    ("name", "text", "located"),
    [
        (
            "cues",
            "speech_verbs = [\n    'vow',\n    'swear',\n]\n",
            "cues.toml:3: speech_verbs, entry 2: “swear” belongs before “vow”: sort the entries",
        ),
        (
            "cues",
            "speech_verbs = [\n    'vow',\n    'vow',\n]\n",
            "cues.toml:3: speech_verbs, entry 2: “vow” is a duplicate: remove it",
        ),
        (
            "cues",
            "[event_verbs]\nagreed = ['vow']\nbinding = ['vow']\n",
            "cues.toml:3: event_verbs, binding, entry 1: “vow” belongs to “agreed” already: remove one",
        ),
        (
            "units",
            "[units]\n'Harbour Guard' = ['HG']\n'Coast Guards' = []\n",
            "units.toml:3: units, Coast Guards: “Coast Guards” belongs before “Harbour Guard”: sort the entries",
        ),
        (
            "units",
            "[units]\n'Harbour Guard' = ['HG']\n'HG' = []\n",
            "units.toml:2: units, Harbour Guard, entry 1: “HG” has an entry of its own: remove one",
        ),
        (
            "states",
            "[states]\n'Norland' = { forms = ['Nor', 'Ancient Nor'] }\n",
            "states.toml:2: states, Norland, forms, entry 2: “Ancient Nor” belongs before “Nor”: sort the entries",
        ),
        ("unit", "", "unit.toml: no lexicon has this name"),
    ],
)
def test_duplicates_and_entries_out_of_order_are_faults(own: Path, name: str, text: str, located: str) -> None:
    (own / f"{name}.toml").write_text(text, "utf-8")
    faults = [fault.located for fault in check_lexicons()]
    assert faults[0].startswith(f"{own}/{located}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("leaders", "[states]\n'Norland' = ['Zoe Berg', 'Ana Berg']\n'Fjordland' = ['Ole Dahl']\n"),
        ("cues", "speech_verbs = ['Swear', 'swear', 'vow']\n"),
        ("units", "[units]\nsorted = false\n'Harbour Guard' = []\n'Coast Guards' = []\n"),
        ("bodies", "[members]\n'Big Two' = ['Norland', 'Westland']\n'Three' = ['Eastland', 'Norland', 'Westland']\n"),
    ],
)
def test_order_that_is_marked_and_entries_of_two_groups_are_none(own: Path, name: str, text: str) -> None:
    (own / f"{name}.toml").write_text(text, "utf-8")
    assert [fault.located for fault in check_lexicons()] == []


def test_a_faulty_built_in_lexicon_does_not_hide_the_others(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in BUILT_IN.glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "units.toml").write_text("kind = 'name'\n")
    (folder / "dates.toml").unlink()
    monkeypatch.setattr(loading, "BUILT_IN", folder)
    assert [fault.located for fault in check_lexicons()] == [
        f"{folder / 'dates.toml'}: cannot be read (No such file or directory)",
        f"{folder / 'units.toml'}: units: missing",
    ]
