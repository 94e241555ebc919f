"""`alliance-tui library`: list, add, remove, check and export the documents of the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence

from alliance_tui.cli import console
from alliance_tui.cli.commands.libraries.library_add import add
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import expanded_query, reviewed_analyses, write_records
from alliance_tui.documents.files import display_path
from alliance_tui.errors import UsageError
from alliance_tui.export.csv_rows import COLUMNS, csv_row, to_sorted_csv
from alliance_tui.export.formats import OutputFormat
from alliance_tui.library.ingestion.source_file import canonical_path
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.occasions import Occasion, OccasionFinder
from alliance_tui.library.saved_searches import SavedSearches
from alliance_tui.library.search.document_filters import split_document_filters
from alliance_tui.library.storage.integrity import find_changed, find_problems, repair
from alliance_tui.library.store import Library
from alliance_tui.search.saved_queries import reference_to


def run(arguments: Arguments) -> int:
    """Carry out the action on the library; return the exit status."""
    with open_named_library(arguments.library, create=arguments.action in ("add", "save-search")) as library:
        status = _ACTIONS[arguments.action](library, arguments)
        if arguments.action != "check" and print_damage(library):  # a check reports damage itself
            return max(status, 1)
        return status


_DOCUMENT_FIELDS = {
    **{
        name: name
        for name in (
            *("id", "path", "title", "date", "kind", "source", "language", "words", "entities", "agreements"),
            *("sha256", "added", "same_as"),
        )
    },
    "like": "similar_to",
}
"""The keys of a document in JSON, which are its columns in CSV, with the attributes of LibraryDocument."""


def document_value(document: LibraryDocument) -> dict[str, object]:
    """Return the JSON value of a document of the library."""
    return {key: getattr(document, attribute) for key, attribute in _DOCUMENT_FIELDS.items()}


def _list(library: Library, arguments: Arguments) -> int:
    documents = sorted(library.documents(), key=_sort_key(arguments.sort))
    console.write_output(_LIST_FORMATS[arguments.format](documents), arguments.output)
    if unreferenced := library.count_unreferenced_analyses():
        texts = _other_texts(unreferenced)
        console.print_message(f"analyses of {texts}, opened or extracted, are kept too: library clear drops them")
    return 0


def _other_texts(count: int) -> str:
    return f"{count:,} other text{'' if count == 1 else 's'}"


def _sort_key(column: str) -> Callable[[LibraryDocument], tuple[object, ...]]:
    """Return a key for ascending strings, but descending dates and counts: the latest and the largest first."""

    def key(document: LibraryDocument) -> tuple[object, ...]:
        value = getattr(document, column)
        if isinstance(value, int):
            return (-value, document.path)
        if column in ("date", "added"):
            return (value is None, tuple(-ord(c) for c in value or ""), document.path)
        return (value.casefold(), document.path)

    return key


def _json_lines(documents: list[LibraryDocument]) -> Iterator[str]:
    return (json.dumps(document_value(document)) + "\n" for document in documents)


def _json(documents: list[LibraryDocument]) -> Iterator[str]:
    return iter([json.dumps([document_value(document) for document in documents], indent=1) + "\n"])


def _csv(documents: list[LibraryDocument]) -> Iterator[str]:
    yield csv_row(_DOCUMENT_FIELDS)
    for document in documents:
        yield csv_row(document_value(document).values())


def _table(documents: list[LibraryDocument]) -> Iterator[str]:
    yield f"{'id':16}  {'date':10}  {'words':>7}  {'agreements':>10}  title and path\n"
    for document in documents:
        yield (
            f"{document.id}  {document.date or '':10}  {document.words:>7,}  {document.agreements:>10,}  "
            f"{document.title} \u2014 {document.path}{_duplicate_note(document)}\n"
        )
    plural = "" if len(documents) == 1 else "s"
    yield f"{len(documents):,} document{plural}, {sum(document.words for document in documents):,} words\n"


def _duplicate_note(document: LibraryDocument) -> str:
    if document.same_as:
        return f" (same as {document.same_as})"
    return f" (much like {document.similar_to})" if document.similar_to else ""


def _occasions(library: Library, arguments: Arguments) -> int:
    documents = {document.number: document for document in library.documents()}
    known = [
        (occasion, [documents[number] for number in occasion.documents if number in documents])
        for occasion in OccasionFinder(library.db).occasions()
    ]
    console.write_output(_OCCASION_FORMATS[arguments.format](known), arguments.output)
    return 0


def _occasion_table(known: Sequence[tuple[Occasion, Sequence[LibraryDocument]]]) -> Iterator[str]:
    for occasion, documents in known:
        yield f"{len(documents)} documents: {occasion.describe()}\n"
        for document in documents:
            yield f"  {document.id}  {document.date or '':10}  {document.title}\n"


def _occasion_lines(known: Sequence[tuple[Occasion, Sequence[LibraryDocument]]]) -> Iterator[str]:
    for occasion, documents in known:
        value = {
            "first": occasion.first,
            "last": occasion.last,
            "parties": occasion.parties,
            "documents": [document_value(document) for document in documents],
        }
        yield json.dumps(value) + "\n"


_OCCASION_FORMATS = {"table": _occasion_table, "jsonl": _occasion_lines}


def _remove(library: Library, arguments: Arguments) -> int:
    status = 0
    numbers: set[int] = set()
    for target in arguments.paths:
        matching = library.find_numbers(canonical_path(target), target)
        if not matching:
            console.print_message(f"{target} is not in the library: alliance-tui library list tells what is")
            status = 1
        numbers.update(matching)
    library.remove(numbers)
    console.write_output([f"{len(numbers):,} removed\n"], None)
    return status


def _clear(library: Library, arguments: Arguments) -> int:
    count, unreferenced = len(library), library.count_unreferenced_analyses()
    if not arguments.yes and not _confirm_clear(count):
        raise UsageError("nothing is removed: say yes, or give --yes")
    library.clear()
    analyses = f", and the analyses of {_other_texts(unreferenced)}" if unreferenced else ""
    console.write_output([f"{count:,} removed{analyses}\n"], None)
    return 0


def _confirm_clear(count: int) -> bool:
    """Ask for confirmation; False without a terminal to ask on."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"Take all {count:,} documents out of the library? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _check(library: Library, arguments: Arguments) -> int:
    problems = list(find_problems(library))
    console.write_output((f"{problem}\n" for problem in problems), None)
    for document, exists in find_changed(library):
        change = "has changed since: add it again" if exists else "is gone from there; its text is kept"
        console.write_output([f"{document.path} {change}\n"], None)
    if not problems:
        console.write_output([f"{len(library):,} documents, all sound\n"], None)
    elif arguments.repair:
        _repair(library)
    return int(bool(problems) and not arguments.repair)


