"""Digests of links and words of status, stored beside the version of the rules that gave them.

`python -m tests.tools.reference_links` stores the present ones; it refuses to store other digests for a version of the
rules that has some, since libraries would then keep links that the present rules no longer give.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import msgspec

from alliance_tui.linking.fingerprint import linking_version
from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.linker import link_analyses
from alliance_tui.linking.status_words import status_words_of
from tests.quality.data_sets import annotated_documents
from tests.support.linked_documents import fact_sheet, report, statement

FILE = Path(__file__).parents[1] / "linking" / "reference.json"
_SET = "train-written"


class Reference(msgspec.Struct, frozen=True):
    """Digests by what they are of, and the version of linking that gave them."""

    version: str
    digests: dict[str, str]


def stored() -> Reference:
    return msgspec.json.decode(FILE.read_bytes(), type=Reference)


def current() -> Reference:
    """Return the digests by the present rules."""
    written = [
        analysis_of_given_records(each.document, map(json.dumps, each.records), each.name)
        for each in annotated_documents([_SET])
    ]
    visit = [statement(), fact_sheet(), report()]
    digests = {
        "linkable records": _digest([linkable_records(each) for each in (*written, *visit)]),
        "links": _digest(link_analyses(visit)),
        "words of status": _digest([status_words_of(each) for each in (*written, *visit)]),
    }
    return Reference(linking_version(), digests)


def _digest(made: object) -> str:
    return hashlib.sha256(msgspec.json.encode(made)).hexdigest()[:16]


def main() -> int:
    now = current()
    if FILE.exists() and (before := stored()).version == now.version and before != now:
        print("links or words of status changed: raise RULES_VERSION in linking/fingerprint.py first", file=sys.stderr)
        return 1
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(now)) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
