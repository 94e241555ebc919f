"""The documents and records that `alliance-tui review` is about, by path and by id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
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
from alliance_tui.records import Agreement, Analysis, Document, Entity
from alliance_tui.review.entry import Entry, Target, document_target, entity_target, passage_target, record_target
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


@contextmanager
def find_target(arguments: Arguments, author: str) -> Iterator[tuple[ReviewedDocument, Target]]:
    """Give what a note or a tag is for: an entity or a passage of a document, the document, or a record.

    Raises UsageError if there is no such thing.
    """
    name = arguments.target
    if arguments.entity or arguments.passage:
        with named_document(arguments, name, author) as document:
            yield document, _part_of(document, arguments)
    elif not arguments.paths and (Path(name).is_file() or _find_document(arguments, name, author)):
        with named_document(arguments, name, author) as document:
            yield document, document_target()
    else:
        try:
            ((document, (record, *_)), *_) = find_records(arguments, [name], author)
        except MissingRecordError as error:
            reason = f"{name} is neither a record nor a document of the library"
            raise UsageError(
                f"{reason}: check the path or id, or name the document of a record with --document"
            ) from error
        yield document, record_target(document.document, record)


def _part_of(document: ReviewedDocument, arguments: Arguments) -> Target:
    if arguments.entity:
        return entity_target(document.document, _find_entity(document.reviewed.analysis, arguments.entity))
    return passage_target(document.document, *find_passage(document.document, arguments.passage or ""))


def _find_entity(analysis: Analysis, name: str) -> Entity:
    """Return the entity of this id, or by its name or one of its forms. Raises UsageError if there is none."""
    folded = name.casefold()
    tests: tuple[Callable[[Entity], bool], ...] = (
        lambda entity: entity.id == name,
        lambda entity: entity.name.casefold() == folded,
        lambda entity: folded in (form.casefold() for form in entity.forms),
    )
    found = (entity for test in tests for entity in analysis.entities if test(entity))
    if entity := next(found, None):
        return entity
    near = get_close_matches(name, [entity.name for entity in analysis.entities], 1)
    hint = f": did you mean {near[0]}?" if near else ""
    raise UsageError(f"{analysis.document.title} has no entity {name!r}{hint}")


def find_passage(document: Document, words: str) -> tuple[int, int]:
    """Return the span of words of the text, however they are spaced. Raises UsageError unless they occur just once."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [match.span() for match in re.finditer(pattern, document.text)] if pattern else []
    if not found:
        raise UsageError(f"{words!r} does not occur in {document.title}: give words as the text has them")
    if len(found) > 1:
        raise UsageError(f"{words!r} occurs {len(found)} times in {document.title}: give more of the words around it")
    return found[0]


def _find_document(arguments: Arguments, name: str, author: str, *, create: bool = False) -> ReviewedDocument | None:
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
    if found := _find_document(arguments, name, author, create=True):
        yield found
        return
    if not Path(name).is_file():
        raise UsageError(f"{name} is neither a file nor a document of the library")
    arguments.paths = [name]
    yield next(reviewed_documents(arguments, author))
