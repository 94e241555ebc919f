"""Matching of a query's phrases against the text and the records of an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.lookup.dictionary import is_english_word, is_known_name
from alliance_tui.search.matches import MatchType
from alliance_tui.search.matching.occurrences import (
    Occurrence,
    join_adjacent,
    occurrence_at,
    position_windows,
    spelling_positions,
)
from alliance_tui.search.matching.ranking import combined_score
from alliance_tui.search.matching.word_resolution import COMPOUND_SCORE, ResolvedWord, WordResolver, matched_part
from alliance_tui.search.query import MatchMode, Phrase, QueryWord, parse_phrase

MAX_OCCURRENCES = 2_000
"""The occurrences of one word that are highlighted at most."""

_SHORTEST_NAME = 5
_WINDOW_PER_WORD = 4
"""Words to each side of a phrase's rarest word, per word of the phrase, among which the others are looked for. One word
of a query may match several of the text."""


class TermMatcher:
    """Finds the occurrences of the phrases of one query in an index.

    `truncations` are messages about words with more than MAX_OCCURRENCES occurrences.
    """

    def __init__(self, index: SearchIndex, cancellation: CancellationToken) -> None:
        self._index = index
        self._both = (index.text, index.records)
        self._resolver = WordResolver(index, cancellation)
        self._joint_occurrences: defaultdict[tuple[Phrase, Postings], list[Occurrence]] = defaultdict(list)
        self.cancellation = cancellation
        self.truncations: list[str] = []

    def allow_compound(self, first: Phrase, second: Phrase) -> None:
        """Let two adjacent words of the query also match their compound ("air craft" matches "aircraft")."""
        compound = first.words[0].folded + second.words[0].folded
        for postings in self._both:
            self._add_joint_occurrences((first, second), list(_whole_words(compound, postings)), postings)

    def allow_fuzzy_name(self, phrases: Sequence[Phrase]) -> None:
        """Let all words of the query together also match an entity's name that is one edit away."""
        typed = "".join(word.folded for phrase in phrases for word in phrase.words)
        names = self._index.names_by_folded_form
        if is_english_word(typed) or is_known_name(typed):
            return
        if len(typed) < _SHORTEST_NAME or (len(phrases) > 1 and typed in names):
            return
        for folded, edits, _ in process.extract(typed, names.keys(), scorer=OSA.distance, score_cutoff=1, limit=None):
            if list(filter(str.isdigit, folded)) != list(filter(str.isdigit, typed)):
                continue
            name = parse_phrase(names[folded], MatchMode.WHOLE)
            score = combined_score(MatchType.TYPO, 0.95 - 0.1 * edits)
            for postings in self._both:
                occurrences = [replace(occurrence, score=score) for occurrence in self.occurrences(name, postings)]
                self._add_joint_occurrences(phrases, occurrences, postings)

    def _add_joint_occurrences(
        self, phrases: Iterable[Phrase], occurrences: Iterable[Occurrence], postings: Postings
    ) -> None:
        for phrase in phrases:
            self._joint_occurrences[phrase, postings] += occurrences

    def max_count(self, phrase: Phrase, postings: Postings) -> int:
        """Return an upper bound of the number of the phrase's occurrences."""
        return min(self._resolver.resolve(word, phrase, postings).occurrence_count for word in phrase.words)

    def occurrences(
        self, phrase: Phrase, postings: Postings, within: Sequence[range] | None = None
    ) -> list[Occurrence]:
        """Return the occurrences of a phrase in reading order, if given only those in these ranges of positions."""
        occurrences = self._phrase_occurrences(phrase, postings, within)
        if len(phrase.words) > 1 and phrase.mode is MatchMode.FUZZY:
            occurrences += _whole_words("".join(word.folded for word in phrase.words), postings)
        occurrences += self._joint_occurrences.get((phrase, postings), ())
        return sorted(dict.fromkeys(occurrences))

    def matching_units(
        self,
        phrase: Phrase,
        postings: Postings,
        units_of: Callable[[Iterable[int]], Iterable[int]],
        within: Sequence[range] | None = None,
    ) -> set[int]:
        """Return the units with any occurrence of the phrase, beyond MAX_OCCURRENCES too.

        Args:
            phrase: The phrase.
            postings: The index's postings of the text or of the records.
            units_of: Returns the units (strings, sentences or paragraphs) of word positions.
            within: Ranges of positions to which the look-up is limited.
        """
        if len(phrase.words) > 1:
            occurrences: Iterable[Occurrence] = self.occurrences(phrase, postings, within)
            return set(units_of(occurrence.first_position for occurrence in occurrences))
        resolved = self._resolver.resolve(phrase.words[0], phrase, postings)
        occurrences = (*resolved.phrases, *self._joint_occurrences.get((phrase, postings), ()))
        units = set(units_of(occurrence.first_position for occurrence in occurrences))
        for _, positions in spelling_positions(resolved.spellings, postings, within):
            self.cancellation.raise_if_cancelled()
            units.update(units_of(positions))
        return units

    def _phrase_occurrences(
        self, phrase: Phrase, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        """Return where all words are adjacent: the rarest word is looked up first, the others around it."""
        resolved = [self._resolver.resolve(word, phrase, postings) for word in phrase.words]
        rarest = min(range(len(resolved)), key=lambda i: resolved[i].occurrence_count) if len(resolved) > 1 else 0
        occurrences_of_rarest = self._word_occurrences(phrase.words[rarest], resolved[rarest], postings, within)
        if len(resolved) == 1:
            return occurrences_of_rarest
        self.cancellation.raise_if_cancelled()
        windows = position_windows(occurrences_of_rarest, _WINDOW_PER_WORD * len(resolved), len(postings))
        joined: list[Occurrence] = []
        for i, word in enumerate(phrase.words):
            if i == rarest:
                occurrences = occurrences_of_rarest
            else:
                occurrences = self._word_occurrences(word, resolved[i], postings, windows)
            joined = list(join_adjacent(joined, occurrences, postings)) if i else occurrences
        return joined

    def _word_occurrences(
        self, word: QueryWord, resolved: ResolvedWord, postings: Postings, within: Sequence[range] | None
    ) -> list[Occurrence]:
        """Return the occurrences of the spellings, the best spelling's first, then those of the phrases."""
        offsets = postings.start_offsets
        occurrences: list[Occurrence] = []
        for spelling, positions in spelling_positions(resolved.spellings, postings, within):
            self.cancellation.raise_if_cancelled()
            room = MAX_OCCURRENCES - len(occurrences)
            start, end, score = matched_part(word, resolved.spellings[spelling], spelling)
            occurrences += [Occurrence(n, n, offsets[n] + start, offsets[n] + end, score) for n in positions[:room]]
            if len(positions) > room:
                self.truncations.append(
                    f"“{word.typed}” occurs {resolved.occurrence_count:,} times; {MAX_OCCURRENCES:,} are highlighted"
                )
                break
        return [*occurrences, *resolved.phrases]


def _whole_words(word: str, postings: Postings) -> Iterator[Occurrence]:
    """Yield the occurrences of one word for which two were typed ("co-operation" as "cooperation")."""
    for position in postings.positions(word):
        yield occurrence_at(position, position, COMPOUND_SCORE, postings)
