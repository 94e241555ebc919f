"""The words that carry an undertaking: data/cues.toml as sets and ladders."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.resources import load
from alliance_tui.records import Strength

Ladder = dict[str, Strength]
"""A lemma and its rung."""


class Cues(Struct, frozen=True):
    """data/cues.toml; the file says what each list holds."""

    modals: frozenset[str]
    refused_modals: frozenset[str]
    undertaking: Ladder
    accepting: frozenset[str]
    adjectives: Ladder
    exploring: frozenset[str]
    prospects: frozenset[str]
    nouns: Ladder
    opaque_nouns: frozenset[str]
    free_nouns: frozenset[str]
    carrying_verbs: frozenset[str]
    phases: frozenset[str]
    carrying_nouns: frozenset[str]
    announcing: frozenset[str]
    welcoming: frozenset[str]
    including: frozenset[str]
    avowing: frozenset[str]
    saying: frozenset[str]
    reporting: frozenset[str]
    tasking: frozenset[str]
    restating: frozenset[str]
    deeds: Ladder
    performed: frozenset[str]
    ongoing: Ladder
    irregular: frozenset[str]
    phrase_heads: frozenset[str]
    hostile: frozenset[str]
    bargains: frozenset[str]
    bargained: frozenset[str]
    rejecting: frozenset[str]
    doings: Ladder
    phase_nouns: frozenset[str]
    transactions: Ladder
    things: frozenset[str]
    hosts: frozenset[str]
    copula: frozenset[str]
    discourse: frozenset[str]
    discourse_plural: frozenset[str]
    discourse_objects: frozenset[str]
    telling: frozenset[str]
    speeches: frozenset[str]
    communal: frozenset[str]
    communal_nouns: frozenset[str]
    plans: frozenset[str]
    coming: frozenset[str]
    talks: frozenset[str]
    talk_verbs: frozenset[str]
    meetings: frozenset[str]
    holding: frozenset[str]
    studies: frozenset[str]
    studying: frozenset[str]
    closing: frozenset[str]
    causatives: frozenset[str]
    goes_on: frozenset[str]
    marks: frozenset[str]
    collectives: frozenset[str]
    strangers: frozenset[str]
    wishes: frozenset[str]
    forecasts: frozenset[str]
    preambles: frozenset[str]
    memberships: frozenset[str]
    glad: frozenset[str]
    texts: frozenset[str]
    acts: frozenset[str]


def _ladder(table: dict[str, list[str]]) -> Ladder:
    rungs = {rung.value for rung in Strength}
    return {lemma: Strength(rung) for rung, lemmas in table.items() if rung in rungs for lemma in lemmas}


@cache
def cues() -> Cues:
    """The lists, read once."""
    table = load("cues")
    ongoing = _ladder(table["ongoing"])
    return Cues(
        modals=frozenset(table["modals"]["committed"]),
        refused_modals=frozenset(table["modals"]["refused"]),
        undertaking=_ladder(table["undertaking"]),
        accepting=frozenset(table["accepting"]["verbs"]),
        adjectives=_ladder(table["adjectives"]),
        exploring=frozenset(table["exploring"]["explored"]),
        prospects=frozenset(table["exploring"]["prospects"]),
        nouns=_ladder(table["nouns"]),
        opaque_nouns=frozenset(table["nouns"]["announced"]),
        free_nouns=frozenset(table["nouns"]["free"]),
        carrying_verbs=frozenset(table["carrying"]["verbs"]),
        phases=frozenset(table["carrying"]["phases"]),
        carrying_nouns=frozenset(table["carrying"]["nouns"]),
        announcing=frozenset(table["speech"]["announcing"]),
        welcoming=frozenset(table["speech"]["welcoming"]),
        including=frozenset(table["speech"]["including"]),
        avowing=frozenset(table["speech"]["avowing"]),
        saying=frozenset(table["speech"]["saying"]),
        reporting=frozenset(table["speech"]["reporting"]),
        tasking=frozenset(table["speech"]["tasking"]),
        restating=frozenset(table["restating"]["words"]),
        deeds=_ladder(table["deeds"]),
        performed=frozenset(table["deeds"]["performed"]),
        ongoing=ongoing,
        irregular=frozenset(table["irregular"]["forms"]),
        phrase_heads=frozenset(deed.split()[0] for deed in {**_ladder(table["deeds"]), **ongoing} if " " in deed),
        hostile=frozenset(table["hostile"]["nouns"]),
        bargains=frozenset(table["hostile"]["bargains"]),
        bargained=frozenset(table["hostile"]["bargained"]),
        rejecting=frozenset(table["rejecting"]["verbs"]),
        doings=_ladder(table["doings"]),
        phase_nouns=frozenset(table["doings"]["phases"]),
        transactions=_ladder(table["transactions"]),
        things=frozenset(table["things"]["nouns"]),
        hosts=frozenset(table["hosts"]["nouns"]),
        copula=frozenset(table["copula"]["nouns"]),
        discourse=frozenset(table["discourse"]["verbs"]),
        discourse_plural=frozenset(table["discourse"]["plural"]),
        discourse_objects=frozenset(table["discourse"]["objects"]),
        telling=frozenset(table["discourse"]["telling"]),
        speeches=frozenset(table["discourse"]["speeches"]),
        communal=frozenset(table["communal"]["verbs"]),
        communal_nouns=frozenset(table["communal"]["nouns"]),
        plans=frozenset(table["clause"]["plans"]),
        coming=frozenset(table["coming"]["planned"]),
        talks=frozenset(table["talks"]["nouns"]),
        talk_verbs=frozenset(table["talks"]["verbs"]),
        meetings=frozenset(table["talks"]["meetings"]),
        holding=frozenset(table["talks"]["holding"]),
        studies=frozenset(table["talks"]["studies"]),
        studying=frozenset(table["talks"]["studying"]),
        closing=frozenset(table["talks"]["closing"]),
        causatives=frozenset(table["clause"]["causatives"]),
        goes_on=frozenset(table["clause"]["goes_on"]),
        marks=frozenset(table["subordinate"]["marks"]),
        collectives=frozenset(load("instrument_roles")["packages"]["collectives"]),
        strangers=frozenset(table["subordinate"]["strangers"]),
        wishes=frozenset(table["subordinate"]["wishes"]),
        forecasts=frozenset(table["subordinate"]["forecasts"]),
        preambles=frozenset(table["subordinate"]["preambles"]),
        glad=frozenset(table["adjectives"]["glad"]),
        memberships=frozenset(table["speech"]["memberships"]),
        texts=frozenset(table["texts"]["nouns"]),
        acts=frozenset(table["texts"]["acts"]),
    )


@cache
def _cue_pattern() -> re.Pattern[str]:
    known = cues()
    lemmas = {
        *known.undertaking, *known.adjectives, *known.exploring, *known.nouns, *known.opaque_nouns,
        *known.announcing, *known.welcoming, *known.tasking, *known.deeds, *known.doings, *known.transactions,
        *known.accepting, *known.ongoing, *known.acts, *known.irregular,
    }  # fmt: skip
    stems = sorted({re.escape(lemma[:-1] if lemma[-1] in "ey" and len(lemma) > 3 else lemma) for lemma in lemmas})
    return re.compile(rf"’ll|'ll|\b(?:will|would|shall|to|{'|'.join(stems)})", re.IGNORECASE)


def has_cue(text: str) -> bool:
    """Whether a text holds any word that can carry an undertaking; what has none needs no parse."""
    return _cue_pattern().search(text) is not None
