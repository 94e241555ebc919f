"""Phrases that letters stand for: "scc" for Security Consultative Committee, "mod" for Ministry of Defence."""

from __future__ import annotations

import re
from collections.abc import Container

from alliance_tui.search.cancelling import Watch
from alliance_tui.search.folding import fold
from alliance_tui.search.postings import Postings

_LENGTHS = range(2, 7)
_PART_OF_NAME = re.compile(r"[\s\-‐‑–,&’'.]*")


def is_acronym(word: str) -> bool:
    """Whether a folded word may stand for a phrase."""
    return len(word) in _LENGTHS and word.isascii() and word.isalpha()


def phrases(letters: str, postings: Postings, names: Container[str], watch: Watch) -> list[tuple[int, int]]:
    """First and last word of each phrase in which capitalised words begin with `letters`, in this order.

    Function words between may have their letter or not. A phrase counts if it is the whole of a name somewhere: no
    further capitalised word follows it there. Two letters are too few to go by: they count for the folded `names` only.
    """
    upper = letters.upper()
    pattern = upper[0] + "".join(f"(?:[a-z]{{0,2}}{u}|{u.lower()})" for u in upper[1:-1]) + f"[a-z]{{0,2}}{upper[-1]}"
    ends = ((match.start(), match.end() - 1) for match in watch.over(re.finditer(pattern, postings.initials)))
    found = [
        (first, last)
        for first, last in ends
        if _one_name(first, last, postings) and (len(letters) > 2 or _words(first, last, postings) in names)
    ]
    whole = {_words(first, last, postings) for first, last in found if not _goes_on(last, postings)}
    return [(first, last) for first, last in found if _words(first, last, postings) in whole]


def _words(first: int, last: int, postings: Postings) -> str:
    return "".join(fold(postings.spelling(number)) for number in range(first, last + 1))


def _one_name(first: int, last: int, postings: Postings) -> bool:
    """Whether the words between make one name: nothing parts them but commas in a list that ends with "and"."""
    if not postings.together(first, last):
        return False
    gaps = [_gap(number, postings) for number in range(first, last)]
    if any("," in gap for gap in gaps) and not postings.initials[last - 1].islower():
        return False
    return all(_PART_OF_NAME.fullmatch(gap) for gap in gaps)


def _goes_on(last: int, postings: Postings) -> bool:
    return (
        postings.together(last, last + 1)
        and postings.initials[last + 1].isupper()
        and not _gap(last, postings).strip(" \n-‐‑")
    )


def _gap(number: int, postings: Postings) -> str:
    return postings.strings[postings.string_of(number)][postings.end(number) : postings.starts[number + 1]]
