"""Texts, word counts and annotated documents for the measurements of search."""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from pathlib import Path

from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import word_spans

SEED = 20240410


def counted_words(archive: Path, documents: int | None = None) -> Counter[str]:
    """The folded words of an archive's (first) documents, with how often each occurs."""
    folded: dict[str, str] = {}
    spellings: Counter[str] = Counter()
    for text in texts(archive, documents):
        spellings.update(text[start:end] for start, end in word_spans(text))
    counted: Counter[str] = Counter()
    for spelling, count in spellings.items():
        counted[folded.setdefault(spelling, fold(spelling))] += count
    return counted


def texts(archive: Path, documents: int | None = None) -> list[str]:
    """The texts of an archive's (first) documents."""
    found: list[str] = []
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file:
                found.append(file.read().decode("utf-8", "replace"))
            if len(found) == documents:
                break
    return found


def annotated_analysis(text_file: Path) -> Analysis:
    """An annotated document with its gold entities, as an analysis without agreements."""
    document = Document.from_text(text_file.read_text(encoding="utf-8"), title=text_file.stem)
    entities = []
    for number, line in enumerate(text_file.with_suffix(".entities.jsonl").read_text(encoding="utf-8").splitlines()):
        gold = json.loads(line)
        forms = sorted(gold["forms"], key=len, reverse=True)
        anywhere = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")
        mentions = tuple(Mention(document.span(*found.span())) for found in anywhere.finditer(document.text))
        if mentions:
            entities.append(
                Entity(f"e{number}", gold["name"], EntityType(gold["type"]), tuple(gold["forms"]), mentions)
            )
    return Analysis(document, tuple(entities), (), "annotated", "none")


def annotated_texts(folder: Path) -> list[Path]:
    """The texts of a folder whose entities are annotated."""
    return sorted(path for path in folder.glob("*.txt") if path.with_suffix(".entities.jsonl").is_file())
