"""The annotated data: which sets the model may learn from, which are for development and which for testing.

Sets are folders of `corpora/` (README.md describes them) and `gold`, in the shared folder beside real documents.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from alliance_tui.records import Document
from alliance_tui.training.annotations import Corpus, read_annotated_folder
from tests.support.shared_folder import ARCHIVE, require_shared_folder, shared_folder

Record = dict[str, Any]

CORPORA = Path(__file__).parent / "corpora"

GOLD = "gold"
"""The documents on which the rules were made; the model learns from them too."""
TRAINING = ("train-written", "train-excerpts", "train-treaties")
TRAINING_CANDIDATES = CORPORA / "train-candidates.jsonl"
LINKED = "train-links"
"""Documents of one occasion, or of some years, with records of which it is coded which are the same undertaking: the
model of links learns from them, that of the extraction does not."""
DEVELOPMENT = ("dev-written",)
TEST_EXCERPTS = ("test-excerpts-a", "test-excerpts-b", "test-excerpts-c")
TEST_TREATIES = "test-treaties"
TEST = (*TEST_EXCERPTS, "test-other-governments", TEST_TREATIES)
ALL = (GOLD, *TRAINING, *DEVELOPMENT, *TEST)


class AnnotatedDocument(Struct, frozen=True):
    """A document as far as it is annotated, with its gold records, and its gold entities where they are annotated."""

    data_set: str
    name: str
    document: Document
    records: list[Record]
    entities: list[Record] | None


def folder_of(data_set: str) -> Path:
    """The folder that holds the annotations of a set."""
    return require_shared_folder() / "gold" if data_set == GOLD else CORPORA / data_set


def read_lines(path: Path) -> list[Record]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def annotated_documents(data_sets: Iterable[str], words: Sequence[str] = ()) -> Iterator[AnnotatedDocument]:
    """The documents of these sets whose name holds one of the words; all of them, for no words.

    Annotations that hold offsets alone are skipped where the archive with their texts is absent.
    """
    shared = shared_folder()
    with tempfile.TemporaryDirectory() as unpacked:
        corpus = Corpus(shared / ARCHIVE if shared else None, Path(unpacked))
        for data_set in data_sets:
            folder = folder_of(data_set)
            for name, training_document in read_annotated_folder(folder, corpus):
                if words and not any(word in name for word in words):
                    continue
                document, entities = training_document.read(), folder / f"{name}.entities.jsonl"
                yield AnnotatedDocument(
                    data_set,
                    name,
                    document,
                    [_with_instrument_name(record, document.text) for record in training_document.gold_records or []],
                    read_lines(entities) if entities.exists() else None,
                )


def _with_instrument_name(record: Record, text: str) -> Record:
    """The record with its instrument by name; excerpts give the span of the name, for they hold no text."""
    match record.get("instrument"):
        case [start, end]:
            return {**record, "instrument": text[start:end]}
    return record
