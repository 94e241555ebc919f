"""Analyses as their reader sees them: with the review log, the records that a query and a selection leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from alliance_tui.cli import console
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import LibraryError, UsageError
from alliance_tui.export.formats import BINARY_FORMATS, COLUMN_FORMATS, OutputFormat, render, render_bytes
from alliance_tui.export.selection import select_records
from alliance_tui.export.table_order import sorted_agreements
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.saved_searches import SavedSearches
from alliance_tui.records import Analysis
from alliance_tui.review.author import author_name
from alliance_tui.review.entry import Entry
from alliance_tui.review.labels import index_of
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis, with_possible
from alliance_tui.search.engine import search
from alliance_tui.search.plan.conditions import POSSIBLE, REJECTED, asks_for_status
from alliance_tui.search.saved_queries import SAVED_FIELD, expand_saved


def reviewed_analyses(
    analyses: Iterable[Analysis], arguments: Arguments, *, keep: bool = True
) -> Iterator[ReviewedAnalysis]:
    """Yield the analyses with what the log says of them, and of their records those that are asked for.

    Rejected records are among them only where they are named. With a query, a document without such a record is left
    out. `keep` is false where no log is to be read.
    """
    arguments.query = expanded_query(arguments)
    only = arguments.only or ("judged" if arguments.format == OutputFormat.TRAINING else None)
    names_rejected = asks_for_status(arguments.query, REJECTED)
    for reviewed in review_documents(analyses, arguments, keep=keep):
        selected = reviewed if names_rejected and not only else select_records(reviewed, only)
        matching = _matching(selected, arguments.query) if arguments.query else selected
        if matching:
            yield _ordered(matching, arguments)


def expanded_query(arguments: Arguments) -> str:
    """Return the query with the terms of the saved ones that it names; say which it cannot have."""
    if f"{SAVED_FIELD}:" not in arguments.query.lower():
        return arguments.query
    query, problems = expand_saved(arguments.query, SavedSearches(arguments.library).all())
    for problem in problems:
        console.print_message(problem)
    return query


def _ordered(reviewed: ReviewedAnalysis, arguments: Arguments) -> ReviewedAnalysis:
    if not arguments.order:
        return reviewed
    ordered = sorted_agreements(reviewed.analysis.agreements, arguments.order, turned_round=arguments.turned_round)
    return replace(reviewed, analysis=replace(reviewed.analysis, agreements=tuple(ordered)))


def review_documents(
    analyses: Iterable[Analysis], arguments: Arguments, *, keep: bool = True
) -> Iterator[ReviewedAnalysis]:
    """Yield the analyses with what the log says of them; `keep` is false where no log is to be read."""
    log, author = ReviewLog(arguments.library) if keep else None, author_name()
    for analysis in analyses:
        entries: list[Entry] = []
        if log:
            try:
                entries = log.of_document(analysis.document)
            except LibraryError as error:  # the records are printed as they were extracted
                console.print_message(f"what you judged is not known: {error}")
                log = None
        yield review_analysis(analysis, entries, author)


def _matching(reviewed: ReviewedAnalysis, query: str) -> ReviewedAnalysis | None:
    """Return the analysis with the records that match a query, None without any."""
    analysis = reviewed.analysis
    possible = asks_for_status(query, POSSIBLE)
    if possible:
        analysis = with_possible(analysis)
    matches = search(index_of(reviewed, possible=possible), query)
    for problem in matches.problems:
        console.print_message(problem)
    ids = {match.record_id for match in matches.agreements}
    agreements = tuple(record for record in analysis.agreements if record.id in ids)
    return replace(reviewed, analysis=replace(analysis, agreements=agreements)) if agreements else None


def write_records(
    documents: Iterable[ReviewedAnalysis], arguments: Arguments, *, as_list: bool, possible: bool = False
) -> None:
    """Write the documents in the format and to the place that are asked for."""
    output_format = OutputFormat(arguments.format)
    if arguments.columns and output_format not in COLUMN_FORMATS:
        formats = ", ".join(sorted(COLUMN_FORMATS))
        raise UsageError(f"--columns is for the formats {formats}: {output_format} has the same fields always")
    if output_format in BINARY_FORMATS:
        if not arguments.output:
            raise UsageError(f"{output_format} is no text: name a file with --output")
        console.write_bytes(render_bytes(documents, output_format), arguments.output)
        return
    width = console.output_width(arguments.output)
    chunks = render(
        documents, output_format, as_list=as_list, width=width, with_possible=possible, columns=arguments.columns
    )
    console.write_output(chunks, arguments.output)
