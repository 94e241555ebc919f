"""The model and its calibration, on weights small enough to compute by hand; without spaCy's model."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.extraction.commitments.classification.model_file import shipped_model

HAND = Model({"will": (math.log(2), 0.0), "ties": (0.0, math.log(6))})


def by_hand() -> AveragingNetwork:
    """A network of one unit, open for "lend" in the first place or "ships" in the second, more so with a modal."""
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    hidden = np.array([[2.0], [0.0], [0.0], [4.0]])
    out, from_features = np.array([[1.0, -3.0]]), np.array([[0.5]])
    return AveragingNetwork(
        {"lend": 0, "ships": 1}, vectors, hidden, np.array([-1.0]), out, {"modal": 0}, from_features
    )


def test_without_features_all_three_classes_are_as_likely() -> None:
    assert HAND.probabilities(()) == pytest.approx((1 / 3, 1 / 3))


def test_weights_are_log_odds_against_nothing() -> None:
    assert HAND.probabilities(["will"]) == pytest.approx((2 / 4, 1 / 4))
    assert HAND.probabilities(["will", "ties"]) == pytest.approx((2 / 9, 6 / 9))


def test_a_feature_counts_once_and_an_unknown_one_not_at_all() -> None:
    assert HAND.probabilities(["will", "will", "unheard of"]) == HAND.probabilities(["will"])


def test_the_network_reads_the_mean_of_the_known_words_in_each_window() -> None:
    network = by_hand()
    assert network.log_odds((), (("lend",), ())) == pytest.approx((1, -3))
    assert network.log_odds((), (("lend",), ("ships", "ships", "unheard of"))) == pytest.approx((5, -15))
    assert network.log_odds((), (("lend", "ships"), ("lend",))) == pytest.approx((0, 0))
    assert network.log_odds((), ((), ())) == (0, 0)


def test_the_log_odds_of_words_and_features_are_added() -> None:
    model = structs.replace(HAND, network=by_hand())
    agreement, declaratory = model.probabilities(["will"], (("lend",), ()))
    assert agreement / declaratory == pytest.approx(2 * math.e**4)


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_probabilities_are_probabilities_however_great_the_weights(first: float, second: float) -> None:
    agreement, declaratory = Model({"x": (first, second)}).probabilities(["x"])
    assert 0 <= agreement <= 1 and 0 <= declaratory <= 1 and agreement + declaratory <= 1 + 1e-9


@given(st.sets(st.sampled_from(sorted(shipped_model().weights)), max_size=30))
def test_the_order_of_the_features_does_not_matter(features: set[str]) -> None:
    ordered = sorted(features)
    assert shipped_model().probabilities(ordered) == shipped_model().probabilities(reversed(ordered))


def test_the_identity_calibration_changes_nothing() -> None:
    for probability in (0.01, 0.42, 0.99):
        assert HAND.calibrate(probability) == pytest.approx(probability)


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order_and_stays_a_probability(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0 < shipped_model().calibrate(low) <= shipped_model().calibrate(high) < 1
