"""Lists of signed documents, whose items are agreements by their place alone.

The lead-in or heading says so: "The two sides signed the following:", "MoUs and Agreements Exchanged".
"""

from __future__ import annotations

import re

from alliance_tui.extraction.commitments.candidate import Candidate, Opening
from alliance_tui.extraction.commitments.fields.unnamed_instruments import instrument_nouns
from alliance_tui.extraction.document_signing import document_nouns, signing_words, signs_documents
from alliance_tui.extraction.layout.segments import Segment

SIGNED_LIST_CONFIDENCE = 0.95
"""The confidence of such an item: all twelve in annotated texts are agreements."""
_WORD = re.compile(r"[a-z]+")


def is_listed_document(candidate: Candidate, segment: Segment) -> bool:
    """Whether a candidate is the name of a document in a list of signed ones."""
    opening = candidate.pattern.opening
    if candidate.trigger.lemma_.lower() not in instrument_nouns():
        return False
    if opening is Opening.LEAD_IN:
        return any(signs_documents(cue.token) for cue in candidate.cues)
    return opening is Opening.ITEM and segment.section is not None and _is_documents_heading(segment.section)


def _is_documents_heading(heading: str) -> bool:
    """Whether a heading names documents and nothing else, or says that they were signed."""
    words = {_stem(word) for word in _WORD.findall(heading.lower())}
    documents = words & document_nouns()
    return bool(documents) and (words <= documents | {"and", "of", "list"} or not words.isdisjoint(signing_words()))


def _stem(word: str) -> str:
    """Return the listed word of which a word is the plural or participle, else the word itself."""
    listed = document_nouns() | signing_words()
    stems = (word, word[:-1], word[:-2], f"{word[:-3]}y", f"{word[:-2]}e")
    return next((stem for stem in stems if stem in listed), word)
