"""`alliance-tui search`: the matches that the explorer highlights, for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, to_builtins

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.commands.libraries import search_agreements
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import Inputs, open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import expanded_query, review_documents
from alliance_tui.errors import UsageError
from alliance_tui.library.search.document_filters import split_document_filters
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.records import Document
from alliance_tui.review.labels import index_of
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.match_locations import locate_document, locate_matches, ranges_of_records
from alliance_tui.search.matches import Matches, MatchType, Range
from alliance_tui.search.plan.conditions import POSSIBLE, asks_for_status
from alliance_tui.search.sentence_lines import Sentences, sentence_lines

_SCHEMA_VERSION = 1
_MATCH_COLOUR, _PLAIN = "\x1b[1;31m", "\x1b[m"
"""SGR: bold red, as other programs that search show what matches."""


class _DocumentMatches(Struct, frozen=True):
    """What a query matches in a document; `match_type` is that of the whole document, a hit of the library."""

    document: Document
    index: SearchIndex
    matches: Matches
    match_type: MatchType | None = None

    @property
    def has_matches(self) -> bool:
        """True if the document matches, or any part of it."""
        return self.match_type is not None or not self.matches.is_empty


class _Counted:
    """Documents as they come; `matched` says, once they are consumed, whether any matched."""

    def __init__(self, found: Iterable[_DocumentMatches]) -> None:
        self._found = found
        self.matched = False

    def __iter__(self) -> Iterator[_DocumentMatches]:
        for each in self._found:
            self.matched = self.matched or each.has_matches
            yield each


def run(arguments: Arguments) -> int:
    """Print the matches in the documents or, without paths, in the library; return the exit status."""
    inputs = Inputs(arguments)
    arguments.query = expanded_query(arguments)
    if arguments.agreements:
        reviewed = review_documents(analyses(inputs, arguments), arguments, keep=arguments.cache)
        return search_agreements.run(arguments, reviewed, inputs)
    if arguments.format not in _FORMS:
        raise UsageError(f"{arguments.format} is a format of agreements: add --agreements")
    reasons: set[str] = set()
    if arguments.paths:
        reviewed = review_documents(analyses(inputs, arguments), arguments, keep=arguments.cache)
        found = _search_documents(reviewed, arguments.query, reasons)
    else:
        _reject_empty_library(arguments.library)
        found = _search_library(inputs, arguments, reasons)
    form = _FORMS["count" if arguments.count else "files" if arguments.files_only else arguments.format]
    counted = _Counted(found)
    console.write_output(form(counted, arguments), arguments.output)
    if not (counted.matched or reasons or inputs.failed):
        console.print_message(f"nothing matches {arguments.query}")
    return int(inputs.failed or not counted.matched)


def _search_documents(found: Iterable[ReviewedAnalysis], query: str, printed: set[str]) -> Iterator[_DocumentMatches]:
    """Yield the matches in each document; those in places that lack a word only if no document has all words."""
    relaxed: list[_DocumentMatches] = []
    has_all_words = False
    possible = asks_for_status(query, POSSIBLE)
    for reviewed in found:
        document = reviewed.analysis.document
        index = index_of(reviewed, possible=possible)
        matches = search(index, query, typing=False)
        _print_problems(matches.problems, printed)
        if matches.relaxation and not has_all_words:
            relaxed.append(_DocumentMatches(document, index, matches))
        elif not matches.relaxation:
            has_all_words = has_all_words or not matches.is_empty
            yield _DocumentMatches(document, index, matches)
    if not has_all_words:
        for each in relaxed:
            _print_problems([each.matches.relaxation], printed)
            yield each


def _search_library(inputs: Inputs, arguments: Arguments, printed: set[str]) -> Iterator[_DocumentMatches]:
    """Yield the matches in the library's documents, best document first; one document is in memory at a time."""
    remaining_query = split_document_filters(arguments.query).remaining_query
    read = 0
    with open_named_library(arguments.library) as library:
        library_search = LibrarySearch(library)
        for results in library_search.search(arguments.query, typing=False):
            _print_problems(filter(None, (*results.problems, results.relaxation)), printed)
            hits = {hit.document: hit for hit in results.hits[read:]} if results.active else {}
            documents = (library_search.documents[number] for number in hits)
            for document, reviewed in library.reviewed_analyses(documents):
                index = index_of(reviewed, possible=asks_for_status(remaining_query, POSSIBLE))
                matches = search(index, remaining_query, typing=False)
                yield _DocumentMatches(reviewed.analysis.document, index, matches, hits[document.number].match_type)
            read = len(results.hits)
        inputs.failed |= print_damage(library)


