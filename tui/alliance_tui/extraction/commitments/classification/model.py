"""The model that tells records from what only looks like them: a linear part over a candidate's features and a small
network over its words.

Both give log odds for agreement and declaratory against nothing, which are summed; the network reads the features too.
Everything it knows is data (data/agreement_model.npz), learnt from coded documents and judged candidates by
`python -m alliance_tui.training.train`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork


class Model(Struct, frozen=True):
    """`weights` tells each feature's log odds for agreement and for declaratory, `network` reads the words.

    A candidate is an agreement from `threshold` on. `calibration` (slope and intercept of Platt scaling, fitted on
    candidates of events held out) turns its log odds into a probability.
    """

    weights: dict[str, tuple[float, float]]
    network: AveragingNetwork | None = None
    threshold: float = 0.5
    calibration: tuple[float, float] = (1.0, 0.0)

    def probabilities(self, features: Iterable[str], context: Sequence[Sequence[str]] = ()) -> tuple[float, float]:
        """The probability that a candidate with these features and words is an agreement and that it is declaratory."""
        known = sorted(set(features))  # in one order, so that sums come out the same
        agreement, declaratory = self.network.log_odds(known, context) if self.network and context else (0.0, 0.0)
        for feature in known:
            first, second = self.weights.get(feature, (0.0, 0.0))
            agreement += first
            declaratory += second
        top = max(agreement, declaratory, 0.0)
        parts = [math.exp(score - top) for score in (agreement, declaratory, 0.0)]
        return parts[0] / sum(parts), parts[1] / sum(parts)

    def calibrated(self, probability: float) -> float:
        """The share of candidates with this probability that are agreements, as measured on held-out events."""
        slope, intercept = self.calibration
        return sigmoid(slope * log_odds(probability, 1e-6) + intercept)


def log_odds(probability: float, least: float) -> float:
    """The log odds of a probability, which is taken for no less than `least` and its opposite for no less either."""
    held = min(max(probability, least), 1 - least)
    return math.log(held / (1 - held))


def sigmoid(log_odds: float) -> float:
    """The probability that has these log odds."""
    return 1 / (1 + math.exp(-log_odds))
