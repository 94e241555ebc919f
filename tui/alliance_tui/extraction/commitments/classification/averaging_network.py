"""The network that reads a candidate's words together with its features.

It takes the mean vector of the words in each place of the context (after Iyyer et al. 2015, deep averaging networks)
and what each feature adds through one hidden layer, in which they can bear on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from msgspec import Struct


class AveragingNetwork(Struct, frozen=True):
    """`words` tells the row of a word in `vectors` (rows × dimensions; the last row, of no word, is zero). `hidden`
    (places · dimensions × units), `bias` and `from_features` (rows × units; `features` tells the row of a feature) lead
    to the hidden units, `out` (units × 2) from there to the log odds.
    """

    word_rows: dict[str, int]
    vectors: Any
    hidden_weights: Any
    hidden_bias: Any
    output_weights: Any
    feature_rows: dict[str, int]
    feature_weights: Any

    def log_odds(self, features: Iterable[str], context: Sequence[Sequence[str]]) -> tuple[float, float]:
        """The log odds of agreement and declaratory that the words tell beside the features (each of them once)."""
        none = len(self.word_rows)
        rows = [[*(self.word_rows[word] for word in place if word in self.word_rows), none] for place in context]
        sizes = np.array([len(row) for row in rows])
        sums = np.add.reduceat(self.vectors[list(chain.from_iterable(rows))], np.cumsum(sizes) - sizes)
        means = sums / np.maximum(sizes - 1, 1)[:, None]
        added = self.feature_weights[[self.feature_rows[name] for name in features if name in self.feature_rows]].sum(
            axis=0
        )
        units = np.maximum(means.ravel() @ self.hidden_weights + added + self.hidden_bias, 0)
        agreement, declaratory = units @ self.output_weights
        return float(agreement), float(declaratory)
