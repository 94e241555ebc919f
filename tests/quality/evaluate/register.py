"""Draw links and statuses from the register of a library, to be judged one by one.

    python -m tests.quality.evaluate.register LIBRARY [--seed N] [--links N] [--statuses N] [--from DOCUMENT]
        [--today DAY]

Prints each link with both statements in their context, and each status with the statement that gives it: as many of
each status as of the others. --from leaves out the links between documents with lower numbers, and the statuses that
they give: so the documents added since an earlier draw are drawn from.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

from alliance_tui.library.register import load_register
from alliance_tui.library.store import Library, open_library
from alliance_tui.linking.register import RegisterRow, Statement

_CONTEXT = 120
"""Characters of the text before and after a statement."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--links", type=int, default=50)
    parser.add_argument("--statuses", type=int, default=50)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="DOCUMENT")
    parser.add_argument("--today", default="2023-01-01", help="the day on which what is due is overdue")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with open_library(options.library) as library:
        rows = load_register(library, options.today)
        links = [
            pair for row in rows for pair in pairwise(row.statements) if max(map(_document, pair)) >= options.first
        ]
        print(f"{len(rows):,} undertakings, {len(links):,} links between two statements")
        for number, pair in enumerate(chance.sample(links, min(options.links, len(links))), 1):
            print(f"\nlink {number}")
            for statement in pair:
                print(_described(library, statement))
        for number, row in enumerate(_drawn(rows, options.statuses, options.first, chance), 1):
            print(f"\nstatus {number}: {row.finding.status}, {row.finding.reason}")
            for statement in row.statements:
                print(_described(library, statement))


def _document(statement: Statement) -> int:
    return statement.document


def _drawn(rows: Sequence[RegisterRow], count: int, first: int, chance: random.Random) -> list[RegisterRow]:
    """As many rows of each status, of those whose status is given by a document of at least the number `first`."""
    known = [row for row in rows if row.statements[row.finding.evidence].document >= first]
    by_status = [list(each) for _, each in groupby(sorted(known, key=_status), key=_status)]
    return [row for each in by_status for row in chance.sample(each, min(len(each), count // len(by_status)))]


def _status(row: RegisterRow) -> str:
    return row.status


def _described(library: Library, statement: Statement) -> str:
    """The statement's document, what is known of it, and its words between arrows in their context."""
    document = library.get(statement.document)
    assert document is not None
    analysis = library.load_analysis(document)
    evidence, text = analysis.agreements[statement.position].evidence, analysis.document.text
    before, after = text[max(0, evidence.start - _CONTEXT) : evidence.start], text[evidence.end :][:_CONTEXT]
    passage = " ".join(f"{before}>>{evidence.quote}<<{after}".split())
    facts = f"{statement.strength}, {statement.parties}, due {statement.deadline or '-'}"
    return f"  {statement.date} {document.title}\n    [{facts}] {passage}"


if __name__ == "__main__":
    main()
