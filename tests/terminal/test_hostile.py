"""Hostile text through every surface: not one byte of it reaches the terminal raw, and nothing crashes."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest
from pseudoterminal import DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

from conftest import Home

pytestmark = [pytest.mark.pty, pytest.mark.model]

ATTACKS = {
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "title": "\x1b]0;owned\x07",
    "title, ended by ST": "\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;https://example.org/\x1b\\here\x1b]8;;\x1b\\",
    "file download": "\x1b]1337;File=name=b3duZWQ=:b3duZWQ=\x07",
    "notification": "\x1b]9;owned\x07",
    "palette": "\x1b]4;1;#000000\x07",
    "alternate screen": "\x1b[?1049l",
    "report that types": "\x1b[6n\x1b[c\x1b[21t",
    "settings string": "\x1bP$q m\x1b\\",
    "key redefinition": '\x1b[65;"owned"p',
    "reset": "\x1bc",
    "character set": "\x1b(0",
    "scroll region": "\x1b[1;2r",
    "application program command": "\x1b_Gowned\x1b\\",
    "tmux passthrough": "\x1bPtmux;\x1b\x1b]0;owned\x07\x1b\\",
    "C1 control sequence": "\x9b31m\x9b2J",
    "C1 string": "\x9d0;owned\x9c",
    "C1 device control": "\x90q\x9c",
    "bell": "\x07\x07\x07",
    "backspaces": "safe\x08\x08\x08\x08evil",
    "carriage return": "shown\rhidden",
    "line feeds": "one\x0btwo\x0cthree",
    "shift out": "\x0e\x0f",
    "delete": "\x7f\x7f",
    "null": "a\x00b",
    "bidi override": "\u202etxt.exe\u202c",
    "bidi isolate": "\u2066a\u2067b\u2068c\u2069",
    "marks": "\u200e\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufeff",
    "tags": "\U000e0068\U000e0069\U000e007f",
    "variation selectors": "a\ufe0fb\U000e0100",
    "separators": "a\u2028b\u2029c\x85d",
    "annotation": "\ufff9a\ufffab\ufffb",
    "markup": "[/] [/b] [red]x[/red] [@click=app.quit]quit[/] [link=file:///etc/passwd]y[/link] [[ ]] \\[",
    "Rich markup": "[bold magenta]:skull:[/] {x} %s $x",
    "many combining marks": "e" + "\u0301" * 50,
    "wide": "岸田文雄" * 30,
    "emoji": "👩‍👩‍👧‍👦🏴\U000e0067\U000e0062🇯🇵",
    "private use": "\ue000\uf8ff\U000f0000",
    "noncharacters": "\uffff\ufdd0",
}

# All that the program itself ever sends: cursor moves, pens, erasing, modes, keys, questions on modes, the shape of
# the pointer, and what the reader copies.
OURS = re.compile(
    rb"\x1b\[[0-9;]*[HCXm]|\x1b\[2J|\x1b\[\?[0-9]+[hl]|\x1b\[>25u|\x1b\[<u|\x1b\[\?20(?:26|48)\$p|\x1b\]22;[a-z]+\x07"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"
)
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
UNSAFE = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def assert_inert(terminal: Terminal) -> None:
    """Not one byte of an attack was sent: no control but the program's own, and none of those off by a document."""
    left = OURS.sub(b"", bytes(terminal.raw)).decode()
    assert UNSAFE.findall(left) == []
    copied = [base64.b64decode(payload).decode() for payload in COPIED.findall(terminal.raw)]
    assert "owned" not in copied
    assert UNSAFE.findall("".join(copied)) == []
    modes = {int(mode) for mode in re.findall(rb"\x1b\[\?([0-9]+)[hl]", terminal.raw)}
    assert modes <= {7, 25, 1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}


def walk(terminal: Terminal) -> None:
    """Go everywhere: the text, the lists, the details, the help, another theme, another document, a search."""
    terminal.press(
        PAGE_DOWN, PAGE_DOWN, TAB, DOWN, ENTER, ENTER, ESCAPE, TAB, DOWN, ENTER, "d", ESCAPE, ESCAPE, quiet=0.15
    )
    terminal.press("?", ESCAPE, "t", "]", "y", "Y", "/", "owned", ENTER, "n", ESCAPE, quiet=0.15)
    assert terminal.running, bytes(terminal.raw[-2000:]).decode()


def hostile_document(folder: Path) -> Path:
    lines = [f"Japan and the United States agreed to {name} {attack} in Tokyo." for name, attack in ATTACKS.items()]
    path = folder / "hostile.txt"
    path.write_text(
        "\n\n".join(["\x1b]0;owned\x07 A \u202etitle [/]", *lines]), encoding="utf-8", errors="surrogatepass"
    )
    return path


def test_a_hostile_document(home: Home) -> None:
    with home.explorer(str(hostile_document(home.folder))) as terminal:
        terminal.wait_for("␛]0;owned␇")
        terminal.settle(2.0)
        walk(terminal)
        assert "Traceback" not in terminal.text
        assert terminal.leave() == 0
        assert_inert(terminal)


@pytest.mark.parametrize(
    "name",
    [
        "clipboard",
        "title",
        "settings string",
        "C1 string",
        "bidi override",
        "tags",
        "markup",
        "carriage return",
        "wide",
    ],
)
def test_a_hostile_file_name(home: Home, name: str) -> None:
    file = (ATTACKS[name].replace("/", "∕")[:80] + ".txt").encode()
    folder = os.fsencode(home.folder)
    (home.folder / "plain.txt").write_text("Japan agreed.", encoding="utf-8")
    path = os.fsdecode(folder + b"/" + file)
    (home.folder / "plain.txt").rename(path)
    with home.explorer(path) as terminal:
        terminal.wait_for("Japan agreed")
        terminal.press("d", ESCAPE, "?", ESCAPE, quiet=0.1)
        assert terminal.leave() == 0, terminal.text
        assert_inert(terminal)


def test_a_missing_file_with_a_hostile_name(home: Home) -> None:
    with home.explorer("/no/such/" + ATTACKS["title"] + ATTACKS["bidi override"] + ".txt") as terminal:
        assert terminal.wait_for_end() == 1
        assert "␛]0;owned␇" in terminal.text
        assert_inert(terminal)


def test_a_file_name_that_is_no_unicode(home: Home) -> None:
    path = os.fsencode(home.folder) + b"/\xff\x1b]0;owned\x07\xfe.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of bytes
        file.write("Japan agreed.")
    with home.explorer(os.fsdecode(path)) as terminal:
        terminal.wait_for("Japan agreed")
        assert terminal.leave() == 0
        assert_inert(terminal)


def test_hostile_queries_as_options(known_home: Home) -> None:
    for attack in ("title", "C1 control sequence", "bidi override", "markup", "carriage return"):
        with known_home.explorer("--query", ATTACKS[attack]) as terminal:
            terminal.wait_for("Prime Minister")
            terminal.settle(0.5)
            terminal.press("/", "a", ENTER, ESCAPE, quiet=0.1)
            assert terminal.leave() == 0, terminal.text
            assert_inert(terminal)


def test_hostile_queries_pasted(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        terminal.settle(0.5)
        terminal.press("/")
        for attack in ATTACKS.values():
            if not {"\x1b", "\n", "\r"} & set(attack):
                terminal.send(f"\x1b[200~{attack}\x1b[201~")
                terminal.settle(0.15)
                terminal.press("\x15", quiet=0.15)
        assert terminal.running, terminal.text
        terminal.press(ESCAPE)
        assert terminal.leave() == 0
        assert_inert(terminal)
