"""Encoding detection for plain text files."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_SIZE = 65536
_DETECTION_BYTES = 1 << 20
_ASCII = bytes(range(0x80))
# Control characters that no text has, and what decoding puts for invalid bytes.
_NON_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffd]")
# Bytes that Windows-1252 leaves undefined; three accented letters in a row.
_NOT_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\xc0-\xff]{3}")


def decode(data: bytes) -> str | None:
    """Return the text of a plain file without its byte-order mark, or None for a binary file.

    Tried in order: the byte-order mark; UTF-16 without a mark, by its zero bytes; UTF-8, with up to a tenth of its
    bytes beyond ASCII invalid (they become U+FFFD); Windows-1252, where the bytes fit Western text; the best guess of
    charset-normalizer, which knows the encodings of Cyrillic, Greek, Arabic, Hebrew and East Asian text.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _none_if_binary(data[len(mark) :].decode(name, "replace"))
    if byte_order := _detect_utf16_byte_order(data):  # before UTF-8: English text in UTF-16 is valid UTF-8 as well
        return _none_if_binary(data.decode(byte_order, "replace"))
    try:
        return _none_if_binary(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return _none_if_binary(data.decode("utf-8", "replace"))
    if b"\0" in data[:_SAMPLE_SIZE]:
        return None
    if not _NOT_WINDOWS_1252.search(data):
        return _none_if_binary(data.decode("cp1252", "replace"))
    return _none_if_binary(_decode_by_detection(data))


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether nine tenths of the bytes beyond ASCII belong to well-formed UTF-8 sequences."""
    non_ascii = len(data.translate(None, _ASCII))
    invalid = len(data) - len(data.decode("utf-8", "ignore").encode())
    return invalid < 0.1 * non_ascii


def _detect_utf16_byte_order(data: bytes) -> str | None:
    """Return the encoding of UTF-16 text without a mark: in Latin script nearly every other byte is zero."""
    sample = data[:_SAMPLE_SIZE]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_by_detection(data: bytes) -> str:
    from charset_normalizer import from_bytes

    detection = from_bytes(data[:_DETECTION_BYTES]).best()
    return data.decode(detection.encoding if detection else "cp1252", "replace")


def _none_if_binary(text: str) -> str | None:
    """Return the text, or None where over one in twenty of its characters are control or replacement characters."""
    sample = text[:_SAMPLE_SIZE]
    return text if len(_NON_TEXT.findall(sample)) <= len(sample) // 20 else None
