"""The readings of query words, in the order of what a reader most likely means.

A word means the thing that it names, then itself, then its other inflections and spellings, its long form or acronym,
another romanisation, a word that it begins (while it is typed) and last the words that it may be misspelt for. Words of
up to three letters and words in capitals match whole words and names only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS
from alliance_tui.search.lookup.dictionary import is_dictionary_word, is_english_word, is_known_name
from alliance_tui.search.lookup.known_names import (
    Capitals,
    KnownName,
    is_within_other_states,
    known_names,
    name_key,
)
from alliance_tui.search.lookup.name_table import may_be_acronym
from alliance_tui.search.lookup.references import Reference, ReferenceKind
from alliance_tui.search.lookup.word_lookup import MAX_SHORT_LENGTH, VocabularyMatch, WordLookup, whole_match
from alliance_tui.search.matches import MatchType
from alliance_tui.search.names.full_names import ARTICLES
from alliance_tui.search.names.lists import full_forms, other_names
from alliance_tui.search.names.variants import are_different_names
from alliance_tui.search.plan.lexicon import Lexicon
from alliance_tui.search.plan.readings import Reading
from alliance_tui.search.query import MatchMode, Phrase, QueryWord
from alliance_tui.search.values.parser import values_of

_LONGEST_COMPOUND = 50  # letters
_SHORTEST_PART = 3  # letters of a part of a compound that occurs as one word too
_SHORTEST_NAME = 5  # letters of a name that may be misspelt
_NAME_QUALITY = 0.9
_COMPOUND_QUALITY = 0.95
_LONGEST_FULL_NAME = 6  # words
_AS_GOOD = 0.05  # names of about the same quality are meant all
_MAX_FULL_NAMES = 5
_MAX_CACHED = 128  # phrases and names


@cache_by_identity
def _cached_readings(lexicon: Lexicon) -> dict[Hashable, Sequence[Reading]]:
    """Return the readings of phrases and names that were looked up with a lexicon; for any thread."""
    return {}


class WordReader:
    """Finds the readings of the words of one query with a lexicon."""

    def __init__(self, lexicon: Lexicon, cancellation: CancellationToken) -> None:
        self._lexicon = lexicon
        self._lookup = WordLookup(lexicon.vocabulary, lexicon.name_words, cancellation)
        self._cached = _cached_readings(lexicon)

    def read_phrase(self, phrase: Phrase) -> Sequence[Reading]:
        """Return the readings of words that are joined by marks or quotation marks, or of one word.

        Those of words that are no longer being typed are cached: the next key will ask for them again.
        """
        if phrase.incomplete:
            return self._read_phrase(phrase)
        return self._once(phrase, lambda: self._read_phrase(phrase))

    def _once(self, key: Hashable, read: Callable[[], Sequence[Reading]]) -> Sequence[Reading]:
        """Return the cached readings, or else read them."""
        found = self._cached.get(key)
        if found is None:
            found = read()
            if len(self._cached) >= _MAX_CACHED:
                self._cached.clear()
            self._cached[key] = found
        return found

    def _read_phrase(self, phrase: Phrase) -> list[Reading]:
        if values := self.read_value(phrase):
            return values
        if len(phrase.words) == 1:
            return self.read_word(phrase.words[0], phrase.mode, incomplete=phrase.incomplete)
        return [*self.read_name(phrase.words), *self.read_adjacent(phrase)]

    def is_value(self, phrase: Phrase) -> bool:
        """Whether plain words are, as a whole, a number with its unit, a sum of money or a date."""
        return phrase.mode is MatchMode.FUZZY and bool(values_of(phrase.typed))

    def read_value(self, phrase: Phrase) -> list[Reading]:
        """Return the reading of a phrase as a value, and of number words as these words too; none for other phrases.

        Figures mean nothing but their value, so that "6" is no part of "6 million".
        """
        values = values_of(phrase.typed) if phrase.mode is MatchMode.FUZZY else ()
        if not values:
            return []
        keys = tuple(dict.fromkeys(key for value in values for key in self._lexicon.values_meant_by(value)))
        readings = [Reading(MatchType.VALUE, _NAME_QUALITY, reference=Reference(ReferenceKind.VALUE, keys))]
        if all(word.folded.isalpha() for word in phrase.words):
            slots = tuple(tuple(self._lookup.whole(word.folded)) for word in phrase.words)
            readings = [*([Reading(MatchType.WORD, _NAME_QUALITY, slots)] if all(slots) else []), *readings]
        return readings

    def read_adjacent(self, phrase: Phrase) -> list[Reading]:
        """Return the readings of several words that must stand side by side, or be written as one."""
        last = len(phrase.words) - 1
        slots = tuple(
            self._alternatives(word, phrase.mode, incomplete=phrase.incomplete and number == last)
            for number, word in enumerate(phrase.words)
        )
        readings = [Reading(MatchType.WORD, _NAME_QUALITY, slots)] if all(slots) else []
        if phrase.mode is MatchMode.FUZZY:
            readings += self.read_compound(phrase.words)
        return readings

    def read_name(self, words: Sequence[QueryWord]) -> Sequence[Reading]:
        """Return the reading of words as a name: of all its mentions, by whatever name.

        A common word names nothing but what every document calls so, and capitals that are those of no name mean the
        words as they are typed ("United states").
        """
        return self._once(tuple(words), lambda: self._read_name(words))

    def _read_name(self, words: Sequence[QueryWord]) -> list[Reading]:
        folded = [word.folded for word in words]
        if all(word in FUNCTION_WORDS for word in folded):
            return []
        if not _has_capitals_of_name(words):
            return self._read_other_spelling(folded)
        keys = dict.fromkeys((name_key(folded), "".join(folded)))
        known = self._known_names(words, keys)
        if not known and _is_common_word(words):
            return []
        keys |= dict.fromkeys(name.key for name in known)
        is_mentioned = any(map(self._lexicon.has_name, keys))
        if not is_mentioned and not known:
            return self._read_other_spelling(folded)
        is_term = self._means_term(known)
        if not is_mentioned and (is_term or len(words) == 1):
            return []
        match_type = MatchType.ACRONYM if is_term else MatchType.NAME
        return [Reading(match_type, _NAME_QUALITY, reference=Reference(ReferenceKind.NAME, tuple(keys)))]

    def _known_names(self, words: Sequence[QueryWord], keys: Iterable[str]) -> list[KnownName]:
        """Return the listed names of these keys, without those that a common word only looks like."""
        known = [name for key in keys for name in known_names().get(key, ())]
        if _is_common_word(words):
            return [name for name in known if not self._is_acronym_by_chance(words[0], name)]
        return known

    def _means_term(self, known: Sequence[KnownName]) -> bool:
        """Whether listed names, those of them that occur if any do, are all terms and no names."""
        meant = [name for name in known if self._lexicon.has_name(name.key)] or known
        return bool(meant) and all(name.is_term for name in meant)

    def _is_acronym_by_chance(self, word: QueryWord, name: KnownName) -> bool:
        """Whether an English word typed in small letters is an acronym ("start") that the text has not in capitals."""
        is_acronym = all(form.capitals is Capitals.ALL for form in name.forms if form.key == word.folded)
        return is_acronym and not _is_in_capitals(word) and not self._lexicon.is_in_capitals(word.folded)

    def _read_other_spelling(self, folded: Sequence[str]) -> list[Reading]:
        """Return the readings of words as another name of a city, or as a full name in another spelling."""
        key = "".join(folded)
        mentioned = [name for name in other_names(key) if self._lexicon.has_name(name)]
        if mentioned:
            return [
                Reading(MatchType.NAME, _NAME_QUALITY / number, reference=Reference(ReferenceKind.NAME, (name,)))
                for number, name in enumerate(mentioned, start=1)
            ]
        if not 2 <= len(folded) <= _LONGEST_FULL_NAME or any(word in FUNCTION_WORDS - ARTICLES for word in folded):
            return []
        names = self._lexicon.full_names(folded)
        return [
            Reading(_type_of_name(folded, name.key), name.quality, reference=Reference(ReferenceKind.NAME, (name.key,)))
            for name in names[:_MAX_FULL_NAMES]
            if name.quality >= names[0].quality - _AS_GOOD
        ]

    def read_misspelt_name(self, words: Sequence[QueryWord]) -> list[Reading]:
        """Return the reading of a whole query as a name that is one edit away."""
        key = "".join(word.folded for word in words)
        if len(key) < _SHORTEST_NAME or is_english_word(key) or is_known_name(key):
            return []
        if len(words) > 1 and self._lexicon.has_name(key):
            return []
        digits = list(filter(str.isdigit, key))
        near = [(n, edits) for n, edits in self._lexicon.names_near(key) if list(filter(str.isdigit, n)) == digits]
        return [
            Reading(MatchType.TYPO, 0.95 - 0.1 * edits, reference=Reference(ReferenceKind.NAME, (name,)))
            for name, edits in near
            if not are_different_names(key, name)
        ]

    def read_compound(self, words: Sequence[QueryWord]) -> list[Reading]:
        """Return the reading of several words as one ("air craft" as "aircraft")."""
        compound = "".join(word.folded for word in words)
        if len(words) < 2 or len(compound) > _LONGEST_COMPOUND:
            return []
        matches = self._as_compound(compound)
        return [Reading(MatchType.SPELLING, _COMPOUND_QUALITY, (matches,))] if matches else []

    def read_acronym_of(self, words: Sequence[QueryWord]) -> list[Reading]:
        """Return the reading of words as the long form of an acronym that occurs in capitals."""
        initials = "".join(word.folded[0] for word in words if word.folded not in FUNCTION_WORDS)
        if len(initials) < 3 or not may_be_acronym(initials) or initials not in self._lexicon.vocabulary:
            return []
        if not self._lexicon.is_in_capitals(initials) or not self._lexicon.has_name(initials):
            return []
        reference = Reference(ReferenceKind.NAME, (initials,))
        return [Reading(MatchType.ACRONYM, _NAME_QUALITY, reference=reference)]

    def read_word(self, word: QueryWord, mode: MatchMode, *, incomplete: bool) -> list[Reading]:
        """Return the readings of one word, best first."""
        folded = word.folded
        match mode:
            case MatchMode.WHOLE:
                return _of_words(self._lookup.with_prefix(folded) if incomplete else self._lookup.whole(folded))
            case MatchMode.PREFIX:
                return _of_words(self._lookup.with_prefix(folded))
            case MatchMode.SUFFIX:
                return _of_words(self._lookup.with_suffix(folded))
            case MatchMode.SUBSTRING:
                return _of_words(self._lookup.with_substring(folded))
            case MatchMode.FUZZY:
                return self._read_plain_word(word, incomplete=incomplete)

    def _read_plain_word(self, word: QueryWord, *, incomplete: bool) -> list[Reading]:
        folded = word.folded
        whole = self._lookup.whole(folded)
        if folded in FUNCTION_WORDS and (whole or not incomplete):
            return _of_words(whole)
        names = self.read_name([word])
        if names and is_within_other_states(folded):
            whole = []
        initials = [] if names else self._read_initials(word, is_present=bool(whole))
        spellings = self._spellings(folded, is_present=bool(whole))
        is_beginning = incomplete and not whole and self._begins_a_word(folded)
        compounds = [] if is_beginning else list(self._split(folded, is_present=bool(whole)))
        found = [*_of_words(whole), *names, *_of_words(spellings), *initials, *compounds]
        if whole and self._lexicon.vocabulary.in_base(folded):
            return found
        romanised = [] if names else self._romanisations(folded)
        found += _of_words(romanised)
        is_certain = any((whole, names, spellings, initials, romanised)) or self._are_verified(compounds)
        return [*found, *self._read_incomplete_or_misspelt(word, incomplete=incomplete, is_certain=is_certain)]

    def _spellings(self, word: str, *, is_present: bool) -> list[VocabularyMatch]:
        """Return the inflections and other spellings of a word, but of none that is likely misspelt."""
        is_word = is_present or len(word) <= MAX_SHORT_LENGTH or is_dictionary_word(word)
        return self._lookup.spellings(word) if is_word else []

    def _begins_a_word(self, letters: str) -> bool:
        return any(True for _ in self._lexicon.vocabulary.with_prefix(letters))

    def _romanisations(self, word: str) -> list[VocabularyMatch]:
        """Return the other spellings of a name that is no English word: of a city, of a person."""
        if is_english_word(word):
            return []
        cities = [name for name in other_names(word) if name in self._lexicon.vocabulary]
        variants = [variant for variant in self._lexicon.name_variants(word) if variant.is_enough]
        return [
            *(whole_match(city, MatchType.NAME) for city in cities if not is_english_word(city)),
            *(whole_match(v.word, MatchType.ROMANISED, v.quality) for v in variants if v.word not in cities),
        ]

    def _read_incomplete_or_misspelt(self, word: QueryWord, *, incomplete: bool, is_certain: bool) -> list[Reading]:
        """Return the readings of a word that does not occur: by its beginning, then as a misspelling."""
        folded = word.folded
        if is_certain or _is_in_capitals(word) or not folded.isalpha():
            return []
        longer = self._lookup.with_prefix(folded)
        if incomplete:
            near = self._misspellings(folded, is_prefix=bool(longer), incomplete=True)
            known = {match.word for match in longer}
            return _of_words([*longer, *(match for match in near if match.word not in known)])
        near = self._misspellings(folded, is_prefix=bool(longer), incomplete=False)
        if near or len(folded) <= MAX_SHORT_LENGTH:
            return _of_words(near)
        return _of_words(([] if is_dictionary_word(folded) else longer) or self._lookup.with_stem(folded))

    def _misspellings(self, word: str, *, is_prefix: bool, incomplete: bool) -> list[VocabularyMatch]:
        """Return what a word may be a misspelling of, but no other name that is only alike."""
        names = self._lexicon.name_words
        near = self._lookup.misspellings(word, is_prefix=is_prefix, incomplete=incomplete)
        return [match for match in near if not (match.word in names and are_different_names(word, match.word))]

    def _read_initials(self, word: QueryWord, *, is_present: bool) -> list[Reading]:
        folded = word.folded
        if not may_be_acronym(folded) or not self._lexicon.has_initials(folded):
            return []
        if is_present and not self._lexicon.is_in_capitals(folded):
            return []
        if len(folded) > MAX_SHORT_LENGTH and (is_english_word(folded) or is_known_name(folded)):
            return []
        reference = Reference(ReferenceKind.INITIALS, (folded,))
        return [Reading(MatchType.ACRONYM, len(folded) / 10, reference=reference)]

    def _split(self, word: str, *, is_present: bool) -> Iterator[Reading]:
        """Yield the readings of a word as two adjacent ones ("selfdefense" as "self-defense")."""
        if not word.isalpha():
            return
        shortest = _SHORTEST_PART if is_present else 2
        for cut in range(shortest, min(len(word), _LONGEST_COMPOUND) - shortest + 1):
            parts = (word[:cut], word[cut:])
            if is_present and any(part in FUNCTION_WORDS for part in parts):
                continue
            if parts[0] not in self._lexicon.vocabulary:
                continue
            last = [
                match
                for match in self._as_compound(parts[1])
                if self._lexicon.is_adjacent((parts[0], match.word)) is not False
            ]
            if last:
                first = whole_match(parts[0], MatchType.SPELLING, _COMPOUND_QUALITY)
                yield Reading(MatchType.SPELLING, _COMPOUND_QUALITY, ((first,), tuple(last)))

    def _as_compound(self, word: str) -> tuple[VocabularyMatch, ...]:
        """Return a compound, or the last part of one, and its inflections, as far as they occur."""
        found = [*self._lookup.whole(word), *self._lookup.spellings(word)]
        return tuple(whole_match(match.word, MatchType.SPELLING, _COMPOUND_QUALITY) for match in found)

    def _are_verified(self, compounds: Sequence[Reading]) -> bool:
        """Whether the parts of the compounds are known to stand side by side."""
        return any(self._lexicon.is_adjacent([slot[0].word for slot in reading.words]) for reading in compounds)

    def _alternatives(self, word: QueryWord, mode: MatchMode, *, incomplete: bool) -> tuple[VocabularyMatch, ...]:
        """Return the single words that a word of a phrase may match, best first."""
        readings = self.read_word(word, mode, incomplete=incomplete)
        matches = [match for reading in readings if len(reading.words) == 1 for match in reading.words[0]]
        return tuple({match.word: match for match in reversed(matches)}.values())[::-1]


def _of_words(matches: Iterable[VocabularyMatch]) -> list[Reading]:
    """Return a reading for each match type, in which the word is any of its matches."""
    by_type: dict[MatchType, list[VocabularyMatch]] = {}
    for match in matches:
        by_type.setdefault(match.match_type, []).append(match)
    return [Reading(match_type, found[0].quality, (tuple(found),)) for match_type, found in by_type.items()]


def _type_of_name(words: Sequence[str], key: str) -> MatchType:
    """Return how folded words spell a full name: with the short form of a word of it, or in other letters."""
    has_short_form = any(full in key for word in words if word not in key for full in full_forms(word))
    return MatchType.NAME if has_short_form else MatchType.ROMANISED


def _is_in_capitals(word: QueryWord) -> bool:
    return len(word.folded) > 1 and word.typed.isupper()


def _is_common_word(words: Sequence[QueryWord]) -> bool:
    """Whether words are one English word."""
    return len(words) == 1 and is_english_word(words[0].folded)


def _has_capitals_of_name(words: Sequence[QueryWord]) -> bool:
    """Whether no word but function words has a capital, or all have one."""
    capitals = {word.typed != word.typed.lower() for word in words if word.folded not in FUNCTION_WORDS}
    return len(capitals) < 2
