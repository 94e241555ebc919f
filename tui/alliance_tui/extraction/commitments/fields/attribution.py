"""Attribution of an undertaking: who reports it, where the text gives it in another's words."""

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

_SOURCE_TYPES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.INSTRUMENT)
_SELF_REFERENCES = frozenset({"it", "they", "we", "he", "she", "i"})
"""The pronouns by which speakers mean themselves in their own undertaking."""
_SINGULAR_PRONOUNS = frozenset({"he", "she"})
_DIRECTED_QUOTES = {"“": "open", "``": "open", "”": "close", "''": "close"}
_OPENING_QUOTES = ("“", "‘", '"', "``")
_RECALL = 800
"""Characters before "she said" in which she may be named."""


def find_attribution(
    located: LocatedCandidate, parties: tuple[str, ...], table: EntityTable, mentions: MentionIndex
) -> str | None:
    """Return the person, office or document that reports a candidate; None where its parties speak for themselves.

    Whoever the sentence says reports it goes before the speaker of the passage.
    """
    return _reporter(located, parties, table, mentions) or table.speaker(located.passage)


def _reporter(
    located: LocatedCandidate, parties: tuple[str, ...], table: EntityTable, mentions: MentionIndex
) -> str | None:
    for verb in _reporting_verbs(located):
        if _reports_later_quotation(verb, located):
            continue
        document = _reporting_document(verb)
        if document is not None:
            return document
        speaker = local_subject(verb) or _inverted_subject(verb)
        if speaker is not None:
            return _source_name(speaker, located, parties, table, mentions)
    source = _according_to(located)
    if source is not None:
        return _source_name(source, located, parties, table, mentions)
    speaker = _announcer(located) or _speaker_of_quotation(located)
    return None if speaker is None else _person_name(speaker, located, table, mentions)


def _speaker_of_quotation(located: LocatedCandidate) -> Token | None:
    """Return the speaker of the quotation around a candidate, where it opens in an earlier sentence."""
    doc = located.passage.doc
    mark = next((token for token in reversed(doc[: located.start_token]) if token.text in _DIRECTED_QUOTES), None)
    if mark is None or _DIRECTED_QUOTES[mark.text] != "open" or mark.i >= located.sentence.start:
        return None
    verb = next((token for token in reversed(doc[mark.sent.start : mark.i]) if _is_reporting(token)), None)
    return None if verb is None else local_subject(verb)


def _is_reporting(token: Token) -> bool:
    """Whether a token is a word of speech or reporting."""
    lemma = token.lemma_.lower()
    return lemma in cues().speech_verbs or lemma in cues().reporting_verbs


def _announcer(located: LocatedCandidate) -> Token | None:
    """Return the subject of an announcement among the cues: "President Otieno announced a fund"."""
    known = cues()
    for cue in located.candidate.cues:
        if is_verb(cue.token) and cue.token.lemma_.lower() in known.announcement_verbs & known.speech_verbs:
            return local_subject(cue.token)
    return None


def _source_name(
    speaker: Token, located: LocatedCandidate, parties: tuple[str, ...], table: EntityTable, mentions: MentionIndex
) -> str | None:
    """Return the name of a speaker who is a single person, office or document and not a party."""
    if person := _person_name(speaker, located, table, mentions):
        actor = located.candidate.actor
        is_actor = actor is not None and actor.lower_ in _SELF_REFERENCES and person in parties
        return None if is_actor else person
    passage = located.candidate.passage_of(speaker, located.passage)
    mention = mentions.mention_at(passage.offset + speaker.idx)
    if mention is None or mention.type not in _SOURCE_TYPES or any(True for _ in conjuncts(speaker)):
        return None
    is_party = mention.name in parties or not set(parties).isdisjoint(table.resolve(passage, speaker))
    return None if is_party else mention.name


def _person_name(speaker: Token, located: LocatedCandidate, table: EntityTable, mentions: MentionIndex) -> str | None:
    """Return the person who speaks: by name, as "she", or by an office that only one person in the text has."""
    if any(True for _ in conjuncts(speaker)):
        return None
    base = located.candidate.passage_of(speaker, located.passage).offset
    if speaker.lower_ in _SINGULAR_PRONOUNS:
        return mentions.last_person_before(base + speaker.idx, base + speaker.idx - _RECALL)
    appositions = [child for child in speaker.children if child.dep_ == "appos"]
    for word in (speaker, *appositions):
        mention = mentions.mention_at(base + word.idx)
        if mention is not None and mention.type is EntityType.PERSON:
            return mention.name
    return table.holder(speaker)


def _according_to(located: LocatedCandidate) -> Token | None:
    """Return the source of an "according to" in the clause or above it."""
    trigger = located.candidate.trigger
    for token in located.sentence:
        if token.lower_ == "according" and (token.head == trigger or token.head.is_ancestor(trigger)):
            to = next((child for child in token.rights if child.lower_ == "to"), None)
            if to is not None:
                return next((child for child in to.rights if child.dep_ == "pobj"), None)
    return None


def _reports_later_quotation(verb: Token, located: LocatedCandidate) -> bool:
    """Whether a reporting clause follows a quotation that opens after the evidence, and reports no more than that."""
    speaker = local_subject(verb)
    start = verb.i if speaker is None else speaker.left_edge.i
    doc = verb.doc
    if start < located.end_token or doc[start - 1].text not in CLOSING_QUOTES:
        return False
    quotation = doc[verb.sent.start : start - 1]
    opening = next((token.i for token in reversed(quotation) if token.text in _OPENING_QUOTES), 0)
    return opening >= located.end_token


def _reporting_verbs(located: LocatedCandidate) -> list[Token]:
    """Return the reporting verbs above the clause whose subject is not the actor, nearest first."""
    candidate = located.candidate
    first = candidate.cues[0].token if candidate.cues else candidate.trigger
    own = {candidate.trigger.i, *(cue.token.i for cue in candidate.cues)}
    above = (token for token in [first, *first.ancestors] if is_verb(token) and token.i not in own)
    return [token for token in above if _is_reporting(token) and find_subject(token) != candidate.actor]


def _inverted_subject(verb: Token) -> Token | None:
    """Return the subject of "…," said the minister."""
    return next((child for child in verb.rights if child.dep_ == "nsubj"), None)


def _reporting_document(verb: Token) -> str | None:
    """Return the document of "… said in a joint statement"."""
    nouns = load(InstrumentRoles).reporting_documents
    for prep in verb.rights:
        if prep.lower_ in ("in", "through", "via"):
            for child in prep.rights:
                if child.dep_ == "pobj" and child.lemma_.lower() in nouns:
                    modifiers = [token for token in child.lefts if token.pos_ in ("ADJ", "NOUN", "PROPN")]
                    return " ".join(token.text for token in [*modifiers, child])
    return None
