"""Syntax of noun phrases: number, definiteness, modifiers, and the words that they depend on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_RESTRICTIVE_CLAUSE_LENGTH = 12
"""The most words in a clause that restricts a noun."""


def is_subject(token: Token) -> bool:
    """Return whether a token is a subject or coordinated with one."""
    first = token
    while first.dep_ == "conj" and first.head is not first:
        first = first.head
    return first.dep_ in NOMINAL_SUBJECTS or _precedes_verb_without_subject(token)


def _precedes_verb_without_subject(token: Token) -> bool:
    """Return whether the verb after a conjunct has no subject in the parse: "Besides the fund, A and B [pledged]"."""
    if token.i + 1 == len(token.doc) or token.dep_ != "conj":
        return False
    following = token.nbor()
    verb = following.head if following.dep_ in {"aux", "auxpass"} else following
    finite = following.tag_ in {"MD", "VBP", "VBZ", "VBD"}
    return finite and verb.dep_ == "ROOT" and not any(child.dep_ in NOMINAL_SUBJECTS for child in verb.children)


def cardinality(token: Token) -> int | None:
    """Return the number that a noun phrase gives: "the two leaders", "both sides"."""
    numbers = roles().numbers
    return next((numbers[word.lower_] for word in (token, *token.children) if word.lower_ in numbers), None)


def is_definite(token: Token) -> bool:
    """Return whether a noun has a definite determiner: "the", "these", "both"."""
    return any(child.lower_ in {"the", "this", "that", "these", "those", "both"} for child in token.children)


def is_newly_counted(token: Token) -> bool:
    """Return whether a noun has a number and no determiner: "over 190 countries", not "the two countries"."""
    counted = any(child.dep_ == "nummod" for child in token.lefts)
    return counted and not any(child.dep_ in {"det", "poss", "predet"} for child in token.lefts)


def has_restrictive_clause(token: Token) -> bool:
    """Return whether only a clause says which are meant: "countries holding a tenth of all ports"."""
    restricted = any(child.dep_ in {"acl", "relcl"} for child in token.rights)
    return restricted and not list(token.lefts) and token.right_edge.i - token.i < _RESTRICTIVE_CLAUSE_LENGTH


def included_examples(token: Token) -> list[Token]:
    """Return the heads behind "including": "agencies, including the Bank of Norland"."""
    return [below for child in token.rights if child.lower_ == "including" for below in child.rights]


def phrase_text(token: Token) -> str:
    """Return the text of a noun phrase up to its head."""
    return token.doc[token.left_edge.i : token.i + 1].text


def office_title(token: Token) -> str:
    """Return the office that a token heads in title case: "Vice President" of "the vice president"."""
    return re.sub(r"^(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s", "", phrase_text(token)).title()


def possessor_of_announcement(pronoun: Token) -> Token | None:
    """Return the possessor of an announcement of which a pronoun is the subject.

    As Norland in "Norland’s announcement that it will".
    """
    clause = pronoun.head
    reported = pronoun.dep_ in NOMINAL_SUBJECTS and clause.dep_ in {"acl", "ccomp", "relcl"}
    possessors = (child for child in clause.head.lefts if child.dep_ == "poss") if reported else iter(())
    return next((possessor for possessor in possessors if possessor.pos_ != "PRON"), None)


def comitative_parties(token: Token) -> Iterator[Token]:
    """Yield the names behind "with" or "alongside" in a subject: "A and B with C will …"."""
    last = max((token, *token.conjuncts), key=lambda t: t.i)
    for head in (token, last) if last != token else (token,):
        for child in head.children:
            is_comitative = child.dep_ == "prep" and child.lower_ in {"with", "alongside"}
            if is_comitative and head.dep_ in {*NOMINAL_SUBJECTS, "conj"}:
                yield from (below for below in child.children if below.dep_ == "pobj" and below.ent_type_ == "GPE")


def meeting_counterpart(subject: Token) -> Token | None:
    """Return the person or group that a subject met: "The Minister met her counterpart", "hosted the ministers"."""
    verb = subject.head
    if verb.lemma_ not in roles().party_verbs.meeting:
        return None
    direct = (
        child for child in verb.rights if child.dep_ == "dobj" and child.lemma_ not in roles().nonparty_nouns.talks
    )
    within = (t for child in verb.rights if child.dep_ in {"prep", "dobj"} for t in (child, *child.rights))
    comitative = (below for t in within if t.lower_ == "with" for below in t.children if below.dep_ == "pobj")
    return next(direct, None) or next(comitative, None)


def recipients(verb: Token) -> Iterator[Token]:
    """Yield the recipients and beneficiaries of a clause.

    As in "will give Norland ships", "will hand ships to Norland", "provide Norland with ships", "strengthen Norland’s
    defences".
    """
    for word in verb.subtree:
        if word.dep_ == "dative" or (word.dep_ == "pobj" and word.head.lower_ in {"to", "for"}):
            yield word
    for thing in (word for word in verb.subtree if word.dep_ == "dobj"):
        if thing.head.lemma_ in roles().party_verbs.granting and any(t.lower_ == "with" for t in thing.head.rights):
            yield thing
        yield from (child for child in thing.lefts if child.dep_ == "poss")
