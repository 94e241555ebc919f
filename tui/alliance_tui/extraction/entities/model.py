"""What the spaCy model's entity recogniser gives, cleaned of what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alliance_tui.extraction.entities.naming import Naming
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import EntityType

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "PRODUCT": EntityType.SYSTEM,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.INSTRUMENT,
    "WORK_OF_ART": EntityType.INSTRUMENT,
}
_EDGES = re.compile(r"^(?:(?:the|The|a|A|an|An)\s|[\s\"“‘'(])+|(?:[’']s|[\s\"”’'.,;:)])+$")


def model_namings(passage: Passage) -> Iterator[Naming]:
    """The model's entities in a passage, without articles and possessives, as offsets of the document."""
    for ent in passage.doc.ents:
        kind = _TYPES.get(ent.label_)
        text = ent.text
        if kind is None or "\n" in text or not any(c.isupper() for c in text):
            continue
        head = _EDGES.match(text)
        begin = head.end() if head else 0
        tail = _EDGES.search(text, begin)
        end = tail.start() if tail else len(text)
        if end > begin:
            at = passage.offset + ent.start_char
            yield Naming(at + begin, at + end, text[begin:end], kind)
