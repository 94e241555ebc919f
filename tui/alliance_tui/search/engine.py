"""A query's way to its matches: the same answer for the screen and for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.evaluation import EvaluatedGroup, evaluate
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Matches, RecordMatch, TextMatch
from alliance_tui.search.query import parse_query
from alliance_tui.search.record_search import matching_agreements, matching_entities
from alliance_tui.search.term_matcher import TermMatcher
from alliance_tui.search.text_search import merge_text_matches, text_matches


def search(index: SearchIndex, query: str, *, cancelled: Callable[[], bool] = lambda: False) -> Matches:
    """All that `query` matches.

    `cancelled` is asked every few milliseconds; once it says so, the search is given up and what comes back is
    empty, for the caller to throw away.
    """
    parsed = parse_query(query)
    problems = list(parsed.problems)
    try:
        finder = TermMatcher(index, CancellationToken(cancelled))
        groups = evaluate(parsed, index, finder, problems)
        if not groups:
            return Matches(query, problems=tuple(problems))
        entities = matching_entities(groups, index, finder.cancellation)
        agreements = matching_agreements(groups, index, finder.cancellation)
        text = _text_matches(groups, index, finder, entities, agreements)
    except CancelledError:
        return Matches(query)
    problems += dict.fromkeys(finder.truncations)
    return Matches(query, True, text, entities, agreements, tuple(problems))


def _text_matches(
    groups: Sequence[EvaluatedGroup],
    index: SearchIndex,
    finder: TermMatcher,
    entities: Iterable[RecordMatch],
    agreements: Iterable[RecordMatch],
) -> tuple[TextMatch, ...]:
    fields = [clause for group in groups for clause in group.terms if clause.phrase is None]
    if not fields:
        return text_matches(groups, index, finder)
    if all(clause.is_entity_filter for clause in fields):
        return merge_text_matches(
            (mention.span.start, mention.span.end, match.score)
            for match in entities
            for mention in index.entities[match.record_id].mentions
        )
    return merge_text_matches(place for match in agreements for place in _evidence_ranges(match, index))


def _evidence_ranges(match: RecordMatch, index: SearchIndex) -> list[tuple[int, int, float]]:
    """The matched words of the evidence, or all of it where it has none, with the record's score."""
    evidence = index.agreements[match.record_id].evidence
    words = match.matched_ranges.get("quote") or ((0, evidence.end - evidence.start),)
    return [(evidence.start + start, evidence.start + end, match.score) for start, end in words]
