"""The index terms of a document, each with the units of the document in which it occurs.

The words of a query must occur together in one unit: in the title, in one paragraph of the text, or in one record. A
unit is stored as one character, so that most take a byte: the title is 1, paragraphs are 2 and up, passing over the
range RECORD_UNITS, which holds the entities and after them the agreements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec.structs import replace

from alliance_tui.records import Analysis
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.known_names import known_keys
from alliance_tui.search.lookup.name_table import mentions_of, name_table
from alliance_tui.search.lookup.references import Reference, ReferenceKind
from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.value_index import values_in_records, values_in_text


class TermKind(StrEnum):
    """The kind of an index term; the values are stored in the library."""

    WORD = "word"
    """A folded word of the title, the text or a record."""
    PREFIX = "beginning"
    """The first letter, or the first two, of a longer word: what is typed of it first."""
    NAME_WORD = "name word"
    """A folded word of an entity's surface form."""
    NAME = "name"
    """The key of a name (see search.lookup.references): an entity's, or a known one that is mentioned."""
    INITIALS = "initials"
    """The initials of an entity's name."""
    VALUE = "value"
    """The key of a value (see search.values) of the title, the text or a record."""


PREFIX_LENGTHS = (1, 2)
"""The lengths of the prefixes that are indexed. Few words share a longer one, so these are looked up one by one."""

RECORD_UNITS = range(0x400, 0xD800)
"""The units that are records, entities first; all records past the range share its last unit."""

TITLE_UNIT = 1
_FIRST_UNIT_PAST_RECORDS = 0x10000
_LAST_UNIT = 0x10FFFF  # all paragraphs past the millionth share it


IndexTerm = tuple[TermKind, str]


def index_terms(analysis: Analysis) -> dict[IndexTerm, str]:
    """Return the index terms of a document with the characters of their units; no units for the words of names."""
    return _terms_of(SearchIndex.build(analysis.document.text, analysis), analysis.document.title)


def _terms_of(index: SearchIndex, title: str) -> dict[IndexTerm, str]:
    occurrences = _TermOccurrences(index, title)
    word_units, prefix_units = occurrences.word_units(), defaultdict[str, set[int]](set)
    for word, units in word_units.items():
        for length in PREFIX_LENGTHS:
            if len(word) > length:
                prefix_units[word[:length]] |= units
    references = occurrences.reference_units()
    return {
        **{(TermKind.WORD, word): _encode(units) for word, units in word_units.items()},
        **{(TermKind.PREFIX, prefix): _encode(units) for prefix, units in prefix_units.items()},
        **{(TermKind(reference.kind), reference.keys[0]): _encode(units) for reference, units in references.items()},
        **dict.fromkeys(((TermKind.NAME_WORD, word) for word in occurrences.index.name_words), ""),
    }


def agreement_terms(analysis: Analysis, positions: Sequence[int]) -> dict[int, set[IndexTerm]]:
    """Return the index terms of the agreements at some positions, without going through the text or the others."""
    terms = _terms_of(SearchIndex(Postings([""]), Vocabulary(()), with_agreements_at(analysis, positions)), "")
    first = RECORD_UNITS.start + len(analysis.entities)
    return {
        position: {term for term, units in terms.items() if chr(first + number) in units}
        for number, position in enumerate(positions)
    }


def with_agreements_at(analysis: Analysis, positions: Sequence[int]) -> Analysis:
    """Return the analysis with the agreements at some positions alone."""
    return replace(analysis, agreements=tuple(analysis.agreements[position] for position in positions), possible=())


def unit_of_agreement(analysis: Analysis, position: int) -> str | None:
    """Return the unit of an agreement as it is stored; None for one that shares its unit with others."""
    unit = RECORD_UNITS.start + len(analysis.entities) + position
    return chr(unit) if unit < RECORD_UNITS.stop - 1 else None


class _TermOccurrences:
    """The units in which the terms of a document occur."""

    def __init__(self, index: SearchIndex, title: str) -> None:
        self.index = index
        self._title = title
        record_ids = (*self.index.entities, *self.index.agreements)
        self._unit_by_record = dict(zip(record_ids, RECORD_UNITS, strict=False))

    def word_units(self) -> dict[str, set[int]]:
        """Return the units of each folded word."""
        units: dict[str, set[int]] = defaultdict(set)
        for word in folded_words(self._title):
            units[word].add(TITLE_UNIT)
        for word in self.index.text.vocabulary:
            units[word] |= self._paragraph_units(self.index.text.positions(word))
        for word in self.index.records.vocabulary:
            units[word] |= self._record_units(self.index.records.positions(word))
        return units

    def reference_units(self) -> dict[Reference, set[int]]:
        """Return the units of what each name and each initials refer to, and of each value."""
        names = name_table(self.index)
        references = [
            *(Reference(ReferenceKind.NAME, (key,)) for key in {*names.keys, *known_keys(self.index.vocabulary)}),
            *(Reference(ReferenceKind.INITIALS, (initials,)) for initials in names.initials),
            *(Reference(ReferenceKind.VALUE, (key,)) for key in self._value_keys()),
        ]
        units: dict[Reference, set[int]] = {}
        for reference in references:
            mentions = mentions_of(self.index, reference)
            if mentions.text or mentions.records or mentions.record_ids:
                in_text = self._paragraph_units(first for first, _ in mentions.text)
                in_records = self._record_units(first for first, _ in mentions.records)
                units[reference] = in_text | in_records | {self._unit(id_) for id_ in mentions.record_ids}
        for found in find_values(self._title):
            for value in found.values:
                units.setdefault(Reference(ReferenceKind.VALUE, (value.key,)), set()).add(TITLE_UNIT)
        return units

    def _value_keys(self) -> set[str]:
        return {*values_in_text(self.index.text).keys, *values_in_records(self.index.records).keys}

    def _paragraph_units(self, positions: Iterable[int]) -> set[int]:
        return {unit_of_paragraph(paragraph) for paragraph in self.index.text.by_paragraph.units_of(positions)}

    def _record_units(self, positions: Iterable[int]) -> set[int]:
        strings = self.index.records.by_string.units_of(positions)
        return {self._unit(self.index.owner(string)[0]) for string in strings}

    def _unit(self, record: str) -> int:
        return self._unit_by_record.get(record, RECORD_UNITS.stop - 1)


def unit_of_paragraph(number: int) -> int:
    """Return the unit of a paragraph of the text, numbered from 0 without blank ones."""
    unit = TITLE_UNIT + 1 + number
    return unit if unit < RECORD_UNITS.start else _past_records(unit)


def _past_records(number: int) -> int:
    return min(number - RECORD_UNITS.start + _FIRST_UNIT_PAST_RECORDS, _LAST_UNIT)


def _encode(units: Iterable[int]) -> str:
    return "".join(map(chr, sorted(units)))
