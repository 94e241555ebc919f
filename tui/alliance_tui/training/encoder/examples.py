"""Examples for the encoder: windows of documents with the labels of their words.

A window of an annotated document has a label for each word (whether it is the trigger of an agreement) and one for each
candidate that the rules propose; a window of a document with labelled candidates has labels for these alone, and needs
no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from alliance_tui.extraction.commitments.classification.classifier import is_package
from alliance_tui.extraction.commitments.generation.located_candidates import locate_candidates
from alliance_tui.extraction.encoder.labels import DOMAINS, Label
from alliance_tui.extraction.encoder.windows import Window, windows
from alliance_tui.extraction.encoder.word_pieces import WordPieces
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline, parse_segments
from alliance_tui.records import Document, Strength
from alliance_tui.training.annotations import ANNOTATED_WEIGHT, TrainingDocument
from alliance_tui.training.labelling import label_candidates

if TYPE_CHECKING:
    from spacy.language import Language

STRENGTHS = tuple(Strength)
_OTHER_WORD_WEIGHT = 0.1
"""Weight of a word of an annotated document that is no trigger; a trigger weighs 1."""
_LABELLED_WORD_WEIGHT = 0.5
"""Weight of a single labelled candidate as a trigger, or none, in the loss of words."""
_UNRECODED_FIELDS = frozenset({"other", "diplomacy-institutions"})
"""Fields under which human rights and justice were put before they had one of their own."""
_GOVERNANCE = re.compile(
    r"\b(?:human rights|rule of law|justice|judicia\w*|courts?|polic(?:e|ing)|corrupt\w*|democra\w+|elect(?:ion|or)\w*|"
    r"labou?r (?:law|rights)|migra\w+|asylum|refugees?|traffick\w+|money laundering|illicit finance|civil society|"
    r"press freedom|free(?:dom of the)? press|voting|gender|law enforcement|prosecut\w+|extradit\w+)\b",
    re.IGNORECASE,
)


class WordLabel(Struct, frozen=True, array_like=True):
    """The labels of a word by the index of its first piece; None for what is not known of it."""

    piece: int
    candidate: int | None = None
    candidate_weight: float = 0.0
    is_trigger: bool | None = None
    trigger_weight: float = 0.0
    strength: int | None = None
    domain: int | None = None


class Example(Struct, frozen=True, array_like=True):
    """A window with its labels; examples of one `event` (the date of the document) are held out together."""

    event: str
    pieces: list[int]
    labels: list[WordLabel]


def make_examples(
    executor: Executor, training_documents: Iterable[TrainingDocument], vocabulary: Sequence[str]
) -> Iterator[Example]:
    """Yield the examples of documents, made by several processes."""
    for group in executor.map(_examples, training_documents, _forever(tuple(vocabulary)), chunksize=8):
        yield from group


def _forever(value: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    while True:
        yield value


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Write examples to a file (MessagePack)."""
    path.write_bytes(msgspec.msgpack.encode(examples))


def read_examples(path: Path) -> list[Example]:
    """Read the examples that `write_examples` wrote."""
    return msgspec.msgpack.decode(path.read_bytes(), type=list[Example])


def _examples(training_document: TrainingDocument, vocabulary: tuple[str, ...]) -> list[Example]:
    document = training_document.read()
    word_pieces = _word_pieces(vocabulary)
    segments = segment(document.text, document.structure)
    is_annotated = training_document.gold_records is not None
    if is_annotated:
        by_offset = annotated_labels(document, training_document.gold_records or [])
    else:
        by_offset = {
            offset: WordLabel(0, int(label), weight, label is Label.AGREEMENT, _LABELLED_WORD_WEIGHT * weight)
            for offset, (label, weight) in training_document.labelled_triggers.items()
        }
    event = document.date or training_document.path.name
    examples = []
    for window in chain.from_iterable(
        windows(document.text, segments, index, word_pieces) for index in range(len(segments))
    ):
        labels = _window_labels(window, by_offset, is_annotated)
        if labels:
            examples.append(Example(event, window.pieces, labels))
    return examples


@cache
def _word_pieces(vocabulary: tuple[str, ...]) -> WordPieces:
    return WordPieces(vocabulary)


@cache
def _pipeline() -> Language:
    return load_pipeline()


def _window_labels(window: Window, by_offset: Mapping[int, WordLabel], is_annotated: bool) -> list[WordLabel]:
    """Return the labels of a window's words; words without a label of an annotated document are no triggers."""
    if not window.word_offsets:
        return []
    first, last = window.word_offsets[0], window.word_offsets[-1]
    of_piece = {
        window.piece_at(offset): label for offset, label in sorted(by_offset.items()) if first <= offset <= last + 1
    }
    pieces = window.word_pieces if is_annotated else sorted(of_piece)
    unlabelled = WordLabel(0, is_trigger=False, trigger_weight=_OTHER_WORD_WEIGHT)
    return [msgspec.structs.replace(of_piece.get(piece, unlabelled), piece=piece) for piece in pieces]


def annotated_labels(document: Document, gold_records: Sequence[dict[str, Any]]) -> dict[int, WordLabel]:
    """Return the labels of an annotated document's words by offset, where they are more than "no trigger".

    Triggers of gold agreements are triggers, and so nothing is known of the trigger of a candidate that matches one by
    other words, nor of an optional record's.
    """
    segments = segment(document.text, document.structure)
    passages = list(parse_segments(_pipeline(), document.text, segments))
    candidates = locate_candidates(segments, passages, document.date)
    labels: dict[int, WordLabel] = {}
    for located, label in zip(candidates, label_candidates(candidates, gold_records), strict=True):
        if is_package(located.candidate):
            continue
        if label is None:
            labels[located.trigger_start] = WordLabel(0)
            continue
        is_trigger, weight = (None, 0.0) if label is Label.AGREEMENT else (False, _OTHER_WORD_WEIGHT)
        labels[located.trigger_start] = WordLabel(0, int(label), ANNOTATED_WEIGHT, is_trigger, weight)
    for record in gold_records:
        if record["kind"] != "agreement":
            continue
        offset = _trigger_offset(labels, record)
        known = labels.get(offset, WordLabel(0))
        if record.get("optional"):
            labels[offset] = msgspec.structs.replace(known, is_trigger=None, trigger_weight=0.0)
        else:
            strength, domain = record.get("strength"), _domain(document.text, record)
            labels[offset] = msgspec.structs.replace(
                known,
                is_trigger=True,
                trigger_weight=1.0,
                strength=STRENGTHS.index(strength) if strength else None,
                domain=DOMAINS.index(domain) if domain else None,
            )
    return labels


def _trigger_offset(labels: Mapping[int, WordLabel], record: dict[str, Any]) -> int:
    """Return the offset of a record's trigger: that of the candidate within it, or its first word."""
    start, end = record["anchor_start"], record["anchor_end"]
    return next((offset for offset in labels if start <= offset < end), start)


def _domain(text: str, record: dict[str, Any]) -> str | None:
    """Return the policy field of a record; None where it is not annotated, or may be out of date."""
    domain: str | None = record.get("domain")
    if domain in _UNRECODED_FIELDS and _GOVERNANCE.search(text[record["start"] : record["end"]]):
        return "governance-rights" if domain == "other" else None
    return domain
