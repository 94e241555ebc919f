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
_ONE = {"he", "she", "him", "her", "his"}
_IT = {"it", "its", "itself"}
_PRONOUNS = _WE | _THEY | _ONE | _IT
_ALL = {"all", "both", "each"}
_STATE = EntityType.STATE
_FIRMS = {EntityType.ORGANISATION}
_LIST_LINK = re.compile(r"(?P<comma>,)?(?P<and> and| &| as well as)? (?:the |The )?")


class Namings(Protocol):
    """Where a document names what, and for whom it speaks."""

    principals: Names

    def namings_in(self, start: int, end: int) -> list[Naming]: ...


@cache
def _for_state() -> dict[str, str]:
    return dict(load("organisations")["for_state"])


def _number(token: Token) -> int | None:
    """How many the noun phrase says that they are: "the two leaders", "both sides"."""
    numbers = roles()["numbers"]
    return next((int(numbers[word.lower_]) for word in (token, *token.children) if word.lower_ in numbers), None)


def _definite(token: Token) -> bool:
    return any(child.lower_ in {"the", "this", "that", "these", "those", "both"} for child in token.children)


def _companions(token: Token) -> Iterator[Token]:
    """Those whom a subject names as acting along: "A and B with C will …"."""
    last = max((token, *token.conjuncts), key=lambda t: t.i)
    for head in {token, last}:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"with", "alongside"} and head.dep_ in {*_SUBJECTS, "conj"}:
                yield from (below for below in child.children if below.dep_ == "pobj" and below.ent_type_ == "GPE")


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
        found: dict[str, None] = {}
        for head in (token, *(t for t in token.conjuncts if t.i > token.i), *_companions(token)):
            found.update(dict.fromkeys(self._one(passage, head)))
        return tuple(found)

    def _one(self, passage: Passage, token: Token) -> Names:
        word = token.lower_
        if word in _PRONOUNS:
            return self._pronoun(passage, token)
        if named := self._named(passage, token):
            return named
        for child in token.children:  # "the Italian company, Fiat"
            if child.dep_ == "appos" and (renamed := self._named(passage, child)):
                return renamed
        if (word in roles()["sets"]["members"] or word in _ALL) and (members := self._members(passage, token)):
            return members
        if word in roles()["sets"]["organisations"] and _definite(token):
            return self._antecedent(passage, token, at_least=_number(token) or 2)
        return self._by_role(passage, token)

    def _pronoun(self, passage: Passage, token: Token) -> Names:
        word = token.lower_
        if word in _WE:
            return self._table.principals
        if word in _THEY:
            return self._antecedent(passage, token, at_least=2) or self._table.principals
        if word in _ONE:
            return self._antecedent(passage, token, at_least=1)[:1]
        return self._antecedent(passage, token, at_least=1, at_most=1) or self._last(passage, token, _FIRMS)

    def _named(self, passage: Passage, token: Token) -> Names:
        """The parties named at the token, with those that follow it in a list."""
        start = passage.offset + token.idx
        first = self._table.namings_in(start, start + len(token))
        if not first:
            return ()
        names = dict.fromkeys(p for n in first if (p := self._party(n, token)))
        if names:
            names.update(dict.fromkeys(p for n in self._listed(passage, first[-1]) if (p := party(n, self._people))))
        return tuple(names)

    def _party(self, naming: Naming, token: Token) -> str | None:
        """The party named at the token; a place counts where it acts ("Taiwan will …")."""
        if naming.type is EntityType.PLACE and token.dep_ in _SUBJECTS:
            return naming.name
        return party(naming, self._people)

    def _listed(self, passage: Passage, first: Naming) -> list[Naming]:
        """The parties that follow in the list which `first` opens: "A, B (the B Agency), and the C"."""
        text, offset = passage.doc.text, passage.offset
        after = self._table.namings_in(first.end, passage.segment.end)
        chain, last, bound, commas = [], first.end, 0, 0
        for naming in after:
            gap = text[last - offset : naming.start - offset]
            if gap == " (" and text[naming.end - offset : naming.end - offset + 1] == ")":
                last = naming.end + 1
                continue
            link = _LIST_LINK.fullmatch(gap)
            if link is None or party(naming, self._people) is None:
                break
            chain.append(naming)
            last = naming.end
            commas += link["comma"] is not None
            if link["and"]:
                bound = len(chain)
                break
        return chain[:bound] if bound > 1 or not commas else []

    def _members(self, passage: Passage, token: Token) -> Names:
        """What "the leaders of A and B", "the two sides", "our three countries" stand for."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for below in child.children:
                    if below.dep_ == "pobj" and (of := self.resolve(passage, below)):
                        return of
        own = self._modifiers(passage, token)
        if own:
            return own
        if token.lower_ in _ALL:
            return self._table.principals if any(t.lower_ in _WE for t in token.subtree) else ()
        if token.tag_ not in {"NNS", "NNPS"} and token.lower_ not in {"pair", "duo", "trio"}:
            return ()
        wanted = _number(token)
        principals = self._table.principals
        if wanted is None or len(principals) == wanted:
            return principals
        return self._antecedent(passage, token, at_least=wanted, at_most=wanted) or principals

    def _modifiers(self, passage: Passage, token: Token) -> Names:
        """The states named in the words before the head: "Japanese and Korean leaders", "U.S. officials"."""
        left = token.left_edge.idx
        states = [f.known.name for f in gazetteer().find(passage.doc.text[left : token.idx]) if f.known.type is _STATE]
        if not states:  # "the Obama administration"
            before = self._table.namings_in(passage.offset + left, passage.offset + token.idx)
            people = [n for n in before if n.type is EntityType.PERSON]
            states = [p for n in people if (p := party(n, self._people)) and p != n.name]
        return tuple(dict.fromkeys(states))

    def _by_role(self, passage: Passage, token: Token) -> Names:
        """An office ("the President"), a government word with its state, an organisation word ("the company")."""
        if token.lower_ in roles()["government"]["words"]:
            if own := self._modifiers(passage, token):
                return own
            if token.lower_ in {"government", "administration"} and _definite(token):
                return self._government(passage, token)
        if holder := self._holder(passage, token):
            return (holder,)
        if token.lower_ in roles()["anaphors"]["organisation"] and _definite(token):
            return self._last(passage, token, _FIRMS)
        return ()

    def _government(self, passage: Passage, token: Token) -> Names:
        """The state that "the government" means: the only principal, else the state last named."""
        if len(self._table.principals) == 1:
            return self._table.principals
        return self._last(passage, token, {EntityType.STATE})

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

    def _last(self, passage: Passage, token: Token, types: set[EntityType]) -> Names:
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
