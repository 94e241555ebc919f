"""Full names in another spelling, order or form: "dmitri kuleba", "kishida fumio", "bill burns", "abu mazen"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from alliance_tui.search.names.lists import other_names
from alliance_tui.search.names.variants import NameWords, Relation, are_alike_run_together, relate

ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "asch", "es", "ad", "an", "ar", "at", "az"})
"""The Arabic article in its forms, which names leave out or write otherwise."""
_PLAIN_PARTS = {
    **dict.fromkeys(("ibn", "ben", "bint"), "bin"),
    **dict.fromkeys(("abdel", "abdul", "abdal", "abdoul", "abdool"), "abd"),
}
"""Parts of Arabic names that are written in several ways."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "mr", "mrs", "dr"})
_MAX_JOINED = 3
_MAX_WORDS = 6
_MAX_KEPT = 1_000
_MAX_ASSIGNMENTS = 300  # a name of words that are all alike has more
_LISTED_QUALITY = 0.95
_OF_LEFT_OUT = 0.03
"""What a name loses for each of its words that the query leaves out."""

_OF_EXTRA = 0.1
"""What it loses for a word of the query that it has not."""

Words = tuple[str, ...]


class MatchedName(NamedTuple):
    """The key of a name (its folded words run together), and how surely the query means it, from 0 to 1."""

    key: str
    quality: float


class FullNames:
    """Names of one word or several, looked up by those words of a query that may be another spelling of them."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        self._names_by_word: dict[str, dict[Words, None]] = defaultdict(dict)
        self._keys: dict[str, Words] = {}
        for name in names:
            words = tuple(word for word in name if word)
            self._keys["".join(words)] = words
            for word, _, _ in _segments(_parts(words)):
                self._names_by_word[word][words] = None
        self._words = NameWords(self._names_by_word)
        self._spellings_of: dict[str, tuple[str, ...]] = {}

    def matching(self, typed: Sequence[str]) -> list[MatchedName]:
        """Return the names that the folded words of a query spell otherwise, best first; not those typed exactly."""
        found: dict[str, float] = {}
        key = "".join(typed)
        for name in self._candidates(_parts(typed)):
            quality = match_name(typed, name)
            if quality is not None and "".join(name) != key:
                found["".join(name)] = quality
        for other in other_names(key):
            if other in self._keys:
                found[other] = _LISTED_QUALITY
        return sorted(map(MatchedName._make, found.items()), key=lambda name: (-name.quality, name.key))

    def _candidates(self, typed: Words) -> Iterable[Words]:
        """Return the names that may spell all words of the query but one, or all of two."""
        found: Counter[Words] = Counter()
        for position in range(len(typed)):
            segments = [word for word, start, end in _segments(typed) if start <= position < end]
            words = {word for segment in segments for word in self._spellings(segment)}
            found.update({name for word in words for name in self._names_by_word[word]})
        least = len(typed) - 1 if len(typed) > 2 else len(typed)
        return [name for name, count in sorted(found.items()) if count >= least]

    def _spellings(self, word: str) -> tuple[str, ...]:
        """Return the words of names that may spell a word, itself included; kept, since queries repeat their words."""
        if word not in self._spellings_of:
            if len(self._spellings_of) >= _MAX_KEPT:
                self._spellings_of.clear()
            own = (word,) if word in self._names_by_word else ()
            self._spellings_of[word] = (*own, *(variant.word for variant in self._words.variants(word)))
        return self._spellings_of[word]


def match_name(typed: Sequence[str], name: Sequence[str]) -> float | None:
    """Return how surely the folded words of a query spell a name; None if they do not.

    Each word of the query, alone or joined with its neighbours, must be a spelling of a word of the name. The name may
    have more words if two of the query match, or one that is enough.
    """
    query, words = _parts(typed), _parts(name)
    if not query or not words or max(len(query), len(words)) > _MAX_WORDS:
        return None
    assignments = islice(_assignments(query, words), _MAX_ASSIGNMENTS)
    return max((q for matched in assignments if (q := _quality(matched, words)) is not None), default=None)


class _Pair(NamedTuple):
    """A part of the query and the part of the name that it spells: word counts, and how surely."""

    length: int
    relation: Relation


_LEFT_OUT, _INITIAL = Relation(0.0, False), Relation(0.01, False)
"""The relations of a word and of an initial of the query to nothing."""


def _assignments(query: Words, name: Words) -> Iterator[list[_Pair]]:
    """Yield the ways to match each part of the query with a part of the name of its own."""
    if not query:
        yield []
        return
    if query[0] not in name:  # a middle name or an initial that the name may leave out
        for others in _assignments(query[1:], name):
            yield [_Pair(0, _LEFT_OUT if len(query[0]) > 1 else _INITIAL), *others]
    for typed, _, typed_end in _segments(query, first_only=True):
        for word, start, end in _segments(name):
            if min(typed_end, end - start) > 1:
                continue
            if max(typed_end, end - start) > 1 and not are_alike_run_together(typed, word):
                continue
            if relation := relate(typed, word):
                rest = (*name[:start], *[""] * (end - start), *name[end:])
                for others in _assignments(query[typed_end:], rest):
                    yield [_Pair(end - start, relation), *others]


def _quality(pairs: Sequence[_Pair], name: Words) -> float | None:
    """Return the quality of an assignment; None if it is too weak."""
    matched = [pair.relation for pair in pairs if pair.length]
    unmatched = [pair.relation for pair in pairs if not pair.length]
    left_out = len(name) - sum(pair.length for pair in pairs)
    extra = unmatched.count(_LEFT_OUT)
    if not matched or extra > 1 or (extra and (left_out or len(matched) < 2)):
        return None
    if not any(relation.is_enough for relation in matched) and (left_out or len(matched) == 1):
        return None
    if len(matched) == 1 and left_out and max(pair.length for pair in pairs) > 1:
        return None
    mean = sum(relation.quality for relation in matched) / len(matched)
    return max(0.0, mean - _OF_LEFT_OUT * (left_out + len(unmatched)) - _OF_EXTRA * extra)


def _parts(words: Sequence[str]) -> Words:
    """Return the words that tell names apart: without articles and suffixes, if others remain."""
    kept = tuple(_PLAIN_PARTS.get(word, word) for word in words if word not in ARTICLES and word not in _SUFFIXES)
    return kept or tuple(words)


def _segments(words: Words, *, first_only: bool = False) -> Iterator[tuple[str, int, int]]:
    """Yield adjacent words run together, with the first and the end of their range."""
    for start in range(1 if first_only else len(words)):
        for end in range(start + 1, min(start + _MAX_JOINED, len(words)) + 1):
            if all(words[start:end]):
                yield "".join(words[start:end]), start, end
