"""Normalised names: one form for all spellings of a name."""

from __future__ import annotations

import re

from alliance_tui.extraction.mentions.gazetteer import normalise_punctuation

_NUMBERED_UNIT = r" .*\b(?:fleet|army|corps|division|brigade|wing|squadron|regiment|battalion)$"
"""Units of one kind are told apart by their numbers alone."""
_NORMALISATIONS = (
    (re.compile(r"\([^)]*\)"), " "),
    (re.compile(r"\bu\.?s\.?(?: of america)?(?=\W|$)|\bunited states\b"), "us"),
    (re.compile(r"\bu\.?n\.?(?=\W|$)|\bunited nations\b"), "un"),
    (re.compile(r"&"), " and "),
    (re.compile(r"\bco\b"), "company"),
    (re.compile(r"\bcorp\b"), "corporation"),
    (re.compile(r"[^\w ]+"), " "),
    (re.compile(rf"^(?:the|(?:19|20)\d\d|\d+(?:st|nd|rd|th)(?!{_NUMBERED_UNIT})|first|inaugural) "), ""),
)


def normalised_name(name: str) -> str:
    """Return a name in lower case without points, brackets, article or year."""
    form = normalise_punctuation(name).lower()
    for pattern, replacement in _NORMALISATIONS:
        form = pattern.sub(replacement, form)
    return " ".join(form.split())
