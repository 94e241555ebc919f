"""A record's title: one short line, like an order, made of the text's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.clauses import verbal

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 72
_BREAKS = frozenset(
    {
        ",",
        ";",
        "–",
        "—",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "through",
        "as",
        "at",
        "of",
        "from",
        "between",
    }
)


def title(anchor: Token, last: int) -> str:
    """The anchor's base form and what follows up to token `last` (exclusive), cut to a line."""
    doc = anchor.doc
    words = [anchor.lemma_.lower() if verbal(anchor) else anchor.text]
    first = anchor.i + 1
    if not verbal(anchor):
        words = [doc[anchor.left_edge.i : anchor.i + 1].text] if anchor.i - anchor.left_edge.i < 8 else words
    text = words[0] + doc[anchor.i].whitespace_ + doc[first:last].text
    line = re.sub(r"\s+", " ", text).strip(" ,;:–—-“\"'`")
    line = re.sub(r"^(?:the|a|an|its|our|their) ", "", line, flags=re.IGNORECASE)
    return _cut(line[:1].upper() + line[1:])


def _cut(line: str) -> str:
    if len(line) <= _LONGEST:
        return line
    words = line[:_LONGEST].split(" ")[:-1]
    for keep in range(len(words), len(words) // 2, -1):
        if keep < len(words) and words[keep].lower() in _BREAKS:
            words = words[:keep]
            break
    return " ".join(words).rstrip(" ,;:–—-") + "…"
