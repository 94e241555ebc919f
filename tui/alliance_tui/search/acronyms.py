"""Phrases that letters stand for: "scc" for Security Consultative Committee, "mod" for Ministry of Defence."""

from __future__ import annotations

import re
from bisect import bisect_left

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.dictionary import is_english_word, is_known_name
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.postings import Postings

_LENGTHS = range(2, 7)
_LONGEST_NAME = 200  # characters
_PURPOSE = re.compile(r" (?:for|in|of|on|to)\b")
_PART_OF_NAME = re.compile(r"[\s\-‐‑–,&’'.]*")

PositionRange = tuple[int, int]
"""The numbers of the first and the last word of a phrase."""


def may_be_acronym(word: str) -> bool:
    """Whether a folded word may stand for a phrase."""
    return len(word) in _LENGTHS and word.isascii() and word.isalpha()


def expand_acronym(
    letters: str, index: SearchIndex, watch: CancellationToken
) -> tuple[list[PositionRange], list[PositionRange]]:
    """First and last word of each phrase in which capitalised words begin with `letters`: in the text, in the records.

    Function words between may have their letter or not. A phrase counts if it is the whole of a name somewhere: there
    no further capitalised word follows, and no mention of an entity goes beyond it or is but one of several in it.
    Two letters are too few to go by, and an English word (York) is likelier itself: they count for names only.
    """
    in_text, in_records = (find_initial_sequences(letters, postings, watch) for postings in (index.text, index.records))
    whole = {words for words in (*in_text.values(), *in_records.values()) if words in index.names_by_folded_form}
    if not (len(letters) == _LENGTHS.start or is_english_word(letters) or is_known_name(letters)):
        mentions = _MentionFilter(index)
        whole.update(words for stretch, words in watch.iterate(in_text.items()) if mentions.allows(*stretch))
    kept = [[stretch for stretch, words in found.items() if words in whole] for found in (in_text, in_records)]
    return kept[0], kept[1]


def find_initial_sequences(letters: str, postings: Postings, watch: CancellationToken) -> dict[PositionRange, str]:
    """The stretches whose words begin with the letters, each with its folded letters."""
    upper = letters.upper()
    pattern = upper[0] + "".join(f"(?:[a-z]{{0,2}}{u}|{u.lower()})" for u in upper[1:-1]) + f"[a-z]{{0,2}}{upper[-1]}"
    ends = ((match.start(), match.end() - 1) for match in watch.iterate(re.finditer(pattern, postings.initials)))
    return {
        (first, last): _folded_text(first, last, postings)
        for first, last in ends
        if _is_one_name(first, last, postings)
    }


class _MentionFilter:
    """Tells by the mentions of entities whether a phrase of the text may be a name of its own."""

    def __init__(self, index: SearchIndex) -> None:
        self._names = index.names_by_folded_form
        self._postings = index.text
        self._spans = index.mention_ranges

    def allows(self, first: int, last: int) -> bool:
        """Whether the words from `first` to `last` are not a part of a longer name, or several names."""
        if _name_continues(last, self._postings):
            return False
        start, end = self._postings.start_offsets[first], self._postings.end_offset(last)
        near = self._spans[bisect_left(self._spans, (start - _LONGEST_NAME,)) : bisect_left(self._spans, (end,))]
        over = [span for span in near if span[1] > start]
        if (start, end) in over:
            return True
        inside = sum(start <= one and other <= end for one, other in over)
        return inside < 2 and all(
            (start <= one and other <= end) or self._more_of((one, other), start, end) for one, other in over
        )

    def _more_of(self, span: tuple[int, int], start: int, end: int) -> bool:
        """Whether a mention is the phrase, with whose it is before or what for behind it ("U.S.", "for Prosperity")."""
        if not span[0] <= start < end <= span[1]:
            return False
        text = self._postings.strings[0]
        before, after = text[span[0] : start], text[end : span[1]]
        return (not before or fold(before) in self._names) and (not after or bool(_PURPOSE.match(after)))


def _folded_text(first: int, last: int, postings: Postings) -> str:
    return "".join(fold(postings.spelling(number)) for number in range(first, last + 1))


def _is_one_name(first: int, last: int, postings: Postings) -> bool:
    """Whether the words between make one name: nothing parts them but commas in a list that ends with "and"."""
    if not postings.in_same_sentence(first, last):
        return False
    gaps = [_gap(number, postings) for number in range(first, last)]
    if any("," in gap for gap in gaps) and not postings.initials[last - 1].islower():
        return False
    return all(_PART_OF_NAME.fullmatch(gap) for gap in gaps)


def _name_continues(last: int, postings: Postings) -> bool:
    return (
        postings.in_same_sentence(last, last + 1)
        and postings.initials[last + 1].isupper()
        and not _gap(last, postings).strip(" \n-‐‑")
    )


def _gap(number: int, postings: Postings) -> str:
    return postings.strings[postings.string_of(number)][
        postings.end_offset(number) : postings.start_offsets[number + 1]
    ]
