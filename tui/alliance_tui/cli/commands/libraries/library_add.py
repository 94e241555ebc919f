"""`alliance-tui library add`: ingest files and folders on all cores, and report the progress."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec

from alliance_tui.cli import console
from alliance_tui.cli.analyses import MISSING_DATE
from alliance_tui.cli.backends.opening import open_pool
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import ClusterError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.lexicon.loading import own_faults
from alliance_tui.library.ingestion.ingest import Ingest, IngestEvent, Outcome
from alliance_tui.library.ingestion.ingest_progress import IngestProgress, report_of
from alliance_tui.library.store import Library

_BAR_WIDTH = 20
_MIN_SHARE_TO_COMPACT = 0.1
"""The share of added documents above which the file's pages, then half empty, are compacted."""


def add(library: Library, arguments: Arguments) -> int:
    """Add new and changed documents; return the exit status."""
    for fault in own_faults():
        console.print_message(fault)
    reporter = _Reporter(arguments.format == "jsonl")
    with open_pool(arguments, reporter.print_note, reporter.show_progress) as pool:
        reporter.count_workers = pool.backend.count_workers
        versions = {"extractor": extractor_version(quick=arguments.quick), "model": model_version(arguments.model)}
        ingest = Ingest(library, pool.submit, **versions, ahead=pool.backend.ahead, on_notice=reporter.print_note)
        try:
            for event in ingest.add(arguments.paths, date=arguments.date, limits=arguments.limits):
                reporter.report(event)
        except (ClusterError, KeyboardInterrupt):
            reporter.report_interrupt()
            raise
    if reporter.progress.outcomes[Outcome.ADDED] > len(library) * _MIN_SHARE_TO_COMPACT:
        library.compact()
    reporter.report_summary(len(library))
    return int(reporter.progress.outcomes[Outcome.FAILED] > 0)


class _Reporter:
    """Reports an ingest: a JSON line per file, or progress, errors and a summary."""

    def __init__(self, as_json_lines: bool) -> None:
        self.progress = IngestProgress()
        self._as_json_lines = as_json_lines
        self._line = console.ProgressLine()
        self._path = ""
        self.count_workers: Callable[[], int | None] = lambda: None

    def report(self, event: IngestEvent) -> None:
        """Report one file."""
        report = report_of(event)
        self.progress.record_report(report)
        if self._as_json_lines:
            console.write_output([json.dumps(msgspec.to_builtins(report)) + "\n"], None)
        elif event.error:
            self._line.clear()
            console.print_message(event.error)
        self._path = event.path
        self.show_progress()

    def show_progress(self) -> None:
        """Show what is done, and the last file, on the progress line."""
        if not self._line.is_shown:
            return
        done = round(self.progress.fraction * _BAR_WIDTH)
        workers = self.count_workers()
        activity = "waiting for a worker (Ctrl+C ends it)" if workers == 0 else self._path
        self._line.show(f"[{'=' * done:{_BAR_WIDTH}}] {self.progress.describe_rate(workers)}: {activity}")

    def print_note(self, message: str) -> None:
        """Print a message on a document that is added all the same."""
        self._line.clear()
        console.print_message(message)

    def report_interrupt(self) -> None:
        """Report what was done before the interrupt."""
        self._line.clear()
        outcomes = self.progress.describe_outcomes()
        console.print_message(f"stopped; {outcomes} so far. The same command goes on from there")

    def report_summary(self, documents: int) -> None:
        """Report the outcomes and the number of documents in the library."""
        self._line.clear()
        if undated := self.progress.undated:
            console.print_hint(f"{undated:,} of the added: {MISSING_DATE}")
        if not self._as_json_lines:
            plural = "" if documents == 1 else "s"
            summary = f"{self.progress.describe_outcomes()}; {documents:,} document{plural} in the library\n"
            console.write_output([summary], None)
