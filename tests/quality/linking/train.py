"""Fit the weights of the link model to the coded events, and say how each event fares when it is held out.

    python -m tests.quality.linking.train [--write]

The regression is penalised (ridge), and a feature that is a sign for a link has no negative weight, one that is a sign
against it no positive one: with so few events that keeps chance from deciding. Pairs inside a document are not learnt.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

import alliance_tui.linking
from alliance_tui.linking.link_model import LinkModel
from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.pair_features import PairFeatures, candidate_pairs, prepare
from tests.quality.linking.events import Event, coded_events, pair_of
from tests.quality.linking.scoring import figures, score_coded

_MODEL = Path(alliance_tui.linking.__file__).parent / "data" / "link_model.json"
_PENALTY = 5.0
_STEPS = 4_000
_THRESHOLD = 0.4
_AGAINST = {name for name in PairFeatures._fields if name.startswith("other_")} | {"deictic", "rivals"}
_EITHER = {"is_short", "is_occasion"}
_SIGNS = np.array([-1 if name in _AGAINST else 0 if name in _EITHER else 1 for name in PairFeatures._fields])


def examples(events: Sequence[Event]) -> tuple[Any, Any]:
    """The features and labels of all candidate pairs across documents, the optional ones left out."""
    rows, labels = [], []
    for event in events:
        for (first_name, first), (second_name, second) in combinations(sorted(event.documents.items()), 2):
            records = prepare(linkable_records(first)), prepare(linkable_records(second))
            for i, j, features in candidate_pairs(*records):
                pair = pair_of((first_name, records[0][i].record.id), (second_name, records[1][j].record.id))
                if pair not in event.optional:
                    rows.append(features)
                    labels.append(float(pair in event.same))
    return np.array(rows, dtype=float), np.array(labels)


def fit(rows: Any, labels: Any) -> LinkModel:
    """The penalised maximum-likelihood weights under the signs, by accelerated projected gradient descent."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - mean) / deviation
    step = 1 / (np.linalg.norm(scaled, 2) ** 2 / 4 + len(rows) / 4 + _PENALTY)
    weights = ahead = np.zeros(rows.shape[1])
    bias = bias_ahead = -5.0
    momentum = 1.0
    for _ in range(_STEPS):
        errors = 1 / (1 + np.exp(-(scaled @ ahead + bias_ahead))) - labels
        moved = _with_signs(ahead - step * (scaled.T @ errors + _PENALTY * ahead))
        moved_bias = bias_ahead - step * errors.sum()
        grown = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / grown * (moved - weights)
        bias_ahead = moved_bias + (momentum - 1) / grown * (moved_bias - bias)
        weights, bias, momentum = moved, moved_bias, grown
    unscaled = weights / deviation
    named = {
        name: round(float(weight), 4)
        for name, weight in zip(PairFeatures._fields, unscaled, strict=True)
        if abs(weight) > 1e-4
    }
    return LinkModel(named, round(float(bias - unscaled @ mean), 4), _THRESHOLD)


def _with_signs(weights: Any) -> Any:
    return np.where(_SIGNS > 0, np.maximum(weights, 0), np.where(_SIGNS < 0, np.minimum(weights, 0), weights))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    events = list(coded_events())
    for held_out in events:
        model = fit(*examples([event for event in events if event is not held_out]))
        print(f"{held_out.name:24} held out  {figures([score_coded(held_out, model)])}")
    model = fit(*examples(events))
    for event in events:
        print(f"{event.name:24} learnt    {figures([score_coded(event, model)])}")
    if options.write:
        _MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    else:
        print(model)


if __name__ == "__main__":
    main()
