"""The model, its calibration and its training, on data small enough to reckon by hand; without spaCy's model."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, ContextWindows
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.extraction.commitments.classification.model_file import read_model, shipped_model, write_model
from alliance_tui.training.trainer import (
    AGREEMENT,
    DECLARATORY,
    KNOWN,
    NOTHING,
    SEEN,
    THRESHOLD,
    Example,
    fit,
    held_out,
    platt,
)

HAND = Model({"will": (math.log(2), 0.0), "ties": (0.0, math.log(6))})
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


def said(*words: str) -> ContextWindows:
    """A context that holds these words, one a place."""
    return tuple((word,) for word in words) + ((),) * (WINDOW_COUNT - len(words))


TOLD = [
    Example(event, label, ("bias",), said(actor, verb))
    for event in ("2030-01-01", "2030-02-02", "2030-03-03")
    for label, verb in ((AGREEMENT, "lend"), (DECLARATORY, "value"), (NOTHING, "fear"))
    for actor in ("Chile", "Peru") * 2
]


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


def test_the_network_reads_the_mean_of_the_known_words_in_each_place() -> None:
    network = by_hand()
    assert network.log_odds((), (("lend",), ())) == pytest.approx((1, -3))
    assert network.log_odds((), (("lend",), ("ships", "ships", "unheard of"))) == pytest.approx((5, -15))
    assert network.log_odds((), (("lend", "ships"), ("lend",))) == pytest.approx((0, 0))
    assert network.log_odds((), ((), ())) == (0, 0)


def test_what_the_words_tell_is_added_to_what_the_features_tell() -> None:
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


def test_a_plain_calibration_leaves_a_probability_as_it_is() -> None:
    for probability in (0.01, 0.42, 0.99):
        assert HAND.calibrate(probability) == pytest.approx(probability)


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order_and_stays_a_probability(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < shipped_model().calibrate(low) <= shipped_model().calibrate(high) < 1


def test_the_shipped_model_has_a_threshold_a_calibration_and_words() -> None:
    model = shipped_model()
    assert model.threshold == THRESHOLD and model.calibration[0] > 0 and len(model.weights) > 100
    assert model.network is not None and {"establish", "treaty"} <= set(model.network.word_rows)


def test_a_model_is_read_as_it_was_written_but_for_the_steps_of_its_vectors() -> None:
    model, file = fit(TOLD), io.BytesIO()
    write_model(structs.replace(model, calibration=(0.9, -0.2)), file)
    file.seek(0)
    again = read_model(file)
    assert (again.calibration, again.threshold) == ((0.9, -0.2), THRESHOLD)
    assert again.weights == model.weights and list(again.weights) == list(model.weights)
    for example in TOLD:
        before = model.probabilities(example.features, example.context)
        assert again.probabilities(example.features, example.context) == pytest.approx(before, abs=0.01)


def test_a_model_that_knows_nothing_is_not_written() -> None:
    file = io.BytesIO()
    with pytest.raises(ValueError, match="nothing was learnt"):
        write_model(fit(SMALL), file)
    assert not file.getvalue()


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
    rare, known = (Example("2030-04-04", AGREEMENT, (name,), said(name)) for name in ("rare", "known"))
    data = [*SMALL, *[rare] * (SEEN - 1), *[known] * KNOWN]
    first, second = fit(data), fit(data)
    assert "rare" not in first.weights and "known" in first.weights
    assert first.network is not None and second.network is not None
    assert list(first.network.word_rows) == ["known"]
    assert first.weights == second.weights and (first.network.vectors == second.network.vectors).all()


def test_an_example_counts_by_its_weight() -> None:
    doubted, sure = (
        fit([*SMALL, *[Example("2030-04-04", NOTHING, ("modal", "object=port"), weight=weight)] * 3])
        for weight in (1.0, 90.0)
    )
    assert doubted.probabilities(("modal", "object=port"))[0] > 0.5 > sure.probabilities(("modal", "object=port"))[0]


def test_the_network_starts_from_vectors_learnt_elsewhere() -> None:
    words = [f"word{number}" for number in range(40)]
    context = [tuple((word,) for word in words[start : start + WINDOW_COUNT]) for start in (0, 12, 26)]
    data = [Example("2030-01-01", NOTHING, (), places) for places in context for _ in range(KNOWN)]

    def alike(known: Sequence[str]) -> object:
        """The first two words mean the same, the others nothing to each other."""
        return np.vstack([np.eye(len(known), 64)[1], np.eye(len(known), 64)[1:]])

    def likeness(model: Model) -> float:
        assert model.network is not None
        return float(np.corrcoef(model.network.vectors[:2])[0, 1])

    assert likeness(fit(data, alike)) > 0.9 > abs(likeness(fit(data)))


def test_of_nothing_nothing_is_learnt() -> None:
    assert fit([]).weights == {}
    assert held_out([Example("2030-01-01", AGREEMENT, ("modal",))] * 3) == pytest.approx([1 / 3] * 3)


def test_an_event_is_judged_by_a_model_that_has_not_met_it() -> None:
    features = ("a feature of this event",) * 2
    chances = [held_out([*SMALL, *[Example("2030-09-09", label, features)] * 2])[-2:] for label in (NOTHING, AGREEMENT)]
    assert chances[0] == chances[1]


def test_platt_s_scaling_draws_rash_probabilities_in() -> None:
    slope, intercept = platt([0.99] * 10 + [0.01] * 10, [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    model = Model({}, calibration=(slope, intercept))
    assert model.calibrate(0.99) == pytest.approx(0.8, abs=0.01)
    assert model.calibrate(0.01) == pytest.approx(0.2, abs=0.01)
