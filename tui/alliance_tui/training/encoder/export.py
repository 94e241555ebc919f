"""Export of the encoder: an ONNX file with int8 weights, the pieces that English documents use, and the calibration."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from alliance_tui.extraction.encoder.model_file import CALIBRATION_KEY, ENCODER_FILES, VOCABULARY_KEY
from alliance_tui.extraction.encoder.windows import LONGEST_WINDOW
from alliance_tui.extraction.encoder.word_pieces import SPECIAL_PIECES, WordPieces
from alliance_tui.training.encoder.model import HEAD_SIZES, Encoder

_OPSET = 17
_EXPORTED_HEADS = ("candidate", "domain")
"""In the order of the program's outputs (`extraction/encoder/labels.py`)."""


def used_pieces(texts: Iterable[str], vocabulary: Sequence[str]) -> list[str]:
    """Return the pieces that texts use, in the vocabulary's order, with all single characters of it."""
    word_pieces = WordPieces(vocabulary)
    used: set[int] = set()
    for text in texts:
        used.update(word_pieces.cut(text).pieces)
    return [
        piece
        for number, piece in enumerate(vocabulary)
        if number in used or piece in SPECIAL_PIECES or len(piece.removeprefix("##")) == 1
    ]


def prune_vocabulary(model: Encoder, vocabulary: Sequence[str], kept: Sequence[str]) -> None:
    """Keep the embeddings of these pieces and of the positions of the longest window, in place."""
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    embeddings = model.base.embeddings
    rows = embeddings.word_embeddings.weight.detach()[[numbers[piece] for piece in kept]]
    embeddings.word_embeddings = nn.Embedding.from_pretrained(rows)
    positions = embeddings.position_embeddings.weight.detach()[:LONGEST_WINDOW]
    embeddings.position_embeddings = nn.Embedding.from_pretrained(positions)


class _OneWindow(nn.Module):
    """The forward pass of BERT for one window without padding, in operations that ONNX has: pieces × outputs.

    One window at a time: the scale of quantised activations is that of the whole batch, so that a window's outputs
    would depend on those beside it.
    """

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.base, self.heads = model.base, _exported_heads(model.heads)
        self.heads_of_attention = model.base.config.num_attention_heads

    def forward(self, pieces: Tensor) -> Tensor:
        embeddings = self.base.embeddings
        words = embeddings.word_embeddings(pieces)
        positions = embeddings.position_embeddings(torch.arange(pieces.shape[0]))
        hidden = embeddings.LayerNorm(words + positions + embeddings.token_type_embeddings.weight[0])
        for layer in self.base.encoder.layer:
            attended = self._attention(layer.attention.self, hidden)
            output = layer.attention.output
            hidden = output.LayerNorm(output.dense(attended) + hidden)
            intermediate = nn.functional.gelu(layer.intermediate.dense(hidden))
            hidden = layer.output.LayerNorm(layer.output.dense(intermediate) + hidden)
        outputs: Tensor = self.heads(hidden)
        return outputs

    def _attention(self, attention: Any, hidden: Tensor) -> Tensor:
        def split(projected: Tensor) -> Tensor:
            return projected.reshape(hidden.shape[0], self.heads_of_attention, -1).transpose(0, 1)

        query, key, value = (split(project(hidden)) for project in (attention.query, attention.key, attention.value))
        scores = query @ key.transpose(1, 2) / query.shape[-1] ** 0.5
        return (scores.softmax(dim=-1) @ value).transpose(0, 1).reshape(hidden.shape)


def _exported_heads(heads: nn.Linear) -> nn.Linear:
    """Return the heads that the program uses."""
    weights, biases = (part.detach().split(list(HEAD_SIZES.values())) for part in (heads.weight, heads.bias))
    kept = [list(HEAD_SIZES).index(name) for name in _EXPORTED_HEADS]
    weight, bias = (torch.cat([parts[index] for index in kept]) for parts in (weights, biases))
    exported = nn.Linear(weight.shape[1], weight.shape[0])
    exported.weight, exported.bias = nn.Parameter(weight), nn.Parameter(bias)
    return exported


def export(model: Encoder, vocabulary: Sequence[str], calibration: tuple[float, float], folder: Path) -> Path:
    """Write the model with int8 weights, its vocabulary and its calibration to one file, and return its path.

    Other encoders in the folder are removed. Weights have seven bits, since processors without VNNI add products of
    eight bits with saturation and would give other results; a scale for each column makes up for the eighth.
    """
    model.eval()
    with tempfile.TemporaryDirectory() as temporary:
        single, small = Path(temporary) / "single.onnx", Path(temporary) / "int8.onnx"
        torch.onnx.export(
            _OneWindow(model).eval(),
            (torch.arange(7),),
            str(single),
            input_names=["pieces"],
            output_names=["outputs"],
            dynamic_axes={"pieces": {0: "pieces"}, "outputs": {0: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            single,
            small,
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
        quantised = onnx.load(small)
    metadata = {VOCABULARY_KEY: "\n".join(vocabulary), CALIBRATION_KEY: msgspec.json.encode(calibration).decode()}
    onnx.helper.set_model_props(quantised, metadata)
    content = quantised.SerializeToString()
    for earlier in folder.glob(ENCODER_FILES):
        earlier.unlink()
    path = folder / ENCODER_FILES.replace("*", hashlib.sha256(content).hexdigest()[:16])
    path.write_bytes(content)
    return path
