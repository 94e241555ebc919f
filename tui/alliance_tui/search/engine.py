"""Search of one document: from a query to its matches in the text and the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from alliance_tui.records import Span
from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.indexing.search_index import PASSAGE_FIELD, SearchIndex
from alliance_tui.search.matches import Matches, RecordMatch
from alliance_tui.search.matching.evaluation import EvaluatedClause, evaluate
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.matching.record_search import (
    marked_entities,
    matching_agreements,
    matching_entities,
    matching_passages,
)
from alliance_tui.search.matching.text_search import MatchedSpan, TextResult, merge_text_matches, text_matches
from alliance_tui.search.plan import lexicon
from alliance_tui.search.plan.conditions import LabelCondition
from alliance_tui.search.plan.lexicon import document_lexicon
from alliance_tui.search.plan.planner import plan_query
from alliance_tui.search.plan.query_plan import Clause, QueryPlan

WARM_UP_QUERIES = ("kieff", "sergy wong 6m")
"""Queries that make every word list be read: of words, of names, of their other spellings."""


def warm_up(index: SearchIndex) -> None:
    """Compute what every search of an index needs now, so that none has to wait for it."""
    index.warm_up()
    lexicon.warm_up(index)


def read_word_lists(index: SearchIndex, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Read the word lists that searches look up misspelt words and names in; `cancelled`: see `search`."""
    for query in WARM_UP_QUERIES:
        search(index, query, cancelled=cancelled)


def search(
    index: SearchIndex, query: str, *, typing: bool = True, cancelled: Callable[[], bool] = lambda: False
) -> Matches:
    """Return the matches of a query.

    `typing`: the last word may still be being typed. `cancelled` is called every few milliseconds; once it returns True
    the search ends with an empty result, which the caller must discard.
    """
    cancellation = CancellationToken(cancelled)
    try:
        plan = plan_query(query, document_lexicon(index), cancellation, typing=typing)
        return search_plan(index, plan, query, cancellation)
    except CancelledError:
        return Matches(query)


def search_plan(index: SearchIndex, plan: QueryPlan, query: str, cancellation: CancellationToken) -> Matches:
    """Return the matches of a plan. Raises CancelledError."""
    if not plan.clauses:
        return Matches(query, problems=plan.problems)
    left = [clause for clause in plan.clauses if not _holds_for_document(clause, index)]
    is_whole = all(clause.is_optional for clause in left)
    if not is_whole:
        plan = replace(plan, clauses=tuple(left))
    matcher = ReadingMatcher(index, cancellation)
    evaluation = evaluate(plan, index, matcher)
    clauses = evaluation.clauses
    entities = matching_entities(clauses, index, cancellation)
    agreements = matching_agreements(clauses, index, cancellation)
    passages = matching_passages(clauses, index, cancellation)
    text = _text_result(clauses, index, matcher, entities, agreements, passages)
    problems = (*plan.problems, *dict.fromkeys(matcher.truncations))
    return Matches(
        query,
        active=True,
        text=text.matches,
        entities=entities,
        agreements=agreements,
        problems=problems,
        missing=evaluation.missing,
        searched=tuple(m.typed for each in clauses if not each.is_optional for m in each.clause.meanings),
        is_nearest=text.is_nearest,
        is_whole=is_whole,
    )


def _holds_for_document(clause: Clause, index: SearchIndex) -> bool:
    """Whether the document's own tags and notes satisfy the clause: then it holds for all that is in it."""
    labels = index.labels.document
    return bool(labels) and any(
        isinstance(literal.operand, LabelCondition)
        and literal.operand.is_on_marks
        and not literal.negated
        and literal.operand.passes(labels)
        for literal in clause.literals
    )


def _text_result(
    clauses: Sequence[EvaluatedClause],
    index: SearchIndex,
    matcher: ReadingMatcher,
    entities: Iterable[RecordMatch],
    agreements: Iterable[RecordMatch],
    passages: Iterable[RecordMatch],
) -> TextResult:
    """Return the matches in the text: of the words or, with conditions, in what the matching records are based on."""
    conditions = [literal for clause in clauses for literal in clause.literals if literal.meaning is None]
    if not conditions:
        return text_matches([clause.clause for clause in clauses], index, matcher)
    if all(condition.is_on_entities for condition in conditions):
        return TextResult(
            merge_text_matches(
                (mention.span.start, mention.span.end, match.score, match.match_type)
                for match in entities
                for mention in index.mentions_of(match.record_id)
            )
        )
    marked = marked_entities(clauses, index)
    places = [
        *((match, index.agreements[match.record_id].evidence, "quote") for match in agreements),
        *((match, index.passages[match.record_id].span, PASSAGE_FIELD) for match in passages),
        *(
            (match, mention.span, "")
            for match in entities
            if match.record_id in marked
            for mention in index.mentions_of(match.record_id)
        ),
    ]
    spans = (span for place in matcher.cancellation.iterate(places) for span in _matched_spans(*place))
    return TextResult(merge_text_matches(spans))


def _matched_spans(match: RecordMatch, span: Span, field: str) -> list[MatchedSpan]:
    """Return the matched words of a span, the string of this field, or the whole span, with the record's score."""
    ranges = match.matched_ranges.get(field) or ((0, span.end - span.start),)
    return [(span.start + start, span.start + end, match.score, match.match_type) for start, end in ranges]
