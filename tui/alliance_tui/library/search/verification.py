"""Verification: whether a candidate document matches, by a search of as little of it as is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, groupby, pairwise

from msgspec.structs import replace

from alliance_tui.library.index.terms import RECORD_UNITS
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.retrieval import Candidates, FilterMatches
from alliance_tui.records import Analysis
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import paragraph_bounds, paragraph_starts
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.fuzzy_lookup import VocabularyMatch

_NO_TEXT = Postings([""])
_CHANGED_BY_FOLDING = re.compile(
    r"[^\W\x00-\x7f]|[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe20-\ufe2f]"
)
"""The characters that folding changes: letters beyond ASCII, and marks inside words."""
_GAP = r"(?:['’]s\b)?[\W_]+"  # between two words of a phrase
_LONGEST_DOTTED = 6  # letters of an abbreviation that may be written with dots
_NEGATED_TERM = re.compile(r"""(?:^|(?<=\s))!+(?:"[^"]*"?|[^\s":]+)(?=\s|$)""")
"""A negated word or phrase: documents with it are excluded before they are searched."""


class Verifier:
    """Verifies the candidates of one query.

    A document matches if its title, a paragraph or one of its records does by `search.engine`. Words of the query that
    the library has are never taken for misspelt, even if the part of the document that is searched lacks them.
    """

    def __init__(self, cache: ReadCache, query: str, candidates: Candidates, cancellation: CancellationToken) -> None:
        requirements = candidates.requirements
        self._cache = cache
        self._query = query if "|" in query else _NEGATED_TERM.sub("", query)
        self._candidates = candidates
        self._cancellation = cancellation
        self._confirmed_words = Vocabulary(requirements.confirming_words)
        self._substrings = [_substrings(words) for words in requirements.alternatives]
        self._phrases = [_phrase_pattern(phrase) for phrase in requirements.phrases]

    def matches(self, document: LibraryDocument) -> bool:
        """Whether the document matches; False for one that was removed meanwhile or is damaged."""
        self._cancellation.raise_if_cancelled()
        try:
            return self._matches(document)
        except (KeyError, DamagedDocumentError):
            return False

    def _matches(self, document: LibraryDocument) -> bool:
        candidates, number = self._candidates, document.number
        if number in candidates.index_matches:
            return not self._has_excluded_phrase(self._cache.text(document))
        if candidates.filters is not None:
            return self._matches_in_records(document, candidates.filters)
        may_match_in_text = candidates.may_match_in_text(number)
        text = self._cache.text(document) if candidates.excluded_phrases or may_match_in_text else ""
        if candidates.excluded_phrases and self._has_excluded_phrase(text):
            return False
        passages = chain(self._possible_paragraphs(document.title), self._possible_paragraphs(text))
        if may_match_in_text and any(map(self._matches_in_text, passages)):
            return True
        if candidates.may_match_in_records(number) and self._matches_in_records(document, None):
            return True
        return number in candidates.matched_by_variant and self._matches_in_text(text)

    def _has_excluded_phrase(self, text: str) -> bool:
        index = SearchIndex.build(text, None)
        return any(search(index, f'"{phrase}" ').text for phrase in self._candidates.excluded_phrases)

    def _possible_paragraphs(self, text: str) -> Iterator[str]:
        """Yield the paragraphs that have an alternative for each word."""
        lower = text.lower()
        yield from self._paragraphs_with_all(text, lower)
        if _CHANGED_BY_FOLDING.search(lower):
            yield from self._paragraphs_with_all(text, _fold_lower(lower))

    def _paragraphs_with_all(self, text: str, folded: str) -> Iterator[str]:
        if not self._has_all(folded):
            return
        if self._substrings and len(folded) == len(text):
            bounds = (paragraph_bounds(text, offset) for offset in self._rarest_offsets(folded))
            yield from (text[start:end] for (start, end), _ in groupby(bounds) if self._has_all(folded[start:end]))
            return
        for start, end in pairwise([*paragraph_starts(text), len(text)]):
            if self._has_all(_fold_lower(text[start:end].lower())):
                yield text[start:end]

    def _rarest_offsets(self, folded: str) -> list[int]:
        """Return the offsets of the alternatives for the rarest word, sorted."""
        rarest = min(self._substrings, key=lambda substrings: sum(map(folded.count, substrings)))
        return sorted(offset for substring in rarest for offset in _offsets(folded, substring))

    def _has_all(self, folded: str) -> bool:
        return all(any(substring in folded for substring in substrings) for substrings in self._substrings) and all(
            phrase.search(folded) for phrase in self._phrases
        )

    def _matches_in_text(self, text: str) -> bool:
        postings = self._cache.postings(text)
        index = SearchIndex(postings, Vocabulary(postings.vocabulary, base=self._confirmed_words), None)
        return bool(search(index, self._query).text)

    def _matches_in_records(self, document: LibraryDocument, filters: FilterMatches | None) -> bool:
        number = document.number
        analysis = self._cache.analysis(document)
        agreement_units = (filters.agreement_units if filters else None) or {}
        cooccurrences = self._candidates.cooccurrences.get(number)
        units_suffice = bool(agreement_units) or filters is None
        if cooccurrences is not None and units_suffice and number not in self._candidates.matched_by_variant:
            analysis = _restrict(analysis, cooccurrences | set(agreement_units.get(number, "")))
        matches = search(SearchIndex(_NO_TEXT, self._confirmed_words, analysis), self._query)
        return bool(matches.entities or matches.agreements)


def _restrict(analysis: Analysis, units: Set[str]) -> Analysis:
    """Return the analysis with the records of these units alone, which are cheaper to index than all."""
    records = (*analysis.entities, *analysis.agreements)
    selected = {id(record) for unit, record in zip(map(chr, RECORD_UNITS), records, strict=False) if unit in units}
    return replace(
        analysis,
        entities=tuple(entity for entity in analysis.entities if id(entity) in selected),
        agreements=tuple(agreement for agreement in analysis.agreements if id(agreement) in selected),
    )


def _offsets(text: str, substring: str) -> Iterator[int]:
    """Yield the offsets at which a substring occurs, without overlaps."""
    offset = text.find(substring)
    while offset >= 0:
        yield offset
        offset = text.find(substring, offset + len(substring))


def _fold_lower(lower: str) -> str:
    """Return lower-case text that contains the folded form of each of its words, and perhaps more letters."""
    return _CHANGED_BY_FOLDING.sub(lambda match: fold(match[0]), lower)


def _substrings(words: Mapping[str, VocabularyMatch]) -> frozenset[str]:
    """Return the matched part of each word as it may be written in lower case: "us" is "u.s." too."""
    parts = {match.word[match.start : match.end] for match in words.values()}
    return frozenset(parts | {".".join(part) for part in parts if len(part) <= _LONGEST_DOTTED})


def _phrase_pattern(phrase: Sequence[Mapping[str, VocabularyMatch]]) -> re.Pattern[str]:
    """Return a pattern of adjacent words, each from one of the mappings."""
    words = ("(?:" + "|".join(map(re.escape, sorted(_substrings(words)))) + r")\w*" for words in phrase)
    return re.compile(_GAP.join(words))
