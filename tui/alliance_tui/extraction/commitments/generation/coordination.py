"""Deeds in a series: what is coordinated with a deed, read from the words where the parse hangs it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.item_syntax import looks_like_verb
from alliance_tui.extraction.syntax import (
    SUBJECT_RELATIONS,
    auxiliaries,
    conjuncts,
    has_own_clause,
    is_finite,
    is_infinitive,
    is_verb,
    verb_after,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEANS = frozenset({"including", "by", "through", "such", "while", "which", "who"})
_BESIDES = frozenset({"in addition to", "as well as"})
_SEPARATES = frozenset({",", ";", "and", "or", "but"})
_STANDS_BEFORE = frozenset(
    {"to", "also", "then", "not", "where", "as", "if", "when", "appropriate", "necessary", "needed"}
)


def missed_conjuncts(cue: Token, target: Token) -> Iterator[Token]:
    """Deeds coordinated with the target that the parse hangs on the cue or takes for nouns: "intend to continue … and
    strengthen …", "commit to providing …, imposing …, and accelerating …", "and to network capabilities".
    """
    taken = {target.i, *(other.i for other in conjuncts(target))}
    gerund = next((child for child in target.rights if child.dep_ == "xcomp" and child.tag_ == "VBG"), target)
    for child in cue.rights:
        if child.i <= target.i or child.i in taken or not is_verb(child) or has_own_clause(child):
            continue
        if child.dep_ in ("conj", "dep") and child.tag_ == "VB" == target.tag_:
            taken.update((child.i, *(other.i for other in conjuncts(child))))
            yield child
            yield from conjuncts(child)
        elif child.dep_ in ("advcl", "conj") and child.tag_ == "VBG" == gerund.tag_:
            rest = list(conjuncts(child))
            if rest or child.nbor(-1).lower_ in (";", "and"):
                taken.update((child.i, *(other.i for other in rest)))
                yield child
                yield from rest
    for member in (*_series(target), *_additions(target), *_marked_off(target)):
        if member.i not in taken:
            taken.add(member.i)
            yield member


def _series(target: Token) -> Iterator[Token]:
    """The members of a series, marked off alike, that the target opens: "to store gas, to build terminals, and to cut
    use", "building X, to cooperating on Y, and sharing Z". A list of means among gerunds ends it ("including by …").
    """
    doc, gerund = target.doc, target.tag_ == "VBG"
    if not (gerund or is_infinitive(target)):
        return
    members: list[Token] = []
    marked = False
    for token in doc[target.i + 2 : target.sent.end]:
        if gerund and token.lower_ in _MEANS:
            return
        joined = doc[token.i - 1].lower_
        closes = joined in ("and", "or") and (bool(members) or marked or doc[token.i - 2].lower_ in (",", ";"))
        member = _member(token, gerund) if closes or joined in (",", ";") else None
        if member is not None and gerund and member != token:  # "to opening": nothing else looks like it
            marked = True
            yield member
        elif member is not None:
            members.append(member)
            if closes:
                yield from members
                return


def _member(token: Token, gerund: bool) -> Token | None:
    if token.lower_ == "to":
        return verb_after(token, ("VBG" if gerund else "VB",))
    bare = token.tag_ == "VBG" and is_verb(token) if gerund else _is_torn_off(token)
    return token if bare else None


def _is_torn_off(verb: Token) -> bool:
    """Whether a bare infinitive is read as going on with a finite verb: "[said] that they will share X, [build] Y"."""
    head = verb
    while head.dep_ == "conj" or (head.dep_ == "advcl" and head.tag_ == "VB"):
        head = head.head
    return verb.tag_ == "VB" and head != verb and not auxiliaries(verb) and head.tag_ in ("VBD", "VBZ", "VBP")


def _additions(target: Token) -> Iterator[Token]:
    """What is done besides: "in addition to training crews", "as well as to train", "while also training"."""
    doc = target.doc
    for token in doc[target.i + 3 : target.sent.end]:
        before = token.i - 4 if token.tag_ == "VB" and is_infinitive(token) else token.i - 3
        besides = is_verb(token) and doc[before : before + 3].text.lower() in _BESIDES
        along = token.tag_ == "VBG" and doc[token.i - 1 - (doc[token.i - 1].lower_ == "also")].lower_ == "while"
        if along or (besides and (token.tag_ == "VBG" or (token.tag_ == "VB" and before == token.i - 4))):
            yield token
            yield from conjuncts(token)


def _marked_off(target: Token) -> Iterator[Token]:
    """The deeds in the target's own form that semicolons mark off, or commas and "and" where no other verb of that form
    stands between: "will tackle emissions, accelerate the transition; and shift funds".
    """
    doc, gerund = target.doc, target.tag_ == "VBG"
    between = False
    for token in doc[target.i + 1 : target.sent.end]:
        if token.tag_ == "MD" or (
            token.dep_ in SUBJECT_RELATIONS and token.head.i > token.i and _begins_main_clause(token)
        ):
            return
        if not (_is_gerund(token) if gerund else _is_base(token)):
            continue
        separator = _separator(token, target)
        if separator is not None and _opens_purpose(token, separator, target):
            separator = None
        if separator is not None and (doc[separator].text == ";" or not between):
            between = False
            if not any(child.dep_ in SUBJECT_RELATIONS and child.i > separator for child in token.lefts):
                yield token
        else:
            between = between or (is_verb(token) and token.lemma_ not in ("be", "have", "do"))


def _opens_purpose(verb: Token, separator: int, target: Token) -> bool:
    """Whether a comma and "to" open what it is done for: "will hire crews, to be ready", not "…, and to be ready"."""
    joins = any(token.lower_ in ("and", "or", ";") for token in verb.doc[separator : verb.i])
    return is_infinitive(verb) and not joins and not is_infinitive(target)


def _begins_main_clause(subject: Token) -> bool:
    """Whether a new clause begins with this subject, and not one that tells more of a noun."""
    return is_finite(subject.head) and subject.head.dep_ not in ("relcl", "acl")


def _separator(token: Token, target: Token) -> int | None:
    """Where a verb is marked off from what stands before: at ";", ",", "and"; None where nothing does."""
    doc, index = token.doc, token.i - 1
    while index > target.i and _may_stand_before(doc[index]):
        index -= 1
    if index <= target.i or doc[index].lower_ not in _SEPARATES:
        return None
    while index - 1 > target.i and doc[index - 1].lower_ in _SEPARATES:
        index -= 1
    return index


def _may_stand_before(token: Token) -> bool:
    """Whether it may stand between a separator and the verb: an adverb, "where appropriate", "3)", "(b)"."""
    numbers = token.text in ("(", ")") or token.like_num or (len(token.text) == 1 and token.text.isalpha())
    return numbers or token.pos_ == "ADV" or token.lower_ in _STANDS_BEFORE


def _is_gerund(token: Token) -> bool:
    return token.tag_ == "VBG" and is_verb(token) and token.dep_ not in ("amod", "compound")


def _is_base(token: Token) -> bool:
    if any(aux.lower_ != "to" for aux in auxiliaries(token)):
        return False
    return (is_verb(token) and token.tag_ in ("VB", "VBP") and token.lemma_ != "be") or looks_like_verb(token)
