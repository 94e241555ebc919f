"""The network that reads a candidate's words, and the file in which it and the linear part are kept.

It takes the mean vector of the words in each place of the context (after Iyyer et al. 2015, deep averaging networks)
through one hidden layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import IO, Any

import numpy as np
from msgspec import Struct

from alliance_tui.extraction.agreements.model import Model

FINEST = 127
"""Word vectors are kept in steps of a 127th of the greatest in each dimension."""


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


def read(file: IO[bytes]) -> Model:
    """A model from where `write` wrote it."""
    with np.load(file, allow_pickle=False) as held:
        parts = {name: held[name] for name in held.files}
    features, words = (parts[name].tobytes().decode().split("\n") for name in ("features", "words"))
    vectors = parts["vectors"] * (parts["finest"] / FINEST)
    network = Network(
        {word: row for row, word in enumerate(words)}, vectors, *(parts[name] for name in ("hidden", "bias", "out"))
    )
    weights = dict(zip(features, map(tuple, parts["weights"].tolist()), strict=True))
    slope, intercept, threshold = parts["decision"].tolist()
    return Model(weights, network, threshold, (slope, intercept))


def write(model: Model, file: IO[bytes]) -> None:
    """Keep a model with a network: its vectors in whole steps, the rest in single precision."""
    network = model.network
    assert network is not None
    finest = np.maximum(np.abs(network.vectors).max(axis=0), 1e-6).astype(np.float32)
    np.savez_compressed(
        file,
        features=_bytes(model.weights),
        weights=np.array(list(model.weights.values()), np.float32),
        words=_bytes(network.words),
        vectors=np.round(network.vectors / finest * FINEST).astype(np.int8),
        finest=finest,
        hidden=network.hidden.astype(np.float32),
        bias=network.bias.astype(np.float32),
        out=network.out.astype(np.float32),
        decision=np.array([*model.calibration, model.threshold]),
    )


def _bytes(lines: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
