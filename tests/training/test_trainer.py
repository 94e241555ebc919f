"""Training, cross-validation and calibration on a few examples; without spaCy's model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT
from alliance_tui.extraction.commitments.classification.model import Model, log_odds
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.training.calibration import fit_platt_scaling
from alliance_tui.training.cross_validation import cross_validate
from alliance_tui.training.examples import Example
from alliance_tui.training.trainer import MIN_FEATURE_COUNT, MIN_WORD_COUNT, fit
from tests.support.training_examples import FEATURE_EXAMPLES, WORD_EXAMPLES, windows_of


def test_training_separates_the_classes_by_features() -> None:
    model = fit(FEATURE_EXAMPLES)
    assert model.probabilities(("modal", "object=port"))[0] > 0.5
    agreement, declaratory = model.probabilities(("modal", "object=ties"))
    assert declaratory > agreement
    assert sum(model.probabilities(("wish", "object=ship"))) < 0.5


def test_training_separates_the_classes_by_words() -> None:
    model = fit(WORD_EXAMPLES)
    assert model.probabilities(("bias",), windows_of("Chile", "lend"))[0] > 0.6
    assert model.probabilities(("bias",), windows_of("Chile", "value"))[1] > 0.6
    assert sum(model.probabilities(("bias",), windows_of("Chile", "fear"))) < 0.4


def test_training_ignores_rare_names_and_is_reproducible() -> None:
    rare, frequent = (Example("2030-04-04", Label.AGREEMENT, (name,), windows_of(name)) for name in ("rare", "known"))
    data = [*FEATURE_EXAMPLES, *[rare] * (MIN_FEATURE_COUNT - 1), *[frequent] * MIN_WORD_COUNT]
    first, second = fit(data), fit(data)
    assert "rare" not in first.weights and "known" in first.weights
    assert first.network is not None and second.network is not None
    assert list(first.network.word_rows) == ["known"]
    assert first.weights == second.weights and (first.network.vectors == second.network.vectors).all()


def test_an_example_counts_by_its_weight() -> None:
    light, heavy = (
        fit([*FEATURE_EXAMPLES, *[Example("2030-04-04", Label.NOTHING, ("modal", "object=port"), weight=weight)] * 3])
        for weight in (1.0, 90.0)
    )
    assert light.probabilities(("modal", "object=port"))[0] > 0.5 > heavy.probabilities(("modal", "object=port"))[0]


def test_training_starts_from_pretrained_vectors() -> None:
    words = [f"word{number}" for number in range(40)]
    context = [tuple((word,) for word in words[start : start + WINDOW_COUNT]) for start in (0, 12, 26)]
    data = [Example("2030-01-01", Label.NOTHING, (), places) for places in context for _ in range(MIN_WORD_COUNT)]

    def similar_vectors(words: Sequence[str]) -> object:
        """The first two words mean the same, the others nothing to each other."""
        return np.vstack([np.eye(len(words), 64)[1], np.eye(len(words), 64)[1:]])

    def similarity(model: Model) -> float:
        assert model.network is not None
        return float(np.corrcoef(model.network.vectors[:2])[0, 1])

    assert similarity(fit(data, similar_vectors)) > 0.9 > abs(similarity(fit(data)))


def test_without_examples_nothing_is_learnt() -> None:
    assert fit([]).weights == {}
    assert cross_validate([Example("2030-01-01", Label.AGREEMENT, ("modal",))] * 3) == pytest.approx([1 / 3] * 3)


def test_an_event_is_held_out_of_the_model_that_scores_it() -> None:
    features = ("a feature of this event",) * 2
    probabilities = [
        cross_validate([*FEATURE_EXAMPLES, *[Example("2030-09-09", label, features)] * 2])[-2:]
        for label in (Label.NOTHING, Label.AGREEMENT)
    ]
    assert probabilities[0] == probabilities[1]


def test_platt_scaling_corrects_overconfident_probabilities() -> None:
    odds = log_odds(0.99, 1e-6)
    slope, intercept = fit_platt_scaling(
        [odds] * 10 + [-odds] * 10, [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8
    )
    model = Model({}, calibration=(slope, intercept))
    assert model.calibrate(0.99) == pytest.approx(0.8, abs=0.01)
    assert model.calibrate(0.01) == pytest.approx(0.2, abs=0.01)
