"""Normalised names: one form for all spellings of a name."""

from __future__ import annotations

import re
from functools import cache

from alliance_tui.extraction.mentions.names.gazetteer import normalise_punctuation
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names
from alliance_tui.extraction.regex import literal_alternation


@cache
def _normalisations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Replacements in a name, in order; a unit keeps its number, which alone identifies it among units of its kind."""
    unit = rf" .*\b(?:{literal_alternation(capitalised_names().numbered_units).lower()})$"
    return (
        (re.compile(r"\([^)]{0,200}\)"), " "),
        (re.compile(r"\bu\.?s\.?(?: of america)?(?=\W|$)|\bunited states\b"), "us"),
        (re.compile(r"\bu\.?n\.?(?=\W|$)|\bunited nations\b"), "un"),
        (re.compile(r"&"), " and "),
        (re.compile(r"\bco\b"), "company"),
        (re.compile(r"\bcorp\b"), "corporation"),
        (re.compile(r"[^\w ]+"), " "),
        (re.compile(rf"^(?:the|(?:19|20)\d\d|\d+(?:st|nd|rd|th)(?!{unit})|first|inaugural) "), ""),
    )


def normalised_name(name: str) -> str:
    """Return a name in lower case without points, brackets, article or year."""
    form = normalise_punctuation(name).lower()
    for pattern, replacement in _normalisations():
        form = pattern.sub(replacement, form)
    return " ".join(form.split())
