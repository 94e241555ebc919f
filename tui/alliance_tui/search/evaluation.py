"""The terms of a query, looked up: what each finds before they are put together."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from alliance_tui.search.filters import ENTITY_FIELDS, NAMED, VALUES, agreement_test, entity_test
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.query import Filter, Query, Term, Words, is_joinable, is_minor, plain_words
from alliance_tui.search.term_matcher import Finder, Place


class Clause(Struct, frozen=True):
    """A term with the places that are lit for it in the records, each with the number of its string, and the ids of all
    records that have it.

    `words` is None for a field; `of_entities` says then whose field it is.
    """

    negated: bool
    words: Words | None
    places: tuple[tuple[int, Place], ...]
    records: frozenset[str]
    of_entities: bool = False

    @property
    def minor(self) -> bool:
        """Whether it is a function word, which need not be found beside weightier words."""
        return self.words is not None and not self.negated and is_minor(self.words)


class Group(Struct, frozen=True):
    """Clauses one of which must be met; or none need be, if they are `minor` beside weightier groups."""

    clauses: tuple[Clause, ...]
    minor: bool

    @property
    def positive(self) -> tuple[Clause, ...]:
        """The clauses of words that are asked for."""
        return tuple(c for c in self.clauses if c.words and not c.negated)

    @property
    def excluding(self) -> bool:
        """Whether some clause asks for words not to be there."""
        return any(c.words and c.negated for c in self.clauses)


def looked_up(query: Query, index: SearchIndex, finder: Finder, problems: list[str]) -> tuple[Group, ...]:
    """The groups of a query; what makes no sense is passed over and told in `problems`."""
    _read_together(query, finder)
    distinct = dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups)
    lists = [[c for term in group if (c := _clause(term, index, finder, problems))] for group in distinct]
    lists = [clauses for clauses in lists if clauses]
    only_minor = all(clause.minor for clauses in lists for clause in clauses)
    return tuple(Group(tuple(clauses), not only_minor and all(c.minor for c in clauses)) for clauses in lists)


def _read_together(query: Query, finder: Finder) -> None:
    """Lets plain words mean, also, one word or one misspelt name."""
    plain = [plain_words(group) for group in query.groups]
    for first, second in pairwise(plain):
        if first and second and is_joinable(first) and is_joinable(second):
            finder.may_be_joined(first, second)
    if all(plain):
        finder.may_be_name([words for words in plain if words])


def _clause(term: Term, index: SearchIndex, finder: Finder, problems: list[str]) -> Clause | None:
    if isinstance(term.what, Words):
        places = () if term.negated else tuple(_placed(term.what, index, finder))
        strings = finder.units(term.what, index.records, index.records.strings_of)
        return Clause(term.negated, term.what, places, frozenset(index.owner(string)[0] for string in strings))
    if term.what.field in NAMED:
        return _named(term.what, term.negated, index, finder)
    return _listed(term.what, term.negated, index, problems)


def _placed(words: Words, index: SearchIndex, finder: Finder) -> list[tuple[int, Place]]:
    """The places of words in the records, each with the number of its string."""
    places = finder.places(words, index.records)
    finder.watch.look()
    return list(zip(index.records.strings_of(place.first for place in places), places, strict=True))


def _named(asked: Filter, negated: bool, index: SearchIndex, finder: Finder) -> Clause:
    """A field that takes names: met by the agreements' own field, or by another form of the entity named there.

    Its places are in that field, and in the names of those entities.
    """
    places: list[tuple[int, Place]] = []
    passing: set[str] = set()
    names: set[str] = set()
    of_names: list[tuple[str, int, Place]] = []
    for string, place in _placed(asked.words, index, finder):
        record, field = index.owner(string)
        if field == NAMED[asked.field]:
            places.append((string, place))
            passing.add(record)
        elif record in index.entities:
            names.add(index.entities[record].name)
            of_names.append((index.entities[record].name, string, place))
    held_names: set[str | None] = set()
    for agreement in index.agreements.values():
        held = {"party": agreement.parties, "instrument": (agreement.instrument,), "said": (agreement.attribution,)}
        if names.intersection(held[asked.field]):
            passing.add(agreement.id)
            held_names.update(held[asked.field])
    places += ((string, place) for name, string, place in of_names if name in held_names)
    return Clause(negated, None, tuple(places), frozenset(passing))


def _listed(asked: Filter, negated: bool, index: SearchIndex, problems: list[str]) -> Clause | None:
    """A field with a closed list of values, or a date."""
    passing: frozenset[str] | None = None
    of_entities = asked.field in ENTITY_FIELDS
    if of_entities:
        entity_passes = entity_test(asked.value)
        if entity_passes:
            passing = frozenset(e.id for e in index.entities.values() if entity_passes(e))
    else:
        passes = agreement_test(asked.field, asked.comparison, asked.value)
        if passes:
            passing = frozenset(a.id for a in index.agreements.values() if passes(a))
    if passing is None:
        values = ", ".join(VALUES[asked.field]) if asked.field in VALUES else "a date such as 2027 or 2027-03"
        problems.append(f"{asked.field}: takes {values}")
        return None
    return Clause(negated, None, (), passing, of_entities)
