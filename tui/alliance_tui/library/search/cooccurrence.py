"""Which units of a document (see library.keys) have all the words that a query asks for together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec import Struct

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import RECORD_UNITS, TermKind
from alliance_tui.library.search.query_expansion import Expansion
from alliance_tui.search.fuzzy_lookup import VocabularyMatch

CooccurrenceUnits = Mapping[int, Set[str]]
"""Numbers of documents, each with the units that have all that is asked."""

_FIRST_RECORD, _LAST_RECORD = chr(RECORD_UNITS.start), chr(RECORD_UNITS.stop - 1)
_NARROW = 400  # of more words, to look up where each stands costs more than to look into the documents


class TermSet(Struct, frozen=True):
    """Words of which one must be there, and the senses by which they, or phrases that stand for them, are looked up."""

    words: Mapping[str, VocabularyMatch]
    expansions: Sequence[Expansion]


def is_record(unit: str) -> bool:
    """Whether the unit is an entity or an agreement."""
    return _FIRST_RECORD <= unit <= _LAST_RECORD


def cooccurrence_units(
    documents: Iterable[int], looked_for: Sequence[TermSet], lookups: IndexReader, *, sure: bool = False
) -> CooccurrenceUnits | None:
    """The units that may have something of each of the sets of words, in those of the documents that have such a unit.

    Those that are `sure` do have it. Sets of very many words are passed over; then nothing is sure. None where there is
    nothing to go by.
    """
    known = [_units(one, lookups, acronyms=not sure) for one in looked_for]
    there = [units for units in known if units is not None]
    if not there or (sure and len(there) < len(known)):
        return None
    shared: dict[int, Set[str]] = {}
    for document in documents:
        everywhere = [units.get(document, "") for units in there]
        left = [*min(everywhere, key=len)]
        for units in everywhere:
            left = [unit for unit in left if unit in units]
        if left:
            shared[document] = set(left)
    return shared


def with_field(
    shared: CooccurrenceUnits, agreements: UnitsByDocument, entities: Mapping[int, int]
) -> CooccurrenceUnits:
    """Those of the units that are among the agreements, or entities, of which each document has so many: an entity's
    own words need not be in the agreement in which it takes part."""
    left = {
        document: {u for u in units if u in agreements.get(document, "") or _is_entity(u, entities[document])}
        for document, units in shared.items()
    }
    return {document: units for document, units in left.items() if units}


def _is_entity(unit: str, entities: int) -> bool:
    return _FIRST_RECORD <= unit < chr(RECORD_UNITS.start + entities)


def _units(asked: TermSet, lookups: IndexReader, *, acronyms: bool) -> Mapping[int, str] | None:
    """The units that have one of the words; None where these are too many to be worth it."""
    keys = [(s.kind, s.terms[0]) for s in asked.expansions if acronyms or s.kind is not TermKind.INITIALS]
    if sum(len(some) for _, some in keys) > _NARROW:
        return None
    found: Mapping[int, str] = {}
    for role, some in keys:
        there = lookups.term_units(role, some)
        both = found.keys() & there.keys()
        found = {**found, **there, **{document: found[document] + there[document] for document in both}}
    return found
