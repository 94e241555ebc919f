"""The cues of undertakings, and which texts have any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Cues
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token


class CueRole(StrEnum):
    """The contribution of a cue to its chain. The values are part of the classifier's feature names."""

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


def cues() -> Cues:
    """The cues of undertakings."""
    return load(Cues)


@cache
def event_phrase_heads() -> frozenset[str]:
    """First words of the event verbs that are phrases ("put in place")."""
    verbs = {*cues().event_verbs, *cues().progressive_event_verbs}
    return frozenset(verb.split()[0] for verb in verbs if " " in verb)


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
        known.forms.irregular,
    )
    stems = sorted({re.escape(lemma[:-1] if lemma[-1] in "ey" and len(lemma) > 3 else lemma) for lemma in lemmas})
    return re.compile(rf"’ll|'ll|\b(?:will|would|shall|to|{'|'.join(stems)})", re.IGNORECASE)


def has_cue(text: str) -> bool:
    """Whether a text holds any word that can carry an undertaking; what has none needs no parse."""
    return _cue_pattern().search(text) is not None
