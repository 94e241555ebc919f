"""Lists of documents: "The two sides signed the following:", "MoUs and Agreements Exchanged", and below it each by its
name. Each is agreed, whatever little its name says.
"""

from __future__ import annotations

import re

from alliance_tui.extraction.commitments.candidate import Candidate, Opening
from alliance_tui.extraction.commitments.fields.unnamed_instruments import instrument_nouns
from alliance_tui.extraction.document_signing import (
    document_nouns,
    signing_words,
    signs_documents,
)
from alliance_tui.extraction.layout.segments import Segment

SIGNED_LIST_CONFIDENCE = 0.95
"""How sure it is that such an item is an agreement: all twelve in coded texts are."""
_WORD = re.compile(r"[a-z]+")


def is_listed_document(candidate: Candidate, segment: Segment) -> bool:
    """Whether it is a document's name in such a list."""
    opening = candidate.pattern.opening
    anchor = candidate.trigger
    if anchor.lemma_.lower() not in instrument_nouns() or opening not in (Opening.LEAD_IN, Opening.ITEM):
        return False
    if opening is Opening.LEAD_IN:
        return any(signs_documents(cue.token) for cue in candidate.cues)
    return segment.section is not None and _heads_documents(segment.section)


def _heads_documents(section: str) -> bool:
    """Whether a heading stands over documents: it names these alone, or says that they were signed."""
    words = {_stem(word) for word in _WORD.findall(section.lower())}
    told = words & document_nouns()
    return bool(told) and (words <= told | {"and", "of", "list"} or not words.isdisjoint(signing_words()))


def _stem(word: str) -> str:
    """A word without the ending of a plural or a participle, where it is one of the lists then."""
    known = document_nouns() | signing_words()
    shorter = (word, word[:-1], word[:-2], f"{word[:-3]}y", f"{word[:-2]}e")
    return next((form for form in shorter if form in known), word)
