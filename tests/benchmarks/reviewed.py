"""Cost of a review step, and of what is shown after it, with a thousand judged records.

python -m tests.benchmarks.reviewed

The document is in the library, so each step also brings the library's index into line.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.explorer.workers.review_worker import append_step, load_review
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from alliance_tui.records import Agreement
from alliance_tui.review import steps
from alliance_tui.review.corrections import move_evidence, step_strength
from alliance_tui.review.entry import Entry, Step, begin_step, step_to_redo, step_to_undo
from alliance_tui.review.record_changes import Judgement
from tests.explorer.test_reviewed_bytes import long_analysis

TIMES = 15


def measure(name: str, work: Callable[[], object]) -> None:
    """Print the median time of some work."""
    taken = []
    for _ in range(TIMES):
        before = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - before))
    print(f"{name}: {median(taken):.0f} ms")


class Reader:
    """A reader who takes one step after another on an open document."""

    def __init__(self, log: ReviewLog, document: OpenDocument) -> None:
        self.log = log
        self.document = document
        self.turn = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the log."""
        assert self.document.review
        return self.document.review.entries

    def record(self, position: int) -> Agreement:
        """Return a record as the reader sees it."""
        assert self.document.review
        return self.document.review.reviewed.analysis.agreements[position]

    def take(self, make: Callable[[Step], list[Entry]]) -> None:
        """Take a step, as the explorer does."""
        self.turn += 1
        review = append_step(self.log, self.document, "ada", make)
        assert review
        self.document = replace(self.document, analysis=review.reviewed.analysis, review=review)


def main() -> None:
    """Print what each step costs."""
    analysis = long_analysis()
    records = analysis.agreements
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "loans.txt")
        file.write_text(analysis.document.text)
        path = Path(folder, "library.sqlite")
        with open_library(path) as library:
            library.upsert(analysis, read_source_file(file))
        log = ReviewLog(path)
        log.append(
            steps.judge(begin_step(analysis.document, "ada"), [(each, None) for each in records], Judgement.ACCEPTED)
        )
        opened = OpenDocument(analysis, AnalysisStage.DONE)
        measure("open the document", lambda: load_review(log, opened, "ada"))
        reader = Reader(log, replace(opened, review=load_review(log, opened, "ada")))
        judgements = iter([Judgement.REJECTED, Judgement.ACCEPTED] * TIMES)
        measure(
            "judge a record",
            lambda: reader.take(lambda step: steps.judge(step, [(records[500], None)], next(judgements))),
        )
        strengths = iter([step_strength(records[7], 1), records[7]] * TIMES)
        measure(
            "correct a strength",
            lambda: reader.take(lambda step: steps.correct(step, reader.record(7), next(strengths), "strength")),
        )
        measure(
            "move the end of the evidence",
            lambda: reader.take(
                lambda step: steps.correct(
                    step,
                    reader.record(9),
                    move_evidence(analysis.document, reader.record(9), end=-1 if reader.turn % 2 else 1),
                    "evidence",
                )
            ),
        )
        measure(
            "undo or redo",
            lambda: reader.take(
                lambda step: (
                    steps.undo(step, step_to_undo(reader.entries, "ada") or "")
                    if reader.turn % 2
                    else steps.redo(step, step_to_redo(reader.entries, "ada") or "")
                )
            ),
        )
        with open_library(path) as library:
            search = LibrarySearch(library)
            search.refresh()
            search.load_lexicon()
            measure("is:rejected in the library", lambda: list(search.search("is:rejected")))


if __name__ == "__main__":
    main()
