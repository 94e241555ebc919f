"""Resolution of roles: "our Treasury", "the government", "the Prime Minister", "the company"."""

from __future__ import annotations

from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.affiliations import state_in_name
from alliance_tui.extraction.mentions.people.offices import department_of_office, state_titles
from alliance_tui.extraction.parties.party_mapping import PartyNames
from alliance_tui.extraction.parties.resolution.discourse import (
    NEUTER,
    ORGANISATIONS,
    THIRD_PERSON,
    THIRD_PERSON_PLURAL,
    Discourse,
    NounPhrase,
)
from alliance_tui.extraction.parties.resolution.group_resolvers import resolve_modifiers
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import is_definite, office_title
from alliance_tui.extraction.parties.resolution.pronoun_resolver import resolve_pronoun
from alliance_tui.records import EntityType

_STATE_OF_THE_ADMINISTRATION = "United States"
"""Whose government is called "the Administration"."""


def resolve_our_office(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "our Treasury" or "my Administration" to the speaker's party, else the issuing state."""
    if not phrase.has_left_child({"our", "my"}):
        return None
    is_agency = any(mention.type in ORGANISATIONS for mention in discourse.mentions_at(phrase))
    is_singular = phrase.head.tag_ in {"NN", "NNP"}
    is_office = is_singular and (phrase.word in roles().government.nouns or office_title(phrase.head) in state_titles())
    if not is_agency and (not is_office or discourse.enumerated_parties_at(phrase)):
        return None
    if party := discourse.speaker_party(phrase.passage):
        return (party,)
    parties = discourse.document_parties
    state = discourse.issuer.state if is_singular else ()
    names = tuple(name for name in state if name in parties) or (parties if len(parties) == 1 else ())
    return names or None


def resolve_offices_of_parties(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the Central Authorities", "our Ministries of Agriculture" to the document parties, if they are several.

    Not an office that the gazetteer lists, nor those of somebody who is named ("officials of the Bank of Norland").
    """
    head, parties = phrase.head, discourse.document_parties
    if phrase.word not in roles().group_nouns.offices or len(parties) < 2 or head.tag_ not in {"NNS", "NNPS"}:
        return None
    own = {mention.name for mention in discourse.mentions_at(phrase)}
    start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    offset = phrase.passage.offset
    named = {mention.name for mention in discourse.lookup.mentions_in(offset + start, offset + end)}
    if not own or named - own:
        return None
    return None if any(any(gazetteer().find(name)) for name in own) else parties


def resolve_government(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve a word for government or office by its state, its possessive pronoun, or "the" before it."""
    if phrase.word not in roles().government.nouns:
        return None
    if (parties := resolve_modifiers(discourse, phrase)) is not None:
        return parties
    pronouns = THIRD_PERSON | NEUTER | THIRD_PERSON_PLURAL
    possessor = next((child for child in phrase.head.lefts if child.lower_ in pronouns), None)
    if possessor is not None:
        return resolve_pronoun(discourse, phrase.headed_by(possessor))
    if phrase.word in {"government", "administration"} and is_definite(phrase.head):
        return _the_government(discourse, phrase)
    return None


def _the_government(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    """Resolve "the government" to the only document party, else the state mentioned last."""
    parties = discourse.document_parties
    if len(parties) == 1:
        return parties
    if phrase.head.text == "Administration" and _STATE_OF_THE_ADMINISTRATION in parties:
        return (_STATE_OF_THE_ADMINISTRATION,)
    return discourse.last_mentioned(phrase, {EntityType.STATE})


def resolve_office(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve an office ("the Prime Minister") to the issuer's party, its holder's, or the only state with it."""
    office, parties = office_title(phrase.head), discourse.document_parties
    has_of_phrase = any(token.lower_ == "of" for token in phrase.head.rights)
    if office == discourse.issuer.office and is_definite(phrase.head) and not has_of_phrase:
        return parties[:1] if parties else None
    if party := _party_of_holder(discourse, phrase, office):
        return (party,)
    if state := _state_of_department(phrase):
        return (state,)
    states = discourse.states_by_office.get(office, set())
    if len(states) == 1 and states <= set(parties):  # "the Emir of Norland", mentioned before
        return tuple(states)
    return None


def _state_of_department(phrase: NounPhrase) -> str | None:
    """Return the state of the listed department that an office heads: "the Secretary of Commerce"."""
    head = phrase.head
    start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    department = department_of_office(phrase.passage.text[start:end])
    return state_in_name(department) if department else None


def _party_of_holder(discourse: Discourse, phrase: NounPhrase, office: str) -> str | None:
    """Return the party of the holder mentioned last, before all of one who represents the only document party."""
    if office not in discourse.titles:
        return None
    before = (m for m in discourse.mentions_before(phrase) if m.type is EntityType.PERSON)
    persons = (discourse.people.find(mention.name) for mention in before)
    holders = [person for person in persons if person and office in person.titles]
    own = next((person for person in holders if (person.represents,) == discourse.document_parties), None)
    holder = own or next(iter(holders), None)
    return (holder.represents or holder.name) if holder else None


def resolve_the_company(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the company" to the organisation that was the last subject, else the one mentioned last."""
    if phrase.word not in roles().group_nouns.organisation_anaphors or not is_definite(phrase.head):
        return None
    for subject in discourse.subjects_before(phrase):
        mentions = discourse.mentions_at(subject)
        if mentions and mentions[-1].type in ORGANISATIONS:
            return (mentions[-1].name,)
    return discourse.last_mentioned(phrase, ORGANISATIONS)
