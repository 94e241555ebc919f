"""Training of the model: linear part and network together, in NumPy.

Adam (Kingma and Ba 2015) on the weighted cross-entropy with L2 regularisation, and dropout (Srivastava et al. 2014) of
words, features, the network's input and its hidden units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, ContextWindows
from alliance_tui.extraction.commitments.classification.model import Model
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.training.examples import Example

MIN_FEATURE_COUNT, MIN_WORD_COUNT = 3, 4
"""The examples in which a feature must occur, and the occurrences of a word, to be learnt."""
THRESHOLD = 0.37
"""The probability from which on a candidate is an agreement.

F1 on held-out events is flat from .34 to .44; the lower half of this range loses fewer records.
"""
DIMENSIONS, UNITS = 32, 96
EPOCHS, BATCH_SIZE, MIN_STEPS = 8, 128, 200
LEARNING_RATES = {
    "linear_weights": 4e-3,
    "feature_weights": 1e-3,
    "vectors": 1e-3,
    "hidden_weights": 2e-3,
    "hidden_bias": 2e-3,
    "output_weights": 2e-3,
}
MIN_LEARNING_RATE_FACTOR = 0.02
WEIGHT_DECAY = {"linear_weights": 2e-5, "feature_weights": 5e-4, "hidden_weights": 1e-4, "output_weights": 1e-4}
"""The gradient of the L2 penalty, as a factor of each parameter."""
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
"""Adam's decay rates of the moments, and the term that keeps it from dividing by zero."""
DROPOUT, INPUT_DROPOUT, HIDDEN_DROPOUT = 0.35, 0.3, 0.4
"""The dropout rates of words and features, of the network's input and of its hidden units."""
VECTOR_DEVIATION, FEATURE_DEVIATION = 0.3, 0.02
"""The standard deviations of the initial word vectors and feature weights."""

Pretrained = Callable[[Sequence[str]], Any]
"""Gives pretrained vectors of words, as words × dimensions."""
_PADDED = ("linear_weights", "feature_weights", "vectors")
"""The parameters whose last row is padding and stays zero."""


def fit(examples: Sequence[Example], pretrained: Pretrained | None = None) -> Model:
    """Return the model trained on examples; of none, one without weights."""
    if not examples:
        return Model({}, threshold=THRESHOLD)
    features = _vocabulary((set(example.features) for example in examples), MIN_FEATURE_COUNT)
    words = _vocabulary((chain.from_iterable(example.context) for example in examples), MIN_WORD_COUNT)
    rng = np.random.default_rng(0)
    trainer = _Trainer(
        features=_RaggedRows(
            [sorted({features[f] for f in example.features if f in features}) for example in examples], len(features)
        ),
        words=_RaggedRows(
            [[words[w] for w in window if w in words] for e in examples for window in _padded(e.context)], len(words)
        ),
        targets=np.eye(len(Label), dtype=np.float32)[[example.label for example in examples]],
        weights=np.array([example.weight for example in examples], np.float32),
        parameters=_initial_parameters(features, words, pretrained, rng),
        rng=rng,
    )
    trainer.run()
    return _model(trainer.parameters, features, words)


def _model(parameters: dict[str, Any], features: dict[str, int], words: dict[str, int]) -> Model:
    """Return the model of trained parameters: scores against class NOTHING, without rows of padding."""
    linear = parameters["linear_weights"][:-1] - parameters["linear_weights"][:-1, [Label.NOTHING]]
    output = parameters["output_weights"] - parameters["output_weights"][:, [Label.NOTHING]]
    return Model(
        {
            feature: (float(linear[row, Label.AGREEMENT]), float(linear[row, Label.DECLARATORY]))
            for feature, row in features.items()
        },
        AveragingNetwork(
            word_rows=words,
            vectors=parameters["vectors"],
            hidden_weights=parameters["hidden_weights"],
            hidden_bias=parameters["hidden_bias"],
            output_weights=output[:, [Label.AGREEMENT, Label.DECLARATORY]],
            feature_rows=features,
            feature_weights=parameters["feature_weights"][:-1],
        ),
        THRESHOLD,
    )


