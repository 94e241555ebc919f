"""Model of the classifier: a linear part over a candidate's features and a small network over its words.

Both give log odds of agreement and of declaratory against neither, which are added. The parameters are data
(data/agreement_model.npz), trained on annotated documents and labelled candidates by `python -m alliance_tui.training`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork


_MIN_CALIBRATED = 1e-6
"""The bound to which probabilities are clipped before calibration."""


class Model(Struct, frozen=True):
    """Parameters of the classifier.

    Attributes:
        weights: Log odds of agreement and declaratory for each feature.
        network: The network that reads the words beside the features.
        threshold: The probability from which on a candidate is an agreement.
        calibration: Slope and intercept of Platt scaling, fitted on held-out events.
    """

    weights: dict[str, tuple[float, float]]
    network: AveragingNetwork | None = None
    threshold: float = 0.5
    calibration: tuple[float, float] = (1.0, 0.0)

    def probabilities(self, features: Iterable[str], context: Sequence[Sequence[str]] = ()) -> tuple[float, float]:
        """Return the probabilities of agreement and of declaratory (softmax with a third class of log odds 0)."""
        distinct = sorted(set(features))  # sorted, so that sums of floats are reproducible
        agreement, declaratory = self.network.log_odds(distinct, context) if self.network and context else (0.0, 0.0)
        for feature in distinct:
            agreement_weight, declaratory_weight = self.weights.get(feature, (0.0, 0.0))
            agreement += agreement_weight
            declaratory += declaratory_weight
        highest = max(agreement, declaratory, 0.0)
        exponentials = [math.exp(score - highest) for score in (agreement, declaratory, 0.0)]
        return exponentials[0] / sum(exponentials), exponentials[1] / sum(exponentials)

    def calibrate(self, probability: float) -> float:
        """Return the calibrated probability of an agreement."""
        slope, intercept = self.calibration
        return sigmoid(slope * log_odds(probability, _MIN_CALIBRATED) + intercept)


def log_odds(probability: float, bound: float) -> float:
    """Return the log odds of a probability that is clipped to [bound, 1 − bound]."""
    clipped = min(max(probability, bound), 1 - bound)
    return math.log(clipped / (1 - clipped))


def sigmoid(log_odds: float) -> float:
    """Return the probability with these log odds."""
    return 1 / (1 + math.exp(-log_odds))
