"""Whether a candidate is a record, only looks like one, or is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.extraction.commitments.candidate import Candidate, Modality, Opening
from alliance_tui.extraction.commitments.classification.background_filter import is_background
from alliance_tui.extraction.commitments.classification.context_windows import context_windows
from alliance_tui.extraction.commitments.classification.features import actor_types, extract_features
from alliance_tui.extraction.commitments.classification.list_smoothing import smooth_over_lists
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.extraction.commitments.classification.signed_lists import SIGNED_LIST_CONFIDENCE, is_listed_document
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import CueRole, cues
from alliance_tui.extraction.document_signing import document_nouns
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.parties.entity_table import EntityTable
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
_DECLARATORY = 0.5


class Decision(Struct, frozen=True):
    """What a candidate is, and for an agreement how sure that is (0 to 1)."""

    kind: Kind
    confidence: float | None = None


def classify(
    everything: Sequence[LocatedCandidate],
    neighbours: Mapping[int, Sequence[LocatedCandidate]],
    table: EntityTable,
    places: MentionIndex,
    model: Model,
) -> list[Decision | None]:
    """What each candidate of a document is, None where it is nothing. `neighbours` are the candidates of each sentence,
    by its key.
    """
    free = {index: found for index, found in enumerate(everything) if not is_non_factual(found)}
    verdicts = {index: _by_rule(found, table, places) for index, found in free.items()}
    chances = {
        index: model.probabilities(
            extract_features(found, table, places, neighbours[found.sentence_start]), context_windows(found)
        )
        for index, found in free.items()
        if verdicts[index] is None
    }
    for index, (agreement, declaratory) in smooth_over_lists(everything, chances).items():
        if agreement >= model.threshold:
            verdicts[index] = Decision(Kind.AGREEMENT, round(model.calibrated(agreement), 3))
        elif declaratory >= _DECLARATORY * (1 - agreement):
            verdicts[index] = Decision(Kind.DECLARATORY)
    return [verdicts.get(index) for index in range(len(everything))]


def _by_rule(found: LocatedCandidate, table: EntityTable, places: MentionIndex) -> Decision | None:
    """What it is where its words leave no doubt."""
    if is_package(found.candidate):
        return Decision(Kind.PACKAGE)
    if is_listed_document(found.candidate, found.passage.segment):
        return Decision(Kind.AGREEMENT, SIGNED_LIST_CONFIDENCE)
    if _says_nothing(found) or _is_mandate(found, table, places):
        return Decision(Kind.DECLARATORY)
    return None


def _says_nothing(found: LocatedCandidate) -> bool:
    """Whether it only promises to act together: "will continue to cooperate", "work closely together"."""
    anchor = found.candidate.trigger
    rest = anchor.doc[anchor.i + 1 : found.end_token]
    return anchor.lemma_.lower() in cues().cooperation_verbs and all(
        token.pos_ in ("ADV", "PART", "PUNCT") for token in rest
    )


def _is_mandate(found: LocatedCandidate, table: EntityTable, places: MentionIndex) -> bool:
    """Whether it tells what a body is for, which belongs to the record that creates it: "the forum would identify"."""
    would = any(cue.token.lower_ == "would" for cue in found.candidate.cues[:1])
    return would and EntityType.BODY.value in actor_types(found, table, places)


def is_non_factual(found: LocatedCandidate) -> bool:
    """Whether it undertakes nothing, whatever its words: denied, conditional, another's wish, background."""
    return bool(found.candidate.modality & _NON_FACTUAL) or is_background(found)


def is_package(candidate: Candidate) -> bool:
    """Whether it announces or welcomes a bundle ("several new initiatives", "a spate of 70 agreements"), or only that
    something follows ("take the following steps").
    """
    if _leads_to_list(candidate):
        return True
    if candidate.pattern.opening not in (Opening.ANNOUNCEMENT, Opening.WELCOME):
        return False
    return any(
        cue.role in (CueRole.NOUN, CueRole.DELIVERABLE, CueRole.COLLECTIVE) and _is_bundle(cue.token)
        for cue in candidate.cues
    )


def _leads_to_list(candidate: Candidate) -> bool:
    """Whether something "following" is what it is done to: "take the following steps", "signed the following"."""
    bundles = document_nouns() | load(InstrumentRoles).bundle_nouns
    return any(
        word.lower_ == "following" and (word.dep_ in ("dobj", "obj") or word.head.lemma_.lower() in bundles)
        for word in candidate.trigger.subtree
    )


def _is_bundle(noun: Token) -> bool:
    roles = load(InstrumentRoles)
    if noun.tag_ == "NNS" and noun.lemma_.lower() in roles.bundle_nouns:
        return not any(child.pos_ == "PROPN" for child in noun.lefts)
    if noun.lemma_.lower() not in roles.collective_nouns:
        return False
    parts = (part for prep in noun.rights if prep.lower_ in ("of", "in") for part in prep.rights)
    return any(part.tag_ == "NNS" and part.lemma_.lower() in roles.bundle_nouns for part in parts)
