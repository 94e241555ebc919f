"""Training of the encoder: a loop over batches of windows of like length that goes on from its last checkpoint."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import torch
from msgspec import Struct
from torch import Tensor
from torch.nn import functional

from alliance_tui.training.encoder.examples import Example
from alliance_tui.training.encoder.model import Encoder, split_heads

_UNKNOWN = -100
"""The label of a word of which the class is not known; PyTorch's cross-entropy leaves it out."""
_POOL = 64
"""Batches whose windows are sorted by length together, so that there is little padding."""
_LOG_STEPS = 20


class Settings(Struct, frozen=True):
    """Hyperparameters, and where the training writes.

    Attributes:
        checkpoint: The file of parameters, optimiser and step; read if it exists.
        epochs: Passes over the examples.
        batch_pieces: The most pieces of a batch, padding included.
        learning_rate: That of the layers, at its height.
        head_learning_rate: That of the heads.
        warm_up: The share of the steps in which the learning rate rises; then it falls to zero.
        weight_decay: That of all weights.
        field_weight: The weight of strength and policy field in the loss.
        checkpoint_steps: The steps between checkpoints.
        seed: Of the order of the batches and of dropout.
    """

    checkpoint: Path
    epochs: int = 2
    batch_pieces: int = 2304
    learning_rate: float = 1.5e-4
    head_learning_rate: float = 1e-3
    warm_up: float = 0.06
    weight_decay: float = 0.01
    field_weight: float = 0.3
    checkpoint_steps: int = 200
    seed: int = 0


class Batch(NamedTuple):
    """Windows, padded, and the labels of their words, which `rows` and `columns` place."""

    pieces: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor
    candidate: Tensor
    candidate_weight: Tensor
    is_trigger: Tensor
    trigger_weight: Tensor
    strength: Tensor
    domain: Tensor


def make_batch(examples: Sequence[Example]) -> Batch:
    """Return the batch of these examples; padding is piece 0."""
    width = max(len(example.pieces) for example in examples)
    labels = [(row, label) for row, example in enumerate(examples) for label in example.labels]

    def classes(values: Iterator[int | None]) -> Tensor:
        return torch.tensor([_UNKNOWN if value is None else value for value in values])

    return Batch(
        pieces=torch.tensor([example.pieces + [0] * (width - len(example.pieces)) for example in examples]),
        mask=torch.tensor([[1] * len(example.pieces) + [0] * (width - len(example.pieces)) for example in examples]),
        rows=torch.tensor([row for row, _ in labels]),
        columns=torch.tensor([label.piece for _, label in labels]),
        candidate=classes(label.candidate for _, label in labels),
        candidate_weight=torch.tensor([label.candidate_weight for _, label in labels]),
        is_trigger=torch.tensor([float(bool(label.is_trigger)) for _, label in labels]),
        trigger_weight=torch.tensor([label.trigger_weight for _, label in labels]),
        strength=classes(label.strength for _, label in labels),
        domain=classes(label.domain for _, label in labels),
    )


def batches(examples: Sequence[Example], batch_pieces: int, rng: random.Random | None) -> list[list[int]]:
    """Return the indices of each batch: windows of like length, in random order where there is an `rng`."""
    order = list(range(len(examples)))
    pool = len(order)
    if rng is not None:
        rng.shuffle(order)
        mean = sum(len(example.pieces) for example in examples) / max(len(examples), 1)
        pool = max(1, int(_POOL * batch_pieces / max(mean, 1)))
    result: list[list[int]] = []
    for first in range(0, len(order), pool):
        batch: list[int] = []
        for index in sorted(order[first : first + pool], key=lambda index: len(examples[index].pieces)):
            if batch and (len(batch) + 1) * len(examples[index].pieces) > batch_pieces:
                result.append(batch)
                batch = []
            batch.append(index)
        result.append(batch)
    if rng is not None:
        rng.shuffle(result)
    return result


