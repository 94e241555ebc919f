"""The network that reads a candidate's words.

It takes the mean vector of the words in each place of the context (after Iyyer et al. 2015, deep averaging networks)
through one hidden layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from msgspec import Struct


class Network(Struct, frozen=True):
    """`words` tells the row of a word in `vectors` (rows × dimensions; the last row, of no word, is zero). `hidden`
    (places · dimensions × units) and `bias` lead to the hidden units, `out` (units × 2) from there to the log odds.
    """

    words: dict[str, int]
    vectors: Any
    hidden: Any
    bias: Any
    out: Any

    def odds(self, context: Sequence[Sequence[str]]) -> tuple[float, float]:
        """The log odds of agreement and declaratory that the words tell."""
        none = len(self.words)
        rows = [[*(self.words[word] for word in place if word in self.words), none] for place in context]
        sizes = np.array([len(row) for row in rows])
        sums = np.add.reduceat(self.vectors[list(chain.from_iterable(rows))], np.cumsum(sizes) - sizes)
        means = sums / np.maximum(sizes - 1, 1)[:, None]
        units = np.maximum(means.ravel() @ self.hidden + self.bias, 0)
        agreement, declaratory = units @ self.out
        return float(agreement), float(declaratory)
