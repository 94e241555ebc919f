"""The reader's own keys, theme and mouse, from a file that may hold anything."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.explorer.app import ExplorerApp, app_with_settings
from alliance_tui.explorer.commands.key_rebinding import parse_key, rebind
from alliance_tui.explorer.commands.registry import COMMANDS, COMMANDS_BY_ID, CommandScope
from alliance_tui.explorer.persistence.settings import Settings, load
from alliance_tui.explorer.state.explorer_state import AnalysisStage, DisplayMode, ExplorerState, OpenDocument, Pane
from tests.support import builders
from tests.support.pilot import driving


def app_with(path: Path, text: str) -> ExplorerApp:
    """The app with a file of settings that holds this."""
    path.write_text(text)
    state = ExplorerState((OpenDocument(builders.analysis(), AnalysisStage.DONE),))
    return app_with_settings(state, *load(path), model=None, cache=None)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("?", "question_mark"),
        ("N", "N"),
        ("ctrl+l", "ctrl+l"),
        ("Ctrl-L", "ctrl+l"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("space", "space"),
        ("f5", "f5"),
        ("no such key", None),
        ("ctrl+", None),
        ("", None),
        ("\x1b", None),
        ("ctrl+shift+a", "ctrl+shift+a"),
        ("ctrl+ctrl+a", None),
        ("ctrl+shift+ctrl+a", None),
        ("ctrl+" * 5_000 + "a", None),
    ],
)
def test_keys_are_named_as_a_reader_writes_them(name: str, key: str | None) -> None:
    assert parse_key(name) == key


def test_every_key_of_the_registry_is_a_key() -> None:
    assert [key for action in COMMANDS for key in action.keys if parse_key(key) is None] == []


def test_two_actions_may_change_places() -> None:
    actions, problems = rebind(COMMANDS, {"search": ["n"], "next_match": ["/"]})
    new = {action.id: action for action in actions}
    assert not problems
    assert (new["search"].keys, new["next_match"].keys) == (("n",), ("slash",))


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"serach": ["n"]}, "there is no action serach; search is meant?"),
        ({"search": ["nokey"]}, "search: there is no key 'nokey'"),
        ({"search": []}, "search is given no key"),
        ({"search": ["n"]}, "search keeps its keys: n is a key of next_match"),
        ({"complete": ["a"]}, "complete: 'a' is for typing in the query line"),
    ],
)
def test_what_cannot_be_had_is_told_and_the_action_keeps_its_keys(keys: dict[str, list[str]], problem: str) -> None:
    actions, problems = rebind(COMMANDS, keys)
    assert problems == [problem]
    assert actions == COMMANDS


SOME_KEYS = st.sampled_from(["a", "b", "n", "/", "?", "tab", "enter", "f5", "Esc", "zz"])


@given(st.dictionaries(st.sampled_from(sorted(COMMANDS_BY_ID)), st.lists(SOME_KEYS, max_size=3)))
def test_whatever_is_asked_no_key_means_two_things(keys: dict[str, list[str]]) -> None:
    actions, problems = rebind(COMMANDS, keys)
    assert [action.id for action in actions] == [action.id for action in COMMANDS]
    alone = (CommandScope.QUERY, CommandScope.LIBRARY)
    for there in (
        (CommandScope.QUERY,),
        (CommandScope.LIBRARY,),
        [where for where in CommandScope if where not in alone],
    ):
        count = Counter(key for action in actions for key in set(action.keys) if action.scope in there)
        assert not [key for key, times in count.items() if times > 1]
    new = {action.id: action.keys for action in actions}
    for name, wanted in keys.items():
        assert list(new[name]) == [parse_key(key) for key in wanted] or any(name in problem for problem in problems)


async def test_the_readers_keys_work_and_are_shown_in_the_bar_and_the_help(tmp_path: Path) -> None:
    text = '[keys]\nsearch = ["s"]\njump = ["/"]\nnext_pane = ["f6"]\naccept_query = ["ctrl+j", "enter"]\n'
    async with driving(app_with(tmp_path / "config.toml", text)) as drive:
        assert drive.shown("#keys").strip().startswith("s search  f6 pane")
        await drive.press("f6")
        assert drive.state.pane is Pane.AGREEMENTS
        await drive.press("s")
        assert drive.state.typing
        await drive.type("denmark")
        await drive.press("ctrl+j")
        assert not drive.state.typing
        await drive.press("slash")
        assert drive.state.jump_labels
        await drive.press("escape", "question_mark")
        await drive.type("search as")
        assert drive.shown("#items").split()[1] == "s"


async def test_theme_and_mouse_are_as_the_file_says(tmp_path: Path) -> None:
    async with driving(app_with(tmp_path / "config.toml", 'theme = "light"\nmouse = false\n')) as drive:
        assert drive.app.palette.name == "light"
        assert not drive.app.mouse
        await drive.press("m")
        assert drive.app.mouse
        assert "Mouse on" in drive.shown("#record")
        await drive.press("f")
        assert drive.state.display_mode is DisplayMode.FILTER


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = 'mauve'", "there is no theme mauve"),
        ("mouse = 'yes'", "Expected `bool | null`, got `str` - at `$.mouse`"),
        ("colour = 1", "unknown field `colour`"),
        ("[keys", "passed over"),
        ("[keys]\nquit = 'q'", "Expected `array`"),
        ("[keys]\nserach = ['s']\nquit = ['zz']", "no action serach; search is meant? (and 1 more)"),
        ('[keys]\n"\\u001b[2J" = ["s"]', "config.toml: there is no action"),
    ],
)
async def test_a_bad_file_is_one_clear_line_and_the_next_key_takes_it_away(
    tmp_path: Path, text: str, told: str
) -> None:
    async with driving(app_with(tmp_path / "config.toml", text)) as drive:
        assert told in drive.shown("#record")
        assert "\x1b" not in drive.shown("#record")
        await drive.press("tab")
        assert told not in drive.shown("#record")


def test_a_file_that_is_not_there_or_not_readable_is_no_crash(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Settings(), "")
    settings, fault = load(tmp_path)
    assert settings == Settings()
    assert "passed over" in fault
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    assert "passed over" in load(tmp_path / "bytes.toml")[1]


def test_a_file_nested_too_deeply_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text("x = " + "[" * 50_000)
    assert load(tmp_path / "deep.toml")[0] == Settings()
    assert "deep.toml is passed over: it is nested too deeply" in load(tmp_path / "deep.toml")[1]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbftheme = 'light'\n")
    assert load(tmp_path / "config.toml") == (Settings(theme="light"), "")


def test_settings_that_are_no_file_are_passed_over_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "endless.toml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.toml")
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(1 << 40)
    for name, reason in (("endless", "a device or a pipe"), ("pipe", "a device or a pipe"), ("huge", "too large")):
        settings, fault = load(tmp_path / f"{name}.toml")
        assert settings == Settings()
        assert f"{name}.toml is passed over: " in fault
        assert reason in fault
