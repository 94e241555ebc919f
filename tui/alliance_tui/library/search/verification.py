"""Whether a document that may match a query does: a search of the document, on as little of it as will tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, groupby, pairwise

from msgspec.structs import replace

from alliance_tui.library.index.terms import RECORD_UNITS
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.retrieval import Candidates
from alliance_tui.records import Analysis
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search
from alliance_tui.search.folding import fold
from alliance_tui.search.fuzzy_lookup import VocabularyMatch
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.postings import Postings
from alliance_tui.search.tokenizer import paragraph_bounds, paragraph_starts
from alliance_tui.search.vocabulary import Vocabulary

_NO_TEXT = Postings([""])
_FOREIGN = re.compile(
    r"[^\W\x00-\x7f]|[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe20-\ufe2f]"
)
"""What folds to something else than itself: letters beyond ASCII, and marks inside words."""
_GAP = r"(?:['’]s\b)?[\W_]+"  # between two words of a phrase
_LONGEST_DOTTED = 6
_EXCLUDED = re.compile(r"""(?:^|(?<=\s))!+(?:"[^"]*"?|[^\s":]+)(?=\s|$)""")
"""Words that must not be there: candidates that have them are left out before they are looked into."""


class Verifier:
    """Looks into the candidates of one query.

    A document matches if its title does, or a paragraph, or one of its records, by `search.engine`. Words that the
    library has are never taken for misspelt there, though the piece that is looked at may lack them.
    """

    def __init__(self, read: ReadCache, query: str, found: Candidates, watch: CancellationToken) -> None:
        self._read = read
        self._query = query if "|" in query else _EXCLUDED.sub("", query)
        self._found = found
        self._watch = watch
        self._met = Vocabulary(found.confirming_words)
        self._parts = [_parts(words) for words in found.required_words]
        self._phrases = [_side_by_side(words) for words in found.phrases]

    def matches(self, kept: LibraryDocument) -> bool:
        """Whether the document matches; one that was removed meanwhile or is damaged does not."""
        self._watch.raise_if_cancelled()
        try:
            return self._matches(kept)
        except (KeyError, DamagedDocumentError):
            return False

    def _matches(self, kept: LibraryDocument) -> bool:
        if kept.number in self._found.index_matches:
            return not self._has_banned(self._read.text(kept))
        if self._found.has_filters:
            return self._in_records(kept)
        text = self._read.text(kept) if self._found.excluded_phrases or self._may_be_in_text(kept) else ""
        if self._found.excluded_phrases and self._has_banned(text):
            return False
        parts = chain(self._likely(kept.title), self._likely(text))
        if self._may_be_in_text(kept) and any(self._in_text(part) for part in parts):
            return True
        if self._found.may_be_in_records(kept.number) and self._in_records(kept):
            return True
        return kept.number in self._found.matched_by_variant and self._in_text(text)

    def _may_be_in_text(self, kept: LibraryDocument) -> bool:
        return self._found.may_be_in_text(kept.number)

    def _has_banned(self, text: str) -> bool:
        index = SearchIndex.build(text, None)
        return any(search(index, f'"{phrase}" ').text for phrase in self._found.excluded_phrases)

    def _likely(self, text: str) -> Iterator[str]:
        """The paragraphs that have something of each word."""
        lower = text.lower()
        yield from self._paragraphs(text, lower)
        if _FOREIGN.search(lower):
            yield from self._paragraphs(text, _folded(lower))

    def _paragraphs(self, text: str, plain: str) -> Iterator[str]:
        if not self._has_all(plain):
            return
        if self._parts and len(plain) == len(text):
            places = (paragraph_bounds(text, place) for place in self._places(plain))
            yield from (text[start:end] for (start, end), _ in groupby(places) if self._has_all(plain[start:end]))
            return
        for start, end in pairwise([*paragraph_starts(text), len(text)]):
            if self._has_all(_folded(text[start:end].lower())):
                yield text[start:end]

    def _places(self, plain: str) -> list[int]:
        """Where the word that is least often there is met, in order."""
        rarest = min(self._parts, key=lambda parts: sum(map(plain.count, parts)))
        return sorted(place for part in rarest for place in _found(plain, part))

    def _has_all(self, plain: str) -> bool:
        return all(any(part in plain for part in parts) for parts in self._parts) and all(
            phrase.search(plain) for phrase in self._phrases
        )

    def _in_text(self, text: str) -> bool:
        postings = self._read.postings(text)
        index = SearchIndex(postings, Vocabulary(postings.vocabulary, base=self._met), None)
        return bool(search(index, self._query).text)

    def _in_records(self, kept: LibraryDocument) -> bool:
        analysis = self._read.analysis(kept)
        found, field_units = self._found, self._found.filtered_agreements
        shared = found.cooccurrences.get(kept.number)
        told = bool(field_units) or not found.has_filters
        if (
            shared is not None and told and kept.number not in found.matched_by_variant
        ):  # where all words tell what is meant
            analysis = _only(analysis, shared | set(field_units.get(kept.number, "")))
        matches = search(SearchIndex(_NO_TEXT, self._met, analysis), self._query)
        return bool(matches.entities or matches.agreements)


def _only(analysis: Analysis, units: Set[str]) -> Analysis:
    """The analysis with these of its records alone: an index of all would cost more."""
    records = (*analysis.entities, *analysis.agreements)
    left = {id(record) for unit, record in zip(map(chr, RECORD_UNITS), records, strict=False) if unit in units}
    return replace(
        analysis,
        entities=tuple(entity for entity in analysis.entities if id(entity) in left),
        agreements=tuple(agreement for agreement in analysis.agreements if id(agreement) in left),
    )


def _found(text: str, part: str) -> Iterator[int]:
    """Where the part stands in the text."""
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + len(part))


def _folded(lower: str) -> str:
    """Lower-case text in which the letters of each of its words are found, and perhaps more."""
    return _FOREIGN.sub(lambda found: fold(found[0]), lower)


def _parts(words: Mapping[str, VocabularyMatch]) -> frozenset[str]:
    """What of the words is met, as it may be written in lower case: "us" is "u.s." too."""
    parts = {meeting.word[meeting.start : meeting.end] for meeting in words.values()}
    return frozenset(parts | {".".join(part) for part in parts if len(part) <= _LONGEST_DOTTED})


def _side_by_side(words: Sequence[Mapping[str, VocabularyMatch]]) -> re.Pattern[str]:
    """Finds something of each of the words, one after the other."""
    found = ("(?:" + "|".join(map(re.escape, sorted(_parts(some)))) + r")\w*" for some in words)
    return re.compile(_GAP.join(found))
