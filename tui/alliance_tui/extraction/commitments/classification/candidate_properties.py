"""Properties of a candidate that several features read: its object, own words, word classes and actor types."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import structs

from alliance_tui.extraction.commitments.candidate import Opening
from alliance_tui.extraction.commitments.fields.domains import domain_scores
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.syntax import direct_object, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

PartOfSpeech = Literal["verbs", "nouns", "adjectives"]
UNLISTED, UNRESOLVED = "unlisted", "unresolved"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OBJECT_RELATIONS = ("dobj", "obj", "attr", "nsubjpass", "dative", "oprd")


@cache
def word_classes(part: PartOfSpeech) -> dict[str, frozenset[str]]:
    """Return the classes of verbs, nouns or adjectives (specificity.toml), by name."""
    words = load(Specificity)
    return structs.asdict({"verbs": words.verbs, "nouns": words.nouns, "adjectives": words.adjectives}[part])


def classes_of(token: Token, part: PartOfSpeech) -> list[str]:
    """Return the classes of a token's lemma; UNLISTED alone for a lemma of none."""
    lemma = token.lemma_.lower()
    return [name for name, words in word_classes(part).items() if lemma in words] or [UNLISTED]


def trigger_classes(located: LocatedCandidate) -> list[str]:
    """Return the classes of the trigger, as a verb or a noun."""
    trigger = located.candidate.trigger
    return classes_of(trigger, "verbs" if is_verb(trigger) else "nouns")


def object_head(located: LocatedCandidate) -> Token | None:
    """Return the head of the trigger's object: direct, passive subject, of a preposition, or of an embedded clause."""
    trigger, end = located.candidate.trigger, located.end_token
    for child in trigger.rights if is_verb(trigger) else ():
        if child.dep_ in _OBJECT_RELATIONS and child.i < end:
            return child
    for child in trigger.children:
        if child.dep_ == "nsubjpass":
            return child
    for prep in trigger.rights:
        if prep.dep_ in ("prep", "prt", "agent") and prep.i < end:
            for child in prep.rights:
                if child.dep_ == "pobj":
                    return child
    embedded = next((c for c in trigger.rights if c.dep_ in ("ccomp", "xcomp") and c.i < end), None)
    return direct_object(embedded) if embedded is not None else None  # "allow them to build X"


def own_words(located: LocatedCandidate) -> Span:
    """Return the evidence after a verb trigger; all the evidence of a noun."""
    trigger = located.candidate.trigger
    return trigger.doc[trigger.i + 1 if is_verb(trigger) else located.start_token : located.end_token]


def domains_of(located: LocatedCandidate) -> list[str]:
    """Return the domains that a candidate's own words indicate."""

    def compute() -> list[str]:
        scores = domain_scores([(own_words(located).text, 1.0)])
        return [domain.value for domain, score in scores.items() if score]

    key = f"domains {located.candidate.trigger.i} {located.start_token} {located.end_token}"
    return located.passage.memo(key, compute)


def actor_types(located: LocatedCandidate, table: EntityTable, mentions: MentionIndex) -> list[str]:
    """Return the entity types of the actor; "bundle" for a list of measures, "none", "unnamed" or "unresolved"."""
    candidate = located.candidate
    actor = candidate.actor
    if candidate.pattern.opening is Opening.INCLUSION:
        return ["bundle"]
    if actor is None:
        return ["none"]
    passage = candidate.passage_of(actor, located.passage)
    mentioned_type = mentions.type_at(passage.offset + actor.idx)
    if mentioned_type is not None and actor.pos_ != "PRON":
        return [mentioned_type.value]
    types = mentions.entity_types
    parties = table.resolve(passage, actor)
    return sorted({types[party].value if party in types else "unnamed" for party in parties}) or [UNRESOLVED]
