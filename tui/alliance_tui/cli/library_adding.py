"""`alliance-tui library add`: files and folders into the library, on all cores, with what it costs in view."""

from __future__ import annotations

import json
import time
from collections import Counter

from alliance_tui.cli import console
from alliance_tui.cli.options import Arguments
from alliance_tui.cli.workers import Workers
from alliance_tui.extraction.version import extractor_version, model_version
from alliance_tui.library.adding import Adding, Outcome, Step
from alliance_tui.library.store import Library


def add(library: Library, arguments: Arguments) -> int:
    """Add what is new or changed; the exit status."""
    told = _Told(arguments.format == "jsonl")
    with Workers(arguments.model) as workers:
        made_by = {"extractor": extractor_version(), "model": model_version(arguments.model)}
        adding = Adding(library, workers.submit, **made_by, ahead=2 * workers.count)
        try:
            for step in adding.add(arguments.paths, date=arguments.date, limits=arguments.limits):
                told.step(step)
        except KeyboardInterrupt:
            told.clear()
            console.complain(f"stopped; {told.counts()} so far. The same command goes on from there")
            raise
    told.clear()
    if not told.by_line:
        console.write([f"{told.counts()}; {len(library):,} documents in the library\n"], None)
    return int(told.outcomes[Outcome.FAILED] > 0)


class _Told:
    """What the reader is told: a line a file, or the progress and complaints."""

    def __init__(self, by_line: bool) -> None:
        self.by_line = by_line
        self.outcomes: Counter[Outcome] = Counter()
        self._alike = 0
        self._words = 0
        self._progress = console.Progress()
        self._begun: float | None = None

    def step(self, step: Step) -> None:
        """Count a step and tell of it."""
        self.outcomes[step.outcome] += 1
        if step.kept:
            self._words += step.kept.words
            self._alike += bool(step.kept.same_as or step.kept.like)
        if step.outcome is not Outcome.UNCHANGED and self._begun is None:
            self._begun = time.monotonic()
        if self.by_line:
            console.write([json.dumps(_value(step)) + "\n"], None)
        elif step.fault:
            self.clear()
            console.complain(step.fault)
        self._progress.show(self._line(step))

    def clear(self) -> None:
        """Leave an empty line where the progress stood."""
        self._progress.clear()

    def counts(self) -> str:
        """How many files went which way."""
        parts = [f"{self.outcomes[outcome]:,} {outcome}" for outcome in Outcome if self.outcomes[outcome]]
        alike = f" ({self._alike:,} the same as others or nearly)" if self._alike else ""
        return (", ".join(parts) or "nothing to add") + alike

    def _line(self, step: Step) -> str:
        line = f"{step.done:,} of {step.total:,} documents"
        if self._begun is not None and (elapsed := time.monotonic() - self._begun) > 1:
            worked = step.done - self.outcomes[Outcome.UNCHANGED]
            left = elapsed / worked * (step.total - step.done)
            line += f", {self._words / elapsed:,.0f} words/s, {_span(left)} left"
        return f"{line}: {step.path}"


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _value(step: Step) -> dict[str, object]:
    kept = step.kept
    return {
        "path": step.path,
        "outcome": step.outcome.value,
        "done": step.done,
        "total": step.total,
        "fault": step.fault,
        "id": kept.id if kept else None,
        "words": kept.words if kept else None,
        "agreements": kept.agreements if kept else None,
        "language": kept.language if kept else None,
        "same_as": kept.same_as if kept else None,
        "like": kept.like if kept else None,
    }
