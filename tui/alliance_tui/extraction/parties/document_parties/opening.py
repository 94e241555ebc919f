"""The parties that act in a document's opening paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.offices import state_office_pattern
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_parties.title import BEFORE_PLACE
from alliance_tui.extraction.parties.party_enumerations import enumerated_after
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    first_state_group,
    state_groups,
    states_represented,
    unique,
)
from alliance_tui.extraction.regex import alternation
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span

_UNION, _UNION_INSTITUTIONS = "European Union", ("European Council", "European Commission")
_LONG_ENUMERATION = 4
"""So many states enumerated before the verb act, whatever the parse: "The members – A, B, C and D – met"."""
_OFFICE_REACH = 60
"""The greatest distance from the start of an office to its state, in characters."""
_WE = re.compile(r"(?:We|WE),? (?:the|THE) \w|(?:We|WE), ")
"""Opening of a sentence in which parties name themselves: "We, the Leaders of"."""


@cache
def _office_before_state() -> re.Pattern[str]:
    groups, delegates = alternation(load(Documents).officeholders), alternation(load(Documents).delegates)
    return re.compile(rf"\b(?:(?:{state_office_pattern()}|(?i:{groups})) of|(?:{delegates}) (?:from|of)) (?:the )?$")


def self_identified_parties(
    text: str, passage: Passage, mentions: Sequence[EntityMention], people: PersonIndex
) -> PartyNames:
    """Return the parties that a sentence names as "we": "We, the Leaders of the Group of Seven (G7), …"."""
    for sentence in passage.doc.sents:
        start = passage.offset + sentence.start_char
        verb = passage.offset + sentence.root.idx
        if _WE.match(text, start):
            named = [m for m in mentions if start <= m.start < verb and not BEFORE_PLACE.search(text[start : m.start])]
            if sentence.root.pos_ == "PRON":  # the parse found no verb to the long enumeration
                rest = [m for m in mentions if start <= m.start < start + len(sentence.text)]
                named = [*rest[:1], *enumerated_after(text, rest[0], rest[1:])] if rest else []
            parties = unique(
                *(states_represented([m], people) or first_state_group([m]) or _organisation(m) for m in named)
            )
            if parties:
                return _with_union(parties)
    return ()


def _organisation(mention: EntityMention) -> PartyNames:
    """Return an organisation among those named as "we": "We, the leaders of the European Commission, France, …"."""
    return (mention.name,) if mention.type is EntityType.ORGANISATION and mention.priority else ()


def _with_union(parties: PartyNames) -> PartyNames:
    """Replace both institutions of the European Union by the Union."""
    if not set(_UNION_INSTITUTIONS) <= set(parties):
        return parties
    return unique(_UNION if party in _UNION_INSTITUTIONS else party for party in parties)


def acting_parties(
    text: str,
    passage: Passage,
    mentions: Sequence[EntityMention],
    people: PersonIndex,
    *,
    in_first_sentence: bool,
) -> PartyNames:
    """Return the parties that act in a passage's first sentence, or in the first other one where several do."""
    sentences = list(passage.doc.sents)
    if in_first_sentence:
        return _acting_in_sentence(text, passage, sentences[0], mentions, people) if sentences else ()
    acting = (_acting_in_sentence(text, passage, sentence, mentions, people) for sentence in sentences[1:])
    return next((parties for parties in acting if len(parties) >= 2), ())


def _acting_in_sentence(
    text: str, passage: Passage, sentence: Span, mentions: Sequence[EntityMention], people: PersonIndex
) -> PartyNames:
    """Return the states of two or more leaders, else those that act by office, as subject or in a long enumeration."""
    start, end = passage.offset + sentence.start_char, passage.offset + sentence.end_char
    named = [m for m in mentions if start <= m.start < end and not BEFORE_PLACE.search(text[start : m.start])]
    leaders = [m for m in named if m.type is EntityType.PERSON]
    if len(leader_states := states_represented(leaders, people)) >= 2:
        return leader_states
    subjects = _subject_offsets(passage, sentence)
    verb = passage.offset + sentence.root.idx
    parties = _states_of_unnamed_officers(passage, sentence)
    for i, mention in enumerate(named):
        is_subject = any(mention.start <= subject < mention.end for subject in subjects)
        if is_subject and mention.type is EntityType.PERSON:
            parties = unique(parties, states_represented([mention], people))
        may_act = mention.type is EntityType.STATE or mention.name in state_groups()
        if not may_act or mention.name in parties:
            continue
        enumeration = (mention, *enumerated_after(text, mention, named[i + 1 :]))
        is_long = len(enumeration) >= _LONG_ENUMERATION and mention.start < verb
        has_office = _office_before_state().search(text[max(start, mention.start - _OFFICE_REACH) : mention.start])
        if has_office or is_subject or is_long:
            parties = unique(parties, (m.name for m in enumeration))
    return parties


def _subject_offsets(passage: Passage, sentence: Span) -> set[int]:
    """Return the offsets in the document of a sentence's subjects, those of clauses that modify a noun left out."""
    subjects = (token for token in sentence if token.dep_ in NOMINAL_SUBJECTS)
    return {passage.offset + t.idx for t in subjects if t.head.dep_ not in {"acl", "relcl", "amod", "pcomp"}}


def _states_of_unnamed_officers(passage: Passage, sentence: Span) -> PartyNames:
    """Return the states whose unnamed officers act in a sentence: "Norland’s president", "the Turkish leader"."""
    offices = roles().government.nouns
    officers = (t for t in sentence if t.dep_ in NOMINAL_SUBJECTS and t.lower_ in offices and t.head.dep_ == "ROOT")
    modifiers = (passage.text[officer.left_edge.idx : officer.idx] for officer in officers)
    entries = (match.entry for words in modifiers for match in gazetteer().find(words))
    return unique(entry.name for entry in entries if entry.type is EntityType.STATE)
