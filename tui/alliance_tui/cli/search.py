"""`alliance-tui search`: the matches that the explorer highlights, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from msgspec import to_builtins

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options import Arguments
from alliance_tui.errors import UsageError
from alliance_tui.library.search.document_filters import split_document_filters
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.match_locations import grep_lines, locate_matches
from alliance_tui.search.matches import Matches

_SCHEMA_VERSION = 1
_DocumentMatches = tuple[Document, SearchIndex, Matches]


def run(arguments: Arguments) -> int:
    """Print the matches in the documents or, without paths, in the library; return the exit status."""
    inputs = Inputs(arguments)
    if not arguments.paths:
        _reject_empty_library(arguments.library)
    if arguments.paths:
        found = _search_documents(analyses(inputs, arguments), arguments.query)
    else:
        found = _search_library(arguments)
    form = _json if arguments.format == "json" else _lines
    console.write_output(form(arguments.query, found), arguments.output)
    return int(inputs.failed)


def _search_documents(found: Iterator[Analysis], query: str) -> Iterator[_DocumentMatches]:
    printed: set[str] = set()
    for analysis in found:
        index = SearchIndex.build(analysis.document.text, analysis)
        matches = search(index, query)
        _print_problems(matches.problems, printed)
        yield analysis.document, index, matches


def _search_library(arguments: Arguments) -> Iterator[_DocumentMatches]:
    """Yield the matches in the library's documents, best document first; one document is in memory at a time."""
    remaining_query = split_document_filters(arguments.query).remaining_query
    printed: set[str] = set()
    read = 0
    with open_library(arguments.library) as library:
        library_search = LibrarySearch(library)
        for results in library_search.search(arguments.query):
            _print_problems(results.problems, printed)
            hits = (library_search.documents[hit.document] for hit in results.hits[read:])
            for _, analysis in library.readable_analyses(hits):
                index = SearchIndex.build(analysis.document.text, analysis)
                yield analysis.document, index, search(index, remaining_query)
            read = len(results.hits)
        print_damage(library)


def _reject_empty_library(path: str | None) -> None:
    with open_library(path) as library:
        if not len(library):
            raise UsageError("the library is empty: name a PATH, or fill it with alliance-tui library add PATH")


def _print_problems(problems: Iterable[str], printed: set[str]) -> None:
    """Print the problems that have not been printed yet."""
    for problem in problems:
        if problem not in printed:
            console.print_message(problem)
        printed.add(problem)


def _lines(query: str, found: Iterator[_DocumentMatches]) -> Iterator[str]:
    for document, _, matches in found:
        yield from (f"{line}\n" for line in grep_lines(document, matches))


def _json(query: str, found: Iterator[_DocumentMatches]) -> Iterator[str]:
    """Yield one JSON object with a line for each match."""
    yield f'{{"schema": {_SCHEMA_VERSION}, "query": {json.dumps(query)}, "matches": ['
    separator = "\n"
    for document, index, matches in found:
        for match in locate_matches(document, index, matches):
            yield separator + json.dumps(to_builtins(match))
            separator = ",\n"
    yield "\n]}\n"
