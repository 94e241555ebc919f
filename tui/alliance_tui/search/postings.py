"""Where each word stands in a list of strings: one document's text, or the fields of its records."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise, repeat
from typing import NamedTuple

from alliance_tui.search.folding import fold
from alliance_tui.search.tokenizer import FUNCTION_WORDS, paragraph_starts, sentence_starts, word_spans

_OTHER_WORD = "."


class Postings:
    """The words of `strings`, numbered through in reading order, and where each stands, by number.

    `starts[n]` is the offset of word `n` in its string. Words are looked up by their folded form, then by their
    spellings: the ways in which they are written. Immutable once built.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = strings
        self.start_offsets = array("I")
        self.positions_by_spelling: dict[str, array[int]] = {}
        """For each spelling, the numbers at which it stands."""
        self._spellings: dict[str, list[str]] = {}
        self.spelling_ordinals = array("I")
        """For each word, the ordinal of its spelling."""
        self._string_starts = array("I")  # the first word of each string, sentence, paragraph
        self._sentence_starts = array("I")
        self._paragraph_starts = array("I")
        initials = array("B")
        known: dict[str, _Spelling] = {}
        for string in strings:
            self._add(string, known, initials)
        self._ordered = tuple(self.positions_by_spelling)
        self._ordinals = {spelling: ordinal for ordinal, spelling in enumerate(self._ordered)}
        self.initials = initials.tobytes().decode("ascii")
        """A character for each word: the first letter of a capitalised word as a capital, of a function word as a small
        letter; any other word is a point."""

    def _add(self, string: str, known: dict[str, _Spelling], initials: array[int]) -> None:
        starts, spelt = self.start_offsets, self.spelling_ordinals
        first = number = len(starts)
        self._string_starts.append(first)
        for start, end in word_spans(string):
            spelling = string[start:end]
            found = known.get(spelling) or self._new(spelling, known)
            if not found.folded:
                continue
            found.positions.append(number)
            starts.append(start)
            spelt.append(found.ordinal)
            initials.append(found.initial)
            number += 1
        _append_first_positions(self._sentence_starts, sentence_starts(string), starts, first)
        _append_first_positions(self._paragraph_starts, paragraph_starts(string), starts, first)

    def _new(self, spelling: str, known: dict[str, _Spelling]) -> _Spelling:
        """A spelling met for the first time."""
        folded = fold(spelling)
        found = known[spelling] = _Spelling(
            folded, len(self.positions_by_spelling), array("I"), ord(_initial(spelling, folded))
        )
        if found.folded:
            self.positions_by_spelling[spelling] = found.positions
            self._spellings.setdefault(found.folded, []).append(spelling)
        return found

    def __len__(self) -> int:
        return len(self.start_offsets)

    @property
    def vocabulary(self) -> Iterable[str]:
        """The distinct folded words."""
        return self._spellings.keys()

    def spellings(self, word: str) -> Sequence[str]:
        """The ways in which a folded word is written; none if it does not occur."""
        return self._spellings.get(word, ())

    def spelling(self, number: int) -> str:
        """Word `number` as written."""
        return self._ordered[self.spelling_ordinals[number]]

    def spelling_ordinal(self, spelling: str) -> int:
        """The place of a spelling among all."""
        return self._ordinals[spelling]

    def end_offset(self, number: int) -> int:
        """The offset in its string at which word `number` ends."""
        return self.start_offsets[number] + len(self.spelling(number))

    def positions(self, word: str) -> list[int]:
        """The numbers at which a folded word stands, however written."""
        return sorted(number for spelling in self.spellings(word) for number in self.positions_by_spelling[spelling])

    def positions_between(self, start: int, end: int) -> range:
        """The numbers of the words that begin from `start` to `end` in the first string."""
        stop = self.positions_in_string(0).stop
        return range(bisect_left(self.start_offsets, start, 0, stop), bisect_left(self.start_offsets, end, 0, stop))

    def string_of(self, number: int) -> int:
        """The string in which word `number` stands."""
        return bisect_right(self._string_starts, number) - 1

    @cached_property
    def string_by_position(self) -> array[int]:
        """For each word, the string in which it stands."""
        return self._unit_by_position(self._string_starts)

    def strings_of(self, numbers: Iterable[int]) -> list[int]:
        """The strings in which these words stand."""
        return list(map(self.string_by_position.__getitem__, numbers))

    def positions_in_string(self, string: int) -> range:
        """The numbers of the words of a string."""
        return _positions_in_unit(self._string_starts, string, len(self.start_offsets))

    def sentence_of(self, number: int) -> int:
        """The sentence in which word `number` stands; sentences are numbered through too."""
        return bisect_right(self._sentence_starts, number) - 1

    @cached_property
    def sentence_by_position(self) -> array[int]:
        """For each word, the sentence in which it stands."""
        return self._unit_by_position(self._sentence_starts)

    def _unit_by_position(self, firsts: array[int]) -> array[int]:
        """For each word, which of the stretches it stands in that begin with these words."""
        at = array("I")
        for stretch in range(len(firsts)):
            at.extend(repeat(stretch, len(_positions_in_unit(firsts, stretch, len(self.start_offsets)))))
        return at

    def sentences_of(self, numbers: Iterable[int]) -> list[int]:
        """The sentences in which these words stand."""
        return list(map(self.sentence_by_position.__getitem__, numbers))

    def positions_in_sentence(self, sentence: int) -> range:
        """The numbers of the words of a sentence."""
        return _positions_in_unit(self._sentence_starts, sentence, len(self.start_offsets))

    def split_at_paragraphs(self, count: int) -> list[range]:
        """All words, in about so many parts, none of which cuts a paragraph."""
        ends = [*self._paragraph_starts[:: max(1, len(self._paragraph_starts) // count)], len(self.start_offsets)]
        return [range(start, end) for start, end in pairwise(dict.fromkeys([0, *ends]))]

    def paragraphs_of(self, numbers: Iterable[int]) -> list[int]:
        """The paragraphs in which these words stand, numbered through."""
        return [bisect_right(self._paragraph_starts, number) - 1 for number in numbers]

    def positions_in_paragraph(self, paragraph: int) -> range:
        """The numbers of the words of a paragraph."""
        return _positions_in_unit(self._paragraph_starts, paragraph, len(self.start_offsets))

    def in_same_sentence(self, first: int, last: int) -> bool:
        """Whether all words from `first` to `last` stand in one sentence."""
        return 0 <= first <= last < len(self.start_offsets) and self.sentence_of(first) == self.sentence_of(last)


class _Spelling(NamedTuple):
    """A spelling while the postings are built."""

    folded: str
    ordinal: int
    positions: array[int]
    initial: int


def _positions_in_unit(firsts: array[int], at: int, end: int) -> range:
    return range(firsts[at], firsts[at + 1] if at + 1 < len(firsts) else end)


def _append_first_positions(begun: array[int], offsets: Iterable[int], starts: array[int], first: int) -> None:
    """Adds to `begun` the first word after each offset in the string whose first word is `first`."""
    for offset in offsets:
        number = bisect_left(starts, offset, first)
        if number < len(starts) and (not begun or begun[-1] < number):
            begun.append(number)


def _initial(spelling: str, folded: str) -> str:
    if not folded[:1].isascii() or not folded:
        return _OTHER_WORD
    if folded in FUNCTION_WORDS:
        return folded[0]
    return folded[0].upper() if spelling[0].isupper() else _OTHER_WORD
