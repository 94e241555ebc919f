"""Annotations to train on: gold records of whole documents, and labels of single candidates.

A folder of annotated documents has NAME.records.jsonl (the fields of the annotation guide) and NAME.txt for each;
NAME.toml gives metadata that the text lacks, and the document's place in the corpus if the text is not in the folder. A
list of labelled candidates has a JSON object a line: a document of the corpus, and the offsets of the triggers of each
class.
"""

from __future__ import annotations

import datetime as dt
import json
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec
import msgspec.toml
from msgspec import Struct

from alliance_tui import documents
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.records import Document

ANNOTATED_WEIGHT = 2.0
"""Weight of the candidates of an annotated document, in which every record was annotated ..."""
LABELLED_WEIGHT = 1.0
"""... of a single labelled candidate ..."""
DOUBTFUL_WEIGHT = 0.5
"""... and of one on which good annotators might differ."""


class Metadata(Struct, frozen=True):
    """Metadata of a document; None for what is not given.

    Attributes:
        title: Its title.
        date: Its date.
        end: The offset up to which it is annotated.
        source: Its path in the corpus.
    """

    title: str | None = None
    date: dt.date | None = None
    end: int | None = None
    source: str | None = None

    @classmethod
    def of_date(cls, date: str | None) -> Metadata:
        """Return metadata with an ISO date alone; a date without a day is left out."""
        try:
            return cls(date=dt.date.fromisoformat(date or ""))
        except ValueError:
            return cls()


class TrainingDocument(Struct, frozen=True):
    """A document with its gold records, or with label and weight of single candidates by the offset of the trigger.

    `text` is its text where that is in no file.
    """

    path: Path
    metadata: Metadata
    gold_records: list[dict[str, Any]] | None = None
    labelled_triggers: dict[int, tuple[Label, float]] = {}
    text: str | None = None

    def read(self) -> Document:
        """Read the document as far as it is annotated.

        The seed article keeps its own metadata: it is part of the corpus under another name.
        """
        if self.text is not None:
            date = self.metadata.date.isoformat() if self.metadata.date else None
            return Document.from_text(self.text, title=self.metadata.title or str(self.path), date=date)
        document, seed = documents.read(self.path), documents.seed_document()
        if document.text == seed.text:
            return seed
        metadata = self.metadata
        date = metadata.date.isoformat() if metadata.date else document.date
        text = document.text[: metadata.end]
        return Document.from_text(text, title=metadata.title or document.title, date=date)


class LabelledCandidates(Struct, frozen=True):
    """A line of a list of labelled candidates: a document of the corpus, and the offsets of triggers by class."""

    source: str
    date: str
    agreement: list[int] = []
    declaratory: list[int] = []
    nothing: list[int] = []
    doubtful: list[int] = []
    """Those on which good annotators might differ."""

    def by_trigger(self) -> dict[int, tuple[Label, float]]:
        """Return label and weight of each candidate by the offset of its trigger."""
        offsets_of = {
            Label.NOTHING: self.nothing,
            Label.AGREEMENT: self.agreement,
            Label.DECLARATORY: self.declaratory,
        }
        return {
            offset: (label, DOUBTFUL_WEIGHT if offset in self.doubtful else LABELLED_WEIGHT)
            for label, offsets in offsets_of.items()
            for offset in offsets
        }


class Corpus(Struct, frozen=True):
    """The documents in a tar archive and those in the archive's folder; `unpacked` is where members are extracted."""

    archive: Path | None
    unpacked: Path

    def paths(self, sources: Collection[str]) -> dict[str, Path]:
        """Return the file of each document by its path in the corpus; none without an archive."""
        if self.archive is None or not sources:
            return {}
        with tarfile.open(self.archive) as archive:
            for member in archive:
                if member.name.removeprefix("./") in sources:
                    archive.extract(member, self.unpacked, filter="data")
        extracted = {source: self.unpacked / source for source in sources}
        return {source: path if path.exists() else self.archive.parent / source for source, path in extracted.items()}


def read_annotated_folder(folder: Path, corpus: Corpus) -> Iterator[tuple[str, TrainingDocument]]:
    """Yield the annotated documents of a folder by name; those of the corpus only where it has an archive."""
    all_metadata = {
        path.stem: msgspec.toml.decode(path.read_bytes(), type=Metadata) for path in sorted(folder.glob("*.toml"))
    }
    paths = corpus.paths({metadata.source for metadata in all_metadata.values() if metadata.source})
    for path in sorted(folder.glob("*.records.jsonl")):
        name = path.name.removesuffix(".records.jsonl")
        metadata = all_metadata.get(name, Metadata())
        text_file = paths.get(metadata.source) if metadata.source else folder / f"{name}.txt"
        if text_file is not None:
            lines = path.read_text("utf-8").splitlines()
            gold_records = [json.loads(line) for line in lines if line.strip()]
            yield name, TrainingDocument(text_file, metadata, gold_records)


def read_labelled_candidates(path: Path, corpus: Corpus) -> Iterator[TrainingDocument]:
    """Yield the documents of a list of labelled candidates."""
    lines = [msgspec.json.decode(line, type=LabelledCandidates) for line in path.read_bytes().splitlines()]
    paths = corpus.paths({line.source for line in lines})
    for line in lines:
        metadata = Metadata(date=dt.date.fromisoformat(line.date))
        yield TrainingDocument(paths[line.source], metadata, labelled_triggers=line.by_trigger())
