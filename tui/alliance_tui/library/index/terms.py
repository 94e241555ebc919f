"""What a document is looked up by: the words that a search may meet in it, and what stands for its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from alliance_tui.records import Analysis
from alliance_tui.search.acronyms import find_initial_sequences, may_be_acronym
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.tokenizer import FUNCTION_WORDS, folded_words


class TermKind(StrEnum):
    """What a key is."""

    WORD = "word"
    """A folded word of the title, the text or a record."""
    PREFIX = "beginning"
    """The first letter, or the first two, of a longer such word: what is typed of it first."""
    NAME_WORD = "name word"
    """A folded word of an entity's name or other form."""
    NAME = "name"
    """A whole name, its folded words run together."""
    INITIALS = "initials"
    """The first letters of a name's words, with and without those of its function words."""


PREFIX_LENGTHS = (1, 2)
"""The lengths of the beginnings that are kept. Words with a longer one are few enough to be looked up themselves."""

RECORD_UNITS = range(0x400, 0xD800)
"""The units that are records, of which the entities come first: see `keys`."""

_TITLE, _FURTHER = 1, 0x10000
_LAST = 0x10FFFF  # a million paragraphs; what comes after them is not told apart


def index_terms(analysis: Analysis) -> dict[tuple[TermKind, str], str]:
    """The keys of a document, each with the units in which it stands, if these matter.

    Words that are asked for together must stand in one unit: in the title, in a paragraph of the text, or in a record.
    A unit is kept as a character, so that most take a byte: the title as 1, paragraphs as 2 and so on, passing over
    RECORDS, which are the entities and after them the agreements.
    """
    units = _Units(analysis)
    words, begun = units.of_words(), defaultdict[str, set[int]](set)
    for word, some in words.items():
        for length in PREFIX_LENGTHS:
            if len(word) > length:
                begun[word[:length]] |= some
    return {
        **{(TermKind.WORD, word): _written(some) for word, some in words.items()},
        **{(TermKind.PREFIX, beginning): _written(some) for beginning, some in begun.items()},
        **{(TermKind.INITIALS, letters): _written(some) for letters, some in units.of_initials().items()},
        **dict.fromkeys(((TermKind.NAME_WORD, word) for word in units.index.name_words), ""),
        **dict.fromkeys(((TermKind.NAME, name) for name in units.index.names_by_folded_form), ""),
    }


class _Units:
    """Tells in which units of a document things stand."""

    def __init__(self, analysis: Analysis) -> None:
        self.index = SearchIndex.build(analysis.document.text, analysis)
        self._title = analysis.document.title
        records = (*self.index.entities, *self.index.agreements)
        self._records = dict(zip(records, RECORD_UNITS, strict=False))

    def of_words(self) -> dict[str, set[int]]:
        """The words, each with its units."""
        units: dict[str, set[int]] = defaultdict(set)
        for word in folded_words(self._title):
            units[word].add(_TITLE)
        for word in self.index.text.vocabulary:
            units[word] |= self._paragraphs(self.index.text.positions(word))
        for word in self.index.records.vocabulary:
            units[word] |= self._of_records(self.index.records.positions(word))
        return units

    def of_initials(self) -> dict[str, set[int]]:
        """What may stand for a name, with the units in which a phrase with these letters stands, or a mention of it."""
        index, units = self.index, defaultdict[str, set[int]](set)
        for entity in index.entities.values():
            mentioned = {
                number for m in entity.mentions for number in index.text.positions_between(m.span.start, m.span.end)[:1]
            }
            for letters in {letters for name in (entity.name, *entity.forms) for letters in _initials(name)}:
                units[letters] |= self._paragraphs(mentioned)
        for letters, there in units.items():
            in_text, in_records = (
                [first for first, _ in find_initial_sequences(letters, postings, CancellationToken(lambda: False))]
                for postings in (index.text, index.records)
            )
            there |= self._paragraphs(in_text) | self._of_records(in_records)
        return units

    def _paragraphs(self, words: Iterable[int]) -> set[int]:
        numbers = (_TITLE + 1 + number for number in self.index.text.by_paragraph.units_of(words))
        return {n if n < RECORD_UNITS.start else min(n - RECORD_UNITS.start + _FURTHER, _LAST) for n in numbers}

    def _of_records(self, words: Iterable[int]) -> set[int]:
        strings = self.index.records.by_string.units_of(words)
        return {self._records.get(self.index.owner(string)[0], RECORD_UNITS.stop - 1) for string in strings}


def _written(units: Iterable[int]) -> str:
    return "".join(map(chr, sorted(units)))


def _initials(name: str) -> Iterator[str]:
    folded = folded_words(name)
    for kept in (folded, [word for word in folded if word not in FUNCTION_WORDS]):
        letters = "".join(word[0] for word in kept)
        if may_be_acronym(letters):
            yield letters
