"""Who says so, where the text reports an undertaking in another's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.clauses import own_subject, siblings, subject, verbal
from alliance_tui.extraction.agreements.cues import cues
from alliance_tui.extraction.agreements.evidence import CLOSING
from alliance_tui.extraction.agreements.names import NamedPlaces
from alliance_tui.extraction.agreements.places import Found
from alliance_tui.extraction.lists import load
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITNESSES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.INSTRUMENT)


def attribution(found: Found, parties: tuple[str, ...], places: NamedPlaces) -> str | None:
    """The person, office or document that reports the undertaking; None where the parties speak for themselves."""
    for verb in _reporting(found):
        if _quotes_another(verb, found):
            continue
        document = _document(verb)
        if document is not None:
            return document
        speaker = own_subject(verb) or _subject_after(verb)
        if speaker is not None and (name := _witness(speaker, found, parties, places)):
            return name
    source = _according_to(found)
    return None if source is None else _witness(source, found, parties, places)


def _witness(speaker: Token, found: Found, parties: tuple[str, ...], places: NamedPlaces) -> str | None:
    """The name of the one who speaks, where that is a single person, office or document and no party."""
    if any(True for _ in siblings(speaker)):
        return None
    place = places.at(found.passage.offset + speaker.idx)
    if place is None or place.type not in _WITNESSES or place.name in parties:
        return None
    return place.name


def _according_to(found: Found) -> Token | None:
    """Whom "according to" names, where it stands in the clause or above it."""
    anchor = found.candidate.anchor
    for token in found.sentence:
        if token.lower_ == "according" and (token.head == anchor or token.head.is_ancestor(anchor)):
            to = next((child for child in token.rights if child.lower_ == "to"), None)
            if to is not None:
                return next((child for child in to.rights if child.dep_ == "pobj"), None)
    return None


def _quotes_another(verb: Token, found: Found) -> bool:
    """Whether the reporting clause follows a quotation that begins after the evidence: it reports no more than that."""
    speaker = own_subject(verb)
    start = verb.i if speaker is None else speaker.left_edge.i
    doc = verb.doc
    if start < found.last or doc[start - 1].text not in CLOSING:
        return False
    quote = doc[verb.sent.start : start - 1]
    opening = next((token.i for token in reversed(quote) if token.text in ("“", "‘", '"', "``")), 0)
    return opening >= found.last


def _reporting(found: Found) -> list[Token]:
    """The verbs of saying above the clause, nearest first; a verb that undertakes for its own subject is none."""
    known = cues()
    candidate = found.candidate
    first = candidate.cues[0].token if candidate.cues else candidate.anchor
    inside = {cue.token.i for cue in candidate.cues}
    above = [token for token in [first, *first.ancestors] if verbal(token) and token.i not in inside]
    speaks = [token for token in above if token.lemma_.lower() in known.saying and token.i != candidate.anchor.i]
    return [token for token in speaks if subject(token) != candidate.actor]


def _subject_after(verb: Token) -> Token | None:
    """The subject of "…," said the minister."""
    return next((child for child in verb.rights if child.dep_ == "nsubj"), None)


def _document(verb: Token) -> str | None:
    """ "… said in a joint statement": the document."""
    kinds = frozenset(load("instrument_roles")["documents"]["words"])
    for prep in verb.rights:
        if prep.lower_ in ("in", "through", "via"):
            for child in prep.rights:
                if child.dep_ == "pobj" and child.lemma_.lower() in kinds:
                    words = [token for token in child.lefts if token.pos_ in ("ADJ", "NOUN", "PROPN")]
                    return " ".join(token.text for token in [*words, child])
    return None
