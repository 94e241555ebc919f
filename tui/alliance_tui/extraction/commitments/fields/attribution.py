"""Who says so, where the text reports an undertaking in another's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.evidence import CLOSING_QUOTES
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.syntax import conjuncts, find_subject, is_verb, local_subject
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITNESSES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.INSTRUMENT)
_OWN = frozenset({"it", "they", "we", "he", "she", "i"})
"""By what a speaker means himself in what he says that he will do."""
_HE = frozenset({"he", "she"})
_QUOTES = {"“": "open", "``": "open", "”": "close", "''": "close"}
"""The quotation marks that tell of themselves which they are."""
_RECALL = 800
"""How many characters before "she said" she may have been named."""


def find_attribution(
    found: LocatedCandidate, parties: tuple[str, ...], table: EntityTable, places: MentionIndex
) -> str | None:
    """The person, office or document that reports the undertaking; None where the parties speak for themselves."""
    for verb in _reporting(found):
        if _quotes_another(verb, found):
            continue
        document = _document(verb)
        if document is not None:
            return document
        speaker = local_subject(verb) or _subject_after(verb)
        if speaker is not None:
            return _witness(speaker, found, parties, table, places)
    source = _according_to(found)
    if source is not None:
        return _witness(source, found, parties, table, places)
    speaker = _announcing(found) or _quoted(found)
    return None if speaker is None else _person(speaker, found, table, places)


def _quoted(found: LocatedCandidate) -> Token | None:
    """Who says the quotation that the undertaking stands in, where it begins in a sentence before."""
    doc = found.passage.doc
    marks = (token for token in reversed(doc[: found.start_token]) if token.text in _QUOTES)
    opening = next(marks, None)
    if opening is None or _QUOTES[opening.text] != "open" or opening.i >= found.sentence.start:
        return None
    said = (token for token in reversed(doc[opening.sent.start : opening.i]) if _says(token))
    verb = next(said, None)
    return None if verb is None else local_subject(verb)


def _says(token: Token) -> bool:
    """Whether a word tells that somebody says something."""
    lemma = token.lemma_.lower()
    return lemma in cues().speech_verbs or lemma in cues().reporting_verbs


def _announcing(found: LocatedCandidate) -> Token | None:
    """Who announces, where that is a cue: "President Otieno announced a fund"."""
    known = cues()
    for cue in found.candidate.cues:
        if is_verb(cue.token) and cue.token.lemma_.lower() in known.announcement_verbs & known.speech_verbs:
            return local_subject(cue.token)
    return None


def _witness(
    speaker: Token, found: LocatedCandidate, parties: tuple[str, ...], table: EntityTable, places: MentionIndex
) -> str | None:
    """The name of the one who speaks, where that is a single person, office or document and no party."""
    if person := _person(speaker, found, table, places):
        actor = found.candidate.actor
        himself = actor is not None and actor.lower_ in _OWN and person in parties
        return None if himself else person
    here = found.candidate.passage_of(speaker, found.passage)
    place = places.mention_at(here.offset + speaker.idx)
    if place is None or place.type not in _WITNESSES or any(True for _ in conjuncts(speaker)):
        return None
    if place.name in parties or set(table.resolve(here, speaker)) & set(parties):
        return None
    return place.name


def _person(speaker: Token, found: LocatedCandidate, table: EntityTable, places: MentionIndex) -> str | None:
    """The person who speaks: by name, by the office that one person in the text holds, or as "she"."""
    if any(True for _ in conjuncts(speaker)):
        return None
    here = found.candidate.passage_of(speaker, found.passage)
    offset = here.offset + speaker.idx
    if speaker.lower_ in _HE:
        return places.last_person_before(offset, offset - _RECALL)
    renamed = [child for child in speaker.children if child.dep_ == "appos"]
    for word in (speaker, *renamed):
        place = places.mention_at(here.offset + word.idx)
        if place is not None and place.type is EntityType.PERSON:
            return place.name
    return table.holder(speaker)


def _according_to(found: LocatedCandidate) -> Token | None:
    """Whom "according to" table, where it stands in the clause or above it."""
    anchor = found.candidate.trigger
    for token in found.sentence:
        if token.lower_ == "according" and (token.head == anchor or token.head.is_ancestor(anchor)):
            to = next((child for child in token.rights if child.lower_ == "to"), None)
            if to is not None:
                return next((child for child in to.rights if child.dep_ == "pobj"), None)
    return None


def _quotes_another(verb: Token, found: LocatedCandidate) -> bool:
    """Whether the reporting clause follows a quotation that begins after the evidence: it reports no more than that."""
    speaker = local_subject(verb)
    start = verb.i if speaker is None else speaker.left_edge.i
    doc = verb.doc
    if start < found.end_token or doc[start - 1].text not in CLOSING_QUOTES:
        return False
    quote = doc[verb.sent.start : start - 1]
    opening = next((token.i for token in reversed(quote) if token.text in ("“", "‘", '"', "``")), 0)
    return opening >= found.end_token


def _reporting(found: LocatedCandidate) -> list[Token]:
    """The verbs of saying above the clause, nearest first; a verb that undertakes for its own subject is none."""
    candidate = found.candidate
    first = candidate.cues[0].token if candidate.cues else candidate.trigger
    inside = {cue.token.i for cue in candidate.cues}
    above = [token for token in [first, *first.ancestors] if is_verb(token) and token.i not in inside]
    speaks = [token for token in above if _says(token) and token.i != candidate.trigger.i]
    return [token for token in speaks if find_subject(token) != candidate.actor]


def _subject_after(verb: Token) -> Token | None:
    """The subject of "…," said the minister."""
    return next((child for child in verb.rights if child.dep_ == "nsubj"), None)


def _document(verb: Token) -> str | None:
    """ "… said in a joint statement": the document."""
    kinds = load(InstrumentRoles).reporting_documents
    for prep in verb.rights:
        if prep.lower_ in ("in", "through", "via"):
            for child in prep.rights:
                if child.dep_ == "pobj" and child.lemma_.lower() in kinds:
                    words = [token for token in child.lefts if token.pos_ in ("ADJ", "NOUN", "PROPN")]
                    return " ".join(token.text for token in [*words, child])
    return None
