"""Cross-validation that holds out whole events, to estimate how the model does on an event that it has not seen."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from alliance_tui.training.examples import Example
from alliance_tui.training.trainer import Pretrained, fit

FOLDS = 6


def cross_validate(examples: Sequence[Example], pretrained: Pretrained | None = None) -> list[float]:
    """Return the probability of an agreement for each example, by a model trained without its event."""
    probabilities = [0.0] * len(examples)
    for fold in _folds(examples):
        held_out = set(fold)
        training = [example for index, example in enumerate(examples) if index not in held_out]
        model = fit(training, pretrained)
        for index in fold:
            example = examples[index]
            probabilities[index] = model.probabilities(example.features, example.context)[0]
    return probabilities


def _folds(examples: Sequence[Example]) -> Iterator[list[int]]:
    """Yield the examples of each fold, by index; an event is in the fold of its checksum."""
    folds: dict[int, list[int]] = {}
    for index, example in enumerate(examples):
        folds.setdefault(zlib.crc32(example.event.encode()) % FOLDS, []).append(index)
    for number in sorted(folds):
        yield folds[number]