def _vocabulary(groups: Iterable[Iterable[str]], min_count: int) -> dict[str, int]:
    """Return the row of each name that occurs often enough, in alphabetical order."""
    counts = Counter(chain.from_iterable(groups))
    return {name: row for row, name in enumerate(sorted(name for name, n in counts.items() if n >= min_count))}


def _padded(context: ContextWindows) -> Iterator[tuple[str, ...]]:
    """Yield the windows of an example, filled up with empty ones."""
    yield from context
    yield from [()] * (WINDOW_COUNT - len(context))


def _initial_parameters(
    features: dict[str, int], words: dict[str, int], pretrained: Pretrained | None, rng: Any
) -> dict[str, Any]:
    """Return the parameters before training; pretrained vectors are reduced to DIMENSIONS by principal components."""
    vectors = rng.normal(0, VECTOR_DEVIATION, (len(words), DIMENSIONS))
    if pretrained is not None and len(words) > DIMENSIONS:
        full = pretrained(list(words))
        left, singular_values, _ = np.linalg.svd(full - full.mean(axis=0), full_matrices=False)
        vectors = left[:, :DIMENSIONS] * singular_values[:DIMENSIONS]
        vectors *= VECTOR_DEVIATION / vectors.std()
    feature_weights = rng.normal(0, FEATURE_DEVIATION, (len(features), UNITS))
    width = WINDOW_COUNT * DIMENSIONS
    classes = len(Label)
    parameters = {
        "linear_weights": np.zeros((len(features) + 1, classes)),
        "feature_weights": np.vstack([feature_weights, np.zeros(UNITS)]),
        "vectors": np.vstack([vectors, np.zeros(DIMENSIONS)]),
        "hidden_weights": rng.uniform(-1, 1, (width, UNITS)) / width**0.5,
        "hidden_bias": np.zeros(UNITS),
        "output_weights": rng.uniform(-1, 1, (UNITS, classes)) / UNITS**0.5,
    }
    return {name: value.astype(np.float32) for name, value in parameters.items()}


