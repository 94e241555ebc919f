"""For whom the document speaks, and which parties its noun phrases stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from alliance_tui.extraction.entities.gazetteer import gazetteer, load
from alliance_tui.extraction.entities.naming import Naming
from alliance_tui.extraction.entities.people import People, roles
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import Document, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

Names = tuple[str, ...]

_ACTORS = {EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT}
_HEADLINE = 250
"""A first line of more characters than this is a paragraph and no title."""
_SUBJECTS = {"nsubj", "nsubjpass"}
_WE = {"we", "us", "our", "ours", "ourselves"}
_THEY = {"they", "them", "their", "theirs", "themselves"}
_THEY_ONE = {"he", "she", "him", "her", "his"}
_IT = {"it", "its", "itself"}


class Namings(Protocol):
    """Where a document names what, and for whom it speaks."""

    principals: Names

    def namings_in(self, start: int, end: int) -> list[Naming]: ...


@cache
def _for_state() -> dict[str, str]:
    return dict(load("organisations")["for_state"])


def party(naming: Naming, people: People) -> str | None:
    """The party that a name stands for when it acts: a leader's state, else the actor in its own name."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return (person.acts_for if person else None) or naming.name
    if naming.type in _ACTORS:
        return _for_state().get(naming.name, naming.name)
    return None


def principals_of(document: Document, passages: Sequence[Passage], namings: Sequence[Naming], people: People) -> Names:
    """The states or organisations that speak in the document.

    They are those that its first line names, if there are two or more; else those that act in the opening
    paragraphs; else the only state of the first line, or the state named most.
    """
    text = document.text
    head_end = next((m.end() for m in re.finditer(r"\S[^\n]*", text)), 0)
    title = _parties_in(namings, 0, head_end, people)
    if len(title) >= 2 and head_end < _HEADLINE:
        return title
    bodies = [p for p in passages if p.segment.end - p.offset > 80][:3]
    for passage in bodies:
        acting = _acting(passage, namings, people)
        if len(acting) >= 2:
            return acting
    if title:
        return title
    counts = Counter(n.name for n in namings if n.type is EntityType.STATE)
    return tuple(name for name, _ in counts.most_common(1))


def _parties_in(namings: Iterable[Naming], start: int, end: int, people: People) -> Names:
    found: dict[str, None] = {}
    for naming in namings:
        if start <= naming.start < end and naming.type in {EntityType.STATE, EntityType.PERSON}:
            name = party(naming, people)
            if (name and name != naming.name) or naming.type is EntityType.STATE:
                found[name or naming.name] = None
    return tuple(found)


def _acting(passage: Passage, namings: Sequence[Naming], people: People) -> Names:
    """The states whose leaders or names are the subjects of the passage's first sentence, or stand with them."""
    sentence = next(iter(passage.doc.sents), None)
    if sentence is None:
        return ()
    begin, end = passage.offset + sentence.start_char, passage.offset + sentence.end_char
    leaders = [n for n in namings if begin <= n.start < end and n.type is EntityType.PERSON]
    of_leaders = dict.fromkeys(p for n in leaders if (p := party(n, people)) and p != n.name)
    if len(of_leaders) >= 2:
        return tuple(of_leaders)
    if re.search(r"\b(?:leaders|governments|ministers|presidents|secretaries|we)\b", sentence.text, re.IGNORECASE):
        return tuple(dict.fromkeys(n.name for n in namings if begin <= n.start < end and n.type is EntityType.STATE))
    return ()


