"""Who undertakes: the actors of a candidate as canonical names, through the document's entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from alliance_tui.extraction.agreements.chains import Candidate
from alliance_tui.extraction.agreements.clauses import nominal, siblings
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = frozenset({"between", "among", "amongst"})
_INNER = frozenset({"of", "from", "between", "among"})


class Names(Protocol):
    """The document's entities, as the coding of agreements needs them."""

    @property
    def entities(self) -> Iterable[Entity]:
        """The entities of the document."""

    @property
    def principals(self) -> tuple[str, ...]:
        """Who speaks or is spoken of throughout: the states of a joint statement."""

    def name_at(self, start: int, end: int) -> str | None:
        """The canonical name of the entity that the text names somewhere between two offsets."""

    def resolve(self, passage: Passage, token: Token) -> tuple[str, ...]:
        """The parties, by canonical name, that a word stands for; empty where it stands for none."""


def parties(candidate: Candidate, passage: Passage, names: Names) -> tuple[str, ...]:
    """The parties of a candidate in the order in which the text names them, without repetition."""
    for heads in _sources(candidate):
        found: dict[str, None] = {}
        for head in heads:
            here = candidate.lead if candidate.lead is not None and head.doc is candidate.lead.doc else passage
            found.update(dict.fromkeys(_named(head, here, names)))
        if found:
            return tuple(found)
    return ()


def _sources(candidate: Candidate) -> Iterable[list[Token]]:
    """Where the actors may stand, the best place first."""
    between = _between(candidate.anchor)
    if between:
        yield between
    if candidate.owner is not None and candidate.owner.pos_ != "PRON" and candidate.opening != "tasking":
        yield [candidate.owner, *siblings(candidate.owner)]
    agent = _agent(candidate.anchor)
    if agent is not None:
        yield [agent, *siblings(agent)]
    if candidate.actor is not None:
        yield [candidate.actor, *(other for other in siblings(candidate.actor) if nominal(other))]
    if candidate.owner is not None:
        yield [candidate.owner]


def _between(anchor: Token) -> list[Token]:
    """The parties of "the signing of an agreement between A and B", "a partnership with A and B"."""
    if not nominal(anchor):
        return []
    heads = [anchor, *(child for prep in anchor.rights if prep.lower_ == "of" for child in prep.rights)]
    for head in heads:
        for prep in head.rights:
            if prep.lower_ in _BETWEEN:
                target = next((child for child in prep.rights if child.dep_ == "pobj"), None)
                if target is not None:
                    return [target, *siblings(target)]
    return []


def _agent(verb: Token) -> Token | None:
    for prep in verb.rights:
        if prep.dep_ == "agent":
            return next((child for child in prep.rights if child.dep_ == "pobj"), None)
    return None


def _named(head: Token, passage: Passage, names: Names) -> list[str]:
    found = list(names.resolve(passage, head))
    if found:
        return found
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _INNER:
            for target in child.rights:
                if target.dep_ == "pobj":
                    for one in [target, *siblings(target)]:
                        found.extend(names.resolve(passage, one))
    if not found:
        for child in head.lefts:
            if child.dep_ in ("compound", "nmod", "amod", "poss"):
                found.extend(names.resolve(passage, child))
    return found
