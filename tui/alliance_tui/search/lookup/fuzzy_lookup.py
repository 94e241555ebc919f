"""Look-up of a query word in a vocabulary: whole words, prefixes and likely misspellings.

Misspellings are looked for only if the vocabulary lacks the word. Words of up to three letters and words with a digit
are never taken for misspelt. Other words may be one edit away (four letters) or two (five letters or more), if their
weighted distance (search.lookup.edit_distance) is small enough for their length. Among words that name an entity one
edit is always allowed, and so is another transliteration. Candidates much less likely than the best are dropped.

A word of the dictionary is not taken for another one: it matches its own inflections and spelling variants, and words
after the slightest slip. A word that is still being typed and is a prefix of another must be a very likely misspelling;
if it resembles no word, it is compared with the prefixes of words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.transliteration import transliteration_key
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.dictionary import is_english_word, is_known_name, is_same_word, stem
from alliance_tui.search.lookup.edit_distance import weighted_distance
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, QueryWord

_MAX_SHORT_LENGTH = 3
# Greatest weighted distance of a misspelling, per letter of the query word.
_PER_LETTER = 0.35  # 99% of real misspellings within two edits pass
_PER_LETTER_OF_PREFIX = 0.15  # of an incomplete word that is a prefix: 3% of such prefixes match wrongly
_PER_LETTER_OF_DICTIONARY_WORD = 0.12  # only slips that make another English word: dependant, loosing
_MAX_DISTANCE_FROM_BEST = (1.45, 0.95)  # for one edit, for two
_MAX_VARIANT_DISTANCE = 1.0  # of another transliteration or inflection
_WORST_DISTANCE = 4.0

_Condition = Callable[[str, int, float], bool]
"""Whether a vocabulary word is acceptable, by its edits and its weighted distance."""


class VocabularyMatch(Struct, frozen=True):
    """A vocabulary word that a query word matches; `start` and `end` are the matched letters of the folded word.

    `quality` runs from 0 to 1.
    """

    word: str
    match_type: MatchType
    quality: float
    start: int
    end: int


class FuzzyMatcher:
    """Looks query words up in a vocabulary.

    `names` are the folded words of entity names, `names_by_transliteration` the same by `transliteration_key`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Collection[str],
        cancellation: CancellationToken,
        names_by_transliteration: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._names = names
        self._cancellation = cancellation
        self._names_by_transliteration = names_by_transliteration or {}

    def match(self, query_word: QueryWord, mode: MatchMode, *, incomplete: bool) -> list[VocabularyMatch]:
        """Return the vocabulary words that a query word matches, best first."""
        word = query_word.folded
        match mode:
            case MatchMode.WHOLE:
                return self._prefix_matches(word) if incomplete else self._whole_matches(word)
            case MatchMode.PREFIX:
                return self._prefix_matches(word)
            case MatchMode.SUFFIX:
                longer_words = self._cancellation.iterate(self._vocabulary.with_suffix(word))
                return [_partial_match(word, longer, len(longer) - len(word)) for longer in longer_words]
            case MatchMode.SUBSTRING:
                longer_words = self._cancellation.iterate(self._vocabulary.with_substring(word))
                return [_partial_match(word, longer, longer.index(word)) for longer in longer_words]
            case MatchMode.FUZZY:
                return self._fuzzy_matches(word, incomplete=incomplete)

    def _fuzzy_matches(self, word: str, *, incomplete: bool) -> list[VocabularyMatch]:
        matches = self._prefix_matches(word)
        is_present = bool(matches) and matches[0].match_type is MatchType.WORD
        if not _may_be_misspelt(word) or (is_present and self._vocabulary.in_base(word)):
            return matches
        if is_present:  # only in the records, which may spell it otherwise than the text
            return matches + self._variants(word, 0.0)
        matched = {match.word for match in matches}
        further = self._misspellings_or_variants(word, is_prefix=bool(matches), incomplete=incomplete)
        return matches + [match for match in further if match.word not in matched]

    def _misspellings_or_variants(self, word: str, *, is_prefix: bool, incomplete: bool) -> list[VocabularyMatch]:
        """Return what the word may be a misspelling or variant of; `is_prefix`: other words begin with it."""
        if is_english_word(word) or is_known_name(word):
            return self._variants(word, _PER_LETTER_OF_DICTIONARY_WORD * len(word))
        transliterations = set(self._names_by_transliteration.get(transliteration_key(word), ()))
        max_distance = (_PER_LETTER_OF_PREFIX if is_prefix and incomplete else _PER_LETTER) * len(word)
        names = () if is_prefix else self._names
        misspellings = self._misspellings(
            word,
            lambda candidate, edits, distance: distance <= max_distance or (edits == 1 and candidate in names),
            transliterations,
        )
        return misspellings or (self._misspelt_prefixes(word) if incomplete and not is_prefix else [])

    def _variants(self, word: str, max_distance: float) -> list[VocabularyMatch]:
        """Return inflections, spelling variants and, for a word that is not English, transliterations of the word."""
        variants: set[str] = set()
        if not is_english_word(word):
            variants.update(self._names_by_transliteration.get(transliteration_key(word), ()))
        same_stem = self._cancellation.iterate(self._vocabulary.with_prefix(stem(word)))
        variants.update(candidate for candidate in same_stem if is_same_word(word, candidate))
        matches = self._misspellings(
            word,
            lambda candidate, _, distance: distance <= max_distance or is_same_word(word, candidate),
            variants - {word},
        )
        return [match for match in matches if match.word != word]

    def _whole_matches(self, word: str) -> list[VocabularyMatch]:
        return [_partial_match(word, word, 0)] if word in self._vocabulary else []

    def _prefix_matches(self, word: str) -> list[VocabularyMatch]:
        longer_words = self._cancellation.iterate(self._vocabulary.with_prefix(word))
        matches = [_partial_match(word, longer, 0) for longer in longer_words]
        return sorted(matches, key=lambda match: (match.match_type.rank, -match.quality))

    def _misspellings(self, word: str, is_acceptable: _Condition, variants: Collection[str]) -> list[VocabularyMatch]:
        """Return the known variants and the acceptable words within two edits, likeliest first."""
        candidates = [
            (min(weighted_distance(word, variant), _MAX_VARIANT_DISTANCE), variant, 1)
            for variant in variants
            if _may_be_misspelt(variant)
        ]
        for chunk in self._vocabulary.within_distance(word, 1 if len(word) == _MAX_SHORT_LENGTH + 1 else 2):
            for candidate, edits in self._cancellation.iterate(chunk):
                if _may_be_misspelt(candidate) and candidate not in variants:
                    distance = weighted_distance(word, candidate)
                    if is_acceptable(candidate, edits, distance):
                        candidates.append((distance, candidate, edits))
        candidates.sort()
        return [
            VocabularyMatch(candidate, MatchType.TYPO, 1 - distance / _WORST_DISTANCE, 0, len(candidate))
            for distance, candidate, edits in candidates
            if distance <= candidates[0][0] + _MAX_DISTANCE_FROM_BEST[edits - 1]
        ]

    def _misspelt_prefixes(self, word: str) -> list[VocabularyMatch]:
        """Return the words with a prefix one edit from `word`; the first letter must be right."""
        if len(word) <= _MAX_SHORT_LENGTH + 1:
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
            VocabularyMatch(
                longer, MatchType.TYPO, (1 - distance / _WORST_DISTANCE) * length / len(longer) / 2, 0, length
            )
            for longer, (distance, length) in best.items()
            if distance <= _PER_LETTER * len(word)
        )
        return sorted(matches, key=lambda match: -match.quality)


def is_likely_match(word: str, match: VocabularyMatch) -> bool:
    """Whether the match does not depend on which words are names: one edit in a name may be an unlikely one."""
    if match.match_type is not MatchType.TYPO or match.end < len(match.word):
        return True
    if is_english_word(word) or is_known_name(word):
        return True
    return (1 - match.quality) * _WORST_DISTANCE <= _PER_LETTER * len(word) + 1e-9


def _may_be_misspelt(word: str) -> bool:
    return len(word) > _MAX_SHORT_LENGTH and word.isalpha()


def _partial_match(word: str, longer: str, start: int) -> VocabularyMatch:
    """Return the match of a word in a vocabulary word that contains it at `start`."""
    match_type = MatchType.WORD if word == longer else MatchType.PREFIX
    return VocabularyMatch(longer, match_type, len(word) / (len(longer) + 1), start, start + len(word))
