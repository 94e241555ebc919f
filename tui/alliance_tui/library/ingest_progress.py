"""How far the adding of documents is: told alike on the command line and in the explorer."""

from __future__ import annotations

import time
from collections import Counter

from msgspec import Struct, field

from alliance_tui.library.ingest import IngestEvent, Outcome


class IngestReport(Struct, frozen=True):
    """A step as it is told to other programs, an object a line."""

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
    """What is told of a step."""
    kept = event.document
    if kept is None:
        return IngestReport(event.path, event.outcome, event.done, event.total, event.error)
    return IngestReport(
        event.path,
        event.outcome,
        event.done,
        event.total,
        id=kept.id,
        date=kept.date,
        words=kept.words,
        agreements=kept.agreements,
        language=kept.language,
        same_as=kept.same_as,
        similar_to=kept.similar_to,
    )


class IngestProgress:
    """Counts what became of each file, and how fast it goes."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.undated = 0
        self._alike = self._words = self._done = self._total = 0
        self._begun: float | None = None

    def update(self, report: IngestReport) -> None:
        """Count a step."""
        self._done, self._total = report.done, report.total
        self.outcomes[report.outcome] += 1
        self._words += report.words or 0
        if report.outcome is Outcome.ADDED:
            self._alike += bool(report.same_as or report.similar_to)
            self.undated += report.date is None
        if report.outcome is not Outcome.UNCHANGED and self._begun is None:
            self._begun = time.monotonic()  # what costs nothing would make the rest look quick

    @property
    def fraction(self) -> float:
        """The part of the files that is done with, 0 to 1."""
        return self._done / self._total if self._total else 0.0

    def describe_rate(self) -> str:
        """How many of how many files, how many words a second, and the time left."""
        line = f"{self._done:,} of {self._total:,}"
        if self._begun is not None and (elapsed := time.monotonic() - self._begun) > 1:
            worked = self._done - self.outcomes[Outcome.UNCHANGED]
            left = elapsed / worked * (self._total - self._done)
            line += f", {self._words / elapsed:,.0f} words/s, {_span(left)} left"
        return line

    def describe_outcomes(self) -> str:
        """How many files went which way."""
        parts = [f"{self.outcomes[outcome]:,} {outcome}" for outcome in Outcome if self.outcomes[outcome]]
        alike = f" ({self._alike:,} the same as others or nearly)" if self._alike else ""
        return (", ".join(parts) or "nothing to add") + alike


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
