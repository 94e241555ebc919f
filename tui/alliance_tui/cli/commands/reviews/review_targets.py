"""The documents and records that `alliance-tui review` is about, by path and by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from alliance_tui.cli.inputs import Inputs, open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import UsageError
from alliance_tui.library.ingestion.source_file import canonical_path
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.review.review_entries import entries_of
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.store import Library
from alliance_tui.records import Agreement, Analysis, Document
from alliance_tui.review.entry import Entry
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis


class MissingRecordError(UsageError):
    """No document has a record of an id that was given."""


class ReviewedDocument(Struct, frozen=True):
    """A document as its reader sees it, with the entries of the log on it."""

    reviewed: ReviewedAnalysis
    entries: Sequence[Entry]

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.reviewed.analysis.document

    def record(self, record_id: str) -> Agreement | None:
        """Return the record of this id, None without one."""
        return next((each for each in self.reviewed.analysis.agreements if each.id == record_id), None)


def reviewed_documents(arguments: Arguments, author: str) -> Iterator[ReviewedDocument]:
    """Yield the documents at the paths or, without paths, those of the library."""
    if arguments.paths:
        from alliance_tui.cli.analyses import analyses  # loads the extraction

        log = ReviewLog(arguments.library)
        inputs = Inputs(arguments)
        yield from (
            review(analysis, log.of_document(analysis.document), author) for analysis in analyses(inputs, arguments)
        )
        if inputs.failed:
            raise UsageError("not all of the documents could be read")
    else:
        with open_named_library(arguments.library) as library:
            for _, analysis in library.readable_analyses(list(library.documents())):
                yield review(analysis, list(entries_of(library.db, analysis.document)), author)


def review(analysis: Analysis, entries: Sequence[Entry], author: str) -> ReviewedDocument:
    """Return a document with what the log says of it."""
    return ReviewedDocument(review_analysis(analysis, entries, author), entries)


def find_records(
    arguments: Arguments, record_ids: Sequence[str], author: str
) -> list[tuple[ReviewedDocument, list[Agreement]]]:
    """Return the records of these ids by document. Raises MissingRecordError if one of them is not there."""
    missing = dict.fromkeys(record_ids)
    found = []
    for document in _documents_with(arguments, record_ids, author):
        records = [record for identifier in record_ids if (record := document.record(identifier))]
        if records:
            found.append((document, records))
            for record in records:
                missing.pop(record.id, None)
        if not missing:
            return found
    where = "in these documents" if arguments.paths else "in the library: name its document with --document"
    raise MissingRecordError(f"there is no record {', '.join(missing)} {where}")


def _documents_with(arguments: Arguments, record_ids: Sequence[str], author: str) -> Iterator[ReviewedDocument]:
    """Yield the documents that may have these records."""
    if arguments.paths:
        yield from reviewed_documents(arguments, author)
        return
    with open_named_library(arguments.library) as library:
        for document in _library_documents_with(library, record_ids):
            for _, analysis in library.readable_analyses([document]):
                yield review(analysis, list(entries_of(library.db, analysis.document)), author)


def _library_documents_with(library: Library, record_ids: Sequence[str]) -> Iterator[LibraryDocument]:
    numbers = set(library.find_numbers_of_records(record_ids))
    return (document for document in library.documents() if document.number in numbers)


def find_document(arguments: Arguments, name: str, author: str, *, create: bool = False) -> ReviewedDocument | None:
    """Return the document of the library with this path or id, None without one."""
    with open_named_library(arguments.library, create=create) as library:
        numbers = library.find_numbers(canonical_path(name), name)
        document = library.get(numbers[0]) if numbers else None
        for _, analysis in library.readable_analyses([document] if document else []):
            return review(analysis, list(entries_of(library.db, analysis.document)), author)
    return None


@contextmanager
def named_document(arguments: Arguments, name: str, author: str) -> Iterator[ReviewedDocument]:
    """Give the document at a path, or of the library by its path or id. Raises UsageError if there is none."""
    if found := find_document(arguments, name, author, create=True):
        yield found
        return
    if not Path(name).is_file():
        raise UsageError(f"{name} is neither a file nor a document of the library")
    arguments.paths = [name]
    yield next(reviewed_documents(arguments, author))
