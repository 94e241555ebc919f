"""Conjuncts that the parser missed: verbs coordinated with a target by the words, attached elsewhere by the parse."""

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
"""The words that open a list of means or examples, which ends a series of gerunds."""
_ADDITIVE_PHRASES = frozenset({"in addition to", "as well as"})
_SEPARATORS = frozenset({",", ";", "and", "or", "but"})
_BEFORE_VERB = frozenset(
    {"to", "also", "then", "not", "where", "as", "if", "when", "appropriate", "necessary", "needed"}
)
"""The words that may come between a separator and a verb."""


def missed_conjuncts(cue: Token, target: Token) -> Iterator[Token]:
    """Yield the verbs coordinated with a cue's target that the parser attached elsewhere or took for nouns.

    Examples: "intend to continue … and strengthen …", "commit to providing …, imposing …, and accelerating …".
    """
    covered = {target.i, *(conjunct.i for conjunct in conjuncts(target))}
    gerund = next((child for child in target.rights if child.dep_ == "xcomp" and child.tag_ == "VBG"), target)
    for child in cue.rights:
        if child.i <= target.i or child.i in covered or not is_verb(child) or has_own_clause(child):
            continue
        if child.dep_ in ("conj", "dep") and child.tag_ == "VB" == target.tag_:
            members = [child, *conjuncts(child)]
        elif child.dep_ in ("advcl", "conj") and child.tag_ == "VBG" == gerund.tag_:
            members = [child, *conjuncts(child)]
            if len(members) == 1 and child.nbor(-1).lower_ not in (";", "and"):
                continue
        else:
            continue
        covered.update(member.i for member in members)
        yield from members
    for member in (*_parallel_series(target), *_additions(target), *_separated_verbs(target)):
        if member.i not in covered:
            covered.add(member.i)
            yield member


def _parallel_series(target: Token) -> Iterator[Token]:
    """Yield the further members of a series in one form: "to store gas, to build terminals, and to cut use".

    A gerund after "to" is a member by its form alone: "building X, to cooperating on Y, and sharing Z". Infinitives
    and bare gerunds are members only where "and" or "or" closes the series. A list of means ends a series of gerunds
    ("including by …").
    """
    doc, is_gerund = target.doc, target.tag_ == "VBG"
    if not (is_gerund or is_infinitive(target)):
        return
    members: list[Token] = []
    has_to_gerund = False
    for token in doc[target.i + 2 : target.sent.end]:
        if is_gerund and token.lower_ in _MEANS:
            return
        before = doc[token.i - 1].lower_
        in_series = bool(members) or has_to_gerund or doc[token.i - 2].lower_ in (",", ";")
        closes = before in ("and", "or") and in_series
        member = _series_member(token, is_gerund) if closes or before in (",", ";") else None
        if member is not None and is_gerund and member != token:
            has_to_gerund = True
            yield member
        elif member is not None:
            members.append(member)
            if closes:
                yield from members
                return


def _series_member(token: Token, is_gerund: bool) -> Token | None:
    """Return the verb of a member that begins at a token."""
    if token.lower_ == "to":
        return verb_after(token, ("VBG" if is_gerund else "VB",))
    is_member = token.tag_ == "VBG" and is_verb(token) if is_gerund else _is_misattached_infinitive(token)
    return token if is_member else None


def _is_misattached_infinitive(verb: Token) -> bool:
    """Whether the parser coordinates a bare infinitive with a finite verb: "[said] that they will share, [build]"."""
    head = verb
    while head.dep_ == "conj" or (head.dep_ == "advcl" and head.tag_ == "VB"):
        head = head.head
    return verb.tag_ == "VB" and head != verb and not auxiliaries(verb) and head.tag_ in ("VBD", "VBZ", "VBP")


def _additions(target: Token) -> Iterator[Token]:
    """Yield the verbs after additive phrases: "in addition to training", "as well as to train", "while training"."""
    doc = target.doc
    for token in doc[target.i + 3 : target.sent.end]:
        if token.tag_ not in ("VB", "VBG"):
            continue
        has_to = token.tag_ == "VB" and is_infinitive(token)
        phrase_start = token.i - (4 if has_to else 3)
        phrase = doc[phrase_start : phrase_start + 3].text.lower() if is_verb(token) else ""
        is_added = phrase in _ADDITIVE_PHRASES and (token.tag_ == "VBG" or has_to)
        while_index = token.i - 1 - (doc[token.i - 1].lower_ == "also")
        if is_added or (token.tag_ == "VBG" and doc[while_index].lower_ == "while"):
            yield token
            yield from conjuncts(token)


def _separated_verbs(target: Token) -> Iterator[Token]:
    """Yield the later verbs in the target's form after a semicolon, or after a comma or "and" with none between.

    Example: "will tackle emissions, accelerate the transition; and shift funds".
    """
    doc, is_gerund = target.doc, target.tag_ == "VBG"
    verb_between = False
    for token in doc[target.i + 1 : target.sent.end]:
        if token.tag_ == "MD" or _opens_main_clause(token):
            return
        if not (_is_gerund(token) if is_gerund else _is_base_form(token)):
            continue
        separator = _separator_before(token, target)
        if separator is not None and _opens_purpose_clause(token, separator, target):
            separator = None
        if separator is not None and (doc[separator].text == ";" or not verb_between):
            verb_between = False
            if not any(child.dep_ in SUBJECT_RELATIONS and child.i > separator for child in token.lefts):
                yield token
        else:
            verb_between = verb_between or (is_verb(token) and token.lemma_ not in ("be", "have", "do"))


def _opens_purpose_clause(verb: Token, separator: int, target: Token) -> bool:
    """Whether comma and "to" open a purpose: "will hire crews, to be ready", not "…, and to be ready"."""
    is_joined = any(token.lower_ in ("and", "or", ";") for token in verb.doc[separator : verb.i])
    return is_infinitive(verb) and not is_joined and not is_infinitive(target)


def _opens_main_clause(token: Token) -> bool:
    """Whether a token is the subject of a new clause that modifies no noun."""
    head = token.head
    is_subject = token.dep_ in SUBJECT_RELATIONS and head.i > token.i
    return is_subject and is_finite(head) and head.dep_ not in ("relcl", "acl")


def _separator_before(token: Token, target: Token) -> int | None:
    """Return the index of the first of the separators (";", ",", "and") right before a verb."""
    doc, index = token.doc, token.i - 1
    while index > target.i and _may_precede_verb(doc[index]):
        index -= 1
    if index <= target.i or doc[index].lower_ not in _SEPARATORS:
        return None
    while index - 1 > target.i and doc[index - 1].lower_ in _SEPARATORS:
        index -= 1
    return index


def _may_precede_verb(token: Token) -> bool:
    """Whether a token may come between a separator and the verb: an adverb, "where appropriate", "3)", "(b)"."""
    is_enumerator = token.text in ("(", ")") or token.like_num or (len(token.text) == 1 and token.text.isalpha())
    return is_enumerator or token.pos_ == "ADV" or token.lower_ in _BEFORE_VERB


def _is_gerund(token: Token) -> bool:
    return token.tag_ == "VBG" and is_verb(token) and token.dep_ not in ("amod", "compound")


def _is_base_form(token: Token) -> bool:
    is_second_adjective = token.dep_ == "conj" and token.tag_ == token.head.tag_ == "JJ"  # "a free and open sea"
    if is_second_adjective or any(aux.lower_ != "to" for aux in auxiliaries(token)):
        return False
    return (is_verb(token) and token.tag_ in ("VB", "VBP") and token.lemma_ != "be") or looks_like_verb(token)
