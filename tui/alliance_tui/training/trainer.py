"""Learning the model from examples: its linear part and its network together, by Adam (Kingma and Ba 2015) on the
cross-entropy, with words, features and units dropped at random (Srivastava et al. 2014); in numpy alone.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from msgspec import Struct

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, ContextWindows
from alliance_tui.extraction.commitments.classification.model import Model

NOTHING, AGREEMENT, DECLARATORY = range(3)
SEEN, KNOWN = 3, 4
"""In how many candidates a feature must occur, and how often a word."""
THRESHOLD = 0.37
"""From which chance on a candidate is an agreement: of the range (.34 to .44) in which F on events held out is flat,
the lower half, which loses fewer records.
"""
FOLDS = 6
"""In how many parts the events are held out."""
DIMENSIONS, UNITS = 32, 96
EPOCHS, BATCH, LEAST_STEPS = 8, 128, 200
RATES = {"weights": 4e-3, "from_features": 1e-3, "vectors": 1e-3, "hidden": 2e-3, "bias": 2e-3, "out": 2e-3}
DECAY = {"weights": 2e-5, "from_features": 5e-4, "hidden": 1e-4, "out": 1e-4}
"""The L2 penalty's slope beside the mean loss of a batch."""
DROPPED, INPUT_DROPPED, UNITS_DROPPED = 0.35, 0.3, 0.4
"""The shares of words and features, of the network's input and of its units that each step leaves out."""
SPREAD, FROM_FEATURES_SPREAD = 0.3, 0.02
"""The standard deviations, at the start, of the vectors and of what features add to the units."""

Pretrained = Callable[[Sequence[str]], Any]
"""Gives words × dimensions: vectors learnt elsewhere, which tell which words are alike."""


class Example(Struct, frozen=True):
    """A candidate as the model sees it. `label` is its class; `event` tells what is left out together, `weight` how
    much it counts.
    """

    event: str
    label: int
    features: tuple[str, ...]
    context: ContextWindows = ()
    weight: float = 1.0


def fit(data: Sequence[Example], pretrained: Pretrained | None = None) -> Model:
    """The model that fits these examples; of none, one without weights."""
    if not data:
        return Model({}, threshold=THRESHOLD)
    features = _vocabulary((set(example.features) for example in data), SEEN)
    words = _vocabulary((chain.from_iterable(example.context) for example in data), KNOWN)
    chance = np.random.default_rng(0)
    learner = _Learner(
        _Bags([sorted({features[f] for f in e.features if f in features}) for e in data], len(features)),
        _Bags([[words[w] for w in place if w in words] for e in data for place in _padded(e.context)], len(words)),
        np.eye(3, dtype=np.float32)[[example.label for example in data]],
        np.array([example.weight for example in data], np.float32),
        _at_the_start(features, words, pretrained, chance),
        chance,
    )
    learner.run()
    values = learner.values
    linear = values["weights"][:-1] - values["weights"][:-1, [NOTHING]]
    out = values["out"] - values["out"][:, [NOTHING]]
    return Model(
        {f: (float(linear[i, AGREEMENT]), float(linear[i, DECLARATORY])) for f, i in features.items()},
        AveragingNetwork(
            word_rows=words,
            vectors=values["vectors"],
            hidden_weights=values["hidden"],
            hidden_bias=values["bias"],
            output_weights=out[:, [AGREEMENT, DECLARATORY]],
            feature_rows=features,
            feature_weights=values["from_features"][:-1],
        ),
        THRESHOLD,
    )


