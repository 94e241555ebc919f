"""`alliance-tui search`: the matches that the explorer's panes light, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from msgspec import to_builtins

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.damage_report import print_damage, readable_analyses
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options import Arguments
from alliance_tui.errors import UsageError
from alliance_tui.library.search.document_filters import split_document_filters
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.match_locations import grep_lines, locate_matches
from alliance_tui.search.matches import Matches

_SCHEMA = 1
_Found = tuple[Document, SearchIndex, Matches]


def run(arguments: Arguments) -> int:
    """Print the matches in the documents, or without any in the library; the exit status."""
    inputs = Inputs(arguments)
    if not arguments.paths:
        _refuse_empty(arguments.library)
    found = _search(analyses(inputs, arguments), arguments.query) if arguments.paths else _in_library(arguments)
    form = _json if arguments.format == "json" else _lines
    console.write_output(form(arguments.query, found), arguments.output)
    return int(inputs.failed)


def _search(found: Iterator[Analysis], query: str) -> Iterator[_Found]:
    told: set[str] = set()
    for analysis in found:
        index = SearchIndex.build(analysis.document.text, analysis)
        matches = search(index, query)
        _complain(matches.problems, told)
        yield analysis.document, index, matches


def _in_library(arguments: Arguments) -> Iterator[_Found]:
    """The matches in the library's documents, those of the best document first; one document in memory at a time."""
    rest = split_document_filters(arguments.query).remaining_query
    told: set[str] = set()
    taken = 0
    with open_library(arguments.library) as library:
        everything = LibrarySearch(library)
        for findings in everything.search(arguments.query):
            _complain(findings.problems, told)
            found = (everything.documents[one.document] for one in findings.hits[taken:])
            for analysis in readable_analyses(library, found):
                index = SearchIndex.build(analysis.document.text, analysis)
                yield analysis.document, index, search(index, rest)
            taken = len(findings.hits)
        print_damage(library)


def _refuse_empty(path: str | None) -> None:
    with open_library(path) as library:
        if not len(library):
            raise UsageError("the library is empty: name a PATH, or fill it with alliance-tui library add PATH")


def _complain(problems: Iterable[str], told: set[str]) -> None:
    """Tell the reader once of each."""
    for problem in problems:
        if problem not in told:
            console.print_message(problem)
        told.add(problem)


def _lines(query: str, found: Iterator[_Found]) -> Iterator[str]:
    for document, _, matches in found:
        yield from (f"{line}\n" for line in grep_lines(document, matches))


def _json(query: str, found: Iterator[_Found]) -> Iterator[str]:
    """One object, its matches a line each."""
    yield f'{{"schema": {_SCHEMA}, "query": {json.dumps(query)}, "matches": ['
    before = "\n"
    for document, index, matches in found:
        for match in locate_matches(document, index, matches):
            yield before + json.dumps(to_builtins(match))
            before = ",\n"
    yield "\n]}\n"
