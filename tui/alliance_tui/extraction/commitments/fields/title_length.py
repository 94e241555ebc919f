"""The words of a title, up to the last that leaves a whole phrase within its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.fields.title_extent import COORDINATION, TRAILING, is_open, is_underspecified

if TYPE_CHECKING:
    from spacy.tokens import Token

MAX_LENGTH = 120
"""About the most characters of a title; a longer one ends where the phrase before is whole ..."""
TOLERANCE = 30
"""... unless it is whole within so many more."""
_LEAST_LENGTH = 35
"""The characters from which a title that leaves out an adjunct is preferred to a longer one ..."""
_MIN_LENGTH = 20
"""... and the least of any that is cut."""
_ADJUNCT_RELATIONS = frozenset({"prep", "punct", "advcl", "acl", "relcl", "appos", "npadvmod", "advmod", "agent"})
"""The relations of what may be left out at the end of a phrase that stays whole."""
_RESTRICTIVE = frozenset({"prep", "acl", "relcl"})
"""The relations of what may say which of its kind a noun means."""
_ASIDES = frozenset({"relcl", "appos", "acl"})
_WORDS_ALONE = 4
"""The rank of an end that only the words suggest ..."""
_NO_CUT = 5
"""... and of one that leaves no whole phrase."""
_HYPHENS = frozenset("-‐‑")
_EXAMPLES = re.compile(r"(?<=.{20}), (?:including|such as) .*", re.DOTALL)
_PARENTHESIS = re.compile(r"(?<!\s)\s*+\([^()]*\)")

Word = tuple["Token", str]
"""A token with what is written for it, white space included."""


def on_one_line(text: str) -> str:
    """Return a text with single spaces for all white space, and none at its ends."""
    return " ".join(text.split())


def within_length(words: Sequence[Word], before: str = "", least: int = 1) -> str:
    """Return `before` and the words, at least so many of them, whole where their length is about that of a title.

    Parentheses and examples at its end are left out first, then what the words lose least by: an adjunct of the verb,
    one of a noun, members of a list, and last what only the words suggest.
    """
    whole = before + "".join(text for _, text in words)
    if len(whole.rstrip()) <= MAX_LENGTH + TOLERANCE:
        return whole
    without = _EXAMPLES.sub("", _PARENTHESIS.sub("", whole))
    if len(without.rstrip()) <= MAX_LENGTH:
        return without
    best: dict[int, str] = {}
    texts = [text.removesuffix(" ") for text in accumulate((text for _, text in words), initial=before)]
    for cut in range(len(words) - 1, least - 1, -1):
        text = texts[cut]
        if len(text) < _MIN_LENGTH:
            break
        if len(text) <= MAX_LENGTH and text.count("(") == text.count(")") and not _lacks_complement(words, cut):
            best.setdefault(_cut_rank(words, cut), text)
    ranked = [best[rank] for rank in sorted(best) if rank < _NO_CUT]
    long_enough = [best[rank] for rank in sorted(best) if rank < _WORDS_ALONE and len(best[rank]) >= _LEAST_LENGTH]
    return next(iter([*long_enough, *ranked]), without)


def without_asides(words: Sequence[Word], noun: Token) -> list[Word]:
    """Return words without what follows a noun from its first relative clause or apposition on.

    "The order of May[, signed in Lamu,] is to expire".
    """
    asides = (word for word in noun.subtree if word.dep_ in _ASIDES or word.lower_ == "including")
    first = min((aside.left_edge.i for aside in asides if aside.left_edge.i > noun.i), default=None)
    if first is None:
        return list(words)
    kept = [(token, text) for token, text in words if not first <= token.i <= noun.right_edge.i]
    before = [(token, text) for token, text in kept if token.i < first]
    after = [(token, text) for token, text in kept if token.i > noun.right_edge.i]
    while before and before[-1][0].text in TRAILING:
        before.pop()
    while after and after[0][0].text in TRAILING:
        after.pop(0)
    return [*before[:-1], *((token, text.rstrip() + " ") for token, text in before[-1:]), *after]


def _lacks_complement(words: Sequence[Word], cut: int) -> bool:
    """Whether the last word before a cut needs the words after it: "focusing [on]", "Republic [of]", "regardless"."""
    last, following = words[cut - 1][0], words[cut][0]
    governs = last.pos_ in ("VERB", "AUX", "ADV", "ADJ", "SCONJ") and any(
        child.dep_ != "punct" for child in last.rights
    )
    is_phrasal = cut > 1 and words[cut - 2][0].pos_ == following.pos_ == "ADP"  # "in line with"
    is_word_part = not last.whitespace_ and (following.is_alpha or following.text in _HYPHENS)
    in_name = last.pos_ == "PROPN" and following.lower_ in ("for", "on")  # "the Commission [on Ports]"
    return governs or is_phrasal or is_word_part or in_name or is_open(last) or following.lower_ == "of"


def _is_in_list(words: Sequence[Word], cut: int) -> bool:
    """Whether a cut is before a comma of a list that ends in ", and"."""
    rest = [token.lower_ for token, _ in words[cut:]]
    return rest[0] == "," and any(pair in ((",", "and"), (",", "or")) for pair in pairwise(rest))


def _cut_rank(words: Sequence[Word], cut: int) -> int:
    """Return how well a phrase may end before a word, 0 best; _NO_CUT where it may not."""
    last, following = words[cut - 1][0], words[cut][0]
    left_out = {token.i for token, _ in words[cut:]}
    depends_on_rest = any(token.head.i in left_out for token, _ in words[:cut])
    loose = [token for token, _ in words[cut:] if token.head.i not in left_out and token.head.i <= last.i]
    relations = {token.dep_ for token in loose}
    if not depends_on_rest and relations <= _ADJUNCT_RELATIONS and not _is_in_list(words, cut):
        of_noun = not following.is_punct and any(child.dep_ in _RESTRICTIVE for child in last.rights)
        of_noun = of_noun or following.lower_ in ("on", "about", "for")
        return of_noun + is_underspecified(last)
    if not depends_on_rest and relations <= _ADJUNCT_RELATIONS | COORDINATION:
        return 3
    after_noun = last.pos_ in ("NOUN", "PROPN")
    is_end = after_noun and (following.pos_ in ("ADP", "CCONJ") or following.text in TRAILING)
    return _WORDS_ALONE if is_end else _NO_CUT
