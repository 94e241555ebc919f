"""Identifying phrases: a noun with the words that say which one of its kind it means, without asides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.commitments.fields.anaphors import function_words, is_identifying, is_plural, may_identify
from alliance_tui.extraction.commitments.fields.title_length import on_one_line
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.syntax import is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

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


class _Phrase(NamedTuple):
    """A noun with the words that may say which one of its kind it means: token indices, the end exclusive."""

    head: Token
    start: int
    end: int
    has_determiner: bool
    is_named: bool

    @classmethod
    def of(cls, head: Token) -> _Phrase:
        """Return the phrase of a noun, without asides after it."""
        doc, start = head.doc, head.left_edge.i
        has_determiner = doc[start].head == head and doc[start].tag_ in _DETERMINER_TAGS
        is_named = any(map(is_identifying, doc[start + has_determiner : head.i]))
        return cls(head, start, _complement_end(head, is_named=is_named), has_determiner, is_named)

    @property
    def first_word(self) -> str:
        """The first word in lower case: the determiner, if there is one."""
        return self.head.doc[self.start].lower_

    @property
    def words(self) -> Span:
        """The words after the determiner."""
        return self.head.doc[self.start + self.has_determiner : self.end]

    @property
    def modifiers(self) -> Span:
        """The words between determiner and noun."""
        return self.head.doc[self.start + self.has_determiner : self.head.i]


def identifying_phrase(head: Token) -> str | None:
    """Return the phrase of a noun from its determiner, which becomes "the", to the last word that says which one.

    Empty where nothing says that, or only words that mean what was named before themselves; None where the noun is a
    part of another phrase or itself means what was named before.
    """
    phrase = _Phrase.of(head)
    if _refers_back(phrase) or head.dep_ in ("compound", "nmod"):
        return None
    if any(is_unfit(phrase) for is_unfit in _UNFIT):
        return ""
    text = without_number(phrase.words.text).strip(_OUTER_SIGNS)
    return f"the {text}" if phrase.has_determiner else text


def _refers_back(phrase: _Phrase) -> bool:
    """Whether a noun has only an article or a demonstrative: "the bill", "this bill"."""
    is_definite = phrase.first_word == "the" or phrase.first_word in function_words().demonstratives
    return is_definite and phrase.end == phrase.start + 2


def _is_non_referring(phrase: _Phrase) -> bool:
    return phrase.first_word in function_words().non_referring


def _is_too_long(phrase: _Phrase) -> bool:
    return phrase.end - phrase.start > _MAX_LENGTH


def _is_one_of_several(phrase: _Phrase) -> bool:
    """Whether "these" may mean what is coordinated with a plural, too: "divers and [pilots]"."""
    head = phrase.head
    is_coordinated = head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.rights)
    return is_plural(head) and is_coordinated


def _is_part_of_name(phrase: _Phrase) -> bool:
    """Whether a phrase is part of a longer word or name: "[hours-of-]service rule", "[Swim for] Life programme"."""
    head, start = phrase.head, phrase.start
    if start == 0 or phrase.has_determiner:
        return False
    before, earlier = head.doc[start - 1], head.doc[max(0, start - 2)]
    begins_within_word = before.text in _HYPHENS and not before.whitespace_
    begins_within_name = head.doc[start].is_title and before.pos_ == "ADP" and earlier.is_title
    return begins_within_word or begins_within_name or (head.tag_ == "NNP" and phrase.end > head.i + 1)


def _is_bare_singular(phrase: _Phrase) -> bool:
    """Whether a singular has no determiner, possessor or sum, as in fixed phrases: "in [order to] deal"."""
    head = phrase.head
    needs_determiner = head.tag_ == "NN" and head.lemma_.lower() not in load(Specificity).nouns.money
    has_possessor = any(child.dep_ == "poss" for child in head.lefts)
    return needs_determiner and not phrase.has_determiner and not has_possessor


def _is_unidentified(phrase: _Phrase) -> bool:
    """Whether neither a word before the noun nor a complement says which one it means."""
    return not phrase.is_named and phrase.end <= phrase.head.i + 1


def _has_other_words_before_noun(phrase: _Phrase) -> bool:
    """Whether a word before the noun is no modifier of it, which tells of a wrong parse."""
    return any(word.pos_ in _NOT_BEFORE_NOUN and word.tag_ not in _PARTICIPLES_AND_SIGNS for word in phrase.modifiers)


def _has_anaphoric_word(phrase: _Phrase) -> bool:
    return any(map(_leans, phrase.words))


def _has_insertion(phrase: _Phrase) -> bool:
    """Whether an editor's words in brackets are in a phrase."""
    return "[" in phrase.words.text


_UNFIT = (
    _is_non_referring,
    _is_too_long,
    _is_one_of_several,
    _is_part_of_name,
    _is_bare_singular,
    _is_unidentified,
    _has_other_words_before_noun,
    _has_anaphoric_word,
    _has_insertion,
)
"""What makes a phrase unfit to stand for another in a title."""


def without_number(text: str) -> str:
    """Return a phrase on one line, without the number of a section before it."""
    return _NUMBER.sub("", on_one_line(text))


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
