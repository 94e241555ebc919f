"""The model of links: a logistic regression over PairFeatures, with its weights as data.

`data/link_model.json` is made by `python -m tests.quality.linking.train`.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from alliance_tui.linking.pair_features import PairFeatures


class LinkModel(Struct, frozen=True):
    """The weight of each feature, by its name, and of none; a pair is linked above the threshold."""

    weights: dict[str, float]
    bias: float
    threshold: float

    def probability(self, features: PairFeatures) -> float:
        """Return the probability that the pair is the same undertaking."""
        terms = [weight * getattr(features, name) for name, weight in self.weights.items()]
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.bias + math.fsum(terms)))))


@cache
def link_model() -> LinkModel:
    """Return the model that comes with the program."""
    data = resources.files("alliance_tui.linking") / "data" / "link_model.json"
    return msgspec.json.decode(data.read_bytes(), type=LinkModel)
