"""Learning the model from coded documents: python -m alliance_tui.training.train FOLDER...

Each FOLDER holds NAME.records.jsonl (the fields of the coding manual) and NAME.txt; NAME.toml tells what the text does
not, and where in the corpus it stands if it is not here. `--judged LIST` adds single candidates that were judged: LIST
says, a JSON object a line, in which document the anchors of each class begin. The corpus is the folder of `--archive`,
a tar file of documents, and what is in it. Documents of one date count as one event; the cross-validation leaves out
whole events and says what to expect on an event never met.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import msgspec.toml
from msgspec import Struct

from alliance_tui import documents, extraction
from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.classification.classifier import is_non_factual, is_package
from alliance_tui.extraction.commitments.classification.context_windows import context_windows
from alliance_tui.extraction.commitments.classification.features import extract_features
from alliance_tui.extraction.commitments.classification.model_file import MODEL_FILE, write_model
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document
from alliance_tui.training.trainer import (
    AGREEMENT,
    DECLARATORY,
    NOTHING,
    THRESHOLD,
    Example,
    fit,
    held_out,
    platt,
)
from alliance_tui.training.word_vectors import minilm

if TYPE_CHECKING:
    from spacy.language import Language

CODED = 2.0
"""How much a candidate of a coded document counts beside one that was only judged: its coders wrote every record."""
DOUBTED = 0.5
"""How much one counts of which good coders might differ."""


class About(Struct, frozen=True):
    """What is known of a document besides its text, the offset up to which it is coded, and where in the corpus it
    stands; None for what is not said.
    """

    title: str | None = None
    date: dt.date | None = None
    end: int | None = None
    source: str | None = None


class Coding(Struct, frozen=True):
    """A document to learn from: `path`, what its text does not tell of it, and either the records that coders wrote
    (`coded`) or the classes of single candidates by where their anchors begin (`judged`, each with its weight).
    """

    path: Path
    about: About
    coded: list[dict[str, Any]] | None = None
    judged: dict[int, tuple[int, float]] = {}


class Judged(Struct, frozen=True):
    """A line of a list of judged candidates: a document of the archive, and where the anchors of each class begin."""

    source: str
    date: str
    agreement: list[int] = []
    declaratory: list[int] = []
    nothing: list[int] = []
    doubtful: list[int] = []
    """Those of which good coders might differ."""

    def classes(self) -> dict[int, tuple[int, float]]:
        """The class and the weight of each candidate by its anchor."""
        of = {NOTHING: self.nothing, AGREEMENT: self.agreement, DECLARATORY: self.declaratory}
        doubted = set(self.doubtful)
        return {at: (number, DOUBTED if at in doubted else 1.0) for number, places in of.items() for at in places}


class Corpus(Struct, frozen=True):
    """The documents of an archive (a tar file) and those beside it, by their names there; unpacked into a folder."""

    archive: Path | None
    into: Path

    def paths(self, sources: Collection[str]) -> dict[str, Path]:
        """Where each of these documents is read."""
        if self.archive is None or not sources:
            return {}
        with tarfile.open(self.archive) as packed:
            for member in packed:
                if member.name.removeprefix("./") in sources:
                    packed.extract(member, self.into, filter="data")
        found = {source: self.into / source for source in sources}
        return {source: path if path.exists() else self.archive.parent / source for source, path in found.items()}


def codings(folder: Path, corpus: Corpus) -> Iterator[tuple[str, Coding]]:
    """The coded documents of a folder, by name; those that stand in the corpus only where that has an archive."""
    abouts = {path.stem: msgspec.toml.decode(path.read_bytes(), type=About) for path in sorted(folder.glob("*.toml"))}
    paths = corpus.paths({about.source for about in abouts.values() if about.source})
    for path in sorted(folder.glob("*.records.jsonl")):
        name = path.name.removesuffix(".records.jsonl")
        about = abouts.get(name, About())
        text = paths.get(about.source) if about.source else folder / f"{name}.txt"
        if text is not None:
            coded = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
            yield name, Coding(text, about, coded)


def judgements(listing: Path, corpus: Corpus) -> Iterator[Coding]:
    """The documents of a list of judged candidates."""
    lists = [msgspec.json.decode(line, type=Judged) for line in listing.read_bytes().splitlines()]
    paths = corpus.paths({one.source for one in lists})
    for one in lists:
        about = About(date=dt.date.fromisoformat(one.date))
        yield Coding(paths[one.source], about, judged=one.classes())


def examples(coding: Coding) -> list[Example]:
    """The candidates of a document whose class is known, doubtful records left out."""
    document = document_of(coding)
    segments = segment(document.text, document.structure)
    passages = list(parse_segments(_pipeline(), document.text, segments))
    names = find_entities(document, passages)
    places = MentionIndex(names.entities)
    found = locate_candidates(segments, passages, document.date)
    neighbours = group_by_sentence(found)
    if coding.coded is not None:
        classes = [(number, CODED) for number in label(found, coding.coded)]
    else:
        classes = [coding.judged.get(one.trigger_start, (None, 0.0)) for one in found]
    return [
        Example(
            event=document.date or coding.path.name,
            label=number,
            features=tuple(sorted(set(extract_features(one, names, places, neighbours[one.sentence_start])))),
            context=context_windows(one),
            weight=weight,
        )
        for one, (number, weight) in zip(found, classes, strict=True)
        if number is not None and not (is_non_factual(one) or is_package(one.candidate))
    ]


@cache
def _pipeline() -> Language:
    return load_pipeline()


def document_of(coding: Coding) -> Document:
    """The document as far as it is coded; the article that ships is the same under another name, and knows its date."""
    document, seed, about = documents.read(coding.path), documents.seed_document(), coding.about
    if document.text == seed.text:
        return seed
    date = about.date.isoformat() if about.date else document.date
    return Document.from_text(document.text[: about.end], title=about.title or document.title, date=date)


def label(found: Sequence[LocatedCandidate], coded: Sequence[dict[str, Any]]) -> list[int | None]:
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


def _matched(found: Sequence[LocatedCandidate], free: set[int], records: Sequence[dict[str, Any]]) -> list[int]:
    fits = []
    for index in free:
        start, end = found[index].start, found[index].end
        anchor = found[index].trigger_start
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


def _learnt(pool: Executor, known: Iterable[Coding]) -> list[Example]:
    return [example for group in pool.map(examples, known, chunksize=4) for example in group]


def _tell(kind: str, data: Sequence[Example], chances: Sequence[float]) -> None:
    """Say how candidates fare, each judged by a model that has not met its event."""
    real = [example.label == AGREEMENT for example in data]
    kept = [chance >= THRESHOLD for chance in chances]
    good = sum(k and r for k, r in zip(kept, real, strict=True))
    sys.stderr.write(f"{kind}: {len(real)} candidates, {sum(real)} agreements; on events held out: ")
    sys.stderr.write(f"precision {good / max(sum(kept), 1):.3f}, recall {good / max(sum(real), 1):.3f}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Train on documents, say how held-out events fare, and write the model beside the other data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--judged", type=Path, metavar="LIST")
    parser.add_argument("--minilm", action="store_true", help="start from MiniLM's word vectors; needs the extra train")
    parser.add_argument("--output", type=Path, default=Path(extraction.__file__).parent / "data" / MODEL_FILE)
    options = parser.parse_args(argv)
    if options.judged and not options.archive:
        parser.error("--judged needs --archive, where the judged documents stand")
    with tempfile.TemporaryDirectory() as unpacked, ProcessPoolExecutor() as pool:
        corpus = Corpus(options.archive, Path(unpacked))
        known = [coding for folder in options.folders for _, coding in codings(folder, corpus)]
        coded = _learnt(pool, known)
        judged = _learnt(pool, judgements(options.judged, corpus)) if options.judged else []
    data = coded + judged
    pretrained = minilm if options.minilm else None
    chances = held_out(data, pretrained)
    _tell("coded", coded, chances[: len(coded)])
    if judged:
        _tell("judged", judged, chances[len(coded) :])
    real = [example.label == AGREEMENT for example in data]
    model = msgspec.structs.replace(fit(data, pretrained), calibration=platt(chances, real))
    kept = io.BytesIO()
    write_model(model, kept)
    options.output.write_bytes(kept.getvalue())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
