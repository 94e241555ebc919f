"""Retrieval: the documents of the library that may match a query, with scores, as far as the index tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from msgspec import Struct

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import TermKind
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.search.cooccurrence import (
    CooccurrenceUnits,
    TermSet,
    cooccurrence_units,
    is_record,
    restrict_to_filtered,
)
from alliance_tui.library.search.document_scores import (
    IN_NAME,
    Scores,
    best_scores,
    mean_scores,
    score_of_count,
    uniform_scores,
)
from alliance_tui.library.search.phrase_retrieval import PhraseRetriever
from alliance_tui.library.search.query_expansion import QueryExpander
from alliance_tui.library.search.sql_filters import SqlFilters, is_entity_group
from alliance_tui.search.lookup.fuzzy_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.matching.ranking import match_type_of
from alliance_tui.search.query import Filter, Phrase, Query, Term, has_only_function_words

Group = Sequence[Term]
"""Alternative terms of a query, of which one must match."""


class WordRequirements(Struct, frozen=True):
    """The requirements of a query's words on a text that matches.

    Of each mapping in `alternatives` at least one word must occur, and of those in a phrase side by side.
    `confirming_words` are words of the library that show that a query word is not misspelt.
    """

    alternatives: tuple[Mapping[str, VocabularyMatch], ...]
    phrases: tuple[tuple[Mapping[str, VocabularyMatch], ...], ...]
    confirming_words: frozenset[str]


class FilterMatches(Struct, frozen=True):
    """The documents and agreements that the filters of a query match.

    scores: the scores of documents, for each kind of record that is filtered.
    agreement_units: the agreements that pass, None if entities are filtered too.
    exact_units: the agreements that pass without taking a name for a misspelling or an acronym.
    """

    scores: list[Scores]
    agreement_units: UnitsByDocument | None
    exact_units: UnitsByDocument


class Candidates(Struct, frozen=True, kw_only=True):
    """The documents that may match a query.

    scores: their scores.
    index_matches: those that match by the index alone, if they have none of the excluded phrases.
    excluded_phrases: phrases that a matching text must not have.
    matched_words: the words of the library that match a query word.
    requirements: what a matching text must have, unless the document is one of `matched_by_variant`.
    matched_by_variant: documents that match by an acronym, a compound or a name.
    cooccurrences: the units that may have all words, for the documents for which they are known.
    filters: what the filters match; None without filters.
    """

    scores: Scores
    index_matches: Set[int]
    excluded_phrases: tuple[str, ...]
    matched_words: Mapping[str, VocabularyMatch]
    requirements: WordRequirements
    matched_by_variant: frozenset[int]
    cooccurrences: CooccurrenceUnits
    filters: FilterMatches | None

    @property
    def verified(self) -> Set[int]:
        """The documents that match without a look into their text."""
        return frozenset() if self.excluded_phrases else self.index_matches

    def may_match_in_text(self, document: int) -> bool:
        """Whether the title or the text may match."""
        units = self.cooccurrences.get(document)
        return units is None or not all(map(is_record, units))

    def may_match_in_records(self, document: int) -> bool:
        """Whether a record may match."""
        units = self.cooccurrences.get(document)
        return units is None or any(map(is_record, units))


class CandidateRetriever:
    """Retrieves the candidates of one query.

    `documents` and `title_index` are those of the library: by number, and the numbers by folded word of the title.
    """

    def __init__(
        self,
        reader: IndexReader,
        expander: QueryExpander,
        documents: Mapping[int, LibraryDocument],
        title_index: Mapping[str, Sequence[int]],
        filters: SqlFilters,
    ) -> None:
        self._reader = reader
        self._documents = documents
        self._filters = filters
        self._phrases = PhraseRetriever(reader, expander, title_index)
        self._adjacent_words: list[tuple[Mapping[str, VocabularyMatch], ...]] = []
        self._excluded_phrases: list[str] = []

    def retrieve(self, query: Query, searched: Iterable[int]) -> Candidates | None:
        """Return the candidates among the `searched` documents; None for a query without any valid term."""
        distinct = list(dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups))
        groups = [group for group in distinct if not all(map(_is_function_words, group))] or distinct
        self._phrases.allow_joint_readings(query)
        word_groups = [group for group in groups if any(isinstance(term.operand, Phrase) for term in group)]
        filter_groups = [group for group in groups if group not in word_groups]
        filters = self._retrieve_filters(filter_groups) if filter_groups else None
        if not groups or (filter_groups and not filters and not word_groups):
            return None
        return self._retrieve_words(word_groups, set(searched), filters)

    def _retrieve_words(self, groups: Sequence[Group], searched: set[int], filters: FilterMatches | None) -> Candidates:
        """Return the candidates of groups with words, among those that pass the filters."""
        scores_by_group = list(filters.scores) if filters else []
        term_sets: list[TermSet] = []
        excluded: set[int] = set()
        required = [group for group in groups if not all(term.negated for term in group)]
        for group in groups:
            if group in required:
                scores, group_term_sets = self._retrieve_group(group, searched)
                scores_by_group.append(scores)
                term_sets += group_term_sets
            else:
                excluded |= set.intersection(*map(self._exclude, group))
        if not scores_by_group:
            scores_by_group = [uniform_scores(searched)]
        matching = set.intersection(searched, *map(set, scores_by_group)) - excluded
        possible_units, certain_units = self._cooccurrences(matching, term_sets, filters)
        if possible_units is not None:
            matching = possible_units.keys() | (self._phrases.matched_without_units & matching)
        scores = mean_scores(scores_by_group, matching)
        index_matches = self._index_matches(required, term_sets, scores, certain_units, filters)
        return Candidates(
            scores=scores,
            index_matches=index_matches & scores.keys(),
            excluded_phrases=tuple(self._excluded_phrases),
            matched_words=self._phrases.matched_words,
            requirements=WordRequirements(
                tuple(term_set.words for term_set in term_sets),
                tuple(self._adjacent_words),
                frozenset(self._phrases.confirming_words),
            ),
            matched_by_variant=frozenset(self._phrases.matched_by_variant & matching),
            cooccurrences=possible_units or {},
            filters=filters,
        )

    def _cooccurrences(
        self, documents: set[int], term_sets: Sequence[TermSet], filters: FilterMatches | None
    ) -> tuple[CooccurrenceUnits | None, CooccurrenceUnits | None]:
        """Return the units that may have everything asked for, and those that have all words without acronyms."""
        if len(term_sets) == 1 and not filters:
            return None, None
        certain = possible = cooccurrence_units(documents, term_sets, self._reader, exact=True)
        if certain is None or any(e.kind is TermKind.INITIALS for terms in term_sets for e in terms.expansions):
            possible = cooccurrence_units(documents, term_sets, self._reader)
        if possible is not None and filters and filters.agreement_units is not None:
            entity_counts = {number: self._documents[number].entities for number in possible}
            possible = restrict_to_filtered(possible, filters.agreement_units, entity_counts)
        return possible, certain

    def _index_matches(
        self,
        required: Sequence[Group],
        term_sets: Sequence[TermSet],
        scores: Scores,
        certain_units: CooccurrenceUnits | None,
        filters: FilterMatches | None,
    ) -> Set[int]:
        """Return the documents that match by the index alone."""
        if not required:
            return filters.exact_units.keys() if filters else scores.keys()
        if len(term_sets) < len(required) or not all(map(_is_single_words, required)):
            return set()
        is_certain = all(expansion.is_certain for terms in term_sets for expansion in terms.expansions)
        if len(required) == 1 and not filters:
            whole = {number for number, s in scores.items() if match_type_of(s).rank <= MatchType.PREFIX.rank}
            return whole | (scores.keys() - self._phrases.matched_by_variant) if is_certain else whole
        if not is_certain or not certain_units or any(map(_has_capitals, required)):
            return set()
        if filters is None:
            return certain_units.keys()
        exact_units = filters.exact_units
        return {number for number, units in certain_units.items() if not units.isdisjoint(exact_units.get(number, ""))}

    def _retrieve_group(self, group: Group, searched: set[int]) -> tuple[Scores, list[TermSet]]:
        """Return the documents that match one of the terms, and the term sets that any match must satisfy."""
        scores: Scores = {}
        sets_by_term: list[list[TermSet]] = []
        for term in group:
            if isinstance(term.operand, Filter) or term.negated:
                scores = best_scores(scores, self._retrieve_condition(term, searched))
                sets_by_term.append([])
            else:
                phrase_scores, term_sets = self._phrases.retrieve_jointly(term.operand)
                scores = best_scores(scores, phrase_scores)
                sets_by_term.append(term_sets)
        if len(sets_by_term) == 1:
            (term_sets,) = sets_by_term
            if len(term_sets) > 1:
                self._adjacent_words.append(tuple(term_set.words for term_set in term_sets))
            return scores, term_sets
        if all(len(term_sets) == 1 for term_sets in sets_by_term):
            return scores, [_union(term_set for (term_set,) in sets_by_term)]
        return scores, []

    def _retrieve_condition(self, term: Term, searched: set[int]) -> Scores:
        """Return the documents that satisfy a filter or a negated phrase that is an alternative to other terms."""
        if isinstance(term.operand, Phrase):
            excluded = set() if len(term.operand.words) > 1 else self._exclude(term)
            return uniform_scores(searched - excluded)
        filters = self._retrieve_filters([(term,)])
        return filters.scores[0] if filters else {}

    def _exclude(self, term: Term) -> set[int]:
        """Return the documents with a negated word; a negated phrase is left to verification."""
        if not isinstance(term.operand, Phrase):
            return set()
        if len(term.operand.words) > 1:
            self._excluded_phrases.append(" ".join(word.typed for word in term.operand.words))
            return set()
        return set(self._phrases.retrieve(term.operand)[0])

    def _retrieve_filters(self, groups: Sequence[Group]) -> FilterMatches | None:
        """Return what groups of filters match; None if none has a valid value."""
        entity_groups = [group for group in groups if is_entity_group(group)]
        agreement_groups = [group for group in groups if group not in entity_groups]
        types = self._filters.entity_types(entity_groups)
        conditions = self._filters.agreement_conditions(agreement_groups)
        counts = [self._reader.entity_counts(types_of_group) for types_of_group in types]
        exact_units: UnitsByDocument = dict.fromkeys(counts[0], "") if len(counts) == 1 and not conditions else {}
        agreement_units = None
        if conditions:
            agreement_units = self._reader.agreement_units(conditions)
            counts.append({document: len(units) for document, units in agreement_units.items()})
            if not types:
                exact_units = self._exact_units(agreement_groups) if self._filters.is_approximate else agreement_units
        if not counts:
            return None
        scores = [
            {document: score_of_count(MatchType.WORD, IN_NAME, n) for document, n in counts_of_kind.items()}
            for counts_of_kind in counts
        ]
        return FilterMatches(scores, None if types else agreement_units, exact_units)

    def _exact_units(self, groups: Sequence[Group]) -> UnitsByDocument:
        """Return the agreements that pass without taking a name for a misspelling or an acronym."""
        if any(term.negated for group in groups for term in group):
            return {}
        return self._reader.agreement_units(self._filters.agreement_conditions(groups, exact=True))


def _union(term_sets: Iterable[TermSet]) -> TermSet:
    term_sets = list(term_sets)
    words = dict(chain.from_iterable(term_set.words.items() for term_set in term_sets))
    return TermSet(words, [expansion for term_set in term_sets for expansion in term_set.expansions])


def _is_single_words(group: Group) -> bool:
    """Whether each of the terms is one word, not negated."""
    return all(isinstance(term.operand, Phrase) and len(term.operand.words) == 1 and not term.negated for term in group)


def _has_capitals(group: Group) -> bool:
    words = (word.typed for term in group if isinstance(term.operand, Phrase) for word in term.operand.words)
    return any(word != word.lower() for word in words)


def _is_function_words(term: Term) -> bool:
    """Whether the term is function words, which need not match beside content words."""
    return isinstance(term.operand, Phrase) and not term.negated and has_only_function_words(term.operand)
