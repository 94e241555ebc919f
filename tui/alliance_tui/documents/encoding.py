"""From bytes to text: which encoding a plain file is in."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE = 65536
_GUESSED = 1 << 20
_ASCII = bytes(range(0x80))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffd]")
_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\xc0-\xff]{3}")


def decode(data: bytes) -> str | None:
    """The text of a plain file, without a byte-order mark, or None where the bytes are no text.

    A byte-order mark decides; then UTF-8, even with a few broken bytes in it (each shown as U+FFFD); then UTF-16
    without a mark, told by its zero bytes; then Windows-1252 where that reads as Western text; then the best guess of
    charset-normalizer, which knows the encodings of Cyrillic, Greek, Arabic, Hebrew and East Asian text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _if_text(data[len(mark) :].decode(name, "replace"))
    try:
        return _if_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _if_text(data.decode("utf-8", "replace"))
    if wide := _utf16_order(data):
        return _if_text(data.decode(wide, "replace"))
    if b"\0" in data[:_PROBE]:
        return None
    if not _WESTERN.search(data):
        return _if_text(data.decode("cp1252", "replace"))
    return _if_text(_guess(data))


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all of the bytes beyond ASCII belong to well-formed UTF-8 sequences."""
    high = len(data.translate(None, _ASCII))
    broken = len(data) - len(data.decode("utf-8", "ignore").encode())
    return broken < 0.1 * high


def _utf16_order(data: bytes) -> str | None:
    """The byte order of UTF-16 text without a mark: in Latin script nearly every other byte is zero."""
    probe = data[:_PROBE]
    half = max(1, len(probe) // 2)
    if probe[1::2].count(0) > 0.7 * half and probe[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if probe[::2].count(0) > 0.7 * half and probe[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _if_text(text: str) -> str | None:
    """The text, unless more than one in twenty of its characters are control or replacement characters."""
    probe = text[:_PROBE]
    return text if len(_CONTROLS.findall(probe)) <= len(probe) // 20 else None
