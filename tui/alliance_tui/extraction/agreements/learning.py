"""Learning the model's weights from examples: a multinomial logistic regression under an L2 penalty, in numpy alone."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from alliance_tui.extraction.agreements.model import Weights, probabilities

NOTHING, AGREEMENT, DECLARATORY = range(3)
PENALTY = 18.0
"""The L2 penalty beside the summed loss of the examples; found by cross-validation over events, flat from 12 to 35."""
SEEN = 3
"""In how many candidates a feature must occur."""
THRESHOLD = 0.32
"""From which chance on a candidate is an agreement: the middle of the range (.24 to .40) in which F on events held out
is flat.
"""
FOLDS = 6
"""In how many parts the events are held out."""
STEPS = 300


class Example(Struct, frozen=True):
    """A candidate as the model sees it. `label` is its class; `event` tells what is left out together, `weight` how
    much it counts.
    """

    event: str
    label: int
    features: tuple[str, ...]
    weight: float = 1.0


def fit(data: Sequence[Example]) -> Weights:
    """The weights that fit these examples, by accelerated gradient descent; of none, no weights."""
    if not data:
        return Weights({}, THRESHOLD)
    counts = Counter(feature for example in data for feature in set(example.features))
    vocabulary = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    held = [sorted({vocabulary[f] for f in example.features if f in vocabulary}) for example in data]
    weight = np.array([example.weight for example in data])
    w = _descend(_Sparse(held, len(vocabulary)), np.eye(3)[[example.label for example in data]], weight)
    w = np.round(w - w[:, [NOTHING]], 3)
    pairs = {f: (float(w[i, AGREEMENT]), float(w[i, DECLARATORY])) for f, i in vocabulary.items()}
    return Weights({feature: pair for feature, pair in pairs.items() if any(pair)}, THRESHOLD)


class _Sparse:
    """A matrix of zeros and ones by the columns of the ones in each row."""

    def __init__(self, rows: Sequence[Sequence[int]], width: int) -> None:
        self.width = width
        self._columns = np.array([c for row in rows for c in (*row, width)], int)  # one more, that no row is empty
        self._sizes = np.array([len(row) + 1 for row in rows], int)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)[:-1]])

    def times(self, matrix: Any) -> Any:
        """The product with a matrix of as many rows as this has columns."""
        padded = np.vstack([matrix, np.zeros((1, matrix.shape[1]))])
        return np.add.reduceat(padded[self._columns], self._starts, axis=0)

    def transposed_times(self, matrix: Any) -> Any:
        """The product of this, transposed, with a matrix of as many rows."""
        spread = np.repeat(matrix, self._sizes, axis=0)
        sums = [np.bincount(self._columns, spread[:, k], self.width + 1)[:-1] for k in range(matrix.shape[1])]
        return np.stack(sums, axis=1)


def _descend(x: _Sparse, y: Any, weight: Any) -> Any:
    """The weights of the features `x` that fit the classes `y` best (Beck and Teboulle 2009)."""
    rate = 1 / (0.5 * _greatest(x, weight) + PENALTY)
    w = ahead = np.zeros((x.width, y.shape[1]))
    t = 1.0
    for _ in range(STEPS):
        scores = x.times(ahead)
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        new = ahead - rate * (x.transposed_times((p - y) * weight[:, None]) + PENALTY * ahead)
        after = (1 + (1 + 4 * t * t) ** 0.5) / 2
        ahead, w, t = new + (t - 1) / after * (new - w), new, after
    return w


def _greatest(x: _Sparse, weight: Any) -> float:
    """The greatest eigenvalue of the examples' weighted squares, which bounds the step, by the power method."""
    part = np.ones((x.width, 1))
    size = 1.0
    for _ in range(30):
        turned = x.transposed_times(x.times(part) * weight[:, None])
        size = float(np.linalg.norm(turned))
        part = turned / size
    return 1.05 * size


def held_out(data: Sequence[Example]) -> list[float]:
    """The probability of being an agreement that each example gets from a model that has not met its event."""
    result = [0.0] * len(data)
    for inside in _folds(data):
        out = set(inside)
        weights = fit([example for index, example in enumerate(data) if index not in out])
        for index in inside:
            result[index] = probabilities(data[index].features, weights)[0]
    return result


def _folds(data: Sequence[Example]) -> Iterator[list[int]]:
    """The examples by what is held out together: whole events, spread by their names."""
    parts: dict[int, list[int]] = {}
    for index, example in enumerate(data):
        parts.setdefault(zlib.crc32(example.event.encode()) % FOLDS, []).append(index)
    for part in sorted(parts):
        yield parts[part]


def platt(chances: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept that turn log odds into calibrated ones (Platt 1999), by Newton's method."""
    held = np.clip(chances, 1e-6, 1 - 1e-6)
    odds = np.log(held / (1 - held))
    x = np.stack([odds, np.ones_like(odds)], axis=1)
    y = np.asarray(labels, dtype=float)
    w = np.zeros(2)  # from further out Newton's steps may grow without end
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + 1e-9 * np.eye(2)
        w = w - np.linalg.solve(hessian, x.T @ (p - y))
    return round(float(w[0]), 3), round(float(w[1]), 3)
