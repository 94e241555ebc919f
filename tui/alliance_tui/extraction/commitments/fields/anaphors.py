"""Anaphors of a title: phrases with nothing to say which one of its kind they mean ("this bill")."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Anaphora, FunctionWords

if TYPE_CHECKING:
    from spacy.tokens import Token

_BILL = "bill"
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_DEMONSTRATIVE_TAGS = frozenset({"DT", "PDT", "JJ"})
_COMPLEMENT_RELATIONS = frozenset({"acl", "relcl", "appos", "conj"})


class Anaphor(NamedTuple):
    """A phrase that means what was named before: its first word, its head and the candidate in whose title it is."""

    determiner: Token
    head: Token
    located: LocatedCandidate

    @property
    def lemma(self) -> str:
        """The lemma of the noun; for a pronoun that of what it must mean."""
        return _BILL if self.head.pos_ == "PRON" else self.head.lemma_.lower()

    @property
    def heads(self) -> set[str]:
        """The nouns by which the same thing may have been named, as lemmas."""
        return {self.lemma, *load(Anaphora).kinds.get(self.lemma, ())}

    @property
    def is_loose(self) -> bool:
        """Whether several things together (a plural) or all of a kind (a noun after "the") may be meant."""
        return is_plural(self.head) or (self.determiner.lower_ == "the" and not self.head.is_title)

    def agrees_with(self, noun: Token) -> bool:
        """Whether a noun is of the same number as the anaphor, which is asked only of the same lemma."""
        is_same = noun.lemma_.lower() != self.lemma or is_plural(noun) == is_plural(self.head)
        return is_same and noun.pos_ in ("NOUN", "PROPN")


def find_anaphor(head: Token, located: LocatedCandidate) -> Anaphor | None:
    """Return the anaphor that a word heads: "this important bill", and "it" where that must be a bill ("sign it")."""
    if head.lower_ == "it":
        is_bill = head.dep_ == "dobj" and head.head.lemma_.lower() in load(Anaphora).legislative_verbs
        return Anaphor(head, head, located) if is_bill else None
    lefts = list(head.lefts)
    is_noun = head.pos_ in ("NOUN", "PROPN") and not head.is_upper
    if not is_noun or not lefts or head.lemma_.lower() in load(Anaphora).vague_nouns:
        return None
    determiner, *modifiers = lefts
    is_definite = determiner.lower_ == "the" and not modifiers
    is_demonstrative = determiner.lower_ in function_words().demonstratives and determiner.tag_ in _DEMONSTRATIVE_TAGS
    refers = is_definite or (is_demonstrative and not any(map(is_identifying, modifiers)))
    is_adjunct = head.ent_type_ in ("DATE", "TIME") or head.dep_ in ("compound", "nmod", "npadvmod")
    if not refers or is_adjunct or determiner.i != head.left_edge.i:
        return None
    following = [token for token in head.doc[head.i + 1 : head.i + 2] if is_definite or token.tag_ != "TO"]
    return None if any(map(may_identify, [*following, *head.rights])) else Anaphor(determiner, head, located)


def function_words() -> FunctionWords:
    """Return the words that join a noun to others."""
    return load(Anaphora).function_words


def is_plural(noun: Token) -> bool:
    return noun.tag_ in _PLURAL_TAGS


def is_identifying(modifier: Token) -> bool:
    """Whether a modifier before a noun distinguishes it from others of its kind; "three" and "important" do not."""
    is_praise = modifier.dep_ == "amod" and modifier.lower_ in load(Anaphora).non_identifying_adjectives
    return modifier.pos_ not in ("NUM", "PUNCT", "DET", "ADV") and not is_praise


def may_identify(follower: Token) -> bool:
    """Whether what follows a noun may say which one it means: not when."""
    is_time = any(word.ent_type_ in ("DATE", "TIME") for word in (follower.right_edge, *follower.rights))
    return follower.dep_ in _COMPLEMENT_RELATIONS or (follower.lower_ in function_words().identifying and not is_time)
