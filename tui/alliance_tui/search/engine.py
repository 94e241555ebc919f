"""A query's way to its matches: the same answer for the screen and for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alliance_tui.search.cancellation import CancelledError, Watch
from alliance_tui.search.evaluation import Group, looked_up
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Hit, Matches, RecordMatch
from alliance_tui.search.query import parse
from alliance_tui.search.record_search import matching_agreements, matching_entities
from alliance_tui.search.term_matcher import Finder
from alliance_tui.search.text_search import hits, text_hits


def search(index: SearchIndex, query: str, *, cancelled: Callable[[], bool] = lambda: False) -> Matches:
    """All that `query` matches.

    `cancelled` is asked every few milliseconds; once it says so, the search is given up and what comes back is
    empty, for the caller to throw away.
    """
    parsed = parse(query)
    problems = list(parsed.problems)
    try:
        finder = Finder(index, Watch(cancelled))
        groups = looked_up(parsed, index, finder, problems)
        if not groups:
            return Matches(query, problems=tuple(problems))
        entities = matching_entities(groups, index, finder.watch)
        agreements = matching_agreements(groups, index, finder.watch)
        text = _text(groups, index, finder, entities, agreements)
    except CancelledError:
        return Matches(query)
    problems += dict.fromkeys(finder.overflowed)
    return Matches(query, True, text, entities, agreements, tuple(problems))


def _text(
    groups: Sequence[Group],
    index: SearchIndex,
    finder: Finder,
    entities: Iterable[RecordMatch],
    agreements: Iterable[RecordMatch],
) -> tuple[Hit, ...]:
    fields = [clause for group in groups for clause in group.clauses if clause.words is None]
    if not fields:
        return text_hits(groups, index, finder)
    if all(clause.of_entities for clause in fields):
        return hits(
            (mention.span.start, mention.span.end, match.score)
            for match in entities
            for mention in index.entities[match.record].mentions
        )
    return hits(place for match in agreements for place in _in_evidence(match, index))


def _in_evidence(match: RecordMatch, index: SearchIndex) -> list[tuple[int, int, float]]:
    """The matched words of the evidence, or all of it where it has none, with the record's score."""
    evidence = index.agreements[match.record].evidence
    words = match.lit.get("quote") or ((0, evidence.end - evidence.start),)
    return [(evidence.start + start, evidence.start + end, match.score) for start, end in words]
