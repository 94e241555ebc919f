"""Look-up of a query word in a vocabulary: whole words, parts of words, other spellings and likely misspellings.

Words of up to three letters and words with a digit are never taken for misspelt. Other words may be one edit away (four
letters) or two (five letters or more), if their weighted distance (search.lookup.edit_distance) is small enough for
their length. Among words that name an entity one edit is always allowed. Candidates much less likely than the best are
dropped; the inflections of the best match too.

A word of the dictionary is not taken for another one, except after the slightest slip. A word that is still being typed
and is a prefix of another must be a very likely misspelling; if it resembles no word, it is compared with the prefixes
of words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.dictionary import is_dictionary_word, is_english_word, same_words, words_with_stem
from alliance_tui.search.lookup.edit_distance import weighted_distance
from alliance_tui.search.matches import MatchType

MAX_SHORT_LENGTH = 3
"""Words of so few letters match whole words only."""

# Greatest weighted distance of a misspelling, per letter of the query word.
_PER_LETTER = 0.35  # 99% of real misspellings within two edits pass
_PER_LETTER_OF_ONE_EDIT = 0.45  # of words of five letters and more, any letter may be mistyped for any other
_PER_LETTER_OF_PREFIX = 0.15  # of an incomplete word that is a prefix: 3% of such prefixes match wrongly
_PER_LETTER_OF_DICTIONARY_WORD = 0.12  # only slips that make another English word: dependant, loosing
_MAX_DISTANCE_FROM_BEST = (1.45, 0.95)  # for one edit, for two
_WORST_DISTANCE = 4.0
_ENDINGS = ("s", "ed", "ing")
_INFLECTED_WORDS = 3  # misspelt words of which the inflections match too
_INFLECTED = 0.9  # of the quality of the worst misspelling is that of its inflections

_Condition = Callable[[str, int, float], bool]
"""Whether a vocabulary word is acceptable, by its edits and its weighted distance."""


class VocabularyMatch(Struct, frozen=True, gc=False):
    """A vocabulary word that a query word matches; `start` and `end` are the matched letters of the folded word.

    `quality` runs from 0 to 1.
    """

    word: str
    match_type: MatchType
    quality: float
    start: int
    end: int


def whole_match(word: str, match_type: MatchType = MatchType.WORD, quality: float = 0.9) -> VocabularyMatch:
    """Return the match of all letters of a vocabulary word."""
    return VocabularyMatch(word, match_type, quality, 0, len(word))


class WordLookup:
    """Looks folded query words up in a vocabulary; all results are best first.

    `names` are the folded words of entity names.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Collection[str],
        cancellation: CancellationToken,
    ) -> None:
        self._vocabulary = vocabulary
        self._names = names
        self._cancellation = cancellation

    def whole(self, word: str) -> list[VocabularyMatch]:
        """Return the word itself, if the vocabulary has it."""
        return [_partial_match(word, word, 0)] if word in self._vocabulary else []

    def with_prefix(self, word: str) -> list[VocabularyMatch]:
        """Return the words that begin with `word`, itself included."""
        longer_words = self._cancellation.iterate(self._vocabulary.with_prefix(word))
        matches = [_partial_match(word, longer, 0) for longer in longer_words]
        return sorted(matches, key=lambda match: (match.match_type.rank, -match.quality))

    def with_stem(self, word: str) -> list[VocabularyMatch]:
        """Return the words with the stem of a word in any spelling ("denuclearise", "denuclearization")."""
        found = self._cancellation.iterate(words_with_stem(word, self._vocabulary))
        return [whole_match(other, MatchType.SPELLING) for other in found]

    def with_suffix(self, word: str) -> list[VocabularyMatch]:
        """Return the words that end with `word`."""
        longer_words = self._cancellation.iterate(self._vocabulary.with_suffix(word))
        return [_partial_match(word, longer, len(longer) - len(word)) for longer in longer_words]

    def with_substring(self, word: str) -> list[VocabularyMatch]:
        """Return the words that contain `word`."""
        longer_words = self._cancellation.iterate(self._vocabulary.with_substring(word))
        return [_partial_match(word, longer, longer.index(word)) for longer in longer_words]

    def spellings(self, word: str) -> list[VocabularyMatch]:
        """Return the other inflections and spellings of the word; a name that is no English word has none."""
        others = sorted(set(self._cancellation.iterate(same_words(word, self._vocabulary))))
        if word in self._names and not is_english_word(word):
            others = [other for other in others if other not in self._names]
        return [whole_match(other, MatchType.SPELLING) for other in others]

    def misspellings(self, word: str, *, is_prefix: bool, incomplete: bool) -> list[VocabularyMatch]:
        """Return what a word that does not occur may be a misspelling of.

        Args:
            word: The folded word.
            is_prefix: Whether other words begin with it.
            incomplete: Whether it may still be being typed.
        """
        if not _may_be_misspelt(word):
            return []
        if is_dictionary_word(word):
            limit = _PER_LETTER_OF_DICTIONARY_WORD * len(word)
            return self._near_words(word, lambda _, __, distance: distance <= limit)
        limit = (_PER_LETTER_OF_PREFIX if is_prefix and incomplete else _PER_LETTER) * len(word)
        limit_of_one_edit = limit if is_prefix else _PER_LETTER_OF_ONE_EDIT * len(word)
        names = () if is_prefix else self._names
        same = set(self._cancellation.iterate(same_words(word, self._vocabulary)))
        near = self._near_words(
            word,
            lambda candidate, edits, distance: (
                distance <= limit
                or candidate in same
                or (edits == 1 and (candidate in names or distance <= limit_of_one_edit))
            ),
        )
        if not near and not (is_prefix and incomplete):
            near = self._misspelt_inflections(word)
        if not near and incomplete and not is_prefix:
            return self._misspelt_prefixes(word)
        return [*near, *self._inflections(near)]

    def _inflections(self, near: Sequence[VocabularyMatch]) -> Iterator[VocabularyMatch]:
        """Yield the inflections of the words that a misspelt word most likely means."""
        known = {match.word for match in near}
        quality = _INFLECTED * min((match.quality for match in near), default=0.0)
        for match in near[:_INFLECTED_WORDS]:
            for other in self._cancellation.iterate(same_words(match.word, self._vocabulary)):
                if other not in known:
                    known.add(other)
                    yield whole_match(other, MatchType.TYPO, quality)

    def _misspelt_inflections(self, word: str) -> list[VocabularyMatch]:
        """Return the inflections of words that a word may be a misspelling of, but that do not occur themselves."""
        limit = _PER_LETTER_OF_ONE_EDIT * len(word)

        def is_acceptable(candidate: str, edits: int, distance: float) -> bool:
            return edits == 1 and distance <= limit and candidate.endswith(_ENDINGS)

        return [match for ending in _ENDINGS for match in self._near_words(f"{word}{ending}", is_acceptable)]

    def _near_words(self, word: str, is_acceptable: _Condition) -> list[VocabularyMatch]:
        """Return the acceptable words within two edits, likeliest first."""
        candidates: list[tuple[float, str, int]] = []
        for chunk in self._vocabulary.within_distance(word, 1 if len(word) == MAX_SHORT_LENGTH + 1 else 2):
            for candidate, edits in self._cancellation.iterate(chunk):
                if _may_be_misspelt(candidate) and candidate != word:
                    distance = weighted_distance(word, candidate)
                    if is_acceptable(candidate, edits, distance):
                        candidates.append((distance, candidate, edits))
        candidates.sort()
        return [
            whole_match(candidate, MatchType.TYPO, _quality(distance))
            for distance, candidate, edits in candidates
            if distance <= candidates[0][0] + _MAX_DISTANCE_FROM_BEST[edits - 1]
        ]

    def _misspelt_prefixes(self, word: str) -> list[VocabularyMatch]:
        """Return the words with a prefix one edit from `word`; the first letter must be right."""
        if len(word) <= MAX_SHORT_LENGTH + 1:
            return []
        longer_words = [longer for longer in self._vocabulary.with_prefix(word[0]) if len(longer) > len(word)]
        best: dict[str, tuple[float, int]] = {}
        for length in (len(word) - 1, len(word), len(word) + 1):
            prefixes = list({longer[:length] for longer in longer_words})
            distances = {
                prefix: weighted_distance(word, prefix)
                for prefix, _, _ in process.extract(word, prefixes, scorer=OSA.distance, score_cutoff=1, limit=None)
            }
            for longer in longer_words:
                if longer[:length] in distances:
                    best[longer] = min(best.get(longer, (_WORST_DISTANCE, 0)), (distances[longer[:length]], length))
        matches = (
            VocabularyMatch(longer, MatchType.TYPO, _quality(distance) * length / len(longer) / 2, 0, length)
            for longer, (distance, length) in best.items()
            if distance <= _PER_LETTER * len(word)
        )
        return sorted(matches, key=lambda match: -match.quality)


def _quality(distance: float) -> float:
    return 1 - distance / _WORST_DISTANCE


def _may_be_misspelt(word: str) -> bool:
    return len(word) > MAX_SHORT_LENGTH and word.isalpha()


def _partial_match(word: str, longer: str, start: int) -> VocabularyMatch:
    """Return the match of a word in a vocabulary word that contains it at `start`."""
    match_type = MatchType.WORD if word == longer else MatchType.PREFIX
    return VocabularyMatch(longer, match_type, len(word) / (len(longer) + 1), start, start + len(word))
