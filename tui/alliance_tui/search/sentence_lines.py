"""The sentences that match, a line each, for people and for other programs: PATH:LINE:COLUMN: sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from alliance_tui.records import Document
from alliance_tui.search.indexing.tokenizer import sentence_starts
from alliance_tui.search.match_locations import LineIndex
from alliance_tui.search.matches import Range

MAX_SENTENCE = 1_000
"""How many characters of a sentence are shown: all of nearly every one."""
_GAP = "--"


class MatchedSentence(Struct, frozen=True):
    """A sentence of a text (code points, end exclusive) with the matched ranges that begin in it, in order."""

    number: int
    start: int
    end: int
    matched: tuple[Range, ...] = ()


class Sentences:
    """The sentences of a text, numbered from 0; those without a letter are passed over."""

    def __init__(self, text: str) -> None:
        self._text = text
        starts = [*sentence_starts(text), len(text)]
        spans = ((start, start + len(text[start:end].rstrip())) for start, end in pairwise(starts))
        self._spans = [span for span in spans if span[0] < span[1]]
        self._starts = [start for start, _ in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def at(self, number: int) -> MatchedSentence:
        """Return a sentence by its number."""
        start, end = self._spans[number]
        return MatchedSentence(number, start, end)

    def matching(self, ranges: Iterable[Range]) -> list[MatchedSentence]:
        """Return the sentences in which the ranges begin, each once, in reading order."""
        by_number: dict[int, list[Range]] = {}
        for start, end in sorted(ranges):
            number = max(0, bisect_right(self._starts, start) - 1)
            by_number.setdefault(number, []).append((start, min(end, self._spans[number][1])))
        return [MatchedSentence(number, *self._spans[number], tuple(matched)) for number, matched in by_number.items()]


def sentence_lines(
    document: Document, ranges: Sequence[Range], *, context: int = 0, mark: Callable[[str], str] = str
) -> Iterator[str]:
    """Yield a line for each sentence with a match, and for `context` sentences before and after it.

    A line is PATH:LINE:COLUMN: and the sentence, with line breaks as spaces; line and column are those of the first
    match. Sentences of the context have hyphens for colons and stand at their own first character; a line of two
    hyphens is between sentences that do not follow each other. `mark` is applied to each matched part.
    """
    if not ranges:
        return
    sentences, lines = Sentences(document.text), LineIndex(document.text)
    matching = {sentence.number: sentence for sentence in sentences.matching(ranges)}
    shown = sorted(
        {
            near
            for number in matching
            for near in range(max(0, number - context), min(len(sentences), number + context + 1))
        }
    )
    previous = None
    for number in shown:
        if context and previous is not None and number > previous + 1:
            yield _GAP
        previous = number
        sentence = matching.get(number) or sentences.at(number)
        colon = ":" if sentence.matched else "-"
        line, column = lines.line_and_column(sentence.matched[0][0] if sentence.matched else sentence.start)
        place = f"{document.path or document.title}{colon}{line}{colon}{column}{colon}"
        yield f"{place} {_shown(document.text, sentence, mark)}"


def _shown(text: str, sentence: MatchedSentence, mark: Callable[[str], str]) -> str:
    """Return the sentence, or if it is long, the part of it around the first match, with its matches marked."""
    start, end = sentence.start, sentence.end
    if end - start > MAX_SENTENCE:
        first = sentence.matched[0][0] if sentence.matched else start
        start = max(start, min(first - MAX_SENTENCE // 2, end - MAX_SENTENCE))
        end = start + MAX_SENTENCE
    parts = ["…"] if start > sentence.start else []
    position = start
    for match_start, match_end in sentence.matched:
        if position <= match_start < end:
            parts += [_flat(text[position:match_start]), mark(_flat(text[match_start : min(match_end, end)]))]
            position = min(match_end, end)
    parts.append(_flat(text[position:end]))
    if end < sentence.end:
        parts.append("…")
    return "".join(parts)


def _flat(text: str) -> str:
    return text.replace("\n", " ")
