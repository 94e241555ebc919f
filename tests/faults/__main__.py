"""Try all surfaces in turn, each as long as the others, and print what was tried, what failed, and the slowest.

    python -m tests.faults [--minutes M] [--units U] [--seed N] [--only SURFACE ...]   by default 10 minutes
    python -m tests.faults --only SURFACE --seed N --attempt K                         one attempt again

With --units, a surface is done once so many of its units (keys, documents, …) are tried. “screen” stands for random
keys on each screen.

Ctrl+C ends it early, with the table. The exit status is 1 if anything failed. Each failure is printed with the options
that repeat it.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import sys
import time
from collections.abc import Sequence

from tests.faults.surface import Surface, Tally, attempt
from tests.faults.surfaces import SCREENS, SURFACES


def run(surfaces: Sequence[Surface], seconds: float, seed: int, units: float = math.inf) -> dict[str, Tally]:
    """Try the surfaces, always the one that had the least of the time.

    It ends when the time is over, when each had its units, and at Ctrl+C.
    """
    tallies = {surface.name: Tally() for surface in surfaces}
    end = time.monotonic() + seconds

    def unfinished() -> list[Surface]:
        return [each for each in surfaces if tallies[each.name].attempts * each.units_per_attempt < units]

    with contextlib.suppress(KeyboardInterrupt):
        while time.monotonic() < end and (remaining := unfinished()):
            surface = min(remaining, key=lambda each: tallies[each.name].spent)
            try_once(surface, seed, tallies[surface.name].attempts, tallies[surface.name])
    return tallies


def try_once(surface: Surface, seed: int, number: int, tally: Tally) -> None:
    """Make one attempt, count it and print its faults."""
    taken, faults = attempt(surface, seed, number)
    tally.add(taken, faults)
    for fault in faults:
        print(f"--only {surface.name!r} --seed {seed} --attempt {number}: {fault}", file=sys.stderr, flush=True)


def table(surfaces: Sequence[Surface], tallies: dict[str, Tally]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| surface | tried | attempts that failed | slowest attempt |", "| --- | ---: | ---: | ---: |"]
    for surface in surfaces:
        tally = tallies[surface.name]
        tried = f"{tally.attempts * surface.units_per_attempt:,} {surface.unit}"
        lines.append(f"| {surface.name} | {tried} | {tally.failed} of {tally.attempts:,} | {tally.slowest:.1f} s |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--attempt", type=int)
    parser.add_argument("--units", type=int, default=math.inf)
    named = {surface.name: [surface] for surface in (*SURFACES, *SCREENS)} | {"screen": list(SCREENS)}
    parser.add_argument("--only", action="append", choices=named)
    options = parser.parse_args()
    surfaces = [surface for name in options.only or (each.name for each in SURFACES) for surface in named[name]]
    if options.attempt is None:
        tallies = run(surfaces, options.minutes * 60, options.seed, options.units)
    else:
        tallies = {surface.name: Tally() for surface in surfaces}
        for surface in surfaces:
            try_once(surface, options.seed, options.attempt, tallies[surface.name])
    print(table(surfaces, tallies))
    return int(any(tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
