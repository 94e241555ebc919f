"""Tokenizer of documents, records and queries: words, sentences and paragraphs.

A word is a run of letters and digits. Hyphens, apostrophes and all other marks separate words, so "Self-Defense" and
"self defense" are the same two words; the possessive 's belongs to no word; "U.S." is one word, its last dot included.
Offsets are code points from 0, ends exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from alliance_tui.documents.text_units import sentence_ends
from alliance_tui.search.indexing.folding import fold

_LETTER = r"[^\W\d_]"
# Marks that do not end a word, as a character class: soft hyphen, joiners, combining accents.
INSIDE_WORDS = "\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe20-\ufe2f"
WORD_PATTERN = re.compile(rf"((?<!\w)(?:{_LETTER}\.)+{_LETTER}\b\.?|[^\W_](?:[\w{INSIDE_WORDS}])*)(?:['’]s\b)?")
"""Group 1 is the word. Underscores of the text must have been replaced by spaces."""

# A paragraph ends with its line, unless the next line begins in lower case, or the line looks wrapped: of a usual
# width, without closing punctuation, and followed by a letter or digit.
_PARAGRAPH_END = re.compile(r"\n(?![ \t]*[a-z])")
_WRAPPED_LINE_LENGTHS = range(55, 101)

# fmt: off
FUNCTION_WORDS = frozenset((
    "a", "about", "among", "an", "and", "are", "as", "at", "be", "been", "between", "but", "by", "did", "do", "does",
    "for", "from", "had", "has", "have", "he", "her", "his", "how", "in", "into", "is", "it", "its", "of", "on", "or",
    "our", "she", "than", "that", "the", "their", "these", "they", "this", "those", "to", "was", "we", "were", "what",
    "when", "where", "which", "will", "with",
))
# fmt: on
"""The commonest English function words; beside other query words they are matched only where they touch one."""


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word, in reading order."""
    for match in WORD_PATTERN.finditer(text.replace("_", " ")):
        yield match.span(1)


def folded_words(text: str) -> list[str]:
    """Return the folded words of the text, in reading order."""
    return [folded for start, end in word_spans(text) if (folded := fold(text[start:end]))]


def sentence_starts(text: str) -> list[int]:
    """Return the sorted start offsets of all sentences, beginning with 0; a paragraph starts a sentence."""
    starts = paragraph_starts(text)
    starts += [start for _, start in sentence_ends(text)]
    starts.sort()  # merges two sorted runs; building a set would keep other threads waiting for many milliseconds
    return [start for previous, start in pairwise((-1, *starts)) if start != previous]


def paragraph_starts(text: str) -> list[int]:
    """Return the sorted start offsets of all paragraphs, blank ones included, beginning with 0."""
    ends = (end.end() for end in _PARAGRAPH_END.finditer(text))
    return [0, *(end for end in ends if not _continues_wrapped_line(text, end))]


def paragraph_bounds(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the paragraph that contains an offset, consistent with `paragraph_starts`."""
    start = text.rfind("\n", 0, offset) + 1
    while start and not _starts_paragraph(text, start):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", offset) + 1
    while end and not _starts_paragraph(text, end):
        end = text.find("\n", end) + 1
    return start, end or len(text)


def _starts_paragraph(text: str, start: int) -> bool:
    """Whether the line at `start` starts a paragraph."""
    return _PARAGRAPH_END.match(text, start - 1) is not None and not _continues_wrapped_line(text, start)


def _continues_wrapped_line(text: str, start: int) -> bool:
    """Whether the line at `start` continues a wrapped line before it."""
    previous = text[text.rfind("\n", 0, start - 1) + 1 : start - 1].rstrip()
    return len(previous) in _WRAPPED_LINE_LENGTHS and previous[-1] not in ".!?:;" and text[start : start + 1].isalnum()
