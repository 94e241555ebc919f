"""Cutting text into words and sentences, the same way for documents, records and queries.

A word is a run of letters and digits. Hyphens, apostrophes and all other marks part words, so "Self-Defense"
and "self defense" are the same two words; the possessive 's belongs to none; "U.S." is one word, its last dot
included. Offsets are code points from 0, ends exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from alliance_tui.search.folding import fold

_LETTER = r"[^\W\d_]"
# Marks that stand inside a word: soft hyphen, joiners, combining accents.
_INSIDE = "\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe20-\ufe2f"
WORD_PATTERN = re.compile(rf"((?<!\w)(?:{_LETTER}\.)+{_LETTER}\b\.?|[^\W_](?:[\w{_INSIDE}])*)(?:['’]s\b)?")
"""Group 1 is the word. Use it on a text whose underscores were made spaces."""

# A paragraph ends with its line, unless the next one goes on in lower case, or the line looks wrapped: of the usual
# width, without a mark at its end, and followed by a letter or digit.
_PARAGRAPH_END = re.compile(r"\n(?![ \t]*[a-z])")
_WRAPPED_LINE_LENGTHS = range(55, 101)
# A sentence ends at ".", "!" or "?" before a space and a capital, unless the point follows an initial or a title.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Ms|Mrs|Dr|St|Gen|Lt|Col|Sen|Rep|No)$")

# fmt: off
FUNCTION_WORDS = frozenset((
    "a", "an", "and", "as", "at", "be", "but", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or",
    "our", "that", "the", "their", "this", "to", "was", "were", "will", "with",
))
# fmt: on
"""The commonest English function words: in a query of several words they are lit only beside another."""


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word, in reading order."""
    for found in WORD_PATTERN.finditer(text.replace("_", " ")):
        yield found.span(1)


def folded_words(text: str) -> list[str]:
    """The words of the text, folded, in reading order."""
    return [folded for start, end in word_spans(text) if (folded := fold(text[start:end]))]


def sentence_starts(text: str) -> list[int]:
    """The offsets, in order and beginning with 0, at which sentences begin; a paragraph's first is among them."""
    ends = _SENTENCE_END.finditer(text)
    starts = paragraph_starts(text)
    starts += [end.end() for end in ends if not _ABBREVIATION.search(text, max(0, end.start() - 4), end.start())]
    starts.sort()  # two lots in order, which it merges; a set of them would keep other threads waiting for many ms
    return [start for before, start in pairwise((-1, *starts)) if start != before]


def paragraph_starts(text: str) -> list[int]:
    """The offsets, in order and beginning with 0, at which paragraphs begin. Blank ones are among them."""
    ends = (end.end() for end in _PARAGRAPH_END.finditer(text))
    return [0, *(end for end in ends if not _continues_wrapped_line(text, end))]


def paragraph_bounds(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the paragraph in which an offset stands, as paragraph_starts has them."""
    start = text.rfind("\n", 0, offset) + 1
    while start and not _starts_paragraph(text, start):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", offset) + 1
    while end and not _starts_paragraph(text, end):
        end = text.find("\n", end) + 1
    return start, end or len(text)


def _starts_paragraph(text: str, start: int) -> bool:
    """Whether a paragraph begins with the line that begins at `start`."""
    return _PARAGRAPH_END.match(text, start - 1) is not None and not _continues_wrapped_line(text, start)


def _continues_wrapped_line(text: str, start: int) -> bool:
    """Whether the line that begins at `start` goes on with a line wrapped before it."""
    line = text[text.rfind("\n", 0, start - 1) + 1 : start - 1].rstrip()
    return len(line) in _WRAPPED_LINE_LENGTHS and line[-1] not in ".!?:;" and text[start : start + 1].isalnum()
