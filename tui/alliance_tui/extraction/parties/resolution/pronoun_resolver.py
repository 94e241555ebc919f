"""Resolution of pronouns."""

from __future__ import annotations

from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.party_mapping import PartyNames
from alliance_tui.extraction.parties.resolution.antecedents import find_antecedent
from alliance_tui.extraction.parties.resolution.discourse import (
    FIRST_PERSON_PLURAL,
    FIRST_PERSON_SINGULAR,
    NEUTER,
    ORGANISATIONS,
    THIRD_PERSON,
    THIRD_PERSON_PLURAL,
    Discourse,
    NounPhrase,
)
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import possessor_of_announcement, recipients
from alliance_tui.extraction.parties.speakers.speaker_parties import state_of_unnamed_official
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS
from alliance_tui.records import EntityType

_PRONOUNS = FIRST_PERSON_SINGULAR | FIRST_PERSON_PLURAL | THIRD_PERSON_PLURAL | THIRD_PERSON | NEUTER

_TOGETHER = frozenset(
    {"together", "both", "all", "jointly", "joint", "mutual", "bilateral", "trilateral", "each", "two"}
)
"""The words by which speakers say that several parties act."""


def resolve_pronoun(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve a pronoun; "US" is none."""
    if phrase.word not in _PRONOUNS or phrase.head.text == "US":
        return None
    if phrase.word in FIRST_PERSON_SINGULAR:
        return _first_person_singular(discourse, phrase)
    if phrase.word in FIRST_PERSON_PLURAL:
        return _first_person_plural(discourse, phrase)
    if (possessor := possessor_of_announcement(phrase.head)) is not None:
        return discourse.resolve(phrase.headed_by(possessor))
    if phrase.word in THIRD_PERSON_PLURAL:
        return _third_person_plural(discourse, phrase)
    if phrase.word in THIRD_PERSON:
        return find_antecedent(discourse, phrase, at_least=1)[:1]
    if _refers_to_text(discourse, phrase):
        return ()
    if names := find_antecedent(discourse, phrase, at_least=1, at_most=1):
        return names
    return discourse.last_mentioned(phrase, ORGANISATIONS)


def _refers_to_text(discourse: Discourse, it: NounPhrase) -> bool:
    """Return whether "it" is a law or plan, the subject of the sentence before: "The Ports Act is new. It will"."""
    if it.head.dep_ not in NOMINAL_SUBJECTS or it.head.sent.start == 0:
        return False
    subject = next((s for s in discourse.subjects_before(it) if s.head.sent != it.head.sent), None)
    if subject is None or subject.passage is not it.passage or subject.head.head.dep_ != "ROOT":
        return False
    types = {mention.type for mention in discourse.mentions_at(subject)}
    return types == {EntityType.INSTRUMENT} or (
        not types and subject.head.lemma_.lower() in roles().nonparty_nouns.documents
    )


def _first_person_singular(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    if party := discourse.speaker_party(phrase.passage):
        return (party,)
    return discourse.document_parties[:1] if phrase.passage.segment.speaker else ()


def _first_person_plural(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    party = discourse.speaker_party(phrase.passage)
    if party is None and (names := _reported_speaker(discourse, phrase)):
        return names
    if party and _speaks_for_own_party(discourse, phrase, party):
        return (party,)
    return discourse.document_parties


def _third_person_plural(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    if names := _reporting_organisation(discourse, phrase):
        return names
    if names := find_antecedent(discourse, phrase, at_least=2):
        return names
    return discourse.document_parties


def _reported_speaker(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    """Return the one party of a person whose words are reported: "President Moreno pledged that we will …"."""
    for verb in phrase.head.ancestors:
        if verb.dep_ == "ccomp" and any(child.dep_ == "mark" for child in verb.children):
            speaker = next((child for child in verb.head.lefts if child.dep_ == "nsubj"), None)
            is_speech = verb.head.lemma_ in roles().party_verbs.speech
            if is_speech and speaker is not None and _is_person(discourse, phrase.headed_by(speaker)):
                names = discourse.resolve(phrase.headed_by(speaker))
                return names if len(names) == 1 else ()
    return ()


def _is_person(discourse: Discourse, phrase: NounPhrase) -> bool:
    mentions = discourse.mentions_at(phrase)
    return phrase.word in {"he", "she"} or any(mention.type is EntityType.PERSON for mention in mentions)


def _reporting_organisation(discourse: Discourse, they: NounPhrase) -> PartyNames:
    """Return the organisation that says what "they" will do: "The Bank of Norland has said that they plan"."""
    head = they.head
    if head.dep_ not in NOMINAL_SUBJECTS or head.head.dep_ != "ccomp":
        return ()
    subjects = (child for child in head.head.head.lefts if child.i < head.i and child.dep_ == "nsubj")
    mentions = (m for s in subjects if not s.conjuncts for m in discourse.mentions_at(they.headed_by(s)))
    organisations = (m for m in mentions if m.type is EntityType.ORGANISATION)
    return tuple(party for m in organisations if (party := discourse.party_mentions.party_of_mention(m)))


def _speaks_for_own_party(discourse: Discourse, we: NounPhrase, party: str) -> bool:
    """Return whether "we" is the speaker's party alone.

    It is an unnamed official's, or where the party is no document party, acts by name before in the sentence, does
    something for another document party, or answers a question in a sentence that does not mention what is joint.
    """
    if state_of_unnamed_official(we.passage.segment.speaker or "") or party not in discourse.document_parties:
        return True
    parties_at, head = discourse.party_mentions.parties_at, we.head
    before = (token for token in head.doc[head.sent.start : head.i] if token.dep_ in NOMINAL_SUBJECTS)
    if any(party in parties_at(we.passage, token) for token in before):
        return True  # "Norland will help, and we will send ships"
    others = set(discourse.document_parties) - {party}
    beneficiaries = recipients(head.head) if head.dep_ in NOMINAL_SUBJECTS else ()
    if others & {name for token in beneficiaries for name in parties_at(we.passage, token)}:
        return True
    return discourse.answers_question(we.passage) and not _mentions_joint_action(discourse, we, others)


def _mentions_joint_action(discourse: Discourse, we: NounPhrase, others: set[str]) -> bool:
    """Return whether the sentence of "we" has a word of acting together, or names another document party."""
    sentence = we.head.sent
    if any(word.lemma_.lower() in roles().party_verbs.acting_together or word.lower_ in _TOGETHER for word in sentence):
        return True
    return any(name in others for word in sentence for name in discourse.party_mentions.parties_at(we.passage, word))
