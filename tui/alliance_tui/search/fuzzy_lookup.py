"""Which words of a vocabulary a query word meets, and how well: whole, as a beginning, or misspelt.

Typos are looked for where no word is met whole. A word of three letters or fewer, or with a digit, is never taken for
misspelt; a longer one may be one edit away from four letters, two from five, as long as the edits are likely enough
for its length (see search.typos). In words that name an entity one edit is always allowed, and another romanisation.
Of the words found, those that are much less likely than the likeliest are left out. A word or a name that is known to
be English is taken at its word: it meets itself otherwise inflected or spelt, or after the slightest slip. A word
still being typed, if it is the beginning of another, must be a very likely misspelling; if it resembles no word, it
is compared with the beginnings of words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.dictionary import is_english_word, is_known_name, is_same_word, stem
from alliance_tui.search.edit_distance import weighted_distance
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, QueryWord
from alliance_tui.search.transliteration import transliteration_key
from alliance_tui.search.vocabulary import Vocabulary

_MAX_SHORT_LENGTH = 3
_DISTANCE_PER_LETTER_KNOWN = 0.12  # the slight slips that make another English word: dependant, loosing
_DISTANCE_PER_LETTER = 0.35  # the likely-enough edits: 99% of real misspellings within two edits pass
_DISTANCE_PER_LETTER_PREFIX = (
    0.15  # while what is typed is the beginning of a word; lights 3% of such beginnings wrongly
)
_MAX_DISTANCE_FROM_BEST = (1.45, 0.95)  # in cost, by one edit and by two
_MAX_VARIANT_DISTANCE = 1.0  # what another romanisation or inflection costs at most
_WORST_DISTANCE = 4.0

_Allowed = Callable[[str, int, float], bool]
"""Whether a word, so many edits away at such a cost, may be what was meant."""


class VocabularyMatch(Struct, frozen=True):
    """A word of the vocabulary that a query word meets, on which letters of the folded word, and how well."""

    word: str
    match_type: MatchType
    quality: float
    start: int
    end: int


class FuzzyMatcher:
    """Meets query words with a vocabulary.

    `names` are the folded words of entity names, `romanised_names` the same by what search.romanising makes of them.
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
        """The words that `wanted` meets, best first."""
        word = query_word.folded
        if mode is MatchMode.WHOLE:
            return self._prefix_matches(word) if incomplete else self._whole_matches(word)
        if mode is MatchMode.PREFIX:
            return self._prefix_matches(word)
        if mode is MatchMode.SUFFIX:
            return [
                _partial_match(word, found, len(found) - len(word))
                for found in self._cancellation.iterate(self._vocabulary.with_suffix(word))
            ]
        if mode is MatchMode.SUBSTRING:
            return [
                _partial_match(word, found, found.index(word))
                for found in self._cancellation.iterate(self._vocabulary.with_substring(word))
            ]
        found = self._prefix_matches(word)
        whole = bool(found) and found[0].match_type is MatchType.WORD
        if not _may_be_misspelt(word) or (whole and self._vocabulary.in_base(word)):
            return found
        if whole:  # in the records only, whose own words may be spelt otherwise than the text's
            return found + self._variants(word, 0.0)
        met = {meeting.word for meeting in found}
        return found + [
            m
            for m in self._misspellings_or_variants(word, begun=bool(found), incomplete=incomplete)
            if m.word not in met
        ]

    def _misspellings_or_variants(self, word: str, *, begun: bool, incomplete: bool) -> list[VocabularyMatch]:
        """What the word is likely a misspelling of; `begun` if other words begin with it."""
        if is_english_word(word) or is_known_name(word):
            return self._variants(word, _DISTANCE_PER_LETTER_KNOWN * len(word))
        alike = set(self._names_by_transliteration.get(transliteration_key(word), ()))
        allowed = (_DISTANCE_PER_LETTER_PREFIX if begun and incomplete else _DISTANCE_PER_LETTER) * len(word)
        names = () if begun else self._names
        misspelt = self._misspellings(
            word, lambda near, edits, costs: costs <= allowed or (edits == 1 and near in names), alike
        )
        return misspelt or (self._misspelt_prefixes(word) if incomplete and not begun else [])

    def _variants(self, word: str, allowed: float) -> list[VocabularyMatch]:
        """The word in its other inflections, spellings and, if it is none of the language, romanisations."""
        alike = (
            set() if is_english_word(word) else set(self._names_by_transliteration.get(transliteration_key(word), ()))
        )
        alike.update(
            near
            for near in self._cancellation.iterate(self._vocabulary.with_prefix(stem(word)))
            if is_same_word(word, near)
        )
        met = self._misspellings(
            word, lambda near, _, costs: costs <= allowed or is_same_word(word, near), alike - {word}
        )
        return [meeting for meeting in met if meeting.word != word]

    def _whole_matches(self, word: str) -> list[VocabularyMatch]:
        return [_partial_match(word, word, 0)] if word in self._vocabulary else []

    def _prefix_matches(self, word: str) -> list[VocabularyMatch]:
        found = [
            _partial_match(word, longer, 0) for longer in self._cancellation.iterate(self._vocabulary.with_prefix(word))
        ]
        return sorted(found, key=lambda meeting: (meeting.match_type.rank, -meeting.quality))

    def _misspellings(self, word: str, allowed: _Allowed, alike: Collection[str]) -> list[VocabularyMatch]:
        """The words that `word` may be a misspelling of, and those known to be `alike`, likeliest first."""
        found = [
            (min(weighted_distance(word, near), _MAX_VARIANT_DISTANCE), near, 1)
            for near in alike
            if _may_be_misspelt(near)
        ]
        for chunk in self._vocabulary.within_distance(word, 1 if len(word) == _MAX_SHORT_LENGTH + 1 else 2):
            for near, edits in self._cancellation.iterate(chunk):
                if _may_be_misspelt(near) and near not in alike:
                    costs = weighted_distance(word, near)
                    if allowed(near, edits, costs):
                        found.append((costs, near, edits))
        found.sort()
        return [
            VocabularyMatch(near, MatchType.TYPO, 1 - costs / _WORST_DISTANCE, 0, len(near))
            for costs, near, edits in found
            if costs <= found[0][0] + _MAX_DISTANCE_FROM_BEST[edits - 1]
        ]

    def _misspelt_prefixes(self, word: str) -> list[VocabularyMatch]:
        """The words that begin with something one edit from `word`, its first letter aside."""
        if len(word) <= _MAX_SHORT_LENGTH + 1:
            return []
        longer = [found for found in self._vocabulary.with_prefix(word[0]) if len(found) > len(word)]
        best: dict[str, tuple[float, int]] = {}
        for length in (len(word) - 1, len(word), len(word) + 1):
            heads = list({found[:length] for found in longer})
            near = {
                head: weighted_distance(word, head)
                for head, _, _ in process.extract(word, heads, scorer=OSA.distance, score_cutoff=1, limit=None)
            }
            for found in longer:
                if found[:length] in near:
                    best[found] = min(best.get(found, (_WORST_DISTANCE, 0)), (near[found[:length]], length))
        return sorted(
            (
                VocabularyMatch(
                    found, MatchType.TYPO, (1 - costs / _WORST_DISTANCE) * length / len(found) / 2, 0, length
                )
                for found, (costs, length) in best.items()
                if costs <= _DISTANCE_PER_LETTER * len(word)
            ),
            key=lambda meeting: -meeting.quality,
        )


def is_likely_match(word: str, meeting: VocabularyMatch) -> bool:
    """Whether the meeting holds whichever words are names: one edit, allowed in names, may be an unlikely one."""
    if (
        meeting.match_type is not MatchType.TYPO
        or meeting.end < len(meeting.word)
        or is_english_word(word)
        or is_known_name(word)
    ):
        return True
    return (1 - meeting.quality) * _WORST_DISTANCE <= _DISTANCE_PER_LETTER * len(word) + 1e-9


def _may_be_misspelt(word: str) -> bool:
    return len(word) > _MAX_SHORT_LENGTH and word.isalpha()


def _partial_match(word: str, found: str, start: int) -> VocabularyMatch:
    how = MatchType.WORD if word == found else MatchType.PREFIX
    return VocabularyMatch(found, how, len(word) / (len(found) + 1), start, start + len(word))
