"""`alliance-tui library add`: files and folders into the library, on all cores, with what it costs in view."""

from __future__ import annotations

import json

import msgspec

from alliance_tui.cli import console
from alliance_tui.cli.analyses import MISSING_DATE
from alliance_tui.cli.extraction_pool import ExtractionPool
from alliance_tui.cli.options import Arguments
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.lexicon.loading import own_faults
from alliance_tui.library.ingest import Ingest, IngestEvent, Outcome
from alliance_tui.library.ingest_progress import IngestProgress, report_of
from alliance_tui.library.store import Library

_BAR = 20
_PARTS = 10
"""An addition of more than such a part of the library leaves its pages half empty: they are filled up again."""


def add(library: Library, arguments: Arguments) -> int:
    """Add what is new or changed; the exit status."""
    for fault in own_faults():
        console.print_message(fault)
    reader = _Reader(arguments.format == "jsonl")
    with ExtractionPool(arguments.model) as workers:
        made_by = {"extractor": extractor_version(), "model": model_version(arguments.model)}
        adding = Ingest(library, workers.submit, **made_by, ahead=2 * workers.count)
        try:
            for step in adding.add(arguments.paths, date=arguments.date, limits=arguments.limits):
                reader.tell(step)
        except KeyboardInterrupt:
            reader.stopped()
            raise
    if reader.progress.outcomes[Outcome.ADDED] > len(library) / _PARTS:
        library.compact()
    reader.tell_all(len(library))
    return int(reader.progress.outcomes[Outcome.FAILED] > 0)


class _Reader:
    """Who is told: by a line a file, or by the progress, the complaints and a summary."""

    def __init__(self, by_line: bool) -> None:
        self.progress = IngestProgress()
        self._by_line = by_line
        self._line = console.ProgressLine()

    def tell(self, step: IngestEvent) -> None:
        """Tell of a step."""
        known = report_of(step)
        self.progress.update(known)
        if self._by_line:
            console.write_output([json.dumps(msgspec.to_builtins(known)) + "\n"], None)
        elif step.error:
            self._line.clear()
            console.print_message(step.error)
        done = round(self.progress.fraction * _BAR)
        self._line.show(f"[{'=' * done:{_BAR}}] {self.progress.describe_rate()}: {step.path}")

    def stopped(self) -> None:
        """Tell what was done before the reader stopped it."""
        self._line.clear()
        console.print_message(
            f"stopped; {self.progress.describe_outcomes()} so far. The same command goes on from there"
        )

    def tell_all(self, documents: int) -> None:
        """Tell what was done, and how many documents there are now."""
        self._line.clear()
        if undated := self.progress.undated:
            console.print_hint(f"{undated:,} of the added: {MISSING_DATE}")
        if not self._by_line:
            plural = "" if documents == 1 else "s"
            console.write_output(
                [f"{self.progress.describe_outcomes()}; {documents:,} document{plural} in the library\n"], None
            )
