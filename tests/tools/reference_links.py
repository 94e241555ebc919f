"""Digests of links and words of status, stored beside the version of the rules that gave them.

`python -m tests.tools.reference_links` stores the present ones; it refuses to store other digests for a version of the
rules that has some, since libraries would then keep links that the present rules no longer give.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from alliance_tui.linking.fingerprint import linking_version
from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.linker import link_analyses
from alliance_tui.linking.status_words import status_words_of
from tests.quality.data_sets import annotated_documents
from tests.support.linked_documents import fact_sheet, report, statement
from tests.support.reference_digests import Reference, digest_of, read_reference, write_reference

FILE = Path(__file__).parents[1] / "linking" / "reference.json"
_SET = "train-written"


def stored() -> Reference:
    return read_reference(FILE)


def current() -> Reference:
    """Return the digests by the present rules."""
    written = [
        analysis_of_given_records(each.document, map(json.dumps, each.records), each.name)
        for each in annotated_documents([_SET])
    ]
    visit = [statement(), fact_sheet(), report()]
    digests = {
        "linkable records": digest_of([linkable_records(each) for each in (*written, *visit)]),
        "links": digest_of(link_analyses(visit)),
        "words of status": digest_of([status_words_of(each) for each in (*written, *visit)]),
    }
    return Reference(linking_version(), digests)


def main() -> int:
    refusal = "links or words of status changed: raise RULES_VERSION in linking/fingerprint.py first"
    return write_reference(FILE, current(), refusal)


if __name__ == "__main__":
    sys.exit(main())
