"""What the words of a noun phrase and around it tell of who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.name_lexicon import roles

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DESCRIPTION = 12
"""How many words may tell who is meant."""


def is_subject(token: Token) -> bool:
    """Whether the token is a subject, or stands in a list with one."""
    first = token
    while first.dep_ == "conj" and first.head is not first:
        first = first.head
    return first.dep_ in NOMINAL_SUBJECTS or _precedes_verb(token)


def _precedes_verb(token: Token) -> bool:
    """Whether a verb follows that is left without a subject: "Besides the fund, A and B [have pledged]"."""
    if token.i + 1 == len(token.doc) or token.dep_ != "conj":
        return False
    following = token.nbor()
    verb = following.head if following.dep_ in {"aux", "auxpass"} else following
    finite = following.tag_ in {"MD", "VBP", "VBZ", "VBD"}
    return finite and verb.dep_ == "ROOT" and not any(child.dep_ in NOMINAL_SUBJECTS for child in verb.children)


def cardinality(token: Token) -> int | None:
    """How many the noun phrase says that they are: "the two leaders", "both sides"."""
    numbers = roles().numbers
    return next((int(numbers[word.lower_]) for word in (token, *token.children) if word.lower_ in numbers), None)


def is_definite(token: Token) -> bool:
    """Whether a word points to someone known: "the", "these", "both"."""
    return any(child.lower_ in {"the", "this", "that", "these", "those", "both"} for child in token.children)


def is_newly_counted(token: Token) -> bool:
    """Whether so many are told of for the first time: "over 190 countries", not "the two countries"."""
    counted = any(child.dep_ == "nummod" for child in token.lefts)
    return counted and not any(child.dep_ in {"det", "poss", "predet"} for child in token.lefts)


def has_restrictive_clause(token: Token) -> bool:
    """Whether those are told of that something is true of: "countries holding a tenth of all ports"."""
    told = any(child.dep_ in {"acl", "relcl"} for child in token.rights)
    return told and not list(token.lefts) and token.right_edge.i - token.i < _DESCRIPTION


def included_examples(token: Token) -> list[Token]:
    """Those who are named as among them: "agencies, including the Bank of Norland"."""
    return [below for child in token.rights if child.lower_ == "including" for below in child.rights]


def phrase_text(token: Token) -> str:
    """The words of a noun phrase up to its head."""
    return token.doc[token.left_edge.i : token.i + 1].text


def office_title(token: Token) -> str:
    """The words of an office as titles are written: "Vice President" of "the vice president"."""
    return re.sub(r"^(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s", "", phrase_text(token)).title()


def possessor_of_announcement(pronoun: Token) -> Token | None:
    """Whose words are told in which it is named again: "Norland’s announcement that it will"."""
    clause = pronoun.head
    told = pronoun.dep_ in NOMINAL_SUBJECTS and clause.dep_ in {"acl", "ccomp", "relcl"}
    owners = (child for child in clause.head.lefts if child.dep_ == "poss") if told else iter(())
    return next((owner for owner in owners if owner.pos_ != "PRON"), None)


def comitative_parties(token: Token) -> Iterator[Token]:
    """Those whom a subject names as acting along: "A and B with C will …"."""
    last = max((token, *token.conjuncts), key=lambda t: t.i)
    for head in (token, last) if last != token else (token,):
        for child in head.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in {"with", "alongside"}
                and head.dep_ in {*NOMINAL_SUBJECTS, "conj"}
            ):
                yield from (below for below in child.children if below.dep_ == "pobj" and below.ent_type_ == "GPE")


def meeting_counterpart(subject: Token) -> Token | None:
    """Whom a sentence says that its subject met: "The Minister met with her counterpart", "hosted the ministers"."""
    verb = subject.head
    if verb.lemma_ not in roles().party_verbs.meeting:
        return None
    direct = (
        child for child in verb.rights if child.dep_ == "dobj" and child.lemma_ not in roles().nonparty_nouns.talks
    )
    within = (t for child in verb.rights if child.dep_ in {"prep", "dobj"} for t in (child, *child.rights))
    beside = (below for t in within if t.lower_ == "with" for below in t.children if below.dep_ == "pobj")
    return next(direct, None) or next(beside, None)


def recipients(verb: Token) -> Iterator[Token]:
    """Those for whom something is done in a clause: "will give Norland ships", "will hand ships to Norland", "provide
    Norland with ships", "strengthen Norland’s defences".
    """
    for word in verb.subtree:
        if word.dep_ == "dative" or (word.dep_ == "pobj" and word.head.lower_ in {"to", "for"}):
            yield word
    for thing in (word for word in verb.subtree if word.dep_ == "dobj"):
        if thing.head.lemma_ in roles().party_verbs.granting and any(t.lower_ == "with" for t in thing.head.rights):
            yield thing
        yield from (child for child in thing.lefts if child.dep_ == "poss")
