"""Anchors that find a passage again in a changed text, by its words and their surroundings.

An anchor is a TextQuoteSelector of the W3C Web Annotation Data Model with the position as a hint. Locating is strict:
a passage that may be another one of the same words is not found at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

CONTEXT_LENGTH = 64
"""Characters of the text on each side of the quote."""
_MIN_SIDE = 60.0
"""The least similarity (0 to 100) of the surroundings on the better side."""
_MIN_BOTH = 80.0
"""The least mean similarity of the surroundings for words that occur more than once, or whose rivals are not known."""
_MARGIN = 10.0
"""By how much the surroundings must fit better than those of any other occurrence, then and now."""
_DISTINCTIVE_WORDS = 8
"""Words of a quote that, occurring once then and once now, is found whatever surrounds it."""
_LANDMARK_LENGTH = 24
"""Characters next to the quote that must be unchanged, on both sides, where the quote itself has changed."""
_MIN_NEAR = 90.0
"""The least similarity of a changed quote."""
_NEGATIONS = frozenset(("no", "not", "never", "nor", "none", "neither", "without", "cannot", "unless", "except"))
_WORD = re.compile(r"\w+(?:n['’]t)?|\d[\d.,]*")


class TextAnchor(Struct, frozen=True, omit_defaults=True):
    """A quote, the text before and after it, and its offset in the text that it was taken from.

    `rival` is the similarity (0 to 100) of the surroundings of the most similar other occurrence of the quote in that
    text: 0 for a quote that occurs once, None where it is not known.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    rival: float | None = None


class Location(Struct, frozen=True):
    """Where an anchor was found; `is_exact` is false where the words have changed slightly."""

    start: int
    end: int
    is_exact: bool = True


def make_anchor(text: str, start: int, end: int) -> TextAnchor:
    """Return the anchor of `text[start:end]`."""
    anchor = TextAnchor(
        text[start:end], text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH], start
    )
    rivals = (_context_fit(anchor, text, *span)[1] for span in _occurrences(anchor.exact, text) if span[0] != start)
    return TextAnchor(anchor.exact, anchor.prefix, anchor.suffix, start, max(rivals, default=0.0))


def locate(anchor: TextAnchor, text: str, kept_words: Iterable[str] = ()) -> Location | None:
    """Return where the anchor's passage is in a text; None where it is gone or might be another one.

    A quote that has changed slightly is found between unchanged surroundings if all its numbers, negations and
    `kept_words` are the same.
    """
    if _is_unmoved(anchor, text):
        return Location(anchor.start, anchor.start + len(anchor.exact))
    occurrences = list(_occurrences(anchor.exact, text))
    if occurrences:
        return _best_occurrence(anchor, text, occurrences)
    return _changed_quote(anchor, text, kept_words)


def _is_unmoved(anchor: TextAnchor, text: str) -> bool:
    start, end = anchor.start, anchor.start + len(anchor.exact)
    return (
        text[start:end] == anchor.exact
        and text[max(0, start - len(anchor.prefix)) : start] == anchor.prefix
        and text[end : end + len(anchor.suffix)] == anchor.suffix
    )


def _occurrences(exact: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of whole words that read as the quote does, whatever their white space."""
    words = exact.split()
    if not words:
        return
    for match in re.finditer(r"\s+".join(map(re.escape, words)), text):  # begins with letters: a fast search
        if _is_whole(text, *match.span()):
            yield match.span()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a span neither begins nor ends inside a word."""
    begins_inside = text[start].isalnum() and text[start - 1 : start].isalnum()
    ends_inside = text[end - 1].isalnum() and text[end : end + 1].isalnum()
    return not (begins_inside or ends_inside)


def _context_fit(anchor: TextAnchor, text: str, start: int, end: int) -> tuple[float, float]:
    """Return the similarity of the surroundings on the better side, and the mean of both sides."""
    prefix, suffix = _collapsed(anchor.prefix), _collapsed(anchor.suffix)
    before = _collapsed(text[max(0, start - 2 * CONTEXT_LENGTH) : start])[-len(prefix) :] if prefix else ""
    after = _collapsed(text[end : end + 2 * CONTEXT_LENGTH])[: len(suffix)] if suffix else ""
    if not prefix and start > 0 and text[:start].strip():
        before = "…"  # the quote opened its text and does so no longer
    if not suffix and text[end:].strip():
        after = "…"
    from rapidfuzz import fuzz  # here: most quotes occur once, in a text that has not changed

    sides = fuzz.ratio(prefix, before), fuzz.ratio(suffix, after)
    return max(sides), sum(sides) / 2


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _best_occurrence(anchor: TextAnchor, text: str, occurrences: list[tuple[int, int]]) -> Location | None:
    fits = sorted(((*_context_fit(anchor, text, *span), span) for span in occurrences), key=lambda fit: -fit[1])
    side, both, span = fits[0]
    others = fits[1:]
    if any(both < other[1] + _MARGIN or side < other[0] for other in others):
        return None
    if anchor.rival == 0 and len(fits) == 1:
        is_found = side >= _MIN_SIDE or len(anchor.exact.split()) >= _DISTINCTIVE_WORDS
    else:
        is_found = both >= max(_MIN_BOTH, (anchor.rival or 0.0) + _MARGIN)
    return Location(*span) if is_found else None


def _changed_quote(anchor: TextAnchor, text: str, kept_words: Iterable[str]) -> Location | None:
    """Return the only span between the anchor's surroundings whose words are nearly those of the quote."""
    before, after = anchor.prefix[-_LANDMARK_LENGTH:], anchor.suffix[:_LANDMARK_LENGTH]
    if len(before.strip()) < _LANDMARK_LENGTH // 2 or len(after.strip()) < _LANDMARK_LENGTH // 2:
        return None
    spans = []
    longest = len(anchor.exact) * 3 // 2
    for match in re.finditer(re.escape(before), text):
        end = text.find(after, match.end() + 1, match.end() + longest + len(after))
        if end > 0 and _is_same_statement(anchor.exact, text[match.end() : end], kept_words):
            spans.append((match.end(), end))
    return Location(*spans[0], is_exact=False) if len(spans) == 1 else None


def _is_same_statement(quote: str, other: str, kept_words: Iterable[str]) -> bool:
    from rapidfuzz import fuzz

    words, other_words = _words(quote), _words(other)
    return (
        fuzz.ratio(_collapsed(quote), _collapsed(other)) >= _MIN_NEAR
        and _fixed(words) == _fixed(other_words)
        and {word.lower() for phrase in kept_words for word in _words(phrase)} <= set(other_words)
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _fixed(words: Iterable[str]) -> list[str]:
    """Return the words that a statement must keep: numbers and negations."""
    return [word for word in words if word[0].isdigit() or word in _NEGATIONS or word.endswith(("n't", "n’t"))]
