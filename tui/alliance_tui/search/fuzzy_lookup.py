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

from alliance_tui.search.cancellation import Watch
from alliance_tui.search.dictionary import is_known_name, is_word, same_word, stem
from alliance_tui.search.edit_distance import cost
from alliance_tui.search.matches import How
from alliance_tui.search.query import Mode, Wanted
from alliance_tui.search.transliteration import romanised
from alliance_tui.search.vocabulary import Vocabulary

_LONGEST_SHORT = 3
_COST_PER_LETTER_KNOWN = 0.12  # the slight slips that make another English word: dependant, loosing
_COST_PER_LETTER = 0.35  # the likely-enough edits: 99% of real misspellings within two edits pass
_COST_PER_LETTER_BEGUN = 0.15  # while what is typed is the beginning of a word; lights 3% of such beginnings wrongly
_FURTHER_FROM_BEST = (1.45, 0.95)  # in cost, by one edit and by two
_ALIKE = 1.0  # what another romanisation or inflection costs at most
_WORST = 4.0

_Allowed = Callable[[str, int, float], bool]
"""Whether a word, so many edits away at such a cost, may be what was meant."""


class Meeting(Struct, frozen=True):
    """A word of the vocabulary that a query word meets, on which letters of the folded word, and how well."""

    word: str
    how: How
    quality: float
    start: int
    end: int


class Speller:
    """Meets query words with a vocabulary.

    `names` are the folded words of entity names, `romanised_names` the same by what search.romanising makes of them.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        names: Collection[str],
        watch: Watch,
        romanised_names: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._names = names
        self._watch = watch
        self._romanised_names = romanised_names or {}

    def meetings(self, wanted: Wanted, mode: Mode, *, typing: bool) -> list[Meeting]:
        """The words that `wanted` meets, best first."""
        word = wanted.folded
        if mode is Mode.WHOLE:
            return self._beginning(word) if typing else self._whole(word)
        if mode is Mode.PREFIX:
            return self._beginning(word)
        if mode is Mode.SUFFIX:
            return [
                _partly(word, found, len(found) - len(word))
                for found in self._watch.over(self._vocabulary.ending(word))
            ]
        if mode is Mode.INSIDE:
            return [
                _partly(word, found, found.index(word)) for found in self._watch.over(self._vocabulary.containing(word))
            ]
        found = self._beginning(word)
        whole = bool(found) and found[0].how is How.WORD
        if not _may_be_misspelt(word) or (whole and self._vocabulary.in_base(word)):
            return found
        if whole:  # in the records only, whose own words may be spelt otherwise than the text's
            return found + self._otherwise_spelt(word, 0.0)
        met = {meeting.word for meeting in found}
        return found + [m for m in self._likely(word, begun=bool(found), typing=typing) if m.word not in met]

    def _likely(self, word: str, *, begun: bool, typing: bool) -> list[Meeting]:
        """What the word is likely a misspelling of; `begun` if other words begin with it."""
        if is_word(word) or is_known_name(word):
            return self._otherwise_spelt(word, _COST_PER_LETTER_KNOWN * len(word))
        alike = set(self._romanised_names.get(romanised(word), ()))
        allowed = (_COST_PER_LETTER_BEGUN if begun and typing else _COST_PER_LETTER) * len(word)
        names = () if begun else self._names
        misspelt = self._misspelt(
            word, lambda near, edits, costs: costs <= allowed or (edits == 1 and near in names), alike
        )
        return misspelt or (self._misspelt_beginning(word) if typing and not begun else [])

    def _otherwise_spelt(self, word: str, allowed: float) -> list[Meeting]:
        """The word in its other inflections, spellings and, if it is none of the language, romanisations."""
        alike = set() if is_word(word) else set(self._romanised_names.get(romanised(word), ()))
        alike.update(near for near in self._watch.over(self._vocabulary.starting(stem(word))) if same_word(word, near))
        met = self._misspelt(word, lambda near, _, costs: costs <= allowed or same_word(word, near), alike - {word})
        return [meeting for meeting in met if meeting.word != word]

    def _whole(self, word: str) -> list[Meeting]:
        return [_partly(word, word, 0)] if word in self._vocabulary else []

    def _beginning(self, word: str) -> list[Meeting]:
        found = [_partly(word, longer, 0) for longer in self._watch.over(self._vocabulary.starting(word))]
        return sorted(found, key=lambda meeting: (meeting.how.rank, -meeting.quality))

    def _misspelt(self, word: str, allowed: _Allowed, alike: Collection[str]) -> list[Meeting]:
        """The words that `word` may be a misspelling of, and those known to be `alike`, likeliest first."""
        found = [(min(cost(word, near), _ALIKE), near, 1) for near in alike if _may_be_misspelt(near)]
        for chunk in self._vocabulary.near(word, 1 if len(word) == _LONGEST_SHORT + 1 else 2):
            for near, edits in self._watch.over(chunk):
                if _may_be_misspelt(near) and near not in alike:
                    costs = cost(word, near)
                    if allowed(near, edits, costs):
                        found.append((costs, near, edits))
        found.sort()
        return [
            Meeting(near, How.TYPO, 1 - costs / _WORST, 0, len(near))
            for costs, near, edits in found
            if costs <= found[0][0] + _FURTHER_FROM_BEST[edits - 1]
        ]

    def _misspelt_beginning(self, word: str) -> list[Meeting]:
        """The words that begin with something one edit from `word`, its first letter aside."""
        if len(word) <= _LONGEST_SHORT + 1:
            return []
        longer = [found for found in self._vocabulary.starting(word[0]) if len(found) > len(word)]
        best: dict[str, tuple[float, int]] = {}
        for length in (len(word) - 1, len(word), len(word) + 1):
            heads = list({found[:length] for found in longer})
            near = {
                head: cost(word, head)
                for head, _, _ in process.extract(word, heads, scorer=OSA.distance, score_cutoff=1, limit=None)
            }
            for found in longer:
                if found[:length] in near:
                    best[found] = min(best.get(found, (_WORST, 0)), (near[found[:length]], length))
        return sorted(
            (
                Meeting(found, How.TYPO, (1 - costs / _WORST) * length / len(found) / 2, 0, length)
                for found, (costs, length) in best.items()
                if costs <= _COST_PER_LETTER * len(word)
            ),
            key=lambda meeting: -meeting.quality,
        )


def is_likely(word: str, meeting: Meeting) -> bool:
    """Whether the meeting holds whichever words are names: one edit, allowed in names, may be an unlikely one."""
    if meeting.how is not How.TYPO or meeting.end < len(meeting.word) or is_word(word) or is_known_name(word):
        return True
    return (1 - meeting.quality) * _WORST <= _COST_PER_LETTER * len(word) + 1e-9


def _may_be_misspelt(word: str) -> bool:
    return len(word) > _LONGEST_SHORT and word.isalpha()


def _partly(word: str, found: str, start: int) -> Meeting:
    how = How.WORD if word == found else How.PREFIX
    return Meeting(found, how, len(word) / (len(found) + 1), start, start + len(word))
