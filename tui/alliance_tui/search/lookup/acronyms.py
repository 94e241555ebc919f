"""Expansion of acronyms: "scc" to Security Consultative Committee, "mod" to Ministry of Defence."""

from __future__ import annotations

import re
from bisect import bisect_left

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.lookup.dictionary import is_english_word, is_known_name
from alliance_tui.search.matches import Range

_LENGTHS = range(2, 7)
_LONGEST_NAME = 200  # characters
_PURPOSE = re.compile(r" (?:for|in|of|on|to)\b")
_WITHIN_NAME = re.compile(r"[\s\-‐‑–,&’'.]*")

PositionRange = tuple[int, int]
"""The positions of the first and the last word of a phrase."""


def may_be_acronym(word: str) -> bool:
    """Whether a folded word has the form of an acronym."""
    return len(word) in _LENGTHS and word.isascii() and word.isalpha()


def expand_acronym(
    acronym: str, index: SearchIndex, cancellation: CancellationToken
) -> tuple[list[PositionRange], list[PositionRange]]:
    """Return the phrases of which a folded word is the acronym: in the text, in the records.

    Initials of function words are optional. A phrase counts if it is a whole name somewhere: no further capitalised
    word follows it there, no mention extends beyond it, and it does not consist of several mentions. Two letters are
    too weak for this, and an English word (York) is likelier to mean itself: they match names of entities only.
    """
    in_text, in_records = (
        find_initial_sequences(acronym, postings, cancellation) for postings in (index.text, index.records)
    )
    names = {phrase for phrase in (*in_text.values(), *in_records.values()) if phrase in index.names_by_folded_form}
    if not (len(acronym) == _LENGTHS.start or is_english_word(acronym) or is_known_name(acronym)):
        mentions = _MentionFilter(index)
        phrases = cancellation.iterate(in_text.items())
        names.update(phrase for positions, phrase in phrases if mentions.allows(*positions))
    long_forms = [
        [positions for positions, phrase in phrases.items() if phrase in names] for phrases in (in_text, in_records)
    ]
    return long_forms[0], long_forms[1]


def find_initial_sequences(
    initials: str, postings: Postings, cancellation: CancellationToken
) -> dict[PositionRange, str]:
    """Return the phrases whose words have these initials, each with its folded form."""
    upper = initials.upper()
    pattern = upper[0] + "".join(f"(?:[a-z]{{0,2}}{u}|{u.lower()})" for u in upper[1:-1]) + f"[a-z]{{0,2}}{upper[-1]}"
    matches = cancellation.iterate(re.finditer(pattern, postings.initials))
    ranges = ((match.start(), match.end() - 1) for match in matches)
    return {
        (first, last): _folded_text(first, last, postings)
        for first, last in ranges
        if _is_one_name(first, last, postings)
    }


class _MentionFilter:
    """Rules out phrases of the text that are parts of names, or several names, by the mentions of entities."""

    def __init__(self, index: SearchIndex) -> None:
        self._names = index.names_by_folded_form
        self._postings = index.text
        self._mentions = index.mention_ranges

    def allows(self, first: int, last: int) -> bool:
        """Whether the words from position `first` to `last` may be a name of their own."""
        if _name_continues(last, self._postings):
            return False
        start, end = self._postings.start_offsets[first], self._postings.end_offset(last)
        nearby_from = bisect_left(self._mentions, (start - _LONGEST_NAME,))
        nearby = self._mentions[nearby_from : bisect_left(self._mentions, (end,))]
        overlapping = [mention for mention in nearby if mention[1] > start]
        if (start, end) in overlapping:
            return True
        inside = [start <= mention[0] and mention[1] <= end for mention in overlapping]
        return sum(inside) < 2 and all(
            is_inside or self._only_adds_context(mention, start, end)
            for mention, is_inside in zip(overlapping, inside, strict=True)
        )

    def _only_adds_context(self, mention: Range, start: int, end: int) -> bool:
        """Whether a mention is the phrase with a possessor before or a purpose behind it ("U.S.", "for Prosperity")."""
        if not mention[0] <= start < end <= mention[1]:
            return False
        text = self._postings.strings[0]
        before, after = text[mention[0] : start], text[end : mention[1]]
        return (not before or fold(before) in self._names) and (not after or bool(_PURPOSE.match(after)))


def _folded_text(first: int, last: int, postings: Postings) -> str:
    return "".join(fold(postings.spelling(position)) for position in range(first, last + 1))


def _is_one_name(first: int, last: int, postings: Postings) -> bool:
    """Whether the words make one name: separated by no punctuation but commas of a list that ends with "and"."""
    if not postings.in_same_sentence(first, last):
        return False
    gaps = [_gap_after(position, postings) for position in range(first, last)]
    if any("," in gap for gap in gaps) and not postings.initials[last - 1].islower():
        return False
    return all(_WITHIN_NAME.fullmatch(gap) for gap in gaps)


def _name_continues(last: int, postings: Postings) -> bool:
    return (
        postings.in_same_sentence(last, last + 1)
        and postings.initials[last + 1].isupper()
        and not _gap_after(last, postings).strip(" \n-‐‑")
    )


def _gap_after(position: int, postings: Postings) -> str:
    """Return the characters between a word and the next one of the same string."""
    string = postings.strings[postings.by_string.unit_of(position)]
    return string[postings.end_offset(position) : postings.start_offsets[position + 1]]
