"""The words, the sentence and the paragraph around an offset of a text, as spans of code points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Ms|Mrs|Dr|St|Gen|Lt|Col|Maj|Brig|Capt|Adm|Sgt|Sen|Rep|Gov|Prof|Hon|No|Nos)$")
_INITIALISM = re.compile(r"\b[A-Z]\.[A-Z]$")
_FIRST_WORD = re.compile(r"[\"'“‘(\[]*(?:The|This|That|These|Those|It|They|He|She|We|In|On|At|As|But|And|Both)\b")
_LONGEST_ABBREVIATION = 8
_LOOKAHEAD = 8
"""Characters after an offset by which it is seen that a sentence begins there."""
_OPENING, _CLOSING = "“\"‘'([", ".,;:!?)]”\"'’"
_DASHES = "-–—•·*|…"
_FARTHEST = 2_000
"""Characters on each side of an offset that are searched for words and for the beginning of its sentence."""

Unit = tuple[int, int]


def sentence_ends(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield each end of a sentence inside a line or across its end: from its mark to where the next sentence starts.

    A mark ends a sentence before white space and a capital or a digit, unless an initial, a title or an initialism
    precedes it; after an initialism it does where a word follows that begins sentences and no names.
    """
    for match in _SENTENCE_END.finditer(text, start, len(text) if end is None else end):
        mark = match.start()
        before = text[max(0, mark - _LONGEST_ABBREVIATION) : mark]
        if not _ABBREVIATION.search(before) or (_INITIALISM.search(before) and _FIRST_WORD.match(text, match.end())):
            yield match.span()


def words_in(text: str, start: int, end: int) -> list[Unit]:
    """Return the words of a stretch of the text, each without the punctuation around it; a dash alone is none."""
    words = (_without_punctuation(text, *match.span()) for match in _WORD.finditer(text, start, end))
    return [word for word in words if word[0] < word[1]]


def _without_punctuation(text: str, start: int, end: int) -> Unit:
    word = text[start:end].lstrip(_OPENING)
    stripped = word.rstrip(_CLOSING).strip(_DASHES)
    return (end - len(word), end - len(word) + len(word.rstrip(_CLOSING))) if stripped else (end, end)


def words_around(text: str, offset: int) -> list[Unit]:
    """Return the words near an offset."""
    first, last = max(0, offset - _FARTHEST), min(len(text), offset + _FARTHEST)
    words = words_in(text, first, last)
    return words[first > 0 : len(words) - (last < len(text))]  # without those that may be cut


def word_at(text: str, offset: int) -> Unit:
    """Return the word at an offset, else the next one or, at the end, the last; an empty span without any."""
    words = words_around(text, offset)
    following = (word for word in words if word[1] > offset)
    return next(following, words[-1] if words else (offset, offset))


def sentence_at(text: str, offset: int) -> Unit:
    """Return the span of the sentence around an offset, without white space and its full stop.

    The last dot of an initialism stays. The span is empty where the line is.
    """
    line_start, line_end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    first, last = max(line_start, offset - _FARTHEST), line_end if line_end >= 0 else len(text)
    ends = sentence_ends(text, first, min(last, offset + _LOOKAHEAD))
    start = max((following for _, following in ends if following <= offset), default=first)
    end = next((mark for mark, _ in sentence_ends(text, offset, last)), last)
    sentence = text[start:end]
    start += len(sentence) - len(sentence.lstrip())
    words = sentence.strip().rstrip(".!?")
    end = start + len(words)
    return start, end + (text.startswith(".", end) and _INITIALISM.search(words) is not None)


def paragraph_at(text: str, offset: int) -> Unit:
    """Return the span of the line around an offset, without white space at its ends."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    start += len(line) - len(line.lstrip())
    return start, start + len(line.strip())


def stepped(offsets: Sequence[int], offset: int, by: int) -> int:
    """Return the offset `by` places from the one given, or from where it would be among them."""
    if not by or not offsets:
        return offset
    if by > 0:
        following = [each for each in offsets if each > offset]
        return following[min(by, len(following)) - 1] if following else offset
    preceding = [each for each in offsets if each < offset]
    return preceding[max(by, -len(preceding))] if preceding else offset
