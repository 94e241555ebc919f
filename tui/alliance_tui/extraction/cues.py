"""The words that carry an undertaking: data/cues.toml as sets and ladders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.extraction.resources import load
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

Ladder = dict[str, Strength]
"""A lemma and its rung."""


class CueRole(StrEnum):
    """What a cue contributes to its chain. The values are part of the classifier's feature names."""

    MODAL = "modal"
    IS_TO = "is to"
    COMMISSIVE_VERB = "undertaking"
    ADJECTIVE = "adjective"
    NOUN = "noun"
    EXPLORATION = "exploring"
    RESTATEMENT = "restating"
    DIRECTIVE = "tasking"
    ANNOUNCEMENT = "announcing"
    WELCOME = "welcoming"
    INCLUSION = "including"
    ITEM = "item"
    PROSPECTIVE = "coming"
    EVENT_VERB = "deed"
    EVENT_NOUN = "doing"
    DELIVERABLE = "thing"
    COLLECTIVE = "bundle"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text and its role in a cue chain; `strength` is None where it only passes on or restates."""

    token: Token
    role: CueRole
    strength: Strength | None = None


class Cues(Struct, frozen=True):
    """data/cues.toml; the file says what each list holds."""

    commissive_modals: frozenset[str]
    other_modals: frozenset[str]
    commissive_verbs: Ladder
    acceptance_verbs: frozenset[str]
    commissive_adjectives: Ladder
    exploration_verbs: frozenset[str]
    prospect_nouns: frozenset[str]
    commissive_nouns: Ladder
    announcement_nouns: frozenset[str]
    freestanding_nouns: frozenset[str]
    transparent_verbs: frozenset[str]
    aspectual_verbs: frozenset[str]
    transparent_nouns: frozenset[str]
    announcement_verbs: frozenset[str]
    welcome_verbs: frozenset[str]
    inclusion_verbs: frozenset[str]
    avowal_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    directive_verbs: frozenset[str]
    restatement_words: frozenset[str]
    event_verbs: Ladder
    performative_verbs: frozenset[str]
    progressive_event_verbs: Ladder
    irregular_forms: frozenset[str]
    event_phrase_heads: frozenset[str]
    hostile_nouns: frozenset[str]
    support_verbs: frozenset[str]
    support_verb_objects: frozenset[str]
    rejection_verbs: frozenset[str]
    event_nouns: Ladder
    aspectual_nouns: frozenset[str]
    transaction_nouns: Ladder
    deliverable_nouns: frozenset[str]
    directive_addressees: frozenset[str]
    copular_subjects: frozenset[str]
    discourse_verbs_singular: frozenset[str]
    discourse_verbs_plural: frozenset[str]
    discourse_objects: frozenset[str]
    discourse_verbs_any_person: frozenset[str]
    speech_nouns: frozenset[str]
    cooperation_verbs: frozenset[str]
    cooperation_nouns: frozenset[str]
    plan_nouns: frozenset[str]
    prospective_modifiers: frozenset[str]
    negotiation_nouns: frozenset[str]
    negotiation_verbs: frozenset[str]
    meeting_nouns: frozenset[str]
    meeting_verbs: frozenset[str]
    study_nouns: frozenset[str]
    study_verbs: frozenset[str]
    conclusion_nouns: frozenset[str]
    causative_verbs: frozenset[str]
    infinitive_nouns: frozenset[str]
    subordinators: frozenset[str]
    collective_nouns: frozenset[str]
    nonparty_subjects: frozenset[str]
    nonfactive_verbs: frozenset[str]
    expectation_verbs: frozenset[str]
    preamble_verbs: frozenset[str]
    membership_nouns: frozenset[str]
    evaluative_adjectives: frozenset[str]
    text_nouns: frozenset[str]
    enactment_verbs: frozenset[str]


def _ladder(table: dict[str, list[str]]) -> Ladder:
    rungs = {rung.value for rung in Strength}
    return {lemma: Strength(rung) for rung, lemmas in table.items() if rung in rungs for lemma in lemmas}


@cache
def cues() -> Cues:
    """The lists, read once."""
    table = load("cues")
    ongoing = _ladder(table["ongoing"])
    return Cues(
        commissive_modals=frozenset(table["modals"]["committed"]),
        other_modals=frozenset(table["modals"]["refused"]),
        commissive_verbs=_ladder(table["undertaking"]),
        acceptance_verbs=frozenset(table["accepting"]["verbs"]),
        commissive_adjectives=_ladder(table["adjectives"]),
        exploration_verbs=frozenset(table["exploring"]["explored"]),
        prospect_nouns=frozenset(table["exploring"]["prospects"]),
        commissive_nouns=_ladder(table["nouns"]),
        announcement_nouns=frozenset(table["nouns"]["announced"]),
        freestanding_nouns=frozenset(table["nouns"]["free"]),
        transparent_verbs=frozenset(table["carrying"]["verbs"]),
        aspectual_verbs=frozenset(table["carrying"]["phases"]),
        transparent_nouns=frozenset(table["carrying"]["nouns"]),
        announcement_verbs=frozenset(table["speech"]["announcing"]),
        welcome_verbs=frozenset(table["speech"]["welcoming"]),
        inclusion_verbs=frozenset(table["speech"]["including"]),
        avowal_verbs=frozenset(table["speech"]["avowing"]),
        speech_verbs=frozenset(table["speech"]["saying"]),
        reporting_verbs=frozenset(table["speech"]["reporting"]),
        directive_verbs=frozenset(table["speech"]["tasking"]),
        restatement_words=frozenset(table["restating"]["words"]),
        event_verbs=_ladder(table["deeds"]),
        performative_verbs=frozenset(table["deeds"]["performed"]),
        progressive_event_verbs=ongoing,
        irregular_forms=frozenset(table["irregular"]["forms"]),
        event_phrase_heads=frozenset(deed.split()[0] for deed in {**_ladder(table["deeds"]), **ongoing} if " " in deed),
        hostile_nouns=frozenset(table["hostile"]["nouns"]),
        support_verbs=frozenset(table["hostile"]["bargains"]),
        support_verb_objects=frozenset(table["hostile"]["bargained"]),
        rejection_verbs=frozenset(table["rejecting"]["verbs"]),
        event_nouns=_ladder(table["doings"]),
        aspectual_nouns=frozenset(table["doings"]["phases"]),
        transaction_nouns=_ladder(table["transactions"]),
        deliverable_nouns=frozenset(table["things"]["nouns"]),
        directive_addressees=frozenset(table["hosts"]["nouns"]),
        copular_subjects=frozenset(table["copula"]["nouns"]),
        discourse_verbs_singular=frozenset(table["discourse"]["verbs"]),
        discourse_verbs_plural=frozenset(table["discourse"]["plural"]),
        discourse_objects=frozenset(table["discourse"]["objects"]),
        discourse_verbs_any_person=frozenset(table["discourse"]["telling"]),
        speech_nouns=frozenset(table["discourse"]["speeches"]),
        cooperation_verbs=frozenset(table["communal"]["verbs"]),
        cooperation_nouns=frozenset(table["communal"]["nouns"]),
        plan_nouns=frozenset(table["clause"]["plans"]),
        prospective_modifiers=frozenset(table["coming"]["planned"]),
        negotiation_nouns=frozenset(table["talks"]["nouns"]),
        negotiation_verbs=frozenset(table["talks"]["verbs"]),
        meeting_nouns=frozenset(table["talks"]["meetings"]),
        meeting_verbs=frozenset(table["talks"]["holding"]),
        study_nouns=frozenset(table["talks"]["studies"]),
        study_verbs=frozenset(table["talks"]["studying"]),
        conclusion_nouns=frozenset(table["talks"]["closing"]),
        causative_verbs=frozenset(table["clause"]["causatives"]),
        infinitive_nouns=frozenset(table["clause"]["goes_on"]),
        subordinators=frozenset(table["subordinate"]["marks"]),
        collective_nouns=frozenset(load("instrument_roles")["packages"]["collectives"]),
        nonparty_subjects=frozenset(table["subordinate"]["strangers"]),
        nonfactive_verbs=frozenset(table["subordinate"]["wishes"]),
        expectation_verbs=frozenset(table["subordinate"]["forecasts"]),
        preamble_verbs=frozenset(table["subordinate"]["preambles"]),
        evaluative_adjectives=frozenset(table["adjectives"]["glad"]),
        membership_nouns=frozenset(table["speech"]["memberships"]),
        text_nouns=frozenset(table["texts"]["nouns"]),
        enactment_verbs=frozenset(table["texts"]["acts"]),
    )


@cache
def _cue_pattern() -> re.Pattern[str]:
    known = cues()
    lemmas: set[str] = set().union(
        known.commissive_verbs,
        known.commissive_adjectives,
        known.exploration_verbs,
        known.commissive_nouns,
        known.announcement_nouns,
        known.announcement_verbs,
        known.welcome_verbs,
        known.directive_verbs,
        known.event_verbs,
        known.event_nouns,
        known.transaction_nouns,
        known.acceptance_verbs,
        known.progressive_event_verbs,
        known.enactment_verbs,
        known.irregular_forms,
    )
    stems = sorted({re.escape(lemma[:-1] if lemma[-1] in "ey" and len(lemma) > 3 else lemma) for lemma in lemmas})
    return re.compile(rf"’ll|'ll|\b(?:will|would|shall|to|{'|'.join(stems)})", re.IGNORECASE)


def has_cue(text: str) -> bool:
    """Whether a text holds any word that can carry an undertaking; what has none needs no parse."""
    return _cue_pattern().search(text) is not None
