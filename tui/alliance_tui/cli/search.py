"""`alliance-tui search`: the matches that the explorer's panes light, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec.structs import asdict

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options import Arguments
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.lines import grep_lines, located
from alliance_tui.search.matches import Matches

_SCHEMA = 1
_Found = tuple[Document, SearchIndex, Matches]


def run(arguments: Arguments) -> int:
    """Print the matches; the exit status."""
    inputs = Inputs(arguments)
    form = _json if arguments.format == "json" else _lines
    console.write(form(arguments.query, _search(analyses(inputs, arguments), arguments.query)), arguments.output)
    return int(inputs.failed)


def _search(found: Iterator[Analysis], query: str) -> Iterator[_Found]:
    told: set[str] = set()
    for analysis in found:
        index = SearchIndex.of(analysis.document.text, analysis)
        matches = search(index, query)
        for problem in matches.problems:
            if problem not in told:
                console.complain(problem)
            told.add(problem)
        yield analysis.document, index, matches


def _lines(query: str, found: Iterator[_Found]) -> Iterator[str]:
    for document, index, matches in found:
        yield from (f"{line}\n" for line in grep_lines(document, index, matches))


def _json(query: str, found: Iterator[_Found]) -> Iterator[str]:
    """One object, its matches a line each."""
    yield f'{{"schema": {_SCHEMA}, "query": {json.dumps(query)}, "matches": ['
    before = "\n"
    for document, index, matches in found:
        for match in located(document, index, matches):
            yield before + json.dumps(asdict(match))
            before = ",\n"
    yield "\n]}\n"
