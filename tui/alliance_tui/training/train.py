"""Train the candidate classifier on annotated documents: python -m alliance_tui.training FOLDER...

Each FOLDER has annotated documents, and `--judged LIST` adds single labelled candidates (see `annotations`). The corpus
that both refer to is the folder of `--archive`, a tar file of documents, and what is in it. `--reviewed FILE` adds what
readers judged and corrected (see `reviewed_records`). Documents of one date count as one event; the cross-validation
holds out whole events, so it estimates how the model does on an unseen one.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import msgspec

from alliance_tui import extraction
from alliance_tui.errors import UsageError
from alliance_tui.extraction.commitments.classification.model import log_odds
from alliance_tui.extraction.commitments.classification.model_file import MODEL_FILE, write_model
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.training.annotations import (
    Corpus,
    TrainingDocument,
    read_annotated_folder,
    read_labelled_candidates,
)
from alliance_tui.training.calibration import fit_platt_scaling
from alliance_tui.training.cross_validation import cross_validate
from alliance_tui.training.examples import Example, make_examples
from alliance_tui.training.reviewed_records import read_reviewed_records
from alliance_tui.training.trainer import THRESHOLD, fit
from alliance_tui.training.word_vectors import minilm_vectors

_MIN_PROBABILITY = 1e-6
"""The bound to which probabilities are clipped before their log odds are taken."""


def main(argv: Sequence[str] | None = None) -> int:
    """Train a model, report how it does on held-out events, and write it to the package's data."""
    options = _parse_arguments(argv)
    try:
        exported = [each for path in options.reviewed for each in read_reviewed_records(path)]
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    with tempfile.TemporaryDirectory() as unpacked, ProcessPoolExecutor() as pool:
        corpus = Corpus(options.archive, Path(unpacked))
        training_documents = [
            document for folder in options.folders for _, document in read_annotated_folder(folder, corpus)
        ]
        annotated = _examples(pool, training_documents)
        labelled = _examples(pool, read_labelled_candidates(options.judged, corpus)) if options.judged else []
        reviewed = _examples(pool, exported)
    examples = annotated + labelled + reviewed
    pretrained = minilm_vectors if options.minilm else None
    probabilities = cross_validate(examples, pretrained)
    _report("annotated documents", annotated, probabilities[: len(annotated)])
    rest = probabilities[len(annotated) :]
    if labelled:
        _report("labelled candidates", labelled, rest[: len(labelled)])
    if options.reviewed:
        _report("reviewed records", reviewed, rest[len(labelled) :])
    odds = [log_odds(probability, _MIN_PROBABILITY) for probability in probabilities]
    calibration = fit_platt_scaling(odds, [example.label == Label.AGREEMENT for example in examples])
    model = msgspec.structs.replace(fit(examples, pretrained), calibration=calibration)
    content = io.BytesIO()
    write_model(model, content)
    options.output.write_bytes(content.getvalue())
    return 0


def _parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m alliance_tui.training", description="Train the candidate classifier on annotated documents."
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="annotated documents")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="tar file of the documents that are not in FOLDER")
    parser.add_argument("--judged", type=Path, metavar="LIST", help="labels of single candidates; needs --archive")
    parser.add_argument(
        "--reviewed",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="records that readers judged or corrected, rejected ones as negatives: alliance-tui library export "
        "--format spacy, or --format jsonl --only judged",
    )
    parser.add_argument("--minilm", action="store_true", help="start from MiniLM's word vectors; needs the extra train")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        default=Path(extraction.__file__).parent / "data" / MODEL_FILE,
        help="where the model is written (default: the package's data)",
    )
    options = parser.parse_args(argv)
    if not options.folders and not options.reviewed:
        parser.error("name a FOLDER of annotated documents, or records with --reviewed")
    if options.judged and not options.archive:
        parser.error("--judged needs --archive, which has the documents of the list")
    return options


def _examples(pool: Executor, training_documents: Iterable[TrainingDocument]) -> list[Example]:
    return [example for group in pool.map(make_examples, training_documents, chunksize=4) for example in group]


def _report(name: str, examples: Sequence[Example], probabilities: Sequence[float]) -> None:
    """Report precision and recall of agreements on held-out events."""
    gold = [example.label == Label.AGREEMENT for example in examples]
    predicted = [probability >= THRESHOLD for probability in probabilities]
    matched = sum(p and g for p, g in zip(predicted, gold, strict=True))
    precision, recall = matched / max(sum(predicted), 1), matched / max(sum(gold), 1)
    sys.stderr.write(
        f"{name}: {len(gold)} candidates, {sum(gold)} agreements; "
        f"on held-out events: precision {precision:.3f}, recall {recall:.3f}\n"
    )