class _RaggedRows:
    """Rows of column indices of unequal length, each ended by the column `padding` so that none is empty."""

    def __init__(self, rows: Sequence[Sequence[int]], padding: int) -> None:
        self.padding = padding
        self._columns = np.fromiter(chain.from_iterable((*row, padding) for row in rows), np.int64)
        self._sizes = np.array([len(row) + 1 for row in rows], np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def sample(self, rows: Any, rng: Any) -> tuple[Any, Any, Any]:
        """Return the columns of these rows after dropout, and where each row starts among them, and its size."""
        sizes = self._sizes[rows]
        starts = np.cumsum(sizes) - sizes
        columns = self._columns[np.repeat(self._starts[rows] - starts, sizes) + np.arange(sizes.sum())]
        columns = np.where(rng.random(len(columns)) < DROPOUT, self.padding, columns)
        return columns, starts, sizes


class _Trainer:
    """Parameters, optimiser state and training data."""

    def __init__(
        self,
        features: _RaggedRows,
        words: _RaggedRows,
        targets: Any,
        weights: Any,
        parameters: dict[str, Any],
        rng: Any,
    ) -> None:
        """Prepare training.

        Args:
            features: The feature rows of each example.
            words: The word rows of each window, WINDOW_COUNT windows an example.
            targets: One-hot labels, examples × classes.
            weights: The weight of each example.
            parameters: Initial parameters, changed in place.
            rng: The source of batches and dropout.
        """
        self._features, self._words, self._targets, self._weights = features, words, targets, weights
        self._rng = rng
        self.parameters = parameters
        self._first_moments = {name: np.zeros_like(value) for name, value in parameters.items()}
        self._second_moments = {name: np.zeros_like(value) for name, value in parameters.items()}

    def run(self) -> None:
        """Train for EPOCHS, at least MIN_STEPS, with a linearly falling learning rate."""
        count = len(self._targets)
        steps = max(EPOCHS * -(-count // BATCH_SIZE), MIN_STEPS)
        queue: Any = np.empty(0, np.int64)
        for step in range(steps):
            if len(queue) < min(BATCH_SIZE, count):
                queue = np.concatenate([queue, self._rng.permutation(count)])
            batch, queue = queue[:BATCH_SIZE], queue[BATCH_SIZE:]
            self._adam_step(self._gradients(batch), step, max(MIN_LEARNING_RATE_FACTOR, 1 - step / steps))

    def _gradients(self, batch: Any) -> dict[str, Any]:
        """Return the gradients of the batch's mean cross-entropy, by backpropagation."""
        parameters, rng = self.parameters, self._rng
        features, feature_starts, feature_counts = self._features.sample(batch, rng)
        windows = (batch[:, None] * WINDOW_COUNT + np.arange(WINDOW_COUNT)).ravel()
        words, word_starts, word_counts = self._words.sample(windows, rng)

        kept_words = np.add.reduceat((words != self._words.padding).astype(np.float32), word_starts)
        mean_factor = (1 / np.maximum(kept_words, 1)).astype(np.float32)[:, None]
        means = np.add.reduceat(parameters["vectors"][words], word_starts) * mean_factor
        input_mask = _dropout_mask(rng, (len(batch), WINDOW_COUNT * DIMENSIONS), INPUT_DROPOUT)
        inputs = means.reshape(len(batch), -1) * input_mask
        from_features = np.add.reduceat(parameters["feature_weights"][features], feature_starts) / (1 - DROPOUT)
        hidden = inputs @ parameters["hidden_weights"] + from_features + parameters["hidden_bias"]
        hidden_mask = (hidden > 0) * _dropout_mask(rng, hidden.shape, HIDDEN_DROPOUT)
        hidden = hidden * hidden_mask
        linear = np.add.reduceat(parameters["linear_weights"][features], feature_starts) / (1 - DROPOUT)
        probabilities = _softmax(hidden @ parameters["output_weights"] + linear)

        weights = self._weights[batch]
        factors = (weights / weights.sum())[:, None]
        score_gradient = ((probabilities - self._targets[batch]) * factors).astype(np.float32)
        hidden_gradient = (score_gradient @ parameters["output_weights"].T) * hidden_mask
        input_gradient = (hidden_gradient @ parameters["hidden_weights"].T) * input_mask
        mean_gradient = input_gradient.reshape(-1, DIMENSIONS) * mean_factor

        def of_features(gradient: Any, name: str) -> Any:
            repeated = np.repeat(gradient / (1 - DROPOUT), feature_counts, axis=0)
            return _scatter_add(features, repeated, parameters[name])

        return {
            "linear_weights": of_features(score_gradient, "linear_weights"),
            "feature_weights": of_features(hidden_gradient, "feature_weights"),
            "vectors": _scatter_add(words, np.repeat(mean_gradient, word_counts, axis=0), parameters["vectors"]),
            "hidden_weights": inputs.T @ hidden_gradient,
            "hidden_bias": hidden_gradient.sum(axis=0),
            "output_weights": hidden.T @ score_gradient,
        }

    def _adam_step(self, gradients: dict[str, Any], step: int, learning_rate_factor: float) -> None:
        """Update the parameters and the moments in place."""
        for name, gradient in gradients.items():
            parameter, first, second = self.parameters[name], self._first_moments[name], self._second_moments[name]
            gradient += WEIGHT_DECAY.get(name, 0.0) * parameter
            first += (1 - BETA_1) * (gradient - first)
            second += (1 - BETA_2) * (gradient * gradient - second)
            deviation = np.sqrt(second / (1 - BETA_2 ** (step + 1))) + EPSILON
            learning_rate = LEARNING_RATES[name] * learning_rate_factor / (1 - BETA_1 ** (step + 1))
            parameter -= learning_rate * first / deviation
        for name in _PADDED:
            self.parameters[name][-1] = 0


def _softmax(scores: Any) -> Any:
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _dropout_mask(rng: Any, shape: tuple[int, ...], rate: float) -> Any:
    """Return an inverted dropout mask: zero at `rate`, 1 / (1 − rate) elsewhere."""
    return ((rng.random(shape) >= rate) / (1 - rate)).astype(np.float32)


def _scatter_add(rows: Any, values: Any, like: Any) -> Any:
    """Return the sums of the values of each row, in the shape of `like`."""
    order = np.argsort(rows, kind="stable")
    distinct, starts = np.unique(rows[order], return_index=True)
    sums = np.zeros_like(like)
    sums[distinct] = np.add.reduceat(values[order], starts)
    return sums
