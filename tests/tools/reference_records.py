"""Digests of the records of tests/extraction/reference, stored beside the version of the rules that gave them.

`python -m tests.tools.reference_records` stores the present ones; it refuses to store other digests for a version of
the rules that has some, since caches would then keep records that the present rules no longer give.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import msgspec

from alliance_tui.extraction.fingerprint import RULES_VERSION
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document

FOLDER = Path(__file__).parents[1] / "extraction" / "reference"
FILE = FOLDER / "digests.json"
DATE = "2031-06-04"


class Reference(msgspec.Struct, frozen=True):
    """Digests of the records by file name, and the RULES_VERSION that gave them."""

    rules_version: int
    digests: dict[str, str]


def stored() -> Reference:
    return msgspec.json.decode(FILE.read_bytes(), type=Reference)


def current() -> Reference:
    """Return the digests by the present rules."""
    extractor = Extractor()
    return Reference(RULES_VERSION, {path.name: _digest(extractor, path) for path in sorted(FOLDER.glob("*.txt"))})


def _digest(extractor: Extractor, path: Path) -> str:
    text = path.read_text("utf-8")
    analysis = extractor.analyse(Document.from_text(text, title=text.partition("\n")[0], date=DATE))
    return hashlib.sha256(msgspec.json.encode(_records(analysis))).hexdigest()[:16]


def _records(analysis: Analysis) -> object:
    """Return the records as cached; confidences to two digits, since processors differ in the last ones."""
    agreements, possible = (
        [msgspec.structs.replace(each, confidence=each.confidence and round(each.confidence, 2)) for each in records]
        for records in (analysis.agreements, analysis.possible)
    )
    return analysis.entities, agreements, possible


def main() -> int:
    now = current()
    if FILE.exists() and (before := stored()).rules_version == now.rules_version and before != now:
        print("the records changed: raise RULES_VERSION in extraction/fingerprint.py first", file=sys.stderr)
        return 1
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(now)) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
