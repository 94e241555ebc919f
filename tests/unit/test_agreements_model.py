"""The linear model, its calibration and its training, on data small enough to reckon by hand; without spaCy's model."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.agreements.learning import (
    AGREEMENT,
    DECLARATORY,
    NOTHING,
    SEEN,
    THRESHOLD,
    Example,
    fit,
    held_out,
    platt,
)
from alliance_tui.extraction.agreements.model import Weights, calibrated, probabilities, shipped

HAND = Weights({"will": (math.log(2), 0.0), "ties": (0.0, math.log(6))})
SMALL = [
    Example(event, label, features, weight=30.0)
    for event in ("2030-01-01", "2030-02-02", "2030-03-03")
    for label, features in (
        (AGREEMENT, ("modal", "object=ship")),
        (AGREEMENT, ("modal", "object=port")),
        (DECLARATORY, ("modal", "object=ties")),
        (NOTHING, ("wish", "object=ship")),
        (NOTHING, ("wish", "object=ties")),
    )
]


def test_without_features_all_three_classes_are_as_likely() -> None:
    assert probabilities((), HAND) == pytest.approx((1 / 3, 1 / 3))


def test_weights_are_log_odds_against_nothing() -> None:
    assert probabilities(["will"], HAND) == pytest.approx((2 / 4, 1 / 4))
    assert probabilities(["will", "ties"], HAND) == pytest.approx((2 / 9, 6 / 9))


def test_a_feature_counts_once_and_an_unknown_one_not_at_all() -> None:
    assert probabilities(["will", "will", "unheard of"], HAND) == probabilities(["will"], HAND)


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_probabilities_are_probabilities_however_great_the_weights(first: float, second: float) -> None:
    agreement, declaratory = probabilities(["x"], Weights({"x": (first, second)}))
    assert 0 <= agreement <= 1 and 0 <= declaratory <= 1 and agreement + declaratory <= 1 + 1e-9


@given(st.sets(st.sampled_from(sorted(shipped().weights)), max_size=30))
def test_the_order_of_the_features_does_not_matter(features: set[str]) -> None:
    ordered = sorted(features)
    assert probabilities(ordered, shipped()) == probabilities(reversed(ordered), shipped())


def test_a_plain_calibration_leaves_a_probability_as_it_is() -> None:
    for probability in (0.01, 0.42, 0.99):
        assert calibrated(probability, HAND) == pytest.approx(probability)


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order_and_stays_a_probability(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < calibrated(low, shipped()) <= calibrated(high, shipped()) < 1


def test_the_shipped_weights_have_a_threshold_and_a_calibration() -> None:
    assert shipped().threshold == THRESHOLD
    assert shipped().calibration[0] > 0 and len(shipped().weights) > 100


def test_training_learns_what_tells_the_classes_apart() -> None:
    weights = fit(SMALL)
    assert probabilities(("modal", "object=port"), weights)[0] > 0.5
    agreement, declaratory = probabilities(("modal", "object=ties"), weights)
    assert declaratory > agreement
    agreement, declaratory = probabilities(("wish", "object=ship"), weights)
    assert agreement + declaratory < 0.5


def test_training_leaves_out_what_is_rare_and_gives_the_same_weights_each_time() -> None:
    rare, known = (Example("2030-04-04", AGREEMENT, ("modal", feature), 30.0) for feature in ("rare", "known"))
    data = [*SMALL, *[rare] * (SEEN - 1), *[known] * SEEN]
    assert "rare" not in fit(data).weights and "known" in fit(data).weights
    assert fit(data) == fit(data)


def test_an_example_counts_as_often_as_its_weight_says() -> None:
    once = [*SMALL, Example("2030-04-04", NOTHING, ("modal", "object=port"), 2.0)]
    twice = [*SMALL, *[Example("2030-04-04", NOTHING, ("modal", "object=port"))] * 2]
    for features in (("modal", "object=port"), ("modal", "object=ship"), ("wish",)):
        assert probabilities(features, fit(once)) == pytest.approx(probabilities(features, fit(twice)), abs=2e-3)


def test_of_nothing_nothing_is_learnt() -> None:
    assert fit([]).weights == {}
    assert held_out([Example("2030-01-01", AGREEMENT, ("modal",))] * 3) == pytest.approx([1 / 3] * 3)


def test_an_example_without_features_teaches_nothing_and_spoils_nothing() -> None:
    assert fit([Example("2030-04-04", AGREEMENT, ()), *SMALL]) == fit(SMALL)


def test_an_event_is_judged_by_weights_that_have_not_met_it() -> None:
    alone = Example("2030-09-09", NOTHING, ("a feature of this event",) * 2)
    chances = held_out([*SMALL, alone, alone])
    assert chances[-2:] == pytest.approx([1 / 3, 1 / 3])


def test_platt_s_scaling_draws_rash_probabilities_in() -> None:
    slope, intercept = platt([0.99] * 10 + [0.01] * 10, [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    weights = Weights({}, calibration=(slope, intercept))
    assert calibrated(0.99, weights) == pytest.approx(0.8, abs=0.01)
    assert calibrated(0.01, weights) == pytest.approx(0.2, abs=0.01)
