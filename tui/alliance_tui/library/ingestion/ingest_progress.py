"""Progress of an ingest, reported alike on the command line and in the explorer."""

from __future__ import annotations

import time
from collections import Counter

from msgspec import Struct, field

from alliance_tui.library.ingestion.ingest import IngestEvent, Outcome

_MIN_SECONDS = 1  # of work before its rate is estimated


class IngestReport(Struct, frozen=True):
    """An ingest event as JSON Lines give it to other programs."""

    path: str
    outcome: Outcome
    done: int
    total: int
    error: str | None = field(default=None, name="fault")
    id: str | None = None
    date: str | None = None
    words: int | None = None
    agreements: int | None = None
    language: str | None = None
    same_as: str | None = None
    similar_to: str | None = field(default=None, name="like")


def report_of(event: IngestEvent) -> IngestReport:
    """Return the report of an event."""
    document = event.document
    if document is None:
        return IngestReport(event.path, event.outcome, event.done, event.total, event.error)
    return IngestReport(
        event.path,
        event.outcome,
        event.done,
        event.total,
        id=document.id,
        date=document.date,
        words=document.words,
        agreements=document.agreements,
        language=document.language,
        same_as=document.same_as,
        similar_to=document.similar_to,
    )


class IngestProgress:
    """Counts outcomes and measures the rate of an ingest."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.undated = 0
        self._duplicates = self._words = self._done = self._total = 0
        self._started: float | None = None

    def record_report(self, report: IngestReport) -> None:
        """Count a report."""
        self._done, self._total = report.done, report.total
        self.outcomes[report.outcome] += 1
        self._words += report.words or 0
        if report.outcome is Outcome.ADDED:
            self._duplicates += bool(report.same_as or report.similar_to)
            self.undated += report.date is None
        if report.outcome is not Outcome.UNCHANGED and self._started is None:
            self._started = time.monotonic()  # unchanged files cost nothing and would raise the rate

    @property
    def fraction(self) -> float:
        """The share of the files that are done, 0 to 1."""
        return self._done / self._total if self._total else 0.0

    def describe_rate(self, workers: int | None = None) -> str:
        """Return the files done of all, the words per second, the number of workers and the time left."""
        line = f"{self._done:,} of {self._total:,}"
        if workers is not None:
            line += f", {workers:,} worker{'' if workers == 1 else 's'}"
        if self._started is not None and (elapsed := time.monotonic() - self._started) > _MIN_SECONDS:
            worked = self._done - self.outcomes[Outcome.UNCHANGED]
            left = elapsed / worked * (self._total - self._done)
            line += f", {self._words / elapsed:,.0f} words/s, {_duration(left)} left"
        return line

    def describe_outcomes(self) -> str:
        """Return the number of files with each outcome."""
        parts = [f"{self.outcomes[outcome]:,} {outcome}" for outcome in Outcome if self.outcomes[outcome]]
        duplicates = f" ({self._duplicates:,} the same as others or nearly)" if self._duplicates else ""
        return (", ".join(parts) or "nothing to add") + duplicates


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
