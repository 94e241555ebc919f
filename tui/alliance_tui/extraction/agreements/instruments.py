"""The treaty, body or programme that an undertaking creates, signs or uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.agreements.clauses import direct_object, nominal, verbal
from alliance_tui.extraction.agreements.names import NamedPlaces
from alliance_tui.extraction.agreements.places import Found
from alliance_tui.extraction.lists import load
from alliance_tui.records import EntityType, InstrumentRole

_TYPES = (EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME)


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(load("instrument_roles")[part]["words"])


def instrument(found: Found, places: NamedPlaces) -> tuple[str | None, InstrumentRole | None]:
    """Its name and what is done with it; (None, None) where the evidence holds none.

    A named instrument, body or programme after the anchor comes first; where a text without a name is signed, the
    words for it are its name ("memorandum of understanding").
    """
    role = _role(found)
    named = next((place for place in places.within(found.anchor_start, found.end) if place.type in _TYPES), None)
    if named is not None:
        return named.name, InstrumentRole.USED if _is_aside(found, named.start) else role
    if role is InstrumentRole.SIGNED:
        phrase = next(_phrases(found), None)
        if phrase is not None:
            return phrase, role
    if role is InstrumentRole.CREATED:
        introduced = _named_next(found, places)
        if introduced is not None:
            return introduced, role
    return None, None


def _named_next(found: Found, places: NamedPlaces) -> str | None:
    """The name by which the next sentence first calls a body that this one makes without one: "will create a new
    body. The Harbour Forum would meet …".
    """
    anchor = found.candidate.anchor
    made = direct_object(anchor) if verbal(anchor) else None
    doc = anchor.doc
    if made is None or made.lemma_.lower() not in _words("unnamed") or found.sentence.end + 1 >= len(doc):
        return None
    first = doc[found.sentence.end]
    offset = found.passage.offset + (first.nbor() if first.lower_ == "the" else first).idx
    place = places.at(offset)
    if place is None or place.type not in _TYPES:
        return None
    is_new = all(earlier.name != place.name for earlier in places.within(0, place.start))
    return place.name if is_new else None


def _is_aside(found: Found, start: int) -> bool:
    """Whether the name at `start` is no part of what the deed is done to: "land there as part of the X mission"."""
    anchor = found.candidate.anchor
    target = direct_object(anchor) if verbal(anchor) else anchor
    at = start - found.passage.offset
    name = found.passage.doc.char_span(at, at + 1, alignment_mode="expand")
    return target is None or name is None or not (target == name[0] or target.is_ancestor(name[0]))


def _role(found: Found) -> InstrumentRole:
    words = [found.candidate.anchor, *(cue.token for cue in found.candidate.cues)]
    lemmas = {word.lemma_.lower() for word in words}
    if lemmas & _words("signed"):
        return InstrumentRole.SIGNED
    return InstrumentRole.CREATED if lemmas & _words("created") else InstrumentRole.USED


def _phrases(found: Found) -> Iterator[str]:
    """The words for the one text that is signed, without article or what follows."""
    anchor = found.candidate.anchor
    heads = [direct_object(anchor)] if verbal(anchor) else []
    heads += [child for prep in anchor.rights if prep.lower_ == "of" and nominal(anchor) for child in prep.rights]
    for head in heads:
        if head is None or head.tag_ == "NNS" or head.lemma_.lower() not in _words("made"):
            continue
        doc = head.doc
        start = next((i for i in range(head.left_edge.i, head.i + 1) if doc[i].pos_ not in ("DET", "PUNCT")), head.i)
        end = head.i + 1
        if end + 1 < found.last and doc[end].lower_ == "of" and doc[end + 1].lower_ in ("understanding", "cooperation"):
            end += 2
        yield doc[start:end].text
