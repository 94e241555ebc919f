"""Occurrences of query words in postings, and the ranges that they cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.matches import Range


class Occurrence(Struct, frozen=True, order=True, gc=False):
    """Adjacent words that a query word or phrase matches.

    `first_position` and `last_position` are word positions; `start` and `end` are the matched offsets in their string.
    """

    first_position: int
    last_position: int
    start: int
    end: int
    score: float

    @property
    def positions(self) -> range:
        """The positions of all words of the occurrence."""
        return range(self.first_position, self.last_position + 1)


def occurrence_at(first: int, last: int, score: float, postings: Postings) -> Occurrence:
    """Return the occurrence that covers the words from position `first` to `last`."""
    return Occurrence(first, last, postings.start_offsets[first], postings.end_offset(last), score)


def join_adjacent(
    before: Iterable[Occurrence], after: Iterable[Occurrence], postings: Postings
) -> Iterator[Occurrence]:
    """Yield the occurrences that continue in the best one of `after` right behind them, in the same sentence."""
    best: dict[int, Occurrence] = {}
    for occurrence in after:
        position = occurrence.first_position
        if position not in best or best[position].score < occurrence.score:
            best[position] = occurrence
    for occurrence in before:
        following = best.get(occurrence.last_position + 1)
        if following and postings.in_same_sentence(occurrence.first_position, following.last_position):
            yield Occurrence(
                occurrence.first_position,
                following.last_position,
                occurrence.start,
                following.end,
                min(occurrence.score, following.score),
            )


def spelling_positions(
    spellings: Collection[str], postings: Postings, within: Sequence[range] | None, cancellation: CancellationToken
) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield each spelling with its positions: all, or those in the ranges `within` (sorted and disjoint)."""
    positions = postings.positions_by_spelling
    if within is None:
        yield from ((spelling, positions[spelling]) for spelling in spellings)
    elif len(within) == 1:
        start, stop = within[0].start, within[0].stop
        for spelling in spellings:
            found = positions[spelling]
            yield spelling, found[bisect_left(found, start) : bisect_left(found, stop)]
    elif sum(map(len, within)) < sum(len(positions[spelling]) for spelling in spellings):
        yield from _scan_ranges(spellings, postings, within, cancellation)
    else:
        starts = [positions.start for positions in within]
        for spelling in spellings:
            all_positions = cancellation.iterate(positions[spelling])
            yield spelling, [n for n in all_positions if n in within[bisect_right(starts, n) - 1]]


def _scan_ranges(
    spellings: Iterable[str], postings: Postings, within: Iterable[range], cancellation: CancellationToken
) -> Iterator[tuple[str, Sequence[int]]]:
    """Go through the words of the ranges, where these are fewer than the positions of the spellings."""
    by_ordinal: dict[int, list[int]] = {postings.spelling_ordinal(spelling): [] for spelling in spellings}
    ordinals = postings.spelling_ordinals
    for position in (n for positions in cancellation.iterate(within) for n in positions if ordinals[n] in by_ordinal):
        by_ordinal[ordinals[position]].append(position)
    yield from zip(spellings, by_ordinal.values(), strict=True)


def position_windows(occurrences: Iterable[Occurrence], distance: int, length: int) -> list[range]:
    """Return the positions up to `distance` words around the occurrences, clipped to [0, length)."""
    windows = [(max(0, o.first_position - distance), min(length, o.last_position + distance + 1)) for o in occurrences]
    return [range(start, end) for start, end in merge_ranges(windows)]


def merge_ranges(ranges: Collection[Range]) -> tuple[Range, ...]:
    """Return the ranges sorted, with overlapping ones merged."""
    if len(ranges) == 1:
        return tuple(ranges)
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
