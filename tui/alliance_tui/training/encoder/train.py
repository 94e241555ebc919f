"""Train the encoder on annotated documents: python -m alliance_tui.training.encoder FOLDER...

Each FOLDER has annotated documents, and `--judged LIST` adds single labelled candidates (see `annotations`). The corpus
that both refer to is the folder of `--archive`, a tar file of documents, and what is in it. Documents of one date count
as one event; one event in twelve is held out, for the calibration and to report how the model does on unseen ones.

The training takes an hour or so on two cores. It goes on from its last checkpoint in `--work` after an interruption.
"""

from __future__ import annotations

import argparse
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from torch import Tensor

from alliance_tui import documents
from alliance_tui.extraction.data_folders import BUILT_IN
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.extraction.encoder.reading import log_odds
from alliance_tui.training.annotations import Corpus, read_annotated_folder, read_labelled_candidates
from alliance_tui.training.calibration import fit_platt_scaling
from alliance_tui.training.encoder.examples import Example, make_examples, read_examples, write_examples
from alliance_tui.training.encoder.export import export, prune_vocabulary, used_pieces
from alliance_tui.training.encoder.model import Encoder, base_vocabulary, split_heads
from alliance_tui.training.encoder.trainer import Settings, predict, train

_FOLDS = 12
_EXAMPLES_FILE, _CHECKPOINT_FILE = "examples.msgpack", "checkpoint.pt"


def main(argv: Sequence[str] | None = None) -> int:
    """Train an encoder, report how it does on held-out events, and write it to the package's data."""
    options = _parse_arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    vocabulary = base_vocabulary()
    examples = _examples(options, vocabulary)
    held_out = [example for example in examples if _is_held_out(example.event)]
    model = Encoder.pretrained()
    settings = Settings(options.work / _CHECKPOINT_FILE, epochs=options.epochs, seed=options.seed)
    train(model, [example for example in examples if not _is_held_out(example.event)], settings)
    odds, is_agreement = _held_out_candidates(held_out, predict(model, held_out))
    calibration = fit_platt_scaling(odds, is_agreement)
    _report(odds, is_agreement, calibration)
    kept = used_pieces(_texts(options), vocabulary)
    prune_vocabulary(model, vocabulary, kept)
    export(model, kept, calibration, options.output)
    return 0


def _parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m alliance_tui.training.encoder", description="Train the encoder on annotated documents."
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="annotated documents")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="tar file of the documents that are not in FOLDER")
    parser.add_argument("--judged", type=Path, metavar="LIST", help="labels of single candidates; needs --archive")
    parser.add_argument("--work", type=Path, metavar="FOLDER", required=True, help="where examples and checkpoints are")
    parser.add_argument("--epochs", type=int, default=2, metavar="N", help="passes (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="(default: %(default)s)")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        default=BUILT_IN,
        help="where the model is written (default: the package's data)",
    )
    options = parser.parse_args(argv)
    if options.judged and not options.archive:
        parser.error("--judged needs --archive, which has the documents of the list")
    return options


def _is_held_out(event: str) -> bool:
    return zlib.crc32(event.encode()) % _FOLDS == 0


def _examples(options: argparse.Namespace, vocabulary: Sequence[str]) -> list[Example]:
    """Return the examples, those of an earlier run where the work folder has them."""
    path = options.work / _EXAMPLES_FILE
    if path.exists():
        return read_examples(path)
    with tempfile.TemporaryDirectory() as unpacked, ProcessPoolExecutor() as pool:
        corpus = Corpus(options.archive, Path(unpacked))
        training_documents = [
            document for folder in options.folders for _, document in read_annotated_folder(folder, corpus)
        ]
        if options.judged:
            training_documents += read_labelled_candidates(options.judged, corpus)
        examples = list(make_examples(pool, training_documents, vocabulary))
    write_examples(path, examples)
    return examples


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """Yield the texts of the corpus and of the folders, from which the vocabulary is taken."""
    for folder in options.folders:
        yield from (documents.read(path).text for path in sorted(folder.glob("*.txt")))
    if options.archive is None:
        return
    with tarfile.open(options.archive) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield file.read().decode("utf-8", "replace")


def _held_out_candidates(examples: Sequence[Example], outputs: Sequence[Tensor]) -> tuple[list[float], list[bool]]:
    """Return the log odds of an agreement for each labelled candidate, and whether it is one."""
    odds, is_agreement = [], []
    for example, rows in zip(examples, outputs, strict=True):
        for label, row in zip(example.labels, rows, strict=True):
            if label.candidate is not None:
                odds.append(log_odds(split_heads(row).candidate.numpy(), Label.AGREEMENT))
                is_agreement.append(label.candidate == Label.AGREEMENT)
    return odds, is_agreement


def _report(odds: Sequence[float], is_agreement: Sequence[bool], calibration: tuple[float, float]) -> None:
    """Report precision and recall of agreements, of those with a calibrated probability of a half."""
    slope, intercept = calibration
    predicted = [slope * value + intercept >= 0 for value in odds]
    matched = sum(p and g for p, g in zip(predicted, is_agreement, strict=True))
    precision, recall = matched / max(sum(predicted), 1), matched / max(sum(is_agreement), 1)
    sys.stderr.write(
        f"held-out events: {len(odds)} candidates, {sum(is_agreement)} agreements; "
        f"precision {precision:.3f}, recall {recall:.3f}\n"
    )
