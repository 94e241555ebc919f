"""Lookups: the readings of a query's words as sets of index terms, with the units and the scores that these give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from msgspec import Struct

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import PREFIX_LENGTHS, TermKind
from alliance_tui.library.search.document_scores import (
    ELSEWHERE,
    IN_NAME,
    Scores,
    best_scores,
    scores_by_count,
    title_score,
)
from alliance_tui.search.lookup.word_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.plan.readings import Meaning, Reading
from alliance_tui.search.query import MatchMode

_MAX_TERMS = 400  # to look up the units of more terms costs more than to read the documents
_MAX_NAME_TERMS = 500  # with more words of one prefix, it says little that one of them is in a name


class Lookup(Struct, frozen=True):
    """One reading: a document has it only if a unit has at least one term of every set.

    `is_exact`: a unit with these terms has the reading; otherwise they must also stand side by side. `matches` are the
    words of the library that match.
    """

    match_type: MatchType
    kind: TermKind
    term_sets: tuple[tuple[str, ...], ...]
    matches: tuple[VocabularyMatch, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the terms alone decide."""
        return len(self.term_sets) == 1


def lookups_of(meaning: Meaning) -> list[Lookup]:
    """Return the lookups of all readings, best first."""
    return [lookup for reading in meaning.readings if (lookup := _lookup(reading, meaning))]


def _lookup(reading: Reading, meaning: Meaning) -> Lookup | None:
    if reading.reference:
        return Lookup(reading.match_type, TermKind(reading.reference.kind), (reading.reference.keys,))
    matches = tuple(match for slot in reading.words for match in slot)
    if not matches:
        return None
    is_prefix = reading.match_type is MatchType.PREFIX and meaning.phrase.mode in (MatchMode.FUZZY, MatchMode.PREFIX)
    if is_prefix and len(meaning.key) in PREFIX_LENGTHS and len(reading.words) == 1:
        return Lookup(reading.match_type, TermKind.PREFIX, ((meaning.key,),), matches)
    term_sets = tuple(tuple(match.word for match in slot) for slot in reading.words)
    return Lookup(reading.match_type, TermKind.WORD, term_sets, matches)


class MeaningUnits(Struct, frozen=True):
    """The units of documents that may have a meaning, and those that have it; None if too many terms mean it."""

    possible: UnitsByDocument | None
    certain: UnitsByDocument


class LookupReader:
    """Reads scores and units of lookups from the index of one library.

    `title_index` has the numbers of the documents by the folded words of their titles.
    """

    def __init__(self, reader: IndexReader, title_index: Mapping[str, Sequence[int]]) -> None:
        self._reader = reader
        self._title_index = title_index

    def scores(self, lookups: Iterable[Lookup]) -> Scores:
        """Return the documents that may have any of the lookups, with their best score."""
        return reduce(best_scores, map(self._scores, lookups), {})

    def units(self, lookups: Iterable[Lookup]) -> MeaningUnits:
        """Return the units that may have, and those that have, any of the lookups."""
        possible: UnitsByDocument | None = {}
        certain: UnitsByDocument = {}
        for lookup in lookups:
            few = [terms for terms in lookup.term_sets if len(terms) <= _MAX_TERMS]
            if not few:
                possible = None
                continue
            units = self._units(lookup.kind, few)
            if lookup.is_exact:
                certain = _union(certain, units)
            if possible is not None:
                possible = _union(possible, units)
        return MeaningUnits(possible, certain)

    def _units(self, kind: TermKind, term_sets: Iterable[tuple[str, ...]]) -> UnitsByDocument:
        """Return the units with a term of every set."""
        first, *others = (self._reader.term_units(kind, terms) for terms in term_sets)
        units = dict(first)
        for other in others:
            common = ((document, _common(units[document], other[document])) for document in units.keys() & other.keys())
            units = {document: both for document, both in common if both}
        return units

    def _scores(self, lookup: Lookup) -> Scores:
        if lookup.kind in (TermKind.NAME, TermKind.INITIALS):
            return self._score_terms(lookup.kind, lookup, IN_NAME)
        scores = self._score_terms(lookup.kind, lookup, ELSEWHERE)
        if lookup.kind is TermKind.WORD and max(map(len, lookup.term_sets)) <= _MAX_NAME_TERMS:
            scores = best_scores(scores, self._score_terms(TermKind.NAME_WORD, lookup, IN_NAME))
        return best_scores(scores, self._score_titles(lookup))

    def _score_terms(self, kind: TermKind, lookup: Lookup, place_quality: float) -> Scores:
        counts, *further_counts = (self._reader.term_counts(kind, terms) for terms in lookup.term_sets)
        for other in further_counts:
            counts = {document: min(counts[document], other[document]) for document in counts.keys() & other.keys()}
        return scores_by_count(lookup.match_type, place_quality, counts)

    def _score_titles(self, lookup: Lookup) -> Scores:
        is_word = lookup.kind is TermKind.WORD
        word_sets = lookup.term_sets if is_word else (tuple(match.word for match in lookup.matches),)
        titles = [{document for word in words for document in self._title_index.get(word, ())} for words in word_sets]
        return dict.fromkeys(set.intersection(*titles), title_score(lookup.match_type))


def matched_words(lookups: Iterable[Lookup]) -> Iterator[VocabularyMatch]:
    """Yield the words of the library that match."""
    for lookup in lookups:
        yield from lookup.matches


def _common(first: str, second: str) -> str:
    return "".join(unit for unit in first if unit in second)


def _union(first: UnitsByDocument, second: Mapping[int, str]) -> UnitsByDocument:
    """Return the units of both; a unit may be listed twice."""
    if not first:
        return dict(second)
    both = {**first, **second}
    for document in first.keys() & second.keys():
        both[document] = first[document] + second[document]
    return both