def _reject_empty_library(path: str | None) -> None:
    with open_named_library(path) as library:
        if not len(library):
            raise UsageError("the library is empty: name a PATH, or fill it with alliance-tui library add PATH")


def _print_problems(problems: Iterable[str], printed: set[str]) -> None:
    """Print the problems that have not been printed yet."""
    for problem in problems:
        if problem not in printed:
            console.print_message(problem)
        printed.add(problem)


def _lines(found: Iterable[_DocumentMatches], arguments: Arguments) -> Iterator[str]:
    """Yield a line for each sentence with a match; without any, for each record's place, else one for the document."""
    mark = _coloured if console.has_colours(arguments.output) else str
    separator = ""
    for each in found:
        lines = sentence_lines(each.document, _ranges(each), context=arguments.context, mark=mark)
        first = next(lines, f"{each.document.path}:1:1: {each.document.title}" if each.match_type else None)
        if first is not None:
            yield f"{separator}{first}\n"
            separator = "--\n" if arguments.context else ""
            yield from (f"{line}\n" for line in lines)


def _counts(found: Iterable[_DocumentMatches], arguments: Arguments) -> Iterator[str]:
    """Yield PATH:NUMBER for each document: its sentences with a match, as many as would be printed."""
    for each in found:
        count = len(Sentences(each.document.text).matching(_ranges(each))) or int(each.match_type is not None)
        yield f"{each.document.path or each.document.title}:{count}\n"


def _files(found: Iterable[_DocumentMatches], arguments: Arguments) -> Iterator[str]:
    """Yield the path of each document with a match."""
    for each in found:
        if each.has_matches:
            yield f"{each.document.path or each.document.title}\n"


def _ranges(each: _DocumentMatches) -> list[Range]:
    """Return the matched ranges of the text or, without any, those of the matching records."""
    in_text = [(match.start, match.end) for match in each.matches.text]
    return in_text or ranges_of_records(each.document, each.index, each.matches)


def _coloured(text: str) -> str:
    return f"{_MATCH_COLOUR}{text}{_PLAIN}"


def _json(found: Iterable[_DocumentMatches], arguments: Arguments) -> Iterator[str]:
    """Yield one JSON object with a line for each match.

    `missing` are the words that a document lacks and that were left out there; `nearest` says whether in any document
    no place has all words, so that its matches are the places with most of them.
    """
    yield f'{{"schema": {_SCHEMA_VERSION}, "query": {json.dumps(arguments.query)}, "matches": ['
    separator = "\n"
    missing: dict[str, None] = {}
    is_nearest = False
    for each in found:
        missing |= dict.fromkeys(each.matches.missing)
        is_nearest |= each.matches.is_nearest
        located = locate_matches(each.document, each.index, each.matches)
        if each.match_type and each.matches.is_empty:
            located = iter([locate_document(each.document, each.match_type)])
        for match in located:
            yield separator + json.dumps(to_builtins(match))
            separator = ",\n"
    yield f'\n], "missing": {json.dumps(list(missing))}, "nearest": {json.dumps(is_nearest)}}}\n'


_FORMS: Mapping[str, Callable[[Iterable[_DocumentMatches], Arguments], Iterator[str]]] = {
    "lines": _lines,
    "json": _json,
    "count": _counts,
    "files": _files,
}
