"""Draw agreements from documents that no annotated set holds, to be judged one by one in every respect.

    python -m tests.quality.evaluate.whole_records [PATH...] [--records N] [--seed N] [--name WORD]...

Reads PATHs, or the statements of the shared folder's archive whose file name holds a WORD, in an order drawn at
random, and prints one agreement of each, drawn at random, with its title, its fields and its quote between arrows in
its context. A record is right if it is an agreement and its title, parties, strength, deadline, policy field and quote
are.
"""

from __future__ import annotations

import argparse
import random
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from alliance_tui import documents
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Agreement, Document, Kind
from tests.quality.data_sets import CORPORA, TRAINING_CANDIDATES, read_lines
from tests.support.shared_folder import ARCHIVE, require_shared_folder

_CONTEXT = 300
"""Characters of the text before and after a quote."""
_NAMES = ("fact-sheet", "readout", "statement-", "joint-", "communique", "leaders")
"""Words in the names of statements, fact sheets and readouts."""
_FOLDER = "statements-releases/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--records", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", action="append", help="a word of the file names to draw from")
    options = parser.parse_args()
    chance, count = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory() as unpacked:
        paths = options.paths or _unseen_documents(Path(unpacked), options.name or _NAMES)
        for document, agreement in _drawn(chance.sample(paths, len(paths)), chance):
            count += 1
            print(_described(count, document, agreement), flush=True)
            if count == options.records:
                break


def annotated_sources() -> set[str]:
    """The documents of the archive, by their path in it, that any set holds: those to train on and those to test."""
    sidecars = (tomllib.loads(path.read_text("utf-8")) for path in CORPORA.glob("*/*.toml"))
    excerpts = {sidecar["source"] for sidecar in sidecars if "source" in sidecar}
    return excerpts | {document["source"] for document in read_lines(TRAINING_CANDIDATES)}


def _unseen_documents(folder: Path, names: Sequence[str]) -> list[Path]:
    """Unpack the statements of the archive that no set holds and whose file name holds one of the words."""
    seen = annotated_sources()
    with tarfile.open(require_shared_folder() / ARCHIVE) as archive:
        members = [
            member
            for member in archive.getmembers()
            if member.name.removeprefix("./").startswith(_FOLDER)
            and member.name.endswith(".md")
            and member.name.removeprefix("./") not in seen
            and any(name in Path(member.name).name for name in names)
        ]
        archive.extractall(folder, members, filter="data")
    return sorted(folder / member.name for member in members)


def _drawn(paths: Sequence[Path], chance: random.Random) -> Iterator[tuple[Document, Agreement]]:
    """Yield one agreement of each document that has any."""
    extractor = Extractor()
    for path in paths:
        analysis = extractor.analyse(documents.read(path))
        agreements = [record for record in analysis.agreements if record.kind is Kind.AGREEMENT]
        if agreements:
            yield analysis.document, chance.choice(agreements)


def _described(number: int, document: Document, record: Agreement) -> str:
    evidence, text = record.evidence, document.text
    before, after = text[max(0, evidence.start - _CONTEXT) : evidence.start], text[evidence.end :][:_CONTEXT]
    deadline = f"{record.deadline.edtf} ({record.deadline.span.quote})" if record.deadline else "none"
    lines = (
        f"\n{number}. {record.title}",
        f"   of {document.title} ({document.date})",
        f"   {record.strength} | {'; '.join(record.parties) or 'no party'} | due {deadline} | {record.domain}",
        f"   trigger {record.trigger.quote!r}, confidence {record.confidence or 0:.2f}, {record.rule}",
        f"   {record.section or ''}",
        "   " + " ".join(f"{before}>>{evidence.quote}<<{after}".split()),
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
