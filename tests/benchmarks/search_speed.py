"""Costs of a search key and of the index, from one article to 100,000 sentences.

Texts of 200 to 100,000 sentences (25 words each) are cut from a real archive. Queries are typed key by key, each key a
search from scratch. All times are of the processor, which other programs do not disturb.
Run: python -m tests.benchmarks.search_speed [--sentences N ...]
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tarfile
import time
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

from alliance_tui.highlighting import compute_highlights
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from tests.support.shared_folder import ARCHIVE, require_shared_folder

QUERIES = (
    "kishida",
    "command and control",
    "comand and controll",
    "security cooperation",
    "the president of the united states",
    "indo-pacific partnership",
    "climate change !oil",
    '"national security council"',
    "'ship ^coop ation$",
    "vaccine | infrastructure",
    "nsc",
    "zelensky ukrane",
    "infrastrcture bil",
)
_WORDS_A_SENTENCE = 25
_CHARACTERS_A_WORD = 6


def archive_text(characters: int) -> str:
    """Return at least `characters` of the archive's documents, one after another."""
    parts: list[str] = []
    with tarfile.open(require_shared_folder() / ARCHIVE) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file and characters > 0:
                parts.append(file.read().decode("utf-8", "replace"))
                characters -= len(parts[-1])
    return "\n".join(parts)


def typed_queries() -> Iterator[str]:
    """Yield the content of the query line after each key."""
    for query in QUERIES:
        yield from (query[:length] for length in range(1, len(query) + 1))


def key_times(index: SearchIndex) -> list[float]:
    """Return the milliseconds of each key, shortest first."""
    times = []
    for query in typed_queries():
        before = time.process_time()
        search(index, query)
        times.append(1000 * (time.process_time() - before))
    return sorted(times)


def check_intervals(index: SearchIndex) -> list[float]:
    """Return for each key the longest time in milliseconds between two checks for cancellation, shortest first."""
    longest = []
    for query in typed_queries():
        checks = [time.process_time()]

        def is_cancelled(checks: list[float] = checks) -> bool:
            checks.append(time.process_time())
            return False

        search(index, query, cancelled=is_cancelled)
        checks.append(time.process_time())
        longest.append(1000 * max(after - before for before, after in pairwise(checks)))
    return sorted(longest)


def measure(sentences: int) -> str:
    """Return a line with the costs for a text of this many sentences."""
    characters = sentences * _WORDS_A_SENTENCE * _CHARACTERS_A_WORD
    text = archive_text(characters)[:characters]
    before = time.process_time()
    index = SearchIndex.build(text, None)
    built = time.process_time() - before
    gc.collect()
    gc.freeze()
    times, steps = key_times(index), check_intervals(index)
    analysis = Analysis(Document.from_text(text, title="text"), (), (), "none", "none")
    matches = search(index, "the president")
    before = time.process_time()
    compute_highlights(analysis, matches, None)
    highlight_ms = 1000 * (time.process_time() - before)
    del index
    gc.unfreeze()
    tracemalloc.start()
    traced = SearchIndex.build(text, None)
    memory = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    return (
        f"{sentences:>7,} sentences, {len(traced.text):>9,} words, {len(traced.vocabulary):>6,} distinct: "
        f"built in {built:.2f} s, {memory:.1f} MB; "
        f"a key {statistics.median(times):.1f} ms, p95 {times[int(0.95 * len(times))]:.1f}, worst {times[-1]:.1f}; "
        f"between checks p95 {steps[int(0.95 * len(steps))]:.1f}, worst {steps[-1]:.1f}; "
        f"highlighting {highlight_ms:.1f} ms"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--sentences", type=int, nargs="*", default=[200, 2_000, 20_000, 100_000])
    for sentences in arguments.parse_args().sentences:
        print(measure(sentences))


if __name__ == "__main__":
    main()
