"""Bringing files into the library: what is new or changed is read and analysed, the rest costs a look at its file."""

from __future__ import annotations

from collections import deque
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
from alliance_tui.errors import AllianceError, DocumentError, LibraryError, ModelError
from alliance_tui.library.source_file import SourceFile, canonical_path, fingerprint_of, read_source_file
from alliance_tui.library.store import Library, LibraryDocument
from alliance_tui.records import Analysis, Document

Waiting = Callable[[], Analysis]
"""Waits for an analysis, and raises what went wrong with it."""

Submit = Callable[[Document], Waiting]
"""Begins with a document, in whatever executor."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class IngestEvent(Struct, frozen=True):
    """A file is done with: it is number `done` of `total`.

    `kept` is the document as it is kept, for an added one; `fault` is what went wrong with a failed one, in one
    sentence that names the file.
    """

    path: str
    outcome: Outcome
    done: int
    total: int
    document: LibraryDocument | None = None
    error: str | None = None


class Ingest:
    """Adds files to a library, analysed by `submit` with this extractor and model.

    Up to `ahead` documents are begun before one is waited for. Each document is on disk when its step is told: whatever
    ends the work, what was told stays, and doing the same again goes on where it ended.
    """

    def __init__(self, library: Library, submit: Submit, *, extractor: str, model: str, ahead: int) -> None:
        self._library = library
        self._submit = submit
        self._made_by = (extractor, model)
        self._ahead = ahead
        self._begun: deque[tuple[SourceFile, str, Waiting]] = deque()
        self._done = self._total = 0

    def add(
        self, paths: Iterable[str | Path], *, date: str | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> Iterator[IngestEvent]:
        """A step for each file that the paths (files and folders) mean, in about their order.

        `date` (ISO) is that of all these documents; without it, documents that have none keep the one they were added
        with. Raises LibraryError and ModelError.
        """
        files = list(expand_paths(paths))
        self._total = len(files)
        for file in files:
            yield from self._take(file, date, limits)
            while len(self._begun) > self._ahead:
                yield self._finish(*self._begun.popleft())
        while self._begun:
            yield self._finish(*self._begun.popleft())

    def _take(self, file: str | Path | DocumentError, date: str | None, limits: Limits) -> Iterator[IngestEvent]:
        """Begin with a file; a step where it is done with at once."""
        if isinstance(file, DocumentError):
            yield self._step("", Outcome.FAILED, fault=str(file))
            return
        try:
            path = _place(file, limits)
            if self._is_kept(path, date, limits):
                yield self._step(display_path(path), Outcome.UNCHANGED)
                return
            origin = _origin(path, limits)
            document = read(path, date=date, limits=limits)
            if document.date is None:  # a file that has none may have been given one before
                document = replace(document, date=self._library.date_of(path))
        except DocumentError as error:
            yield self._step(display_path(file), Outcome.FAILED, fault=str(error))
            return
        if not document.text.strip():
            yield self._step(
                display_path(path),
                Outcome.FAILED,
                fault=f"{display_path(path)} is empty: fetch it again or save it anew",
            )
            return
        self._begun.append((origin, display_path(path), self._analysis(document)))

    def _is_kept(self, path: Path, date: str | None, limits: Limits) -> bool:
        """Whether the library has the document as it is now: by the file's stamp, else by what is in it."""
        try:
            if self._library.is_current(path, fingerprint_of(path), date, *self._made_by):
                return True
        except OSError:
            return False  # reading it will say why
        return self._library.confirm_unchanged(_origin(path, limits), date, *self._made_by)

    def _analysis(self, document: Document) -> Waiting:
        if not is_supported_language(detect_language(document.text)):
            nothing = Analysis(document, (), (), *self._made_by)
            return lambda: nothing
        if known := self._library.cached_analysis(document, *self._made_by):
            return lambda: known
        return self._submit(document)

    def _finish(self, origin: SourceFile, path: str, wait: Waiting) -> IngestEvent:
        try:
            kept = self._library.upsert(wait(), origin)
        except (LibraryError, ModelError):
            raise
        except Exception as error:  # whatever one document does, the others are added
            reason = str(error) if isinstance(error, AllianceError) else f"{type(error).__name__}: {error}"
            return self._step(path, Outcome.FAILED, fault=f"{path} could not be analysed: {reason}")
        return self._step(path, Outcome.ADDED, kept=kept)

    def _step(
        self, path: str, outcome: Outcome, *, kept: LibraryDocument | None = None, fault: str | None = None
    ) -> IngestEvent:
        self._done += 1
        return IngestEvent(path, outcome, self._done, self._total, kept, fault)


def _place(file: str | Path, limits: Limits) -> Path:
    if is_stdin(file) or is_descriptor(file):
        name = "standard input" if is_stdin(file) else display_path(file)
        raise DocumentError(f"{name} has no place to be found again: save it in a file and add that")
    try:
        return canonical_path(file)
    except (OSError, ValueError) as error:
        raise read_error(file, error, limits) from error


def _origin(path: Path, limits: Limits) -> SourceFile:
    try:
        return read_source_file(path, limits.bytes)
    except OSError as error:
        raise read_error(path, error, limits) from error
