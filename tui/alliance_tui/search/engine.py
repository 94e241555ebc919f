"""Search of one document: from a query to its matches in the text and the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import Matches, RecordMatch, TextMatch
from alliance_tui.search.matching.evaluation import EvaluatedGroup, evaluate
from alliance_tui.search.matching.record_search import matching_agreements, matching_entities
from alliance_tui.search.matching.term_matcher import TermMatcher
from alliance_tui.search.matching.text_search import merge_text_matches, text_matches
from alliance_tui.search.query import parse_query


def search(index: SearchIndex, query: str, *, cancelled: Callable[[], bool] = lambda: False) -> Matches:
    """Return the matches of a query.

    `cancelled` is called every few milliseconds; once it returns True the search ends with an empty result, which the
    caller must discard.
    """
    parsed = parse_query(query)
    problems = list(parsed.problems)
    try:
        matcher = TermMatcher(index, CancellationToken(cancelled))
        groups = evaluate(parsed, index, matcher, problems)
        if not groups:
            return Matches(query, problems=tuple(problems))
        entities = matching_entities(groups, index, matcher.cancellation)
        agreements = matching_agreements(groups, index, matcher.cancellation)
        text = _text_matches(groups, index, matcher, entities, agreements)
    except CancelledError:
        return Matches(query)
    problems += dict.fromkeys(matcher.truncations)
    return Matches(query, True, text, entities, agreements, tuple(problems))


def _text_matches(
    groups: Sequence[EvaluatedGroup],
    index: SearchIndex,
    matcher: TermMatcher,
    entities: Iterable[RecordMatch],
    agreements: Iterable[RecordMatch],
) -> tuple[TextMatch, ...]:
    """Return the matches in the text: of the phrases or, with filters, in what the matching records are based on."""
    filters = [term for group in groups for term in group.terms if term.phrase is None]
    if not filters:
        return text_matches(groups, index, matcher)
    if all(term.is_entity_filter for term in filters):
        return merge_text_matches(
            (mention.span.start, mention.span.end, match.score)
            for match in entities
            for mention in index.mentions_of(match.record_id)
        )
    return merge_text_matches(span for match in agreements for span in _evidence_spans(match, index))


def _evidence_spans(match: RecordMatch, index: SearchIndex) -> list[tuple[int, int, float]]:
    """Return the matched words of the evidence, or the whole evidence, with the record's score."""
    evidence = index.agreements[match.record_id].evidence
    ranges = match.matched_ranges.get("quote") or ((0, evidence.end - evidence.start),)
    return [(evidence.start + start, evidence.start + end, match.score) for start, end in ranges]
