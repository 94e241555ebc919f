"""Capabilities detected from the environment."""

from __future__ import annotations

import pytest

from alliance_tui.terminal.capabilities import TRUE_COLOUR, detect_capabilities

UTF8 = {"LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE_COLOUR),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, TRUE_COLOUR),
        ({"TERM": "xterm-kitty"}, TRUE_COLOUR),
        ({"TERM": "xterm-direct"}, TRUE_COLOUR),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "screen-256color"}, 256),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "screen"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "vt220"}, 0),
        ({"TERM": "dumb"}, 0),
        ({}, 0),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, 0),
    ],
)
def test_colours(environ: dict[str, str], colours: int) -> None:
    assert detect_capabilities(environ).colours == colours


@pytest.mark.parametrize(
    ("value", "dark"),
    [
        ("15;0", True),
        ("0;15", False),
        ("0;7", False),
        ("15;8", True),
        ("0;default;15", False),
        ("x", None),
        (None, None),
    ],
)
def test_the_background_is_dark_or_light_or_unknown(value: str | None, dark: bool | None) -> None:
    assert detect_capabilities({} if value is None else {"COLORFGBG": value}).dark_background is dark


@pytest.mark.parametrize(
    ("environ", "unicode"),
    [
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "ja_JP.utf8"}, True),
        ({"LANG": "en_GB.ISO-8859-1"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "xx.no-such-encoding"}, False),
        ({}, False),
    ],
)
def test_only_a_locale_with_unicode_gets_more_than_ascii(environ: dict[str, str], unicode: bool) -> None:
    assert detect_capabilities({"TERM": "xterm", **environ}).unicode is unicode


def test_an_old_terminal_gets_ascii_whatever_the_locale() -> None:
    assert not detect_capabilities({"TERM": "vt220", **UTF8}).unicode
    assert detect_capabilities({"TERM": "linux", **UTF8}).unicode


def test_a_console_gets_letters_but_no_shapes_that_its_font_lacks() -> None:
    assert detect_capabilities({"TERM": "xterm", **UTF8}).geometric_shapes
    assert not detect_capabilities({"TERM": "linux", **UTF8}).geometric_shapes
    assert not detect_capabilities({"TERM": "xterm", "LANG": "C"}).geometric_shapes


def test_the_mouse_is_off_over_ssh_and_on_a_simple_terminal() -> None:
    assert detect_capabilities({"TERM": "xterm"}).mouse
    assert not detect_capabilities({"TERM": "xterm", "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}).mouse
    assert not detect_capabilities({"TERM": "linux"}).mouse


@pytest.mark.parametrize(
    ("environ", "multiplexer"),
    [
        ({"TERM": "xterm"}, None),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, "tmux"),
        ({"TERM": "tmux-256color"}, "tmux"),
        ({"TERM": "screen", "STY": "1.pts"}, "screen"),
        ({"TERM": "screen"}, "screen"),
    ],
)
def test_the_multiplexer(environ: dict[str, str], multiplexer: str | None) -> None:
    assert detect_capabilities(environ).multiplexer == multiplexer


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "light"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi"),
    ],
)
def test_the_theme_that_suits(environ: dict[str, str], theme: str) -> None:
    assert detect_capabilities(environ).default_theme == theme


def test_the_clipboard_is_not_asked_of_a_terminal_that_has_none() -> None:
    assert detect_capabilities({"TERM": "xterm"}).clipboard
    assert not detect_capabilities({"TERM": "linux"}).clipboard
    assert not detect_capabilities({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}).clipboard
