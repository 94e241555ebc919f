"""Digests of the records of tests/extraction/reference, stored beside the version of the rules that gave them.

`python -m tests.tools.reference_records` stores the present ones; it refuses to store other digests for a version of
the rules that has some, since caches would then keep records that the present rules no longer give.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from alliance_tui.extraction.fingerprint import RULES_VERSION
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document
from tests.support.reference_digests import Reference, digest_of, read_reference, write_reference

FOLDER = Path(__file__).parents[1] / "extraction" / "reference"
FILE = FOLDER / "digests.json"
DATE = "2031-06-04"


def stored() -> Reference:
    return read_reference(FILE)


def current() -> Reference:
    """Return the digests by the present rules."""
    extractor = Extractor()
    return Reference(str(RULES_VERSION), {path.name: _digest(extractor, path) for path in sorted(FOLDER.glob("*.txt"))})


def _digest(extractor: Extractor, path: Path) -> str:
    text = path.read_text("utf-8")
    analysis = extractor.analyse(Document.from_text(text, title=text.partition("\n")[0], date=DATE))
    return digest_of(_records(analysis))


def _records(analysis: Analysis) -> object:
    """Return the records as cached; confidences to two digits, since processors differ in the last ones."""
    agreements, possible = (
        [msgspec.structs.replace(each, confidence=each.confidence and round(each.confidence, 2)) for each in records]
        for records in (analysis.agreements, analysis.possible)
    )
    return analysis.entities, agreements, possible


def main() -> int:
    return write_reference(
        FILE, current(), "the records changed: raise RULES_VERSION in extraction/fingerprint.py first"
    )


if __name__ == "__main__":
    sys.exit(main())
