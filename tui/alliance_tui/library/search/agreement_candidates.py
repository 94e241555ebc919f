"""The agreements of the library that may satisfy a plan, as far as the index tells."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from alliance_tui.library.agreement_keys import AgreementKey
from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import RECORD_UNITS
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.search.lookups import Lookup, LookupReader, lookups_of
from alliance_tui.library.search.name_index import NameIndex
from alliance_tui.records import EntityType
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.plan.conditions import EntityTypeCondition, NameCondition, SqlCondition
from alliance_tui.search.plan.query_plan import Clause, Literal, QueryPlan
from alliance_tui.search.plan.readings import Meaning

_RECORDS = re.compile(f"[{chr(RECORD_UNITS.start)}-{chr(RECORD_UNITS.stop - 2)}]")
"""Matches the units of records, but for the last, which records past the range share."""

Positions = dict[int, set[int]]
"""Document numbers, each with positions of agreements."""


class ClauseAgreements(Struct, frozen=True):
    """The agreements that may satisfy a clause, and those that do; `possible` is None where any may.

    `lookups` are those of its words that are not negated.
    """

    clause: Clause
    possible: Positions | None
    certain: Positions
    lookups: tuple[Lookup, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether the index alone decides."""
        words = (literal.operand for literal in self.clause.literals if isinstance(literal.operand, Meaning))
        return self.possible is not None and all(lookup.is_exact for word in words for lookup in lookups_of(word))


class AgreementCandidates(Struct, frozen=True):
    """The agreements that may satisfy a plan, with those clauses that the index does not decide.

    `certain` are the candidates that satisfy all of them. `missing` are the words of the query that no record and no
    text has, `searched` the others. `is_nearest`: no agreement satisfies all clauses, so these satisfy most of them.
    """

    agreements: Set[AgreementKey]
    certain: Set[AgreementKey]
    clauses: tuple[ClauseAgreements, ...]
    missing: tuple[str, ...]
    searched: tuple[str, ...]
    is_nearest: bool = False


def _typed_words(clauses: Iterable[ClauseAgreements]) -> tuple[str, ...]:
    """Return the words of the clauses as they were typed."""
    return tuple(meaning.typed for each in clauses for meaning in each.clause.meanings)


