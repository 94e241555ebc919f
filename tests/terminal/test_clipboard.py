"""A copy goes through the terminal where that is possible, and nothing but sanitised text is sent."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.terminal.capabilities import Capabilities, Multiplexer
from alliance_tui.terminal.clipboard import copy_to_clipboard

PLAIN = Capabilities()
NO_CLIPBOARD = Capabilities(term="linux", clipboard=False)


def payload(sequence: str) -> str:
    found = re.search(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found, sequence
    return base64.b64decode(found[1]).decode()


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_only_sanitised_text_is_sent(text: str) -> None:
    sent: list[str] = []
    assert copy_to_clipboard(text, PLAIN, sent.append, {}).succeeded
    assert payload(sent[0]) == sanitise(text)


def test_tmux_is_asked_and_hands_it_on() -> None:
    sent: list[str] = []
    copy_to_clipboard("a quote", Capabilities(multiplexer=Multiplexer.TMUX), sent.append, {})
    assert sent[0].startswith("\x1b]52;c;")
    assert "\x1bPtmux;\x1b\x1b]52;c;" in sent[0]
    assert sent[0].endswith("\x07\x1b\\")


def test_screen_hands_it_on_in_pieces_that_it_can_take() -> None:
    sent: list[str] = []
    copy_to_clipboard("a long quote " * 300, Capabilities(multiplexer=Multiplexer.SCREEN), sent.append, {})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sent[0], re.DOTALL)
    assert max(map(len, pieces)) <= 700
    assert payload("".join(pieces)) == "a long quote " * 300


def fake_tool(folder: Path, name: str, body: str) -> dict[str, str]:
    tool = folder / name
    tool.write_text(f"#!/bin/sh\n{body}\n")
    tool.chmod(0o755)
    return {"DISPLAY": ":0"}


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    return tmp_path


def test_a_tool_is_used_where_the_terminal_cannot(tools: Path) -> None:
    environ = fake_tool(tools, "xclip", f"cat > {tools}/taken")
    sent: list[str] = []
    copied = copy_to_clipboard("a\x1bb", NO_CLIPBOARD, sent.append, environ)
    assert copied.succeeded
    assert copied.tool == "xclip"
    assert (tools / "taken").read_text() == "a␛b"
    assert not sent


def test_a_text_too_long_for_the_terminal_goes_to_the_tool(tools: Path) -> None:
    environ = fake_tool(tools, "xclip", f"cat > {tools}/taken")
    sent: list[str] = []
    assert copy_to_clipboard("x" * 100_000, PLAIN, sent.append, environ).succeeded
    assert not sent


@pytest.mark.parametrize("body", ["exit 1", "cat > /dev/null; exit 3"])
def test_the_failure_of_a_tool_is_reported(tools: Path, body: str) -> None:
    copied = copy_to_clipboard("a", NO_CLIPBOARD, lambda _: None, fake_tool(tools, "xclip", body))
    assert not copied.succeeded
    assert "Not copied" in copied.error


def test_over_ssh_no_tool_fills_the_clipboard_of_the_wrong_machine(tools: Path) -> None:
    environ = fake_tool(tools, "xclip", f"cat > {tools}/taken")
    assert not copy_to_clipboard("a", Capabilities(clipboard=False, ssh=True), lambda _: None, environ).succeeded
    assert not (tools / "taken").exists()
