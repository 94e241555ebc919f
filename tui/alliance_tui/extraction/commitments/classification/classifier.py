"""Classification of candidates: agreement, declaratory statement, package, or no record at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from alliance_tui.extraction.commitments.candidate import Candidate, Modality, Opening
from alliance_tui.extraction.commitments.classification.background_filter import is_background
from alliance_tui.extraction.commitments.classification.candidate_properties import UNRESOLVED, actor_types
from alliance_tui.extraction.commitments.classification.context_windows import context_windows
from alliance_tui.extraction.commitments.classification.ensemble import (
    MIN_CONFIDENCE,
    THRESHOLD,
    mean_confidence,
)
from alliance_tui.extraction.commitments.classification.features import extract_features
from alliance_tui.extraction.commitments.classification.list_smoothing import smooth_over_lists
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.extraction.commitments.classification.signed_lists import SIGNED_LIST_CONFIDENCE, is_listed_document
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import CueRole, cues
from alliance_tui.extraction.document_signing import document_nouns
from alliance_tui.extraction.encoder.reading import WordReading
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.limits import in_steps
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import is_definite
from alliance_tui.extraction.syntax import auxiliaries, is_infinitive, is_negated
from alliance_tui.records import EntityType, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_NON_FACTUAL = frozenset(
    {
        Modality.NEGATED,
        Modality.BARE_POSSIBILITY,
        Modality.RELATIVE,
        Modality.SUBORDINATE,
        Modality.DESIRED,
        Modality.NOT_A_PARTY,
        Modality.DISCOURSE,
        Modality.REJECTED,
        Modality.UNDECIDED,
    }
)
_RESTRAINING_MODALS = frozenset({"will", "shall", "’ll", "'ll", "wo"})
"""Modals under which "not" forgoes an action; "would not" reports a refusal."""
_DECLARATORY_THRESHOLD = 0.5
"""The share of the probability that is left beside agreements from which a candidate is declaratory."""


_POSSIBLE_CONFIDENCE = 0.2
"""The confidence from which a candidate below the threshold is a possible agreement: one in five or more is one."""

ReadingOf = Callable[["LocatedCandidate"], WordReading]
"""Gives the encoder's reading of a candidate."""


class Decision(Struct, frozen=True):
    """The kind of a candidate and, for an agreement, its confidence (0 to 1) and the encoder's reading.

    `is_possible` is true of an agreement whose confidence is below the threshold, and of a forecast at any confidence.
    """

    kind: Kind
    confidence: float | None = None
    reading: WordReading | None = None
    is_possible: bool = False


def classify(
    candidates: Sequence[LocatedCandidate],
    by_sentence: Mapping[int, Sequence[LocatedCandidate]],
    table: EntityTable,
    mentions: MentionIndex,
    model: Model,
    reading_of: ReadingOf | None,
) -> list[Decision | None]:
    """Classify all candidates of a document; None for one that is no record.

    Args:
        candidates: The candidates in reading order.
        by_sentence: The candidates of each sentence, by its offset.
        table: The entities of the document.
        mentions: Its mentions.
        model: The model for what the rules leave open.
        reading_of: Gives the encoder's reading of a candidate; None to do without.
    """
    decisions: dict[int, Decision] = {}
    probabilities = {}
    for index, located in enumerate(in_steps(candidates, lambda located: located.start)):
        if is_non_factual(located):
            continue
        decision = _decide_by_rule(located, table, mentions, reading_of)
        if decision is not None:
            decisions[index] = decision
            continue
        features = extract_features(located, table, mentions, by_sentence[located.sentence_start])
        probabilities[index] = model.probabilities(features, context_windows(located))
    smoothed_probabilities = smooth_over_lists(candidates, probabilities)
    for index in in_steps(smoothed_probabilities, lambda index: candidates[index].start):
        located, smoothed = candidates[index], smoothed_probabilities[index]
        decision = _decide_by_models(located, model, *smoothed, reading_of)
        if decision is not None and decision.kind is Kind.AGREEMENT and _is_forecast(located, table, mentions):
            decision = structs.replace(decision, is_possible=True)
        if decision is not None:
            decisions[index] = decision
    return [decisions.get(index) for index in range(len(candidates))]


def _decide_by_models(
    located: LocatedCandidate,
    model: Model,
    agreement: float,
    declaratory: float,
    reading_of: ReadingOf | None,
) -> Decision | None:
    """Decide by the classifier's probabilities of an agreement and of a declaratory statement, and by the encoder."""
    confidence, threshold = model.calibrate(agreement), model.calibrate(model.threshold)
    reading = reading_of(located) if reading_of and confidence >= MIN_CONFIDENCE else None
    if reading is not None:
        confidence, threshold = mean_confidence(confidence, reading), THRESHOLD
    if confidence >= threshold:
        return Decision(Kind.AGREEMENT, round(confidence, 3), reading)
    if declaratory >= _DECLARATORY_THRESHOLD * (1 - agreement):
        return Decision(Kind.DECLARATORY)
    if confidence >= _POSSIBLE_CONFIDENCE:
        return Decision(Kind.AGREEMENT, round(confidence, 3), reading, is_possible=True)
    return None


