"""Text that attacks a terminal or the program, and a check that no bytes sent to a terminal contain it."""

from __future__ import annotations

import base64
import re

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

# The control sequences that the program itself sends: cursor moves, pens, erasing, modes, keys, mode queries, the
# pointer's shape, and copies to the clipboard.
OURS = re.compile(
    rb"\x1b\[[0-9;]*[BCDHKXm]|\x1b\[2J|\x1b\[\?[0-9]+[hl]|\x1b\[>25u|\x1b\[<u|\x1b\[\?20(?:26|48)\$p|\x1b\]22;[a-z]+\x07"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"
)
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
MODE = re.compile(rb"\x1b\[\?([0-9]+)[hl]")
OUR_MODES = {7, 25, 1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048}
UNSAFE = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def faults(raw: bytes) -> list[str]:
    """Return the controls and modes in the bytes sent to a terminal that the program never sends, and unsafe copies."""
    found = UNSAFE.findall(OURS.sub(b"", raw).decode())
    copied = [base64.b64decode(payload).decode() for payload in COPIED.findall(raw)]
    found += UNSAFE.findall("".join(copied)) + [each for each in copied if each == "owned"]
    return found + [f"mode {mode}" for mode in {int(mode) for mode in MODE.findall(raw)} - OUR_MODES]
