"""Learning the weights from coded documents: python -m alliance_tui.extraction.agreements.training FOLDER...

Each FOLDER holds NAME.txt and NAME.records.jsonl (the fields of the coding manual). Documents of one date count as one
event; the cross-validation leaves out one event at a time and says what to expect on an event never met.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from alliance_tui import documents
from alliance_tui.extraction.agreements.features import features
from alliance_tui.extraction.agreements.judge import is_package, is_refused
from alliance_tui.extraction.agreements.model import FILE, Weights, probabilities
from alliance_tui.extraction.agreements.names import NamedPlaces
from alliance_tui.extraction.agreements.places import Found, by_sentence, find
from alliance_tui.extraction.entities import find_entities
from alliance_tui.extraction.parsing import load, parse
from alliance_tui.extraction.segments import segment
from alliance_tui.records import Document

NOTHING, AGREEMENT, DECLARATORY = range(3)
PENALTY = 0.01
"""The L2 penalty; found by cross-validation over events, flat between 0.005 and 0.03."""
SEEN = 2
"""In how many candidates a feature must occur."""
THRESHOLD = 0.46


class Example(Struct, frozen=True):
    """A candidate as the model sees it. `label` is its class; `event` tells what is left out together."""

    event: str
    label: int
    features: tuple[str, ...]


def examples(folder: Path) -> Iterator[Example]:
    """The candidates of all coded documents of a folder, doubtful ones left out."""
    nlp = load()
    for path in sorted(folder.glob("*.records.jsonl")):
        name = path.name.removesuffix(".records.jsonl")
        document = _document(folder / f"{name}.txt")
        segments = segment(document.text)
        passages = list(parse(nlp, document.text, segments))
        names = find_entities(document, passages)
        places = NamedPlaces(names.entities)
        found = find(segments, passages, document.date)
        coded = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        labels = label(found, coded)
        neighbours = by_sentence(found)
        for one, number in zip(found, labels, strict=True):
            if number is not None and not (is_refused(one) or is_package(one.candidate)):
                held = tuple(sorted(set(features(one, names, places, neighbours[one.sentence_key]))))
                yield Example(document.date or name, number, held)


def _document(path: Path) -> Document:
    """The document at `path`; the article that ships is the same under another name, and knows its date."""
    document, seed = documents.read(path), documents.seed()
    return seed if document.text == seed.text else document


def label(found: Sequence[Found], coded: Sequence[dict[str, Any]]) -> list[int | None]:
    """The class of each candidate: that of the coded record whose anchor its evidence holds, best overlap first, one to
    one; None where that record is doubtful.
    """
    labels: list[int | None] = [NOTHING] * len(found)
    free = set(range(len(found)))
    for kinds, optional, value in (
        (("agreement",), False, AGREEMENT),
        (("agreement",), True, None),
        (("declaratory",), False, DECLARATORY),
    ):
        records = [record for record in coded if record["kind"] in kinds and bool(record.get("optional")) is optional]
        for index in _matched(found, free, records):
            labels[index] = value
            free.discard(index)
    return labels


def _matched(found: Sequence[Found], free: set[int], records: Sequence[dict[str, Any]]) -> list[int]:
    fits = []
    for index in free:
        start, end = found[index].start, found[index].end
        anchor = found[index].anchor_start
        for number, record in enumerate(records):
            if start <= record["anchor_start"] and record["anchor_end"] <= end:
                inter = min(end, record["end"]) - max(start, record["start"])
                union = max(end, record["end"]) - min(start, record["start"])
                exact = record["anchor_start"] <= anchor < record["anchor_end"]
                fits.append((inter / union + exact, index, number))
    used: set[int] = set()
    taken: list[int] = []
    for _, index, number in sorted(fits, reverse=True):
        if index not in taken and number not in used:
            taken.append(index)
            used.add(number)
    return taken


def fit(data: Sequence[Example]) -> Weights:
    """The weights that fit these examples under an L2 penalty, by accelerated gradient descent."""
    counts = Counter(feature for example in data for feature in example.features)
    vocabulary = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    x = np.zeros((len(data), len(vocabulary)))
    for row, example in enumerate(data):
        x[row, [vocabulary[f] for f in example.features if f in vocabulary]] = 1
    y = np.eye(3)[[example.label for example in data]]
    w = _descend(x, y)
    w -= w[:, [NOTHING]]
    return Weights(
        {f: (round(float(w[i, AGREEMENT]), 3), round(float(w[i, DECLARATORY]), 3)) for f, i in vocabulary.items()},
        THRESHOLD,
    )


def _descend(x: Any, y: Any, steps: int = 400) -> Any:
    rate = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 / len(x) + PENALTY)
    w = np.zeros((x.shape[1], y.shape[1]))
    ahead, t = w, 1.0
    for _ in range(steps):
        scores = x @ ahead
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        new = ahead - rate * (x.T @ (p - y) / len(x) + PENALTY * ahead)
        after = (1 + (1 + 4 * t * t) ** 0.5) / 2
        ahead, w, t = new + (t - 1) / after * (new - w), new, after
    return w


def held_out(data: Sequence[Example]) -> list[float]:
    """The probability of being an agreement that each example gets from a model that has not met its event."""
    result = [0.0] * len(data)
    events = defaultdict(list)
    for index, example in enumerate(data):
        events[example.event].append(index)
    for event, inside in sorted(events.items()):
        weights = fit([example for example in data if example.event != event])
        for index in inside:
            result[index] = probabilities(data[index].features, weights)[0]
    return result


def platt(chances: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept that turn log odds into calibrated ones (Platt 1999), by Newton's method."""
    held = np.clip(chances, 1e-6, 1 - 1e-6)
    odds = np.log(held / (1 - held))
    x = np.stack([odds, np.ones_like(odds)], axis=1)
    y = np.asarray(labels, dtype=float)
    w = np.zeros(2)  # from further out Newton's steps may grow without end
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + 1e-9 * np.eye(2)
        w = w - np.linalg.solve(hessian, x.T @ (p - y))
    return round(float(w[0]), 3), round(float(w[1]), 3)


def _tell(folder: Path, chances: Sequence[float], real: Sequence[bool]) -> None:
    """Say how the candidates of a folder fare, each judged by a model that has not met its event."""
    kept = [chance >= THRESHOLD for chance in chances]
    good = sum(k and r for k, r in zip(kept, real, strict=True))
    sys.stderr.write(f"{folder}: {len(real)} candidates, {sum(real)} agreements; on events held out: ")
    sys.stderr.write(f"precision {good / max(sum(kept), 1):.3f}, recall {good / max(sum(real), 1):.3f}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Train on folders, say how held-out events fare, and write the weights beside the other data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "data" / FILE)
    options = parser.parse_args(argv)
    by_folder = {folder: list(examples(folder)) for folder in options.folders}
    data = [example for group in by_folder.values() for example in group]
    chances = held_out(data)
    real = [example.label == AGREEMENT for example in data]
    begin = 0
    for folder, group in by_folder.items():
        part = slice(begin, begin := begin + len(group))
        _tell(folder, chances[part], real[part])
    weights = msgspec.structs.replace(fit(data), calibration=platt(chances, real))
    options.output.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