def _decide_by_rule(
    located: LocatedCandidate, table: EntityTable, mentions: MentionIndex, reading_of: ReadingOf | None
) -> Decision | None:
    if is_package(located.candidate):
        return Decision(Kind.PACKAGE)
    if is_listed_document(located.candidate, located.passage.segment):
        return Decision(Kind.AGREEMENT, SIGNED_LIST_CONFIDENCE, reading_of(located) if reading_of else None)
    if _lacks_content(located) or _is_mandate(located, table, mentions):
        return Decision(Kind.DECLARATORY)
    return None


def _lacks_content(located: LocatedCandidate) -> bool:
    """Whether a candidate only promises to act together: "will continue to cooperate", "work closely together"."""
    trigger = located.candidate.trigger
    if trigger.lemma_.lower() not in cues().cooperation_verbs:
        return False
    rest = trigger.doc[trigger.i + 1 : located.end_token]
    return all(token.pos_ in ("ADV", "PART", "PUNCT") for token in rest)


def _is_forecast(located: LocatedCandidate, table: EntityTable, mentions: MentionIndex) -> bool:
    """Whether a candidate says what is generally expected, of no one thing: "talks are expected to follow".

    What a party is expected to do, or becomes of a known thing ("the plant is expected to open"), is planned.
    """
    first, actor = next((cue.token for cue in located.candidate.cues), None), located.candidate.actor
    is_expected = first is not None and first.tag_ == "VBN" and first.lemma_.lower() in cues().expectation_verbs
    if not is_expected or actor is None or is_definite(actor):
        return False
    return actor_types(located, table, mentions) == [UNRESOLVED]


def _is_mandate(located: LocatedCandidate, table: EntityTable, mentions: MentionIndex) -> bool:
    """Whether a candidate gives the mandate of a body: "the forum would identify".

    The mandate is part of the agreement that creates the body.
    """
    is_conditional = any(cue.token.lower_ == "would" for cue in located.candidate.cues[:1])
    return is_conditional and EntityType.BODY.value in actor_types(located, table, mentions)


def is_non_factual(located: LocatedCandidate) -> bool:
    """Whether a candidate is no undertaking whatever its words: negated, conditional, desired, or background.

    A restraint ("shall not raise fees") is negated and may be one.
    """
    marks = located.candidate.modality & _NON_FACTUAL
    is_only_negated = marks == {Modality.NEGATED}
    return (bool(marks) and not (is_only_negated and _is_restraint(located.candidate))) or is_background(located)


def _is_restraint(candidate: Candidate) -> bool:
    """Return whether the action itself is forgone: "will not raise", "pledged not to raise"; not "do not plan to".

    What will not be ended or conceded is refused, not forgone ("will not lift the ban"); a duty or a pledge counts.
    """
    trigger = candidate.trigger
    if not is_negated(trigger) or any(cue.token == trigger for cue in candidate.cues):
        return False
    modal = next((cue.token.lower_ for cue in candidate.cues if cue.token in auxiliaries(trigger)), None)
    if modal not in (None, "shall") and trigger.lemma_.lower() in cues().concession_verbs:
        return False
    return modal in _RESTRAINING_MODALS or (modal is None and is_infinitive(trigger) and bool(candidate.cues))


def is_package(candidate: Candidate) -> bool:
    """Whether a candidate announces several things ("a spate of 70 agreements"), or that something follows."""
    if _announces_list(candidate):
        return True
    if candidate.pattern.opening not in (Opening.ANNOUNCEMENT, Opening.WELCOME):
        return False
    roles = (CueRole.NOUN, CueRole.DELIVERABLE, CueRole.COLLECTIVE)
    return any(cue.role in roles and _is_bundle(cue.token) for cue in candidate.cues)


def _announces_list(candidate: Candidate) -> bool:
    """Whether the object is what follows: "nominate the following people", "signed the following"."""
    nouns = document_nouns() | load(InstrumentRoles).bundle_nouns
    trigger = candidate.trigger
    return any(
        word.lower_ == "following"
        and (word.dep_ in ("dobj", "obj") or word.head.lemma_.lower() in nouns or _is_object_of(word.head, trigger))
        for word in trigger.subtree
    )


def _is_object_of(noun: Token, verb: Token) -> bool:
    return noun.dep_ in ("dobj", "obj") and noun.tag_ == "NNS" and noun.head == verb


def _is_bundle(noun: Token) -> bool:
    """Whether a noun is for several things: "several new initiatives", "a package of measures"."""
    roles = load(InstrumentRoles)
    if noun.tag_ == "NNS" and noun.lemma_.lower() in roles.bundle_nouns:
        return not any(child.pos_ == "PROPN" for child in noun.lefts)
    if noun.lemma_.lower() not in roles.collective_nouns:
        return False
    parts = (part for prep in noun.rights if prep.lower_ in ("of", "in") for part in prep.rights)
    return any(part.tag_ == "NNS" and part.lemma_.lower() in roles.bundle_nouns for part in parts)
