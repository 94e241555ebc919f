"""Co-occurrence: the units of documents (see library.index.terms) that have all words of a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec import Struct

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import RECORD_UNITS, TermKind
from alliance_tui.library.search.query_expansion import Expansion
from alliance_tui.search.lookup.fuzzy_lookup import VocabularyMatch

CooccurrenceUnits = Mapping[int, Set[str]]
"""Document numbers, each with the units in which all words co-occur."""

_FIRST_RECORD, _LAST_RECORD = chr(RECORD_UNITS.start), chr(RECORD_UNITS.stop - 1)
_MAX_TERMS = 400  # to look up the units of more terms costs more than to read the documents


class TermSet(Struct, frozen=True):
    """Alternatives for one query word: at least one of `words`, or of the phrases in `expansions`, must occur."""

    words: Mapping[str, VocabularyMatch]
    expansions: Sequence[Expansion]


def is_record(unit: str) -> bool:
    """Whether the unit is an entity or an agreement."""
    return _FIRST_RECORD <= unit <= _LAST_RECORD


def cooccurrence_units(
    documents: Iterable[int], term_sets: Sequence[TermSet], reader: IndexReader, *, exact: bool = False
) -> CooccurrenceUnits | None:
    """Return the units that may satisfy all term sets, of the documents that have such a unit.

    With `exact`, acronyms are left out and the units do satisfy all term sets. Term sets of very many terms are
    ignored. Returns None if no term set is left or, with `exact`, if one was ignored.
    """
    units_by_set = [_units(term_set, reader, acronyms=not exact) for term_set in term_sets]
    known_units = [units for units in units_by_set if units is not None]
    if not known_units or (exact and len(known_units) < len(units_by_set)):
        return None
    result: dict[int, Set[str]] = {}
    for document in documents:
        units_in_document = [units.get(document, "") for units in known_units]
        common = [*min(units_in_document, key=len)]
        for units in units_in_document:
            common = [unit for unit in common if unit in units]
        if common:
            result[document] = set(common)
    return result


def restrict_to_filtered(
    cooccurrences: CooccurrenceUnits, agreements: UnitsByDocument, entity_counts: Mapping[int, int]
) -> CooccurrenceUnits:
    """Restrict the units to `agreements` and to entities, whose number in each document `entity_counts` gives.

    Entities stay because their words need not occur in the agreement in which they take part.
    """
    restricted = {
        document: {u for u in units if u in agreements.get(document, "") or _is_entity(u, entity_counts[document])}
        for document, units in cooccurrences.items()
    }
    return {document: units for document, units in restricted.items() if units}


def _is_entity(unit: str, entity_count: int) -> bool:
    return _FIRST_RECORD <= unit < chr(RECORD_UNITS.start + entity_count)


def _units(term_set: TermSet, reader: IndexReader, *, acronyms: bool) -> Mapping[int, str] | None:
    """Return the units that have any term of the set; None if there are too many terms to look up."""
    lookups = [(e.kind, e.term_sets[0]) for e in term_set.expansions if acronyms or e.kind is not TermKind.INITIALS]
    if sum(len(terms) for _, terms in lookups) > _MAX_TERMS:
        return None
    result: Mapping[int, str] = {}
    for kind, terms in lookups:
        units = reader.term_units(kind, terms)
        in_both = result.keys() & units.keys()
        result = {**result, **units, **{document: result[document] + units[document] for document in in_both}}
    return result
