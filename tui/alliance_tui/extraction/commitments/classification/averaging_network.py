"""Deep averaging network (Iyyer et al. 2015) over a candidate's context windows and features.

The mean word vector of each window and the weights of each feature go through one hidden layer, where they interact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from msgspec import Struct


class AveragingNetwork(Struct, frozen=True):
    """Parameters of the network.

    Attributes:
        word_rows: Row of each word in `vectors`.
        vectors: Word vectors, rows × dimensions; the last row, of no word, is zero.
        hidden_weights: Windows · dimensions × units.
        hidden_bias: Units.
        output_weights: Units × 2, for the log odds of agreement and declaratory.
        feature_rows: Row of each feature in `feature_weights`.
        feature_weights: Rows × units.
    """

    word_rows: dict[str, int]
    vectors: Any
    hidden_weights: Any
    hidden_bias: Any
    output_weights: Any
    feature_rows: dict[str, int]
    feature_weights: Any

    def log_odds(self, features: Iterable[str], context: Sequence[Sequence[str]]) -> tuple[float, float]:
        """Return the log odds of agreement and declaratory for distinct features and the words of each window."""
        padding = len(self.word_rows)
        rows = [[*(self.word_rows[w] for w in window if w in self.word_rows), padding] for window in context]
        sizes = np.array([len(row) for row in rows])
        sums = np.add.reduceat(self.vectors[list(chain.from_iterable(rows))], np.cumsum(sizes) - sizes)
        means = sums / np.maximum(sizes - 1, 1)[:, None]
        feature_rows = [self.feature_rows[name] for name in features if name in self.feature_rows]
        from_features = self.feature_weights[feature_rows].sum(axis=0)
        units = np.maximum(means.ravel() @ self.hidden_weights + from_features + self.hidden_bias, 0)
        agreement, declaratory = units @ self.output_weights
        return float(agreement), float(declaratory)
