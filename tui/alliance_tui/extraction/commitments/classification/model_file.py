"""Serialisation of the model: NumPy's .npz, with the names of features and words as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import IO, Any

import numpy as np

from alliance_tui.extraction.commitments.classification.averaging_network import AveragingNetwork
from alliance_tui.extraction.commitments.classification.model import Model

MODEL_FILE = "agreement_model.npz"
INT8_MAX = 127
_MIN_SCALE = 1e-6


@cache
def shipped_model() -> Model:
    """Return the model of the installed package."""
    with resources.files("alliance_tui.extraction").joinpath("data", MODEL_FILE).open("rb") as file:
        return read_model(file)


def read_model(file: IO[bytes]) -> Model:
    """Read a model that `write_model` wrote."""
    with np.load(file, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    features, words = (arrays[name].tobytes().decode().split("\n") for name in ("features", "words"))
    network = AveragingNetwork(
        word_rows=_rows(words),
        vectors=_dequantize(arrays["vectors"], arrays["finest"]),
        hidden_weights=arrays["hidden"],
        hidden_bias=arrays["bias"],
        output_weights=arrays["out"],
        feature_rows=_rows(features),
        feature_weights=_dequantize(arrays["from_features"], arrays["finest_from_features"]),
    )
    weights = dict(zip(features, map(tuple, arrays["weights"].tolist()), strict=True))
    slope, intercept, threshold = arrays["decision"].tolist()
    return Model(weights, network, threshold, (slope, intercept))


def write_model(model: Model, file: IO[bytes]) -> None:
    """Write a model with a network: the two largest tables as int8, the rest in single precision.

    Raises ValueError, before anything is written, for a model without words.
    """
    network = model.network
    if network is None or not network.word_rows:
        raise ValueError("there is no model to keep: nothing was learnt")
    vectors, vector_scale = _quantize_int8(network.vectors)
    feature_weights, feature_scale = _quantize_int8(network.feature_weights)
    np.savez_compressed(
        file,
        features=_text_array(model.weights),
        weights=np.array(list(model.weights.values()), np.float32),
        words=_text_array(network.word_rows),
        vectors=vectors,
        finest=vector_scale,
        from_features=feature_weights,
        finest_from_features=feature_scale,
        hidden=network.hidden_weights.astype(np.float32),
        bias=network.hidden_bias.astype(np.float32),
        out=network.output_weights.astype(np.float32),
        decision=np.array([*model.calibration, model.threshold]),
    )


def _quantize_int8(table: Any) -> tuple[Any, Any]:
    """Quantise to int8; also return the scale, the greatest absolute value of each column."""
    scale = np.maximum(np.abs(table).max(axis=0, initial=0), _MIN_SCALE).astype(np.float32)
    return np.round(table / scale * INT8_MAX).astype(np.int8), scale


def _dequantize(quantized: Any, scale: Any) -> Any:
    return quantized * (scale / INT8_MAX)


def _rows(names: Sequence[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(names)}


def _text_array(lines: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
