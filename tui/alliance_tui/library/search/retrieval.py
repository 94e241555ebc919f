"""Retrieval: the documents of the library that may match a plan, with scores, as far as the index tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import RECORD_UNITS
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.search.document_scores import (
    IN_NAME,
    Scores,
    best_scores,
    mean_scores,
    score_of_count,
    uniform_scores,
)
from alliance_tui.library.search.lookups import Lookup, LookupReader, lookups_of, matched_words
from alliance_tui.library.search.name_index import NameIndex
from alliance_tui.records import EntityType
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.lookup.word_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.plan.conditions import (
    POSSIBLE,
    EntityTypeCondition,
    LabelCondition,
    NameCondition,
    SqlCondition,
)
from alliance_tui.search.plan.query_plan import Clause, Literal, QueryPlan
from alliance_tui.search.plan.readings import Meaning

_FIRST_RECORD, _LAST_RECORD = chr(RECORD_UNITS.start), chr(RECORD_UNITS.stop - 1)


class ClauseUnits(Struct, frozen=True):
    """The units that may satisfy a clause with words, and those that do; None where the index does not tell."""

    clause: Clause
    possible: UnitsByDocument | None
    certain: UnitsByDocument


class Candidates(Struct, frozen=True, kw_only=True):
    """The documents that may match a plan.

    scores: their scores.
    verified: those that match by the index alone.
    excluded: phrases that the text must not have.
    clauses: the required clauses with words, each with the units of the candidates.
    agreement_units: the agreements that meet the conditions; None without conditions on agreements.
    is_certain_of_agreements: whether no other conditions are to be met, and these agreements meet all of them.
    has_entity_conditions: whether entities must be of some type.
    matched_words: the words of the library that match a query word.
    missing: the words of the query that no document has; the others were looked up.
    with_possible: whether possible agreements may match, of which the index has no words.
    marked: documents with tags or notes on more than agreements, where these are asked for; any of them may match.
    """

    scores: Scores
    verified: Set[int]
    excluded: tuple[Meaning, ...]
    clauses: tuple[ClauseUnits, ...]
    agreement_units: UnitsByDocument | None
    is_certain_of_agreements: bool
    has_entity_conditions: bool
    matched_words: Mapping[str, VocabularyMatch]
    missing: tuple[str, ...]
    with_possible: bool = False
    marked: Set[int] = frozenset()

    @property
    def has_conditions(self) -> bool:
        """Whether the plan has conditions on records."""
        return self.agreement_units is not None or self.has_entity_conditions

    def possible_units(self, document: int) -> list[str] | None:
        """Return the units of a document that may satisfy all clauses with words; None if any is not known."""
        units = [clause.possible for clause in self.clauses]
        if not units or any(of_clause is None for of_clause in units):
            return None
        return common_units(document, [of_clause for of_clause in units if of_clause is not None])

    def certain_units(self, document: int) -> list[str]:
        """Return the units of a document that satisfy all clauses with words by the index alone."""
        return common_units(document, [clause.certain for clause in self.clauses]) if self.clauses else []


def common_units(document: int, units_by_clause: Sequence[Mapping[int, str]]) -> list[str]:
    """Return the units of a document that all have."""
    first, *others = sorted((units.get(document, "") for units in units_by_clause), key=len)
    common = list(first)
    for units in others:
        common = [unit for unit in common if unit in units]
    return common


def is_record(unit: str) -> bool:
    """Whether the unit is an entity or an agreement."""
    return _FIRST_RECORD <= unit <= _LAST_RECORD


class _RequiredClauses(Struct, frozen=True):
    """The clauses of a plan that must be satisfied, by how they are looked up."""

    with_words: list[Clause]
    only_negated: list[Clause]
    conditions: list[Clause]

    @classmethod
    def of_plan(cls, plan: QueryPlan) -> _RequiredClauses:
        """Sort the clauses of a plan."""
        required = cls([], [], [])
        for clause in plan.clauses:
            if clause.is_optional:
                continue
            if not any(isinstance(literal.operand, Meaning) for literal in clause.literals):
                required.conditions.append(clause)
            elif all(literal.negated for literal in clause.literals):
                required.only_negated.append(clause)
            else:
                required.with_words.append(clause)
        return required


class _ConditionMatches(Struct, frozen=True):
    """The documents that meet conditions, for each kind of record; the agreements that do; whether that is certain.

    `marked`: see Candidates.
    """

    scores: list[Scores]
    agreement_units: UnitsByDocument | None
    is_on_entities: bool
    is_certain: bool
    marked: Set[int] = frozenset()


def _any_units(clauses: Iterable[Clause]) -> tuple[ClauseUnits, ...]:
    """Return clauses that any unit may satisfy."""
    return tuple(ClauseUnits(clause, None, {}) for clause in clauses)


class CandidateRetriever:
    """Retrieves the candidates of one plan among the `documents`, by their number."""

    def __init__(
        self,
        reader: IndexReader,
        lookups: LookupReader,
        names: NameIndex,
        documents: Mapping[int, LibraryDocument],
        cancellation: CancellationToken,
    ) -> None:
        self._reader = reader
        self._lookups = lookups
        self._names = names
        self._documents = documents
        self._cancellation = cancellation
        self._excluded: list[Meaning] = []

    def retrieve(self, plan: QueryPlan, searched: Iterable[int], *, with_possible: bool = False) -> Candidates | None:
        """Return the candidates among the `searched` documents; None for a plan without any clause.

        `with_possible`: possible agreements may match too.
        """
        if not plan.clauses:
            return None
        documents = set(searched)
        required = _RequiredClauses.of_plan(plan)
        scored = [(clause, self._clause_scores(clause, documents)) for clause in required.with_words]
        missing = [clause for clause, found in scored if not found and _may_be_left_out(clause)]
        if len(missing) < len(scored):
            scored = [(clause, found) for clause, found in scored if clause not in missing]
        positive = [clause for clause, _ in scored]
        retrieve = self._retrieve_possible if with_possible else self._retrieve_conditions
        conditions = retrieve(required.conditions)
        scores = [*(found for _, found in scored), *conditions.scores] or [uniform_scores(documents)]
        matching = documents.intersection(*scores)
        matching -= self._documents_of_negated(required.only_negated)
        clauses = _any_units(positive) if with_possible else self._units(positive, is_alone=len(scores) == 1)
        candidates = Candidates(
            scores={},
            verified=frozenset(),
            excluded=tuple(self._excluded),
            clauses=clauses,
            agreement_units=conditions.agreement_units,
            is_certain_of_agreements=conditions.is_certain and not conditions.is_on_entities,
            has_entity_conditions=conditions.is_on_entities,
            matched_words={match.word: match for clause in positive for match in matched_words(_lookups(clause))},
            missing=tuple(meaning.typed for clause in missing for meaning in clause.meanings),
            with_possible=with_possible,
            marked=conditions.marked,
        )
        matching = self._restrict(matching, candidates)
        verified = frozenset() if self._excluded else self._verified(matching, candidates, conditions)
        return replace(candidates, scores=mean_scores(scores, matching), verified=verified - candidates.marked)

    def _documents_of_negated(self, clauses: Iterable[Clause]) -> set[int]:
        """Return the documents that a clause of negated literals excludes: those that meet all of its literals."""
        documents: set[int] = set()
        for clause in clauses:
            excluded = [self._excluded_documents(literal) for literal in clause.literals]
            documents |= excluded[0].intersection(*excluded[1:])
        return documents

    def nearest(self, candidates: Candidates, searched: Iterable[int]) -> Scores:
        """Return the documents that satisfy the most clauses with words, wherever in them."""
        scores = [self._clause_scores(clause.clause, set(searched)) for clause in candidates.clauses]
        counts = Counter(document for of_clause in scores for document in of_clause)
        most = max(counts.values(), default=0)
        nearest = [document for document, count in counts.items() if count == most]
        return mean_scores([{d: of_clause.get(d, 0.0) for d in nearest} for of_clause in scores], nearest)

    def _restrict(self, documents: set[int], candidates: Candidates) -> set[int]:
        """Return the documents with a unit that may satisfy all clauses."""
        known = [clause.possible for clause in candidates.clauses if clause.possible is not None]
        if not known:
            return documents
        agreements = candidates.agreement_units
        if agreements is None:
            return {document for document in documents if common_units(document, known)}
        return {
            document
            for document in documents
            if document in candidates.marked
            or any(
                unit in agreements.get(document, "") or self._is_entity(unit, document)
                for unit in common_units(document, known)
            )
        }

    def _is_entity(self, unit: str, document: int) -> bool:
        return _FIRST_RECORD <= unit < chr(RECORD_UNITS.start + self._documents[document].entities)

    def _verified(self, documents: set[int], candidates: Candidates, conditions: _ConditionMatches) -> Set[int]:
        """Return the documents that match by the index alone."""
        clauses, agreements = candidates.clauses, candidates.agreement_units
        if not clauses:
            return documents if conditions.is_certain else frozenset()
        if len(clauses) == 1 and not candidates.has_conditions:
            lookups = _lookups(clauses[0].clause)
            exact = self._lookups.scores([lookup for lookup in lookups if lookup.is_exact])
            return documents & exact.keys() if _has_only_words(clauses[0].clause) else frozenset()
        if candidates.has_entity_conditions or not conditions.is_certain:
            return frozenset()
        certain = [clause.certain for clause in clauses]
        if agreements is None:
            return {document for document in documents if common_units(document, certain)}
        return {d for d in documents if any(unit in agreements.get(d, "") for unit in common_units(d, certain))}

    def _units(self, clauses: Sequence[Clause], *, is_alone: bool) -> tuple[ClauseUnits, ...]:
        """Return the units of clauses; they are not read where a clause stands alone and its terms alone decide."""
        result: list[ClauseUnits] = []
        for clause in clauses:
            lookups = _lookups(clause)
            if not _has_only_words(clause) or (is_alone and all(lookup.is_exact for lookup in lookups)):
                result.append(ClauseUnits(clause, None, {}))
            else:
                units = self._lookups.units(lookups)
                result.append(ClauseUnits(clause, units.possible, units.certain))
        return tuple(result)

    def _clause_scores(self, clause: Clause, searched: set[int]) -> Scores:
        """Return the documents that satisfy one of the literals."""
        scores: Scores = {}
        for literal in clause.literals:
            scores = best_scores(scores, self._literal_scores(literal, searched))
        return {document: score for document, score in scores.items() if document in searched}

    def _literal_scores(self, literal: Literal, searched: set[int]) -> Scores:
        if not isinstance(literal.operand, Meaning):
            return self._retrieve_conditions([Clause((literal,))]).scores[0]
        if literal.negated:
            is_phrase = len(literal.operand.phrase.words) > 1
            return uniform_scores(searched if is_phrase else searched - self._excluded_documents(literal))
        return self._lookups.scores(lookups_of(literal.operand))

    def _excluded_documents(self, literal: Literal) -> set[int]:
        """Return the documents with a negated word; whether words are adjacent is left to verification."""
        if not isinstance(literal.operand, Meaning):
            return set()
        lookups = lookups_of(literal.operand)
        if len(literal.operand.phrase.words) > 1:
            self._excluded.append(literal.operand)
            lookups = [lookup for lookup in lookups if lookup.is_exact]
        return set(self._lookups.scores(lookups))

    def _retrieve_conditions(self, clauses: Sequence[Clause]) -> _ConditionMatches:
        """Return what conditions match; those on entities and those on agreements are met by records of their own."""
        on_entities = [clause for clause in clauses if all(map(_is_on_entities, clause.literals))]
        on_agreements = [clause for clause in clauses if clause not in on_entities]
        permitted = [set[str]().union(*map(_permitted_types, clause.literals)) for clause in on_entities]
        counts: list[Mapping[int, int]] = [self._reader.entity_counts(types) for types in permitted]
        agreement_units: UnitsByDocument | None = None
        marked: Set[int] = frozenset()
        if on_agreements:
            agreement_units = self._reader.agreement_units([self._clause_sql(clause) for clause in on_agreements])
            found = {document: len(units) for document, units in agreement_units.items()}
            marked = self._reader.marked_documents() if _asks_for_marks(on_agreements) else marked
            counts.append(dict.fromkeys(marked, 1) | found)
        scores = [
            {document: score_of_count(MatchType.WORD, IN_NAME, count) for document, count in of_kind.items()}
            for of_kind in counts
        ]
        is_mixed = any(_is_on_entities(literal) for clause in on_agreements for literal in clause.literals)
        is_certain = len(on_entities) + bool(on_agreements) < 2 and not is_mixed
        return _ConditionMatches(scores, agreement_units, bool(on_entities), is_certain, marked)

    def _retrieve_possible(self, clauses: Sequence[Clause]) -> _ConditionMatches:
        """Return the documents with possible agreements, or all where others satisfy the conditions too."""
        has_others = any(len(clause.literals) > 1 for clause in clauses)
        counts = self._reader.label_counts(POSSIBLE)
        scores = {document: score_of_count(MatchType.WORD, IN_NAME, count) for document, count in counts.items()}
        return _ConditionMatches([] if has_others else [scores], {}, False, len(clauses) == 1 and not has_others)

    def _clause_sql(self, clause: Clause) -> SqlCondition:
        conditions = [self._literal_sql(literal) for literal in clause.literals]
        values = [value for _, placeholders in conditions for value in placeholders]
        return " OR ".join(f"({sql})" for sql, _ in conditions), values

    def _literal_sql(self, literal: Literal) -> SqlCondition:
        operand = literal.operand
        assert not isinstance(operand, Meaning)
        if isinstance(operand, NameCondition):
            sql, values = operand.sql(self._names.matching_numbers(operand.meaning.phrase, self._cancellation))
        else:
            sql, values = operand.sql()
        return (f"NOT coalesce(({sql}), 0)", values) if literal.negated else (sql, values)


def _lookups(clause: Clause) -> list[Lookup]:
    return [lookup for meaning in clause.meanings for lookup in lookups_of(meaning)]


def _has_only_words(clause: Clause) -> bool:
    return len(clause.meanings) == len(clause.literals)


def _may_be_left_out(clause: Clause) -> bool:
    """Whether the clause is of plain words; operators and conditions are never left out."""
    return _has_only_words(clause) and not any(meaning.is_literal for meaning in clause.meanings)


def _asks_for_marks(clauses: Iterable[Clause]) -> bool:
    """Whether a clause asks for tags or notes, which not only agreements have."""
    return any(
        isinstance(literal.operand, LabelCondition) and literal.operand.is_on_marks and not literal.negated
        for clause in clauses
        for literal in clause.literals
    )


def _is_on_entities(literal: Literal) -> bool:
    return isinstance(literal.operand, EntityTypeCondition)


def _permitted_types(literal: Literal) -> set[str]:
    assert isinstance(literal.operand, EntityTypeCondition)
    types: set[str] = set(literal.operand.types)
    return {*EntityType} - types if literal.negated else types
