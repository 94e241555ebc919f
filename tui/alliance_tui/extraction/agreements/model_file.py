"""The file in which the model is kept: an archive of arrays (NumPy's .npz), names as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import numpy as np

from alliance_tui.extraction.agreements.model import Model
from alliance_tui.extraction.agreements.network import Network

FINEST = 127
"""Word vectors are kept in steps of a 127th of the greatest in each dimension."""


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
    """Keep a model with a network: its vectors in whole steps, the rest in single precision.

    Raises ValueError, before anything is written, for a model that knows no words.
    """
    network = model.network
    if network is None or not network.words:
        raise ValueError("there is no model to keep: nothing was learnt")
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
