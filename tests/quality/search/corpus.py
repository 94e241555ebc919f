"""What the search's measurements share: where the outside data is, the words of its archive, and coded documents."""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections import Counter
from pathlib import Path

from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention
from alliance_tui.search.folding import fold
from alliance_tui.search.words import words

SEED = 20240410


def shared() -> Path | None:
    """The folder of data kept outside the project, if it is there."""
    folder = Path(os.environ.get("ALLIANCE_SHARED") or Path(__file__).parents[3].parent / "shared")
    return folder if folder.is_dir() else None


def counted_words(archive: Path, documents: int | None = None) -> Counter[str]:
    """The folded words of an archive's (first) documents, with how often each occurs."""
    folded: dict[str, str] = {}
    spellings: Counter[str] = Counter()
    for text in texts(archive, documents):
        spellings.update(text[start:end] for start, end in words(text))
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


def coded_analysis(text_file: Path) -> Analysis:
    """A coded document with its entities, as an analysis without agreements."""
    document = Document.of(text_file.read_text(encoding="utf-8"), title=text_file.stem)
    entities = []
    for number, line in enumerate(text_file.with_suffix(".entities.jsonl").read_text(encoding="utf-8").splitlines()):
        coded = json.loads(line)
        forms = sorted(coded["forms"], key=len, reverse=True)
        anywhere = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")
        mentions = tuple(Mention(document.span(*found.span())) for found in anywhere.finditer(document.text))
        if mentions:
            entities.append(
                Entity(f"e{number}", coded["name"], EntityType(coded["type"]), tuple(coded["forms"]), mentions)
            )
    return Analysis(document, tuple(entities), (), "coded", "none")


def coded_documents(folder: Path) -> list[Path]:
    """The texts of the coded documents that are open to development."""
    return sorted(path for path in folder.glob("*.txt") if path.with_suffix(".entities.jsonl").is_file())
