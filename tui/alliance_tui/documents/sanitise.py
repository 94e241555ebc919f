"""Sanitising of foreign text: code points that a terminal might obey, or a reader could not see, become visible marks.

Each unsafe code point becomes exactly one mark, so that offsets never move. Unsafe are the control characters
(ECMA-48, C0 and C1), the format characters and the default-ignorable code points of Unicode (general category Cf
and Default_Ignorable_Code_Point), the bidirectional controls (UAX #9; Boucher and Anderson, "Trojan Source", 2023),
the line and paragraph separators, and code points that are no characters: surrogates, noncharacters, private use, and
the unassigned planes. Variation selectors and joiners are unsafe too, since terminals disagree on the width of what
they join. The table is written out, so that the result is the same in every version of Python.

The marks are one column wide in every terminal, also in East Asian ones, and safe themselves.
"""

from __future__ import annotations

import re

_BIDI = "⇄"
_ESCAPE = "␛"
_INVISIBLE = "␢"
_LINE = "␤"
_NO_CHARACTER = "␦"
_SOFT_HYPHEN = "¬"
_BULLET = "‣"

_UNSAFE_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x80, 0x9F, _ESCAPE),  # C1: each stands for ESC and a letter
    (0xAD, 0xAD, _SOFT_HYPHEN),
    (0x034F, 0x034F, _INVISIBLE),  # combining grapheme joiner
    (0x0600, 0x0605, _INVISIBLE),  # Arabic signs that span the digits after them
    (0x061C, 0x061C, _BIDI),
    (0x06DD, 0x06DD, _INVISIBLE),
    (0x070F, 0x070F, _INVISIBLE),
    (0x0890, 0x0891, _INVISIBLE),
    (0x08E2, 0x08E2, _INVISIBLE),
    (0x115F, 0x1160, _INVISIBLE),  # Hangul fillers
    (0x17B4, 0x17B5, _INVISIBLE),  # Khmer inherent vowels
    (0x180B, 0x180F, _INVISIBLE),  # Mongolian selectors
    (0x200B, 0x200D, _INVISIBLE),  # zero-width space and joiners
    (0x200E, 0x200F, _BIDI),
    (0x2028, 0x2029, _LINE),
    (0x202A, 0x202E, _BIDI),
    (0x2060, 0x2065, _INVISIBLE),
    (0x2066, 0x2069, _BIDI),
    (0x206A, 0x206F, _INVISIBLE),
    (0x3164, 0x3164, _INVISIBLE),
    (0xD800, 0xDFFF, _NO_CHARACTER),
    (0xE000, 0xF8FF, _NO_CHARACTER),
    (0xFDD0, 0xFDEF, _NO_CHARACTER),
    (0xFE00, 0xFE0F, _INVISIBLE),  # variation selectors
    (0xFEFF, 0xFEFF, _INVISIBLE),
    (0xFFA0, 0xFFA0, _INVISIBLE),
    (0xFFF0, 0xFFFB, _INVISIBLE),  # interlinear annotation and reserved code points
    (0xFFFE, 0xFFFF, _NO_CHARACTER),
    (0x110BD, 0x110BD, _INVISIBLE),
    (0x110CD, 0x110CD, _INVISIBLE),
    (0x13430, 0x1343F, _INVISIBLE),
    (0x1BCA0, 0x1BCA3, _INVISIBLE),
    (0x1D173, 0x1D17A, _INVISIBLE),
    (0x1FFFE, 0x1FFFF, _NO_CHARACTER),
    (0x2FFFE, 0x2FFFF, _NO_CHARACTER),
    (0x3FFFE, 0xDFFFF, _NO_CHARACTER),
    (0xE0000, 0xE0FFF, _INVISIBLE),  # tag characters and more variation selectors
    (0xE1000, 0x10FFFF, _NO_CHARACTER),
)
_REPLACEMENTS = {
    **{
        chr(code): mark
        for first, last, mark in _UNSAFE_RANGES
        if mark != _NO_CHARACTER
        for code in range(first, last + 1)
    },
    **{chr(control): chr(0x2400 + control) for control in range(0x20)},
    "\x7f": "␡",
    "\r": " ",
    # Bullets of the Symbol and Wingdings fonts, which word processors write into PDF.
    "\uf0a7": _BULLET,
    "\uf0b7": _BULLET,
    "\uf0d8": _BULLET,
}
_LINE_SPACES = str.maketrans("\n\t", "  ")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f" + "".join(f"{chr(first)}-{chr(last)}" for first, last, _ in _UNSAFE_RANGES) + "]"
)


def sanitise(text: str) -> str:
    """Replace each unsafe code point by one mark; the result has the same length and is safe to write to a terminal.

    Newlines and tabs are kept; a carriage return becomes a space.
    """
    return _UNSAFE.sub(_replacement, text)


def sanitise_line(text: str) -> str:
    """Sanitise text for one line: newlines and tabs become spaces too."""
    return sanitise(text).translate(_LINE_SPACES)


def _replacement(unsafe: re.Match[str]) -> str:
    return _REPLACEMENTS.get(unsafe.group(), _NO_CHARACTER)