def _vocabulary(of: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    counts = Counter(chain.from_iterable(of))
    return {name: row for row, name in enumerate(sorted(name for name, n in counts.items() if n >= least))}


def _padded(context: ContextWindows) -> Iterator[tuple[str, ...]]:
    yield from context
    yield from [()] * (WINDOW_COUNT - len(context))


def _at_the_start(
    features: dict[str, int], words: dict[str, int], pretrained: Pretrained | None, chance: Any
) -> dict[str, Any]:
    """The values before anything is learnt; the last rows are those of no feature and of no word."""
    vectors = chance.normal(0, SPREAD, (len(words), DIMENSIONS))
    if pretrained is not None and len(words) > DIMENSIONS:
        known = pretrained(list(words))
        left, sizes, _ = np.linalg.svd(known - known.mean(axis=0), full_matrices=False)
        vectors = left[:, :DIMENSIONS] * sizes[:DIMENSIONS]
        vectors *= SPREAD / vectors.std()
    width = WINDOW_COUNT * DIMENSIONS
    start = {
        "weights": np.zeros((len(features) + 1, 3)),
        "from_features": np.vstack([chance.normal(0, FROM_FEATURES_SPREAD, (len(features), UNITS)), np.zeros(UNITS)]),
        "vectors": np.vstack([vectors, np.zeros(DIMENSIONS)]),
        "hidden": chance.uniform(-1, 1, (width, UNITS)) / width**0.5,
        "bias": np.zeros(UNITS),
        "out": chance.uniform(-1, 1, (UNITS, 3)) / UNITS**0.5,
    }
    return {name: value.astype(np.float32) for name, value in start.items()}


class _Bags:
    """Rows of columns, each row ended by the column `none` so that none is empty."""

    def __init__(self, rows: Sequence[Sequence[int]], none: int) -> None:
        self.none = none
        self._columns = np.fromiter(chain.from_iterable((*row, none) for row in rows), np.int64)
        self._sizes = np.array([len(row) + 1 for row in rows], np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def some(self, rows: Any, chance: Any) -> tuple[Any, Any, Any]:
        """The columns in these rows, where each row begins there and its size; some left out at random."""
        sizes = self._sizes[rows]
        starts = np.cumsum(sizes) - sizes
        columns = self._columns[np.repeat(self._starts[rows] - starts, sizes) + np.arange(sizes.sum())]
        columns = np.where(chance.random(len(columns)) < DROPPED, self.none, columns)
        return columns, starts, sizes


class _Learner:
    """The values that are learnt, and the steps that learn them."""

    def __init__(self, features: _Bags, words: _Bags, target: Any, weight: Any, start: dict[str, Any], chance: Any):
        self._features, self._words, self._target, self._weight, self._chance = features, words, target, weight, chance
        self.values = start
        self._means = {name: np.zeros_like(value) for name, value in self.values.items()}
        self._squares = {name: np.zeros_like(value) for name, value in self.values.items()}

    def run(self) -> None:
        """Go through all examples as often as need be, ever more slowly."""
        count = len(self._target)
        steps = max(EPOCHS * -(-count // BATCH), LEAST_STEPS)
        order: Any = np.empty(0, np.int64)
        for step in range(steps):
            if len(order) < min(BATCH, count):
                order = np.concatenate([order, self._chance.permutation(count)])
            rows, order = order[:BATCH], order[BATCH:]
            self._follow(self._slopes(rows), step, max(0.02, 1 - step / steps))

    def _slopes(self, rows: Any) -> dict[str, Any]:
        """How the mean loss of these examples changes with each value."""
        values, chance = self.values, self._chance
        names, name_starts, name_sizes = self._features.some(rows, chance)
        places = (rows[:, None] * WINDOW_COUNT + np.arange(WINDOW_COUNT)).ravel()
        words, word_starts, word_sizes = self._words.some(places, chance)
        told = np.add.reduceat((words != self._words.none).astype(np.float32), word_starts)
        share = (1 / np.maximum(told, 1)).astype(np.float32)[:, None]
        means = np.add.reduceat(values["vectors"][words], word_starts) * share
        kept = _kept(chance, (len(rows), WINDOW_COUNT * DIMENSIONS), INPUT_DROPPED)
        read = means.reshape(len(rows), -1) * kept
        from_features = np.add.reduceat(values["from_features"][names], name_starts) / (1 - DROPPED)
        units = read @ values["hidden"] + from_features + values["bias"]
        open_ = (units > 0) * _kept(chance, units.shape, UNITS_DROPPED)
        units = units * open_
        linear = np.add.reduceat(values["weights"][names], name_starts) / (1 - DROPPED)
        scores = units @ values["out"] + linear
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        weight = self._weight[rows]
        error = ((p - self._target[rows]) * (weight / weight.sum())[:, None]).astype(np.float32)
        back = (error @ values["out"].T) * open_
        into = ((back @ values["hidden"].T) * kept).reshape(-1, DIMENSIONS) * share

        def of_features(part: Any, name: str) -> Any:
            return _gathered(names, np.repeat(part / (1 - DROPPED), name_sizes, axis=0), values[name])

        return {
            "weights": of_features(error, "weights"),
            "from_features": of_features(back, "from_features"),
            "vectors": _gathered(words, np.repeat(into, word_sizes, axis=0), values["vectors"]),
            "hidden": read.T @ back,
            "bias": back.sum(axis=0),
            "out": units.T @ error,
        }

    def _follow(self, slopes: dict[str, Any], step: int, pace: float) -> None:
        for name, slope in slopes.items():
            value, mean, square = self.values[name], self._means[name], self._squares[name]
            slope += DECAY.get(name, 0.0) * value
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            spread = np.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-8
            value -= (RATES[name] * pace / (1 - 0.9 ** (step + 1))) * mean / spread
        for name in ("weights", "from_features", "vectors"):
            self.values[name][-1] = 0


def _kept(chance: Any, shape: tuple[int, ...], dropped: float) -> Any:
    return ((chance.random(shape) >= dropped) / (1 - dropped)).astype(np.float32)


def _gathered(columns: Any, parts: Any, like: Any) -> Any:
    """The sum of the parts of each column, in the shape of `like`."""
    order = np.argsort(columns, kind="stable")
    held, starts = np.unique(columns[order], return_index=True)
    result = np.zeros_like(like)
    result[held] = np.add.reduceat(parts[order], starts)
    return result


def held_out(data: Sequence[Example], pretrained: Pretrained | None = None) -> list[float]:
    """The probability of being an agreement that each example gets from a model that has not met its event."""
    result = [0.0] * len(data)
    for inside in _folds(data):
        out = set(inside)
        model = fit([example for index, example in enumerate(data) if index not in out], pretrained)
        for index in inside:
            result[index] = model.probabilities(data[index].features, data[index].context)[0]
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
