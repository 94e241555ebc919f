"""The index terms of a document, each with the units of the document in which it occurs.

The words of a query must occur together in one unit: in the title, in one paragraph of the text, or in one record. A
unit is stored as one character, so that most take a byte: the title is 1, paragraphs are 2 and up, passing over the
range RECORD_UNITS, which holds the entities and after them the agreements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from alliance_tui.records import Analysis
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS, folded_words
from alliance_tui.search.lookup.acronyms import find_initial_sequences, may_be_acronym


class TermKind(StrEnum):
    """The kind of an index term; the values are stored in the library."""

    WORD = "word"
    """A folded word of the title, the text or a record."""
    PREFIX = "beginning"
    """The first letter, or the first two, of a longer word: what is typed of it first."""
    NAME_WORD = "name word"
    """A folded word of an entity's surface form."""
    NAME = "name"
    """An entity's surface form, its folded words run together."""
    INITIALS = "initials"
    """The initials of an entity's surface form, with and without those of its function words."""


PREFIX_LENGTHS = (1, 2)
"""The lengths of the prefixes that are indexed. Few words share a longer one, so these are looked up one by one."""

RECORD_UNITS = range(0x400, 0xD800)
"""The units that are records, entities first; all records past the range share its last unit."""

_TITLE_UNIT = 1
_FIRST_UNIT_PAST_RECORDS = 0x10000
_LAST_UNIT = 0x10FFFF  # all paragraphs past the millionth share it


def index_terms(analysis: Analysis) -> dict[tuple[TermKind, str], str]:
    """Return the index terms of a document with the characters of their units; no units for names and their words."""
    occurrences = _TermOccurrences(analysis)
    word_units, prefix_units = occurrences.word_units(), defaultdict[str, set[int]](set)
    for word, units in word_units.items():
        for length in PREFIX_LENGTHS:
            if len(word) > length:
                prefix_units[word[:length]] |= units
    return {
        **{(TermKind.WORD, word): _encode(units) for word, units in word_units.items()},
        **{(TermKind.PREFIX, prefix): _encode(units) for prefix, units in prefix_units.items()},
        **{(TermKind.INITIALS, initials): _encode(units) for initials, units in occurrences.initials_units().items()},
        **dict.fromkeys(((TermKind.NAME_WORD, word) for word in occurrences.index.name_words), ""),
        **dict.fromkeys(((TermKind.NAME, name) for name in occurrences.index.names_by_folded_form), ""),
    }


class _TermOccurrences:
    """The units in which the terms of a document occur."""

    def __init__(self, analysis: Analysis) -> None:
        self.index = SearchIndex.build(analysis.document.text, analysis)
        self._title = analysis.document.title
        record_ids = (*self.index.entities, *self.index.agreements)
        self._unit_by_record = dict(zip(record_ids, RECORD_UNITS, strict=False))

    def word_units(self) -> dict[str, set[int]]:
        """Return the units of each folded word."""
        units: dict[str, set[int]] = defaultdict(set)
        for word in folded_words(self._title):
            units[word].add(_TITLE_UNIT)
        for word in self.index.text.vocabulary:
            units[word] |= self._paragraph_units(self.index.text.positions(word))
        for word in self.index.records.vocabulary:
            units[word] |= self._record_units(self.index.records.positions(word))
        return units

    def initials_units(self) -> dict[str, set[int]]:
        """Return, for the initials of each name, the units with a mention of it or a phrase with these initials."""
        index, units = self.index, defaultdict[str, set[int]](set)
        for entity in index.entities.values():
            mentions = {
                position
                for mention in entity.mentions
                for position in index.text.positions_between(mention.span.start, mention.span.end)[:1]
            }
            for initials in {initials for name in (entity.name, *entity.forms) for initials in _initials_of(name)}:
                units[initials] |= self._paragraph_units(mentions)
        for initials, initials_units in units.items():
            in_text, in_records = (
                [first for first, _ in find_initial_sequences(initials, postings, CancellationToken(lambda: False))]
                for postings in (index.text, index.records)
            )
            initials_units |= self._paragraph_units(in_text) | self._record_units(in_records)
        return units

    def _paragraph_units(self, positions: Iterable[int]) -> set[int]:
        numbers = (_TITLE_UNIT + 1 + paragraph for paragraph in self.index.text.by_paragraph.units_of(positions))
        return {n if n < RECORD_UNITS.start else _past_records(n) for n in numbers}

    def _record_units(self, positions: Iterable[int]) -> set[int]:
        strings = self.index.records.by_string.units_of(positions)
        return {self._unit_by_record.get(self.index.owner(string)[0], RECORD_UNITS.stop - 1) for string in strings}


def _past_records(number: int) -> int:
    return min(number - RECORD_UNITS.start + _FIRST_UNIT_PAST_RECORDS, _LAST_UNIT)


def _encode(units: Iterable[int]) -> str:
    return "".join(map(chr, sorted(units)))


def _initials_of(name: str) -> Iterator[str]:
    """Yield the acronyms of a name, with and without its function words."""
    words = folded_words(name)
    for initial_words in (words, [word for word in words if word not in FUNCTION_WORDS]):
        initials = "".join(word[0] for word in initial_words)
        if may_be_acronym(initials):
            yield initials