def loss_of(outputs: Tensor, batch: Batch, field_weight: float) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch, and its parts by head.

    Args:
        outputs: All heads' outputs, windows × pieces × classes.
        batch: The labels.
        field_weight: The weight of strength and policy field.
    """
    heads = split_heads(outputs[batch.rows, batch.columns].float())
    candidate = functional.cross_entropy(heads.candidate, batch.candidate, reduction="none", ignore_index=_UNKNOWN)
    trigger = functional.binary_cross_entropy_with_logits(
        heads.trigger.squeeze(-1), batch.is_trigger, weight=batch.trigger_weight, reduction="sum"
    )
    parts = {
        "candidate": (candidate * batch.candidate_weight).sum() / batch.candidate_weight.sum().clamp(min=1),
        "trigger": trigger / batch.trigger_weight.sum().clamp(min=1),
        "strength": field_weight * _mean_cross_entropy(heads.strength, batch.strength),
        "domain": field_weight * _mean_cross_entropy(heads.domain, batch.domain),
    }
    return torch.stack(list(parts.values())).sum(), {name: part.item() for name, part in parts.items()}


def _mean_cross_entropy(outputs: Tensor, labels: Tensor) -> Tensor:
    known = int((labels != _UNKNOWN).sum())
    total = functional.cross_entropy(outputs, labels, reduction="sum", ignore_index=_UNKNOWN)
    return total / max(known, 1)


def train(model: Encoder, examples: Sequence[Example], settings: Settings) -> None:
    """Train the model in place, from the checkpoint on where there is one."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    order = [batch for _ in range(settings.epochs) for batch in batches(examples, settings.batch_pieces, rng)]
    heads = list(model.heads.parameters())
    layers = list(model.base.encoder.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": settings.learning_rate}, {"params": heads, "lr": settings.head_learning_rate}],
        weight_decay=settings.weight_decay,
    )
    warm_up = max(1, round(settings.warm_up * len(order)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, (len(order) - step) / max(1, len(order) - warm_up))
    )
    done = _read_checkpoint(settings.checkpoint, model, optimizer, schedule)
    model.train()
    sums: dict[str, float] = {}
    pieces, began = 0, monotonic()
    for step in range(done, len(order)):
        batch = make_batch([examples[index] for index in order[step]])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model(batch.pieces, batch.mask)
        loss, parts = loss_of(outputs, batch, settings.field_weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*layers, *heads], 1.0)
        optimizer.step()
        schedule.step()
        pieces += int(batch.mask.sum())
        sums = {name: sums.get(name, 0.0) + value / _LOG_STEPS for name, value in parts.items()}
        if (step + 1) % _LOG_STEPS == 0:
            figures = ", ".join(f"{name} {value:.3f}" for name, value in sums.items())
            rate = pieces / (monotonic() - began)
            sys.stderr.write(f"step {step + 1} of {len(order)}: {figures}; {rate:.0f} pieces a second\n")
            sums = {}
        if (step + 1) % settings.checkpoint_steps == 0 or step + 1 == len(order):
            _write_checkpoint(settings.checkpoint, model, optimizer, schedule, step + 1)


def _read_checkpoint(path: Path, model: Encoder, optimizer: Any, schedule: Any) -> int:
    """Read a checkpoint, if there is one; return the steps that are done."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def _write_checkpoint(path: Path, model: Encoder, optimizer: Any, schedule: Any, step: int) -> None:
    """Write a checkpoint; an interruption leaves the one before."""
    new = path.with_suffix(".new")
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    torch.save({**state, "step": step}, new)
    new.replace(path)


def predict(model: Encoder, examples: Sequence[Example], batch_pieces: int = 4608) -> list[Tensor]:
    """Return the outputs of all heads for the labelled words of each example, as words × classes."""
    model.eval()
    results: list[Tensor] = [torch.empty(0)] * len(examples)
    for indices in batches(examples, batch_pieces, None):
        batch = make_batch([examples[index] for index in indices])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model(batch.pieces, batch.mask).float()
        for row, index in enumerate(indices):
            results[index] = outputs[row, [label.piece for label in examples[index].labels]]
    return results
