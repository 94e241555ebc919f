"""The table of quality, document by document, with what is missed, extra and different.

    python -m tests.quality.evaluate.agreements [WORD...] [OPTION...]

Coded documents are those of dev-written and, where it is present, of the shared gold folder (`../shared`,
or the folder that ALLIANCE_SHARED names). WORDs choose documents by name. --missed lists the records missed and extra,
each with the rule that made it, --fields the fields that differ; both are the default for few documents. --score
prints the figures of the shared scorer too, --headings in how many of the items that the authors of fact sheets set off
a record is found. --other-governments takes the texts of test-other-governments alone: no training on them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from alliance_tui import documents
from alliance_tui.export.json_values import analysis_value
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document
from tests.quality.evaluate.scoring import Comparison, Record, figures, shown

ROOT = Path(__file__).resolve().parents[3]
CORPORA = Path(__file__).parents[1] / "corpora"
FIXTURES = CORPORA / "dev-written"
MANNERS = CORPORA / "test-other-governments"
_FEW = 3


def shared() -> Path | None:
    """The folder of coded documents kept outside the project, where it is present."""
    folder = Path(os.environ.get("ALLIANCE_SHARED") or ROOT.parent / "shared")
    return folder if folder.is_dir() else None


def coded(words: list[str], *, manners: bool = False) -> Iterator[Path]:
    """The codings (NAME.records.jsonl) of the documents whose name holds one of the words; of all, for no words."""
    folders = [MANNERS] if manners else [FIXTURES, *([folder / "gold"] if (folder := shared()) else [])]
    for folder in folders:
        for path in sorted(folder.glob("*.records.jsonl")):
            if not words or _named(path, words):
                yield path


def _named(path: Path, words: list[str]) -> bool:
    return any(word in path.name for word in words)


def text_of(coding: Path) -> Path:
    """The document that a coding is of."""
    return coding.with_name(coding.name.replace(".records.jsonl", ".txt"))


def lines(path: Path) -> list[Record]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def output(extractor: Extractor, path: Path) -> Record:
    """What the extraction finds in the document, as `alliance-tui extract --format json` prints it."""
    document = documents.seed_document() if path.name == seed_name() else _read(path)
    value = analysis_value(extractor.analyse(document))
    value["document"]["path"] = str(path)
    return value


def _read(path: Path) -> Document:
    """The document, with the title and the date that NAME.toml tells of it where its text does not."""
    document, about = documents.read(path), path.with_suffix(".toml")
    if not about.exists():
        return document
    told = tomllib.loads(about.read_text("utf-8"))
    return Document.of(document.text, title=told["title"], date=told["date"].isoformat())


def seed_name() -> str:
    """The file name of the article that ships with the project."""
    return next((ROOT / "seeds").glob("*.txt")).name


def main() -> None:
    options = _options()
    extractor = Extractor()
    if options.headings:
        _print_headings(extractor, options.words)
        return
    outputs, codings = [], list(coded(options.words, manners=options.other_governments))
    detailed = not (options.missed or options.fields) and len(codings) <= _FEW
    total: Counter[str] = Counter()
    for path in codings:
        found = output(extractor, text_of(path))
        outputs.append(found)
        comparison = Comparison(found["agreements"], lines(path))
        if options.missed or detailed:
            _print_missed(comparison)
        if options.fields or detailed:
            _print_fields(comparison)
        print(shown(path.name.removesuffix(".records.jsonl"), figures(comparison.counts())), flush=True)
        total.update(comparison.counts())
    print(shown("all", figures(total)))
    if options.score:
        _print_score(outputs, codings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    for flag in ("--missed", "--fields", "--score", "--headings", "--other-governments"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


def _print_missed(comparison: Comparison) -> None:
    for record in comparison.missed:
        print(f"  missed  {record['strength']:9} {_line(record)}")
    for record in comparison.extra:
        print(f"  extra   {record['strength']:9} [{record['rule']}] {_line(record)}")


def _print_fields(comparison: Comparison) -> None:
    for field, found, gold in comparison.differences():
        print(f"  {field:9} {found.get(field)} for {gold.get(field)}  {_line(gold)}")


def _line(record: Record) -> str:
    return " ".join(record["quote"].split())[:150]


def _print_score(outputs: list[Record], codings: list[Path]) -> None:
    """The figures of the shared scorer, over all documents."""
    print(_score("records", outputs, [path for path in codings if path.parent != FIXTURES]), end="")


def _print_headings(extractor: Extractor, words: list[str]) -> None:
    """How many items of the shared fact sheets hold a record: in each coded one, and in all together without titles."""
    folder = _shared_or_exit()
    items = [path for path in sorted((folder / "corpus").glob("*.gold.jsonl")) if not words or _named(path, words)]
    bare = [path for path in items if ".nohead." in path.name]
    titled = [path for path in items if path not in bare and (folder / "gold" / _text_name(path)).exists()]
    if titled:
        coded = [folder / "gold" / path.name.replace(".gold.", ".records.") for path in titled]
        texts = [output(extractor, path.with_name(_text_name(path))) for path in titled]
        print(_score("headings", texts, [*titled, *coded]), end="")
    if bare:
        told = _score("headings", [output(extractor, path.with_name(_text_name(path))) for path in bare], bare)
        print("without their titles,", told.splitlines()[-1])


def _text_name(items: Path) -> str:
    return items.name.replace(".gold.jsonl", ".txt")


def _score(measure: str, outputs: list[Record], golds: list[Path]) -> str:
    """What the shared scorer prints."""
    scorer = _shared_or_exit() / "tools" / "score.py"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(outputs, file)
        file.flush()
        command = [sys.executable, str(scorer), measure, file.name, *map(str, golds), "-q"]
        return str(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _shared_or_exit() -> Path:
    folder = shared()
    if folder is None:
        sys.exit("the shared scorer is not here: set ALLIANCE_SHARED to its folder")
    return folder


if __name__ == "__main__":
    main()
