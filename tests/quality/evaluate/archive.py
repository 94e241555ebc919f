"""Check the extraction on many documents: no crash, every quote verbatim, the same answer twice.

    python -m tests.quality.evaluate.archive [--draw N] [--seed S]

Reads the real documents of the shared folder and N documents drawn at random from its archive. An analysis cannot be
built unless every span quotes its document. A tenth of the documents are analysed again, in another order.
"""

from __future__ import annotations

import argparse
import random
import sys
import tarfile
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from alliance_tui import documents
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis
from tests.support.shared_folder import ARCHIVE, require_shared_folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = require_shared_folder()
    corpus = folder / "corpus"
    with tempfile.TemporaryDirectory() as drawn:
        paths = sorted([*corpus.glob("*.txt"), *corpus.glob("markdown/*.md")])
        paths += _draw(folder / ARCHIVE, Path(drawn), options.draw, random.Random(options.seed))
        _read(paths, random.Random(options.seed))


def _draw(archive: Path, folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Unpack `count` documents of the archive, drawn at random."""
    with tarfile.open(archive) as tar:
        members = [member for member in tar.getmembers() if member.isfile() and member.name.endswith(".md")]
        drawn = chance.sample(members, count)
        tar.extractall(folder, drawn, filter="data")
    return [folder / member.name for member in drawn]


def _read(paths: list[Path], chance: random.Random) -> None:
    extractor = Extractor()
    counts: Counter[str] = Counter()
    analyses: dict[Path, Analysis] = {}
    begin = time.process_time()
    for path in paths:
        try:
            analysis = extractor.analyse(documents.read(path))
        except Exception:
            print(f"crashed on {path}", traceback.format_exc(), sep="\n")
            counts["crashed"] += 1
            continue
        analyses[path] = analysis
        counts.update(analysed=1, words=len(analysis.document.text.split()), entities=len(analysis.entities))
        counts.update(agreement.kind.value for agreement in analysis.agreements)
        counts["quotes, all verbatim"] += sum(1 for _ in analysis.spans())
    seconds = time.process_time() - begin
    again = chance.sample(sorted(analyses), len(analyses) // 10)
    counts["analysed twice"] = len(again)
    counts["differing"] = sum(extractor.analyse(analyses[path].document) != analyses[path] for path in again)
    for name, count in counts.items():
        print(f"{count:9} {name}")
    print(f"{counts['words'] / seconds:9.0f} words a second of the processor's time")
    sys.exit(bool(counts["crashed"] or counts["differing"]))


if __name__ == "__main__":
    main()
