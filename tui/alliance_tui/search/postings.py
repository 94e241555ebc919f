"""Where each word stands in a list of strings: one document's text, or the fields of its records."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from alliance_tui.search.folding import fold
from alliance_tui.search.words import paragraph_starts, sentence_starts, words

_NONE = array("I")


class Postings:
    """The words of `strings`, numbered through in reading order, and where each folded word stands, by number.

    `starts[n]` and `ends[n]` are the offsets of word `n` in its string. Immutable once built.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self.strings = strings
        self.starts = array("I")
        self.ends = array("I")
        self.places: dict[str, array[int]] = {}
        self._firsts = array("I")  # the first word of each string
        self._sentences = array("I")  # the first word of each sentence
        self._paragraphs = array("I")
        folded: dict[str, str] = {}
        for string in strings:
            self._firsts.append(len(self.starts))
            self._add(string, folded)

    def _add(self, string: str, folded: dict[str, str]) -> None:
        starts, ends, places = self.starts, self.ends, self.places
        first = len(starts)
        for start, end in words(string):
            surface = string[start:end]
            word = folded.get(surface)
            if word is None:
                word = folded[surface] = fold(surface)
            if not word:
                continue
            if word not in places:
                places[word] = array("I")
            places[word].append(len(starts))
            starts.append(start)
            ends.append(end)
        for offsets, begun in ((sentence_starts, self._sentences), (paragraph_starts, self._paragraphs)):
            for offset in offsets(string):
                number = bisect_left(starts, offset, first)
                if number < len(starts) and (not begun or begun[-1] < number):
                    begun.append(number)

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, word: str) -> array[int]:
        """The numbers at which this folded word stands, ascending."""
        return self.places.get(word, _NONE)

    def string_of(self, number: int) -> int:
        """The string in which word `number` stands."""
        return bisect_right(self._firsts, number) - 1

    def sentence_of(self, number: int) -> int:
        """The sentence in which word `number` stands; sentences are numbered through too."""
        return bisect_right(self._sentences, number) - 1

    def sentence_words(self, sentence: int) -> tuple[int, int]:
        """The first word of a sentence and the first after it."""
        after = self._sentences[sentence + 1] if sentence + 1 < len(self._sentences) else len(self.starts)
        return self._sentences[sentence], after

    def paragraph_of(self, number: int) -> int:
        """The paragraph in which word `number` stands, numbered through."""
        return bisect_right(self._paragraphs, number) - 1

    def length_of(self, number: int) -> int:
        """How many words the string has in which word `number` stands."""
        string = self.string_of(number)
        after = self._firsts[string + 1] if string + 1 < len(self._firsts) else len(self.starts)
        return after - self._firsts[string]

    def together(self, first: int, last: int) -> bool:
        """Whether all words from `first` to `last` stand in one sentence."""
        return 0 <= first <= last < len(self.starts) and self.sentence_of(first) == self.sentence_of(last)

    def surface(self, number: int) -> str:
        """Word `number` as written."""
        return self.strings[self.string_of(number)][self.starts[number] : self.ends[number]]
