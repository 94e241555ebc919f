"""`alliance-tui search --agreements`: the agreements that a query finds, as the explorer's library lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.cli import console
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import Inputs, open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import UsageError
from alliance_tui.export.csv_rows import to_csv
from alliance_tui.export.json_values import JsonObject, agreement_to_json
from alliance_tui.export.labels import format_deadline
from alliance_tui.export.table import align_columns
from alliance_tui.library.library_document import DamagedDocumentError
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.records import Agreement, Analysis, Kind
from alliance_tui.review.labels import index_of, record_index_of
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.engine import search
from alliance_tui.search.matches import MatchType, RecordMatch
from alliance_tui.search.plan.conditions import POSSIBLE, asks_for_status

_SCHEMA_VERSION = 1
_CACHED_DOCUMENTS = 100  # whose agreements may be far from each other in the list
_ASKS_FOR_KIND = re.compile(r"(?<!\S)!*kind:", re.IGNORECASE)
_HEADINGS = ("strength", "agreement", "parties", "deadline", "date", "document")


class FoundAgreement(Struct, frozen=True):
    """An agreement that matches, with its analysis; `match_type` is that of the query word that matched worst."""

    reviewed: ReviewedAnalysis
    record: Agreement
    match_type: MatchType | None = None
    score: float = 0.0

    @property
    def analysis(self) -> Analysis:
        """The analysis, as its reader sees it."""
        return self.reviewed.analysis

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1, of the evidence in the text."""
        text, start = self.analysis.document.text, self.record.evidence.start
        return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def run(arguments: Arguments, documents: Iterator[ReviewedAnalysis], inputs: Inputs) -> int:
    """Print the agreements in these documents or, without paths, in the library; return the exit status."""
    problems: dict[str, None] = {}
    if arguments.paths:
        found = _find_in(documents, arguments.query, problems)
    else:
        found = _find_in_library(inputs, arguments, problems)
    counted = _Counted(found)
    console.write_output(_FORMS[arguments.format](counted, arguments), arguments.output)
    for problem in problems:
        console.print_message(problem)
    if not (counted.count or problems or inputs.failed):
        console.print_message(f"no agreement matches {arguments.query}")
    return int(inputs.failed or not counted.count)


class _Counted:
    """Agreements as they come; `count` says, once they are consumed, how many there were."""

    def __init__(self, found: Iterable[FoundAgreement]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[FoundAgreement]:
        for each in self._found:
            self.count += 1
            yield each


def _find_in(documents: Iterable[ReviewedAnalysis], query: str, problems: dict[str, None]) -> Iterator[FoundAgreement]:
    """Yield the agreements in documents, one document after the other, each one's best first."""
    all_kinds = bool(_ASKS_FOR_KIND.search(query))
    possible = asks_for_status(query, POSSIBLE)
    for reviewed in documents:
        analysis = reviewed.analysis
        records = {record.id: record for record in (*analysis.agreements, *analysis.possible)}
        matches = search(index_of(reviewed, possible=possible), query, typing=False)
        problems |= dict.fromkeys(matches.problems)
        found = (
            [
                FoundAgreement(reviewed, records[each.record_id], each.match_type, each.score)
                for each in matches.agreements
            ]
            if matches.active
            else [FoundAgreement(reviewed, record) for record in analysis.agreements]
        )
        yield from (each for each in found if all_kinds or each.record.kind is Kind.AGREEMENT)


def _find_in_library(inputs: Inputs, arguments: Arguments, problems: dict[str, None]) -> Iterator[FoundAgreement]:
    """Yield the agreements in the library in the order in which the explorer lists them."""
    with open_named_library(arguments.library) as library:
        if not len(library):
            raise UsageError("the library is empty: name a PATH, or fill it with alliance-tui library add PATH")
        searcher = LibrarySearch(library)
        *_, results = searcher.search_agreements(arguments.query, typing=False)
        problems |= dict.fromkeys(filter(None, (*results.problems, results.relaxation)))
        matcher = searcher.matcher(arguments.query, typing=False)

        @lru_cache(_CACHED_DOCUMENTS)
        def load(number: int) -> tuple[ReviewedAnalysis, Mapping[str, RecordMatch]] | None:
            try:
                reviewed = library.load_reviewed(searcher.documents[number])
            except (KeyError, DamagedDocumentError):
                return None
            return reviewed, matcher.records(record_index_of(reviewed)) if results.active else {}

        for number, position in results.hits:
            loaded = load(number)
            if loaded and position < len(loaded[0].analysis.agreements):
                reviewed, matches = loaded
                record = reviewed.analysis.agreements[position]
                match = matches.get(record.id)
                yield FoundAgreement(reviewed, record, *((match.match_type, match.score) if match else ()))
        inputs.failed |= print_damage(library)


def _lines(found: Iterable[FoundAgreement], arguments: Arguments) -> Iterator[str]:
    """Yield PATH:LINE:COLUMN: and the title of each agreement."""
    for each in found:
        document, (line, column) = each.analysis.document, each.place
        yield f"{document.path or document.title}:{line}:{column}: {each.record.title}\n"


def _table(found: Iterable[FoundAgreement], arguments: Arguments) -> Iterator[str]:
    rows = [
        (
            str(each.record.strength or each.record.kind),
            each.record.title,
            ", ".join(each.record.parties),
            format_deadline(each.record),
            each.analysis.document.date or "",
            each.analysis.document.title,
        )
        for each in found
    ]
    width = console.output_width(arguments.output)
    if rows:
        yield align_columns([_HEADINGS, *rows], width) if width else align_columns([_HEADINGS, *rows])


def _csv(found: Iterable[FoundAgreement], arguments: Arguments) -> Iterator[str]:
    """Yield the rows of `extract --format csv`, one for each agreement."""
    return to_csv(
        replace(each.reviewed, analysis=replace(each.analysis, agreements=(each.record,), possible=()))
        for each in found
    )


def agreement_value(each: FoundAgreement) -> JsonObject:
    """Return the JSON value of an agreement with its document and why it matches."""
    document, (line, column) = each.analysis.document, each.place
    return agreement_to_json(each.record) | {
        "line": line,
        "column": column,
        "document": {"id": document.id, "path": document.path, "title": document.title, "date": document.date},
        "how": each.match_type.value if each.match_type else None,
        "score": each.score,
    }


def _json(found: Iterable[FoundAgreement], arguments: Arguments) -> Iterator[str]:
    yield f'{{"schema": {_SCHEMA_VERSION}, "query": {json.dumps(arguments.query)}, "agreements": ['
    for number, each in enumerate(found):
        yield (",\n" if number else "\n") + json.dumps(agreement_value(each))
    yield "\n]}\n"


def _json_lines(found: Iterable[FoundAgreement], arguments: Arguments) -> Iterator[str]:
    return (json.dumps(agreement_value(each)) + "\n" for each in found)


_FORMS: Mapping[str, Callable[[Iterable[FoundAgreement], Arguments], Iterator[str]]] = {
    "lines": _lines,
    "table": _table,
    "csv": _csv,
    "json": _json,
    "jsonl": _json_lines,
}
