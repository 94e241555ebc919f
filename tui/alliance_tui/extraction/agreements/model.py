"""The linear model that tells records from what only looks like them, over a candidate's features.

It is a multinomial logistic regression (softmax over agreement, declaratory and nothing); its weights are data
(data/agreement_weights.json), learnt from coded documents and judged candidates by
`python -m alliance_tui.extraction.agreements.training`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct


class Weights(Struct, frozen=True):
    """For each feature its weight for "agreement" and for "declaratory", against nothing.

    A candidate is an agreement from `threshold` on. `calibration` (slope and intercept of Platt scaling, fitted on
    candidates of events held out) turns its log odds into a probability.
    """

    weights: dict[str, tuple[float, float]]
    threshold: float = 0.5
    calibration: tuple[float, float] = (1.0, 0.0)


FILE = "agreement_weights.json"


@cache
def shipped() -> Weights:
    """The weights that come with the program."""
    data = resources.files("alliance_tui.extraction").joinpath("data", FILE).read_bytes()
    return msgspec.json.decode(data, type=Weights)


def probabilities(features: Iterable[str], weights: Weights) -> tuple[float, float]:
    """The probability that a candidate with these features is an agreement and that it is declaratory."""
    agreement = declaratory = 0.0
    for feature in sorted(set(features)):
        first, second = weights.weights.get(feature, (0.0, 0.0))
        agreement += first
        declaratory += second
    top = max(agreement, declaratory, 0.0)
    parts = [math.exp(score - top) for score in (agreement, declaratory, 0.0)]
    return parts[0] / sum(parts), parts[1] / sum(parts)


def calibrated(probability: float, weights: Weights) -> float:
    """The share of candidates with this probability that are agreements, as measured on held-out events."""
    held = min(max(probability, 1e-6), 1 - 1e-6)
    slope, intercept = weights.calibration
    return 1 / (1 + math.exp(-(slope * math.log(held / (1 - held)) + intercept)))