def _repair(library: Library) -> None:
    backup, removed = repair(library)
    console.write_output((f"{damage.path} is taken out: add it again\n" for damage in removed), None)
    console.write_output(
        [f"{len(library):,} documents, all sound; the file as it was is kept as {display_path(backup.name)}\n"], None
    )


def _export(library: Library, arguments: Arguments) -> int:
    filters = split_document_filters(expanded_query(arguments))
    for problem in filters.problems:
        console.print_message(problem)
    arguments.query = filters.remaining_query
    passing = filter(filters.passes, library.documents())
    exported = reviewed_analyses((analysis for _, analysis in library.readable_analyses(passing)), arguments)
    if arguments.order and arguments.format == OutputFormat.CSV:
        rows = to_sorted_csv(
            exported, arguments.columns or COLUMNS, arguments.order, turned_round=arguments.turned_round
        )
        console.write_output(rows, arguments.output)
    else:
        write_records(exported, arguments, as_list=True)
    return 0


def _searches(library: Library, arguments: Arguments) -> int:
    searches = SavedSearches(arguments.library).all()
    console.write_output((f"{name}\t{query}\n" for name, query in searches.items()), None)
    return 0


def _save_search(library: Library, arguments: Arguments) -> int:
    arguments.query = expanded_query(arguments)
    name = SavedSearches(arguments.library).save(arguments.name, arguments.query)
    console.write_output([f"saved: {reference_to(name)} stands for {arguments.query}\n"], None)
    return 0


def _forget_search(library: Library, arguments: Arguments) -> int:
    if not SavedSearches(arguments.library).forget(arguments.name):
        raise UsageError(f"no search {arguments.name!r} is saved: alliance-tui library searches tells which are")
    return 0


_LIST_FORMATS: dict[str, Callable[[list[LibraryDocument]], Iterator[str]]] = {
    "table": _table,
    "json": _json,
    "jsonl": _json_lines,
    "csv": _csv,
}
_ACTIONS: dict[str, Callable[[Library, Arguments], int]] = {
    "add": add,
    "list": _list,
    "occasions": _occasions,
    "remove": _remove,
    "clear": _clear,
    "check": _check,
    "export": _export,
    "searches": _searches,
    "save-search": _save_search,
    "forget-search": _forget_search,
}
