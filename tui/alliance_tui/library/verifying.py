"""Whether a document that may match a query does: a search of the document, on as little of it as will tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise

from msgspec.structs import replace

from alliance_tui.library.candidates import Candidates
from alliance_tui.library.lookups import Lookups
from alliance_tui.library.store import Kept, Library
from alliance_tui.records import Analysis
from alliance_tui.search.cancelling import Watch
from alliance_tui.search.engine import search
from alliance_tui.search.fields import agreement_fields, entity_fields
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.postings import Postings
from alliance_tui.search.spelling import Meeting
from alliance_tui.search.vocabulary import Vocabulary
from alliance_tui.search.words import paragraph_at, paragraph_starts

_NO_TEXT = Postings([""])
_FOREIGN = re.compile(
    r"[^\W\x00-\x7f]|[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe20-\ufe2f]"
)
"""What folds to something else than itself: letters beyond ASCII, and marks inside words."""
_GAP = r"(?:['’]s\b)?[\W_]+"  # between two words of a phrase
_FOREIGN_BYTES = re.compile(rb"[\xc3-\xca][\x80-\xbf]|\xe1[\xb8-\xbb]")
"""Letters beyond ASCII in UTF-8, as European languages have them."""
_LONGEST_DOTTED = 6
_EXCLUDED = re.compile(r"""(?:^|(?<=\s))!+(?:"[^"]*"?|[^\s":]+)(?=\s|$)""")
"""Words that must not be there: candidates that have them are left out before they are looked into."""


class Verifier:
    """Looks into the candidates of one query.

    A document matches if its title does, or a paragraph, or one of its records, by `search.engine`. Words that the
    library has are never taken for misspelt there, though the piece that is looked at may lack them.
    """

    def __init__(self, library: Library, query: str, found: Candidates, watch: Watch) -> None:
        self._library = library
        self._lookups = Lookups(library.db)
        self._query = query if "|" in query else _EXCLUDED.sub("", query)
        self._found = found
        self._watch = watch
        self._met = Vocabulary(found.witnesses)
        self._parts = [_parts(words) for words in found.looked_for]
        self._phrases = [_side_by_side(words) for words in found.phrases]

    def matches(self, kept: Kept) -> bool:
        """Whether the document matches; one that was removed meanwhile does not."""
        self._watch.look()
        try:
            if self._found.is_sure(kept.number):
                return not self._found.banned or not self._has_banned(self._library.document(kept).text)
            if self._found.with_fields:
                return self._in_records(kept)
            text = self._library.document(kept).text
            if self._found.banned and self._has_banned(text):
                return False
        except KeyError:
            return False
        if any(self._in_text(part) for part in chain(self._likely(kept.title), self._likely(text))):
            return True
        return self._in_records(kept) or (kept.number in self._found.otherwise and self._in_text(text))

    def _has_banned(self, text: str) -> bool:
        index = SearchIndex.of(text, None)
        return any(search(index, f'"{phrase}" ').text for phrase in self._found.banned)

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
            places = (paragraph_at(text, place) for place in self._places(plain))
            yield from (text[start:end] for (start, end), _ in groupby(places) if self._has_all(plain[start:end]))
            return
        for start, end in pairwise([*paragraph_starts(text), len(text)]):
            if self._has_all(_folded(text[start:end].lower())):
                yield text[start:end]

    def _places(self, plain: str) -> list[int]:
        """Where the word that is least often there is met, in order."""
        found = [[place for part in parts for place in _found(plain, part)] for parts in self._parts]
        rarest: list[int] = min(found, key=len)
        return sorted(rarest)

    def _may_have_all(self, records: bytes) -> bool:
        """Whether the words may be in the records; that they are side by side cannot be told there."""
        plain = records.lower()
        if all(any(part.encode() in plain for part in parts) for parts in self._parts):
            return True
        if not _FOREIGN_BYTES.search(records):
            return False
        folded = _folded(records.decode("utf-8", "ignore").lower())
        return all(any(part in folded for part in parts) for parts in self._parts)

    def _has_all(self, plain: str) -> bool:
        return all(any(part in plain for part in parts) for parts in self._parts) and all(
            phrase.search(plain) for phrase in self._phrases
        )

    def _in_text(self, text: str) -> bool:
        postings = Postings([text])
        index = SearchIndex(postings, Vocabulary(postings.vocabulary, base=self._met), None)
        return bool(search(index, self._query).text)

    def _in_records(self, kept: Kept) -> bool:
        records = self._lookups.records(kept.number)
        in_other_words = kept.number in self._found.otherwise
        if not records or not (in_other_words or self._may_have_all(records)):
            return False
        analysis = self._library.analysis(kept)
        if not in_other_words and not self._found.with_fields:
            analysis = self._with_all(analysis)
            if not analysis.entities and not analysis.agreements:
                return False
        found = search(SearchIndex(_NO_TEXT, self._met, analysis), self._query)
        return bool(found.entities or found.agreements)

    def _with_all(self, analysis: Analysis) -> Analysis:
        """The analysis with those of its records alone in which all words may be: an index of all would cost more."""
        entities = tuple(each for each in analysis.entities if self._in_strings(entity_fields(each).values()))
        agreements = tuple(each for each in analysis.agreements if self._in_strings(agreement_fields(each).values()))
        return replace(analysis, entities=entities, agreements=agreements)

    def _in_strings(self, strings: Iterable[str]) -> bool:
        plain = "\n".join(strings).lower()
        return self._has_all(plain) or (_FOREIGN.search(plain) is not None and self._has_all(_folded(plain)))


def _found(text: str, part: str) -> Iterator[int]:
    """Where the part stands in the text."""
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + len(part))


def _folded(lower: str) -> str:
    """Lower-case text in which the letters of each of its words are found, and perhaps more."""
    return _FOREIGN.sub(lambda found: fold(found[0]), lower)


def _parts(words: Mapping[str, Meeting]) -> frozenset[str]:
    """What of the words is met, as it may be written in lower case: "us" is "u.s." too."""
    parts = {meeting.word[meeting.start : meeting.end] for meeting in words.values()}
    return frozenset(parts | {".".join(part) for part in parts if len(part) <= _LONGEST_DOTTED})


def _side_by_side(words: Sequence[Mapping[str, Meeting]]) -> re.Pattern[str]:
    """Finds something of each of the words, one after the other."""
    found = ("(?:" + "|".join(map(re.escape, sorted(_parts(some)))) + r")\w*" for some in words)
    return re.compile(_GAP.join(found))
