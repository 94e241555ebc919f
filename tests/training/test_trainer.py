"""Training, cross-validation and calibration on a few examples; without spaCy's model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, ContextWindows
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.training.annotations import Label
from alliance_tui.training.calibration import fit_platt_scaling
from alliance_tui.training.cross_validation import cross_validate
from alliance_tui.training.examples import Example
from alliance_tui.training.trainer import MIN_FEATURE_COUNT, MIN_WORD_COUNT, fit

SMALL = [
    Example(event, label, features, weight=30.0)
    for event in ("2030-01-01", "2030-02-02", "2030-03-03")
    for label, features in (
        (Label.AGREEMENT, ("modal", "object=ship")),
        (Label.AGREEMENT, ("modal", "object=port")),
        (Label.DECLARATORY, ("modal", "object=ties")),
        (Label.NOTHING, ("wish", "object=ship")),
        (Label.NOTHING, ("wish", "object=ties")),
    )
]


def said(*words: str) -> ContextWindows:
    """A context that holds these words, one a place."""
    return tuple((word,) for word in words) + ((),) * (WINDOW_COUNT - len(words))


TOLD = [
    Example(event, label, ("bias",), said(actor, verb))
    for event in ("2030-01-01", "2030-02-02", "2030-03-03")
    for label, verb in ((Label.AGREEMENT, "lend"), (Label.DECLARATORY, "value"), (Label.NOTHING, "fear"))
    for actor in ("Chile", "Peru") * 2
]


def test_training_learns_what_tells_the_classes_apart() -> None:
    model = fit(SMALL)
    assert model.probabilities(("modal", "object=port"))[0] > 0.5
    agreement, declaratory = model.probabilities(("modal", "object=ties"))
    assert declaratory > agreement
    assert sum(model.probabilities(("wish", "object=ship"))) < 0.5


def test_training_learns_from_the_words_where_the_features_tell_nothing() -> None:
    model = fit(TOLD)
    assert model.probabilities(("bias",), said("Chile", "lend"))[0] > 0.6
    assert model.probabilities(("bias",), said("Chile", "value"))[1] > 0.6
    assert sum(model.probabilities(("bias",), said("Chile", "fear"))) < 0.4


def test_training_leaves_out_what_is_rare_and_gives_the_same_model_each_time() -> None:
    rare, known = (Example("2030-04-04", Label.AGREEMENT, (name,), said(name)) for name in ("rare", "known"))
    data = [*SMALL, *[rare] * (MIN_FEATURE_COUNT - 1), *[known] * MIN_WORD_COUNT]
    first, second = fit(data), fit(data)
    assert "rare" not in first.weights and "known" in first.weights
    assert first.network is not None and second.network is not None
    assert list(first.network.word_rows) == ["known"]
    assert first.weights == second.weights and (first.network.vectors == second.network.vectors).all()


def test_an_example_counts_by_its_weight() -> None:
    doubted, sure = (
        fit([*SMALL, *[Example("2030-04-04", Label.NOTHING, ("modal", "object=port"), weight=weight)] * 3])
        for weight in (1.0, 90.0)
    )
    assert doubted.probabilities(("modal", "object=port"))[0] > 0.5 > sure.probabilities(("modal", "object=port"))[0]


def test_the_network_starts_from_vectors_learnt_elsewhere() -> None:
    words = [f"word{number}" for number in range(40)]
    context = [tuple((word,) for word in words[start : start + WINDOW_COUNT]) for start in (0, 12, 26)]
    data = [Example("2030-01-01", Label.NOTHING, (), places) for places in context for _ in range(MIN_WORD_COUNT)]

    def alike(known: Sequence[str]) -> object:
        """The first two words mean the same, the others nothing to each other."""
        return np.vstack([np.eye(len(known), 64)[1], np.eye(len(known), 64)[1:]])

    def likeness(model: Model) -> float:
        assert model.network is not None
        return float(np.corrcoef(model.network.vectors[:2])[0, 1])

    assert likeness(fit(data, alike)) > 0.9 > abs(likeness(fit(data)))


def test_of_nothing_nothing_is_learnt() -> None:
    assert fit([]).weights == {}
    assert cross_validate([Example("2030-01-01", Label.AGREEMENT, ("modal",))] * 3) == pytest.approx([1 / 3] * 3)


def test_an_event_is_judged_by_a_model_that_has_not_met_it() -> None:
    features = ("a feature of this event",) * 2
    chances = [
        cross_validate([*SMALL, *[Example("2030-09-09", label, features)] * 2])[-2:]
        for label in (Label.NOTHING, Label.AGREEMENT)
    ]
    assert chances[0] == chances[1]


def test_platt_s_scaling_draws_rash_probabilities_in() -> None:
    slope, intercept = fit_platt_scaling([0.99] * 10 + [0.01] * 10, [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    model = Model({}, calibration=(slope, intercept))
    assert model.calibrate(0.99) == pytest.approx(0.8, abs=0.01)
    assert model.calibrate(0.01) == pytest.approx(0.2, abs=0.01)