class AgreementRetriever:
    """Retrieves the candidates of one plan among the agreements of `documents`, by their number."""

    def __init__(
        self,
        db: sqlite3.Connection,
        reader: IndexReader,
        lookups: LookupReader,
        names: NameIndex,
        documents: Mapping[int, LibraryDocument],
        cancellation: CancellationToken,
    ) -> None:
        self._db = db
        self._reader = reader
        self._lookups = lookups
        self._names = names
        self._documents = documents
        self._cancellation = cancellation

    def retrieve(self, plan: QueryPlan, searched: Set[AgreementKey]) -> AgreementCandidates:
        """Return the candidates among the `searched` agreements."""
        required = [clause for clause in plan.clauses if not clause.is_optional]
        of_agreements = [clause for clause in required if not all(map(_is_on_entities, clause.literals))]
        retrieved = [self._clause(clause, searched) for clause in of_agreements]
        missing = self._left_out(retrieved)
        retrieved = [each for each in retrieved if each not in missing]
        of_types = self._of_entity_types(required)
        clauses = [*retrieved, *([of_types] if of_types else [])]
        agreements = self._intersection([each.possible for each in clauses], searched)
        is_decided = all(each.is_decided for each in clauses)
        certain = agreements if is_decided else self._intersection([each.certain for each in clauses], agreements)
        return AgreementCandidates(agreements, certain, tuple(clauses), _typed_words(missing), _typed_words(retrieved))

    def _left_out(self, retrieved: Sequence[ClauseAgreements]) -> list[ClauseAgreements]:
        """Return the clauses of plain words that no document has; none where no clause with words would be left."""
        missing = [
            each
            for each in retrieved
            if each.possible == {} and _is_of_plain_words(each.clause) and not self._lookups.scores(each.lookups)
        ]
        with_words = [each for each in retrieved if each.clause.meanings]
        return missing if len(missing) < len(with_words) else []

    def nearest(self, candidates: AgreementCandidates, searched: Set[AgreementKey]) -> AgreementCandidates:
        """Return the agreements that may satisfy the most clauses of plain words; none where there is one clause."""
        counts: Counter[AgreementKey] = Counter()
        for clause in candidates.clauses:
            counts.update(set(_keys(clause.possible or {})))
        among = counts.keys() & searched
        most = max((counts[key] for key in among), default=0)
        nearest = (
            {key for key in among if counts[key] == most}
            if most and len(candidates.clauses) > 1
            else set[AgreementKey]()
        )
        return AgreementCandidates(
            nearest, nearest, candidates.clauses, candidates.missing, candidates.searched, is_nearest=bool(nearest)
        )

    def keys_of(self, lookups: Iterable[Lookup]) -> Iterator[AgreementKey]:
        """Yield the agreements that may have any of the lookups."""
        units = self._lookups.units(lookups)
        return _keys(self._positions(units.certain if units.possible is None else units.possible))

    def _intersection(self, positions: Sequence[Positions | None], searched: Set[AgreementKey]) -> Set[AgreementKey]:
        """Return the `searched` agreements that all have; None does not restrict them."""
        known = sorted((each for each in positions if each is not None), key=len)
        if not known:
            return searched
        first, *others = known
        return {
            (document, position)
            for document, of_first in self._cancellation.iterate(first.items())
            for position in of_first
            if (document, position) in searched and all(position in each.get(document, ()) for each in others)
        }

    def _clause(self, clause: Clause, searched: Iterable[AgreementKey]) -> ClauseAgreements:
        """Return the agreements that satisfy one of the literals."""
        possible: Positions | None = {}
        certain: Positions = {}
        for literal in clause.literals:
            literal_possible, literal_certain = self._literal(literal, searched)
            possible = None if possible is None or literal_possible is None else _union(possible, literal_possible)
            certain = _union(certain, literal_certain)
        lookups = tuple(lookup for meaning in clause.meanings for lookup in lookups_of(meaning))
        return ClauseAgreements(clause, possible, certain, lookups)

    def _literal(self, literal: Literal, searched: Iterable[AgreementKey]) -> tuple[Positions | None, Positions]:
        if isinstance(literal.operand, Meaning):
            units = self._lookups.units(lookups_of(literal.operand))
            possible = None if units.possible is None else self._positions(units.possible)
            certain = self._positions(units.certain)
        elif isinstance(literal.operand, EntityTypeCondition):
            possible = certain = self._with_entities(literal.operand.types)
        else:
            possible = certain = self._positions(self._reader.agreement_units([self._sql(literal)]))
        if not literal.negated:
            return possible, certain
        return _without(searched, certain), {} if possible is None else _without(searched, possible)

    def _sql(self, literal: Literal) -> SqlCondition:
        assert not isinstance(literal.operand, Meaning)
        if isinstance(literal.operand, NameCondition):
            return literal.operand.sql(self._names.matching_numbers(literal.operand.meaning.phrase, self._cancellation))
        return literal.operand.sql()

    def _positions(self, units: UnitsByDocument) -> Positions:
        """Return the positions of the agreements among the units."""
        documents = self._documents
        positions: Positions = {}
        for document, of_document in self._cancellation.iterate(units.items()):
            if document in documents:
                first = RECORD_UNITS.start + documents[document].entities
                found = {ord(unit) - first for unit in _RECORDS.findall(of_document) if ord(unit) >= first}
                if found:
                    positions[document] = found
        return positions

    def _of_entity_types(self, clauses: Iterable[Clause]) -> ClauseAgreements | None:
        """Return the agreements in which an entity takes part whose type all conditions permit; None without any."""
        on_entities = [clause for clause in clauses if all(map(_is_on_entities, clause.literals))]
        if not on_entities:
            return None
        permitted = [set[str]().union(*map(_permitted_types, clause.literals)) for clause in on_entities]
        positions = self._with_entities(permitted[0].intersection(*permitted[1:]))
        return ClauseAgreements(on_entities[0], positions, positions)

    def _with_entities(self, types: Iterable[str]) -> Positions:
        """Return the agreements in which an entity of any of these types takes part."""
        query = """SELECT DISTINCT mentioned.document, mentioned.position FROM mentioned
            JOIN entities USING (name, document) WHERE type IN (SELECT value FROM json_each(?))"""
        positions: Positions = {}
        for document, position in self._db.execute(query, (json.dumps(list(types)),)):
            positions.setdefault(document, set()).add(position)
        return positions


def _keys(positions: Positions) -> Iterator[AgreementKey]:
    return ((document, position) for document, of_document in positions.items() for position in of_document)


def _union(first: Positions, second: Positions) -> Positions:
    if not first:
        return second
    both = dict(first)
    for document, positions in second.items():
        both[document] = both[document] | positions if document in both else positions
    return both


def _without(searched: Iterable[AgreementKey], excluded: Positions) -> Positions:
    """Return the `searched` agreements that are not among the excluded ones."""
    kept: Positions = {}
    for document, position in searched:
        if position not in excluded.get(document, ()):
            kept.setdefault(document, set()).add(position)
    return kept


def _is_of_plain_words(clause: Clause) -> bool:
    """Whether the clause is of plain words; operators and conditions are never left out."""
    return len(clause.meanings) == len(clause.literals) and not any(meaning.is_literal for meaning in clause.meanings)


def _is_on_entities(literal: Literal) -> bool:
    return isinstance(literal.operand, EntityTypeCondition)


def _permitted_types(literal: Literal) -> set[str]:
    assert isinstance(literal.operand, EntityTypeCondition)
    types: set[str] = set(literal.operand.types)
    return set[str](EntityType) - types if literal.negated else types
