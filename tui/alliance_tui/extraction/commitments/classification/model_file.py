"""The file in which the model is kept: an archive of arrays (NumPy's .npz), names as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import IO, Any

import numpy as np

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.model import Model

MODEL_FILE = "agreement_model.npz"
FINEST = 127
"""Word vectors and what features add are kept in steps of a 127th of the greatest in each dimension."""


@cache
def shipped_model() -> Model:
    """The model that comes with the program."""
    with resources.files("alliance_tui.extraction").joinpath("data", MODEL_FILE).open("rb") as file:
        return read_model(file)


def read_model(file: IO[bytes]) -> Model:
    """A model from where `write` wrote it."""
    with np.load(file, allow_pickle=False) as held:
        parts = {name: held[name] for name in held.files}
    features, words = (parts[name].tobytes().decode().split("\n") for name in ("features", "words"))
    network = AveragingNetwork(
        word_rows=_rows(words),
        vectors=_from_steps(parts["vectors"], parts["finest"]),
        hidden_weights=parts["hidden"],
        hidden_bias=parts["bias"],
        output_weights=parts["out"],
        feature_rows=_rows(features),
        feature_weights=_from_steps(parts["from_features"], parts["finest_from_features"]),
    )
    weights = dict(zip(features, map(tuple, parts["weights"].tolist()), strict=True))
    slope, intercept, threshold = parts["decision"].tolist()
    return Model(weights, network, threshold, (slope, intercept))


def write_model(model: Model, file: IO[bytes]) -> None:
    """Keep a model with a network: its greatest tables in whole steps, the rest in single precision.

    Raises ValueError, before anything is written, for a model that knows no words.
    """
    network = model.network
    if network is None or not network.word_rows:
        raise ValueError("there is no model to keep: nothing was learnt")
    vectors, finest = _in_steps(network.vectors)
    from_features, finest_from_features = _in_steps(network.feature_weights)
    np.savez_compressed(
        file,
        features=_bytes(model.weights),
        weights=np.array(list(model.weights.values()), np.float32),
        words=_bytes(network.word_rows),
        vectors=vectors,
        finest=finest,
        from_features=from_features,
        finest_from_features=finest_from_features,
        hidden=network.hidden_weights.astype(np.float32),
        bias=network.hidden_bias.astype(np.float32),
        out=network.output_weights.astype(np.float32),
        decision=np.array([*model.calibration, model.threshold]),
    )


def _in_steps(table: Any) -> tuple[Any, Any]:
    """A table in whole steps, and the greatest value of each of its dimensions."""
    finest = np.maximum(np.abs(table).max(axis=0, initial=0), 1e-6).astype(np.float32)
    return np.round(table / finest * FINEST).astype(np.int8), finest


def _from_steps(steps: Any, finest: Any) -> Any:
    return steps * (finest / FINEST)


def _rows(names: Sequence[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(names)}


def _bytes(lines: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
