"""Identifying phrases: a noun with the words that say which one of its kind it means, without asides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.fields.anaphors import function_words, is_identifying, is_plural, may_identify
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.syntax import is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_LENGTH = 14
"""The most tokens of a phrase."""
_DETERMINER_TAGS = frozenset({"DT", "PDT", "PRP$"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT"})
_ASIDES = frozenset({"relcl", "appos", "advcl"})
_NOT_BEFORE_NOUN = frozenset({"ADP", "VERB", "PRON", "PUNCT", "SPACE"})
_PARTICIPLES_AND_SIGNS = frozenset({"VBN", "VBG", "HYPH", ","})
_OF = frozenset({"of"})
_OF_NOUN = frozenset({"of", "for"})
"""The prepositions of what belongs to the noun right before: to any, and to one that other words name already."""
_NOT_LAST = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "VERB"})
_HYPHENS = frozenset("-‐‑–")
_PUNCTUATION = frozenset(",;:(–—")
_OUTER_SIGNS = ' ,;:“”"'
_NUMBER = re.compile(r"^\d+[.)] ")
"""The number of a section before its heading."""


def identifying_phrase(head: Token) -> str | None:
    """Return the phrase of a noun from its determiner, which becomes "the", to the last word that says which one.

    Empty where nothing says that, or only words that mean what was named before themselves; None where the noun is a
    part of another phrase or itself means what was named before.
    """
    doc, start = head.doc, head.left_edge.i
    has_determiner = doc[start].head == head and doc[start].tag_ in _DETERMINER_TAGS
    is_named = any(map(is_identifying, doc[start + has_determiner : head.i]))
    end = _complement_end(head, is_named=is_named)
    determiner = doc[start].lower_
    refers_back = end == start + 2 and (determiner == "the" or determiner in function_words().demonstratives)
    if refers_back or head.dep_ in ("compound", "nmod"):
        return None
    is_whole = determiner not in function_words().non_referring and end - start <= _MAX_LENGTH
    if not is_whole or _is_one_of_several(head) or _is_part_of_name(head, end, has_determiner=has_determiner):
        return ""
    words, before = doc[start + has_determiner : end], doc[start + has_determiner : head.i]
    needs_determiner = head.tag_ == "NN" and head.lemma_.lower() not in load(Specificity).nouns.money
    is_phrase = has_determiner or not needs_determiner or any(child.dep_ == "poss" for child in head.lefts)
    is_identified = is_phrase and (is_named or end > head.i + 1)  # not "in [order to] deal"
    is_plain = all(word.pos_ not in _NOT_BEFORE_NOUN or word.tag_ in _PARTICIPLES_AND_SIGNS for word in before)
    text = without_number(words.text).strip(_OUTER_SIGNS)
    if not is_identified or not is_plain or any(map(_leans, words)) or "[" in text:
        return ""
    return f"the {text}" if has_determiner else text


def without_number(text: str) -> str:
    """Return a phrase on one line, without the number of a section before it."""
    return _NUMBER.sub("", " ".join(text.split()))


def _is_one_of_several(head: Token) -> bool:
    """Whether "these" may mean what is coordinated with a plural, too: "divers and [pilots]"."""
    is_coordinated = head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.rights)
    return is_plural(head) and is_coordinated


def _is_part_of_name(head: Token, end: int, *, has_determiner: bool) -> bool:
    """Whether a phrase is part of a longer word or name: "[hours-of-]service rule", "[Swim for] Life programme"."""
    doc, start = head.doc, head.left_edge.i
    if start == 0 or has_determiner:
        return False
    before, earlier = doc[start - 1], doc[max(0, start - 2)]
    begins_within_word = before.text in _HYPHENS and not before.whitespace_
    begins_within_name = doc[start].is_title and before.pos_ == "ADP" and earlier.is_title
    return begins_within_word or begins_within_name or (head.tag_ == "NNP" and end > head.i + 1)


def _complement_end(head: Token, *, is_named: bool) -> int:
    """Return the end of the phrases right after a noun that say which one it means: "a fund [for reefs]".

    Others may belong to the verb or the noun before: "publish the reef report [on the web]", "the aid of Kenya [to
    Lamu]".
    """
    end = head.i + 1
    may_follow = _OF if head.dep_ == "pobj" else _OF_NOUN if is_named else function_words().identifying
    for follower in head.rights:
        is_purpose = follower.dep_ == "acl" and is_infinitive(follower)
        is_complement = follower.dep_ == "prep" and follower.lower_ in may_follow and may_identify(follower)
        if follower.left_edge.i != end or not (is_purpose or is_complement):
            break
        edge = follower.right_edge.i + 1
        words = head.doc[end : min(edge, head.i + _MAX_LENGTH)]
        asides = (word.left_edge.i for word in words if word.dep_ in _ASIDES and word != follower)
        signs = (word.i for word in words if word.text in _PUNCTUATION)
        leaning = (_start_of_prepositional_phrase(word, head) for word in words if _leans(word))
        last = min((edge, *asides, *signs, *leaning))
        while last > end and head.doc[last - 1].pos_ in _NOT_LAST:
            last -= 1
        if last <= end or last - head.i >= _MAX_LENGTH:
            break
        end = last
    return end


def _start_of_prepositional_phrase(word: Token, noun: Token) -> int:
    """Return the token at which the prepositional phrase begins that a word after a noun is in; itself without one."""
    return next((index for index in range(word.i, noun.i, -1) if word.doc[index].pos_ == "ADP"), word.i)


def _leans(word: Token) -> bool:
    """Whether a word means what was named before."""
    return word.tag_ in _PRONOUN_TAGS or word.lower_ in function_words().demonstratives
