"""Ingest: new and changed files are read, analysed and stored; unchanged ones cost a look at the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.documents import read
from alliance_tui.documents.files import display_path, is_descriptor, is_stdin, read_error
from alliance_tui.documents.language_detection import detect_language, is_supported_language
from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.documents.loader import expand_paths
from alliance_tui.errors import UNEXPECTED_FAILURE, AllianceError, ClusterError, DocumentError, LibraryError, ModelError
from alliance_tui.library.ingestion.source_file import SourceFile, canonical_path, fingerprint_of, read_source_file
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.store import Library
from alliance_tui.read_ahead import PendingAnalysis, ReadAheadQueue, SubmitDocument
from alliance_tui.records import Analysis, Document


class Outcome(StrEnum):
    """The outcome of one file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class IngestEvent(Struct, frozen=True):
    """The outcome of file number `done` of `total`.

    `document` is the stored document, for an added file; `error` is one sentence that names the file, for a failed one.
    """

    path: str
    outcome: Outcome
    done: int
    total: int
    document: LibraryDocument | None = None
    error: str | None = None


class _Pending(Struct, frozen=True):
    """A file whose document has been submitted."""

    source_file: SourceFile
    path: str
    analysis: PendingAnalysis


class Ingest:
    """Adds files to a library, analysed by `submit` with this extractor and model.

    Up to `ahead` further documents are submitted before one is waited for. Each document is on disk when its event is
    yielded: if the work is interrupted, what was reported stays, and the same call again continues from there.
    `on_notice` is called with a sentence on what is left out of a document.
    """

    def __init__(
        self,
        library: Library,
        submit: SubmitDocument,
        *,
        extractor: str,
        model: str,
        ahead: int,
        on_notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._library = library
        self._submit = submit
        self._versions = (extractor, model)
        self._queue = ReadAheadQueue[_Pending](ahead)
        self._on_notice = on_notice
        self._done = self._total = 0

    def add(
        self, paths: Iterable[str | Path], *, date: str | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> Iterator[IngestEvent]:
        """Yield an event for each file of the paths (files and folders), in about their order.

        `date` (ISO) is that of all these documents; without it, an undated document keeps the date with which it was
        added before. Raises ClusterError, LibraryError and ModelError.
        """
        files = list(expand_paths(paths))
        self._total = len(files)
        for file in files:
            started = self._start(file, date, limits)
            if isinstance(started, IngestEvent):
                yield started
            else:
                yield from map(self._finish, self._queue.add(started))
        yield from map(self._finish, self._queue.drain())

    def _start(self, file: str | Path | DocumentError, date: str | None, limits: Limits) -> _Pending | IngestEvent:
        """Submit a file's document; an event if there is nothing to wait for."""
        if isinstance(file, DocumentError):
            return self._event("", Outcome.FAILED, error=str(file))
        try:
            path = _source_path(file, limits)
            if self._is_unchanged(path, date, limits):
                return self._event(display_path(path), Outcome.UNCHANGED)
            source_file = _source_file(path, limits)
            document = read(path, date=date, limits=limits, on_notice=self._on_notice)
            if document.date is None:  # it may have been given one when it was added before
                document = replace(document, date=self._library.date_of(path))
        except DocumentError as error:
            return self._event(display_path(file), Outcome.FAILED, error=str(error))
        shown = display_path(path)
        if not document.text.strip():
            return self._event(shown, Outcome.FAILED, error=f"{shown} is empty: fetch it again or save it anew")
        return _Pending(source_file, shown, self._analyse(document))

    def _is_unchanged(self, path: Path, date: str | None, limits: Limits) -> bool:
        """Whether the library has the document as it is now: by its file's fingerprint, else by its content."""
        try:
            if self._library.is_current(path, fingerprint_of(path), date, *self._versions):
                return True
        except OSError:
            return False  # reading it will say why
        return self._library.confirm_unchanged(_source_file(path, limits), date, *self._versions)

    def _analyse(self, document: Document) -> PendingAnalysis:
        if not is_supported_language(detect_language(document.text)):
            empty = Analysis(document, (), (), *self._versions)
            return lambda: empty
        if cached := self._library.cached_analysis(document, *self._versions):
            return lambda: cached
        return self._submit(document)

    def _finish(self, pending: _Pending) -> IngestEvent:
        try:
            document = self._library.upsert(pending.analysis(), pending.source_file)
        except (ClusterError, LibraryError, ModelError):
            raise
        except Exception as error:  # whatever one document does, the others are added
            reason = str(error) if isinstance(error, AllianceError) else UNEXPECTED_FAILURE
            message = f"{pending.path} could not be analysed: {reason}"
            return self._event(pending.path, Outcome.FAILED, error=message)
        return self._event(pending.path, Outcome.ADDED, document=document)

    def _event(
        self, path: str, outcome: Outcome, *, document: LibraryDocument | None = None, error: str | None = None
    ) -> IngestEvent:
        self._done += 1
        return IngestEvent(path, outcome, self._done, self._total, document, error)


def _source_path(file: str | Path, limits: Limits) -> Path:
    if is_stdin(file) or is_descriptor(file):
        name = "standard input" if is_stdin(file) else display_path(file)
        raise DocumentError(f"{name} has no place to be found again: save it in a file and add that")
    try:
        return canonical_path(file)
    except (OSError, ValueError) as error:
        raise read_error(file, error, limits) from error


def _source_file(path: Path, limits: Limits) -> SourceFile:
    try:
        return read_source_file(path, limits.bytes)
    except OSError as error:
        raise read_error(path, error, limits) from error
