"""The undertakings of documents that are in no library, as rows of a register; and what rows are grouped by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_tui.linking.comparison import ComparisonRow, compare
from alliance_tui.linking.register import RegisterContext, RegisterRow, Statement
from alliance_tui.linking.status_words import StatusWords, status_words_of
from alliance_tui.records import Agreement, Analysis, Kind

MAX_LINKED = 40
"""The most documents that are linked with one another, each with each; a library links any number."""


def register_of(analyses: Sequence[Analysis], today: str) -> list[RegisterRow]:
    """Return a row for each undertaking of the documents, in order of first statement.

    The documents are numbered from 0. `today` is an ISO day. The agreements of one document, and of more than
    `MAX_LINKED`, are undertakings of their own; those of several documents are linked.
    """
    statements = {
        (number, agreement.id): _statement(analysis, number, position, agreement, words)
        for number, analysis in enumerate(analyses)
        for position, (agreement, words) in enumerate(zip(analysis.agreements, status_words_of(analysis), strict=True))
        if agreement.kind is Kind.AGREEMENT
    }
    context = RegisterContext(today, statements.values())
    if 1 < len(analyses) <= MAX_LINKED:
        rows = [
            RegisterRow(tuple(sorted(_stated(each, statements), key=_in_order_of_date)), context, each.confidence)
            for each in compare(analyses).rows
        ]
    else:
        rows = [RegisterRow((each,), context) for each in statements.values()]
    return sorted(rows, key=lambda row: _in_order_of_date(row.statements[0]))


def _stated(row: ComparisonRow, statements: Mapping[tuple[int, str], Statement]) -> Iterator[Statement]:
    for number, agreements in enumerate(row.statements):
        for agreement in agreements:
            yield statements[number, agreement.id]


def _statement(analysis: Analysis, number: int, position: int, agreement: Agreement, words: StatusWords) -> Statement:
    deadline = agreement.deadline
    return Statement(
        number,
        position,
        analysis.document.date or "",
        agreement.title,
        agreement.parties,
        agreement.strength,
        deadline.edtf if deadline else None,
        deadline.earliest if deadline else None,
        deadline.latest if deadline else None,
        agreement.domain,
        agreement.instrument,
        agreement.reaffirms,
        words.progress,
        agreement.evidence.start,
        words.is_done,
        words.is_limit,
        is_act=words.is_act,
        is_engagement=words.is_engagement,
    )


def _in_order_of_date(statement: Statement) -> tuple[str, int, int]:
    return statement.date, statement.document, statement.position


def parties_of(row: RegisterRow) -> tuple[str, ...]:
    """Return the parties of an undertaking, each once."""
    return tuple(dict.fromkeys(row.parties))


def field_of(row: RegisterRow) -> str:
    """Return the policy field of the first statement that has one, "" without any."""
    return next((each.domain.value for each in row.statements if each.domain), "")


def by_size(groups: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield the names of groups, those with the most undertakings first; the nameless group is the last."""
    for name, _ in sorted(groups, key=lambda group: (not group[0], -group[1], group[0])):
        yield name