class Parties:
    """Resolves noun phrases of one document to parties."""

    def __init__(self, table: Namings, people: People, passages: Sequence[Passage]) -> None:
        self._table = table
        self._people = people
        self._passages = list(passages)
        self._place = {id(passage): i for i, passage in enumerate(self._passages)}

    def resolve(self, passage: Passage, token: Token) -> Names:
        """See EntityTable.resolve."""
        heads = [token, *(t for t in token.conjuncts if t.i > token.i)]
        found: dict[str, None] = {}
        for head in heads:
            found.update(dict.fromkeys(self._one(passage, head)))
        return tuple(found)

    def _one(self, passage: Passage, token: Token) -> Names:
        word = token.lower_
        if word in _WE:
            return self._table.principals
        if word in _THEY or (word == "both" and token.pos_ in {"PRON", "DET"}):
            return self._antecedent(passage, token, at_least=2) or self._table.principals
        if word in _THEY_ONE or word in _IT:
            return self._antecedent(passage, token, at_least=1)[:1]
        start = passage.offset + token.idx
        named = self._table.namings_in(start, start + len(token))
        if named:
            return tuple(p for n in named if (p := party(n, self._people)))
        if word in roles()["sets"]["members"] and (members := self._members(passage, token)):
            return members
        return self._by_role(passage, token)

    def _members(self, passage: Passage, token: Token) -> Names:
        """What "the leaders of A and B", "the two sides", "our three countries" stand for."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for below in child.children:
                    if below.dep_ == "pobj" and (of := self.resolve(passage, below)):
                        return of
        own = self._modifiers(passage, token)
        if own:
            return own
        if token.tag_ not in {"NNS", "NNPS"} and token.lower_ not in {"pair", "duo", "trio"}:
            return ()
        wanted = self._number(token)
        principals = self._table.principals
        if wanted is None or len(principals) == wanted:
            return principals
        return self._antecedent(passage, token, at_least=wanted, at_most=wanted) or principals

    def _modifiers(self, passage: Passage, token: Token) -> Names:
        """The states named in the words before the head: "Japanese and Korean leaders", "U.S. officials"."""
        left = passage.offset + token.left_edge.idx
        names = dict.fromkeys(
            found.known.name
            for found in gazetteer().find(passage.doc.text[left - passage.offset : token.idx])
            if found.known.type is EntityType.STATE
        )
        return tuple(names)

    @staticmethod
    def _number(token: Token) -> int | None:
        numbers = roles()["numbers"]
        for word in (token, *token.children):
            if word.lower_ in numbers:
                return int(numbers[word.lower_])
        return None

    def _by_role(self, passage: Passage, token: Token) -> Names:
        """An office ("the President"), a government word with its state, an organisation word ("the company")."""
        if token.lower_ in roles()["government"]["words"] and (own := self._modifiers(passage, token)):
            return own
        if holder := self._holder(passage, token):
            return (holder,)
        if token.lower_ in roles()["anaphors"]["organisation"] and self._definite(token):
            return self._last_of(passage, token, {EntityType.ORGANISATION})
        return ()

    @staticmethod
    def _definite(token: Token) -> bool:
        return any(child.lower_ in {"the", "this", "that"} for child in token.children)

    def _holder(self, passage: Passage, token: Token) -> str | None:
        """For whom the holder of the office acts: the person last named who bears the title."""
        title = passage.doc[token.left_edge.i : token.i + 1].text
        words = re.sub(r"^(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s", "", title).title()
        for naming in reversed(self._table.namings_in(0, passage.offset + token.idx)):
            if naming.type is EntityType.PERSON:
                person = self._people.find(naming.name)
                if person and words in person.titles:
                    return person.acts_for or person.name
        return None

    def _last_of(self, passage: Passage, token: Token, types: set[EntityType]) -> Names:
        before = self._table.namings_in(0, passage.offset + token.idx)
        return next(((n.name,) for n in reversed(before) if n.type in types), ())

    def _antecedent(self, passage: Passage, token: Token, *, at_least: int, at_most: int = 99) -> Names:
        """The nearest earlier subject in this or the two passages before that stands for so many parties."""
        here = self._place.get(id(passage), 0)
        for back in range(3):
            if here - back < 0:
                break
            other = self._passages[here - back]
            for subject in self._subjects(other, token if back == 0 else None):
                names = self.resolve(other, subject) if subject.pos_ != "PRON" else ()
                if at_least <= len(names) <= at_most:
                    return names
        return ()

    @staticmethod
    def _subjects(passage: Passage, before: Token | None) -> Iterator[Token]:
        """The subjects in a passage before a token, the nearest first."""
        limit = before.i if before is not None else len(passage.doc)
        for i in range(limit - 1, -1, -1):
            if passage.doc[i].dep_ in _SUBJECTS:
                yield passage.doc[i]
