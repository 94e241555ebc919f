"""Examples: the candidates of annotated documents with their features and labels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.classification.classifier import is_non_factual, is_package
from alliance_tui.extraction.commitments.classification.context_windows import ContextWindows, context_windows
from alliance_tui.extraction.commitments.classification.features import extract_features
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.training.annotations import ANNOTATED_WEIGHT, TrainingDocument
from alliance_tui.training.labelling import label_candidates

if TYPE_CHECKING:
    from spacy.language import Language


class Example(Struct, frozen=True):
    """A candidate as the model sees it, with its label.

    Attributes:
        event: What is held out together: the date of the document.
        label: The class.
        features: Distinct features, sorted.
        context: The words of each context window.
        weight: The weight in the loss.
    """

    event: str
    label: int
    features: tuple[str, ...]
    context: ContextWindows = ()
    weight: float = 1.0


def make_examples(training_document: TrainingDocument) -> list[Example]:
    """Return the labelled candidates of a document, without those that rules classify."""
    document = training_document.read()
    segments = segment(document.text, document.structure)
    passages = list(parse_segments(_pipeline(), document.text, segments))
    table = find_entities(document, passages)
    mentions = MentionIndex(table.entities)
    candidates = locate_candidates(segments, passages, document.date)
    by_sentence = group_by_sentence(candidates)
    examples = []
    for located, (label, weight) in zip(candidates, _labels(candidates, training_document), strict=True):
        if label is None or is_non_factual(located) or is_package(located.candidate):
            continue
        features = extract_features(located, table, mentions, by_sentence[located.sentence_start])
        examples.append(
            Example(
                event=document.date or training_document.path.name,
                label=label,
                features=tuple(sorted(set(features))),
                context=context_windows(located),
                weight=weight,
            )
        )
    return examples


@cache
def _pipeline() -> Language:
    return load_pipeline()


def _labels(
    candidates: Sequence[LocatedCandidate], training_document: TrainingDocument
) -> list[tuple[Label | None, float]]:
    """Return label and weight of each candidate; the label None for one that is left out."""
    if training_document.gold_records is not None:
        labels = label_candidates(candidates, training_document.gold_records)
        return [(label, ANNOTATED_WEIGHT) for label in labels]
    labelled = training_document.labelled_triggers
    return [labelled.get(located.trigger_start, (None, 0.0)) for located in candidates]
