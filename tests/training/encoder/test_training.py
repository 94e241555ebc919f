"""Training and export of a small encoder; needs the extra `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from alliance_tui.extraction.encoder.labels import OUTPUTS, Label
from alliance_tui.extraction.encoder.model_file import EncoderModel
from alliance_tui.extraction.encoder.word_pieces import SPECIAL_PIECES
from alliance_tui.training.encoder.examples import Example, WordLabel

torch = pytest.importorskip("torch", reason="needs the extra train")
transformers = pytest.importorskip("transformers", reason="needs the extra train")
pytest.importorskip("onnx", reason="needs the extra train")

if TYPE_CHECKING:
    from alliance_tui.training.encoder.model import Encoder
    from alliance_tui.training.encoder.trainer import Settings

VOCABULARY = [*SPECIAL_PIECES, "chile", "kenya", "lends", "fears", "tugs", "storms", "never", "seen"]


def small_encoder() -> Encoder:
    """An encoder with two layers and random weights."""
    from alliance_tui.training.encoder.model import Encoder

    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    return Encoder(transformers.BertModel(config, add_pooling_layer=False))


def example(actor: str, verb: str, thing: str) -> Example:
    """A window in which lending is an agreement and fearing is nothing."""
    pieces = [VOCABULARY.index(piece) for piece in ("[CLS]", actor, verb, thing, "[SEP]")]
    is_agreement = verb == "lends"
    label = WordLabel(2, Label(is_agreement), 1.0, is_agreement, 1.0, strength=3 if is_agreement else None)
    return Example("2031-02-03", pieces, [WordLabel(1, is_trigger=False, trigger_weight=0.1), label])


EXAMPLES = [
    example(actor, verb, thing)
    for actor in ("chile", "kenya")
    for verb in ("lends", "fears")
    for thing in ("tugs", "storms")
] * 8


def settings(folder: Path, epochs: int = 6) -> Settings:
    from alliance_tui.training.encoder.trainer import Settings

    return Settings(folder / "checkpoint.pt", epochs=epochs, batch_pieces=40, learning_rate=3e-3, checkpoint_steps=5)


def interrupt_after(model: Encoder, steps: int) -> None:
    """Let a model's forward pass raise KeyboardInterrupt after some steps."""
    passes = iter(range(steps))

    def count(*_: object) -> None:
        if next(passes, None) is None:
            raise KeyboardInterrupt

    model.register_forward_pre_hook(count)


def test_training_learns_and_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    from alliance_tui.training.encoder.trainer import predict, train

    whole, interrupted, resumed = small_encoder(), small_encoder(), small_encoder()
    train(whole, EXAMPLES, settings(tmp_path / "."))
    agreement = [float(rows[1, Label.AGREEMENT] - rows[1, Label.NOTHING]) for rows in predict(whole, EXAMPLES[:8])]
    assert [value > 0 for value in agreement] == [e.labels[1].candidate == Label.AGREEMENT for e in EXAMPLES[:8]]

    (tmp_path / "other").mkdir()
    interrupt_after(interrupted, 13)
    with pytest.raises(KeyboardInterrupt):
        train(interrupted, EXAMPLES, settings(tmp_path / "other"))
    train(resumed, EXAMPLES, settings(tmp_path / "other"))
    for (name, value), (_, other) in zip(whole.named_parameters(), resumed.named_parameters(), strict=True):
        assert torch.allclose(value, other, atol=0.05), name


def test_the_exported_file_gives_the_outputs_of_the_pruned_model(tmp_path: Path) -> None:
    from alliance_tui.training.encoder.export import export, prune_vocabulary, used_pieces
    from alliance_tui.training.encoder.model import split_heads

    model = small_encoder()
    numbers = torch.tensor([[VOCABULARY.index(p) for p in ("[CLS]", "chile", "lends", "tugs", "[SEP]")]])
    heads = split_heads(model.eval()(numbers, torch.ones_like(numbers))[0].detach())
    expected = torch.cat([heads.candidate, heads.domain], dim=1).numpy()
    kept = used_pieces(["Chile lends tugs. Kenya fears storms."], VOCABULARY)
    assert kept == [piece for piece in VOCABULARY if piece not in ("never", "seen")]
    prune_vocabulary(model, VOCABULARY, kept)
    (tmp_path / "encoder-0000.onnx").touch()
    path = export(model, kept, (0.8, -0.1), tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    exported = EncoderModel(path.read_bytes())
    assert exported.calibration == (0.8, -0.1)
    outputs = exported.outputs([kept.index(piece) for piece in ("[CLS]", "chile", "lends", "tugs", "[SEP]")])
    assert outputs.shape == (5, OUTPUTS)
    assert np.abs(outputs - expected).max() < 0.1 * np.abs(expected).max()
