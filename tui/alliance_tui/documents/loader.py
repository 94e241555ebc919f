"""Loader: from a path to a sanitised Document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alliance_tui.documents import files, metadata
from alliance_tui.documents.encoding import decode
from alliance_tui.documents.format_detection import DocumentFormat, detect_format
from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.documents.raw_document import RawDocument, UnreadableError
from alliance_tui.documents.readers.blocks import strip_invisible
from alliance_tui.documents.sanitise import sanitise, sanitise_line
from alliance_tui.documents.supported_years import parse_document_date
from alliance_tui.errors import DocumentError
from alliance_tui.records import Document


def _ignore(_: str) -> None:
    pass


def read(
    path: str | Path,
    *,
    date: str | None = None,
    title: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_notice: Callable[[str], None] = _ignore,
) -> Document:
    """Read the document at a path ("-" is standard input).

    Title and date come from the arguments (`date` is ISO), else the sidecar `NAME.toml`, else the file's own metadata,
    else the first lines of the text. Offsets of a plain text file are those of its decoded text without a byte-order
    mark. `on_notice` is called with a sentence on what is left out. Raises DocumentError.
    """
    raw = _read_raw(path, files.read_bytes(path, limits), limits)
    sidecar = metadata.Sidecar() if files.is_stdin(path) else metadata.read_sidecar(Path(path))
    text = sanitise(raw.text)
    fallback_title = "standard input" if files.is_stdin(path) else Path(path).stem
    best_title = title or sidecar.title or raw.title or metadata.find_title(text) or fallback_title
    return Document.from_text(
        text,
        title=" ".join(sanitise_line(strip_invisible(best_title)).split()),
        path=files.display_path(path),
        date=date or sidecar.date or _supported_date(path, raw.date, on_notice) or _publication_date(text),
        kind=_sanitise_optional_line(sidecar.kind or raw.kind),
        source=_sanitise_optional_line(sidecar.source or raw.source),
        pages=raw.pages,
        structure=raw.structure,
    )


def _supported_date(path: str | Path, date: str | None, on_notice: Callable[[str], None]) -> str | None:
    """Return the file's own date, or None for one that no document can have."""
    try:
        return date and parse_document_date(date)
    except ValueError as error:
        on_notice(f"{files.display_path(path)}: its date is left out: {error}")
        return None


def _publication_date(text: str) -> str | None:
    from alliance_tui.documents.publication_date import find_publication_date  # deferred: slow patterns

    return find_publication_date(text)


def read_all(
    paths: Iterable[str | Path],
    *,
    date: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    before_read: Callable[[str], None] = _ignore,
    on_notice: Callable[[str], None] = _ignore,
) -> Iterator[Document | DocumentError]:
    """Yield the documents at these paths (files, folders, "-") in order, one in memory at a time.

    A file that cannot be read is yielded as its error. `before_read` is called with the name of each file,
    `on_notice` as in `read`.
    """
    for path in expand_paths(paths):
        if isinstance(path, DocumentError):
            yield path
            continue
        before_read(files.display_path(path))
        try:
            yield read(path, date=date, limits=limits, on_notice=on_notice)
        except DocumentError as error:
            yield error


def expand_paths(paths: Iterable[str | Path]) -> Iterator[str | Path | DocumentError]:
    """Yield the paths, each folder replaced by the documents in it."""
    for path in paths:
        if not files.is_stdin(path) and is_folder(path):
            yield from files.walk(Path(path))
        else:
            yield path


def seed_document() -> Document:
    """Read the article that ships with the program and opens on first use."""
    package = Path(__file__).parents[1]
    for folder in (package / "seeds", package.parents[1] / "seeds"):
        for path in sorted(folder.glob("*.txt")):
            return read(path)
    raise DocumentError("the article that ships with alliance-tui is missing: install it again, or name a file to open")


def _read_raw(path: str | Path, data: bytes, limits: Limits) -> RawDocument:
    try:
        document_format = detect_format(data, Path(path).name)
        if document_format is DocumentFormat.TEXT:
            return _read_plain_text(data)
        from alliance_tui.documents.sandbox import read_in_sandbox  # deferred: plain text does not need it

        return read_in_sandbox(data, document_format, limits)
    except UnreadableError as error:
        raise DocumentError(f"{files.display_path(path)} {error}") from error


def _read_plain_text(data: bytes) -> RawDocument:
    text = decode(data)
    if text is None:
        raise UnreadableError("is not text: save it as plain text in UTF-8 and open that")
    return RawDocument(text)


def is_folder(path: str | Path) -> bool:
    """Return whether there is a folder at this path; False for a path that no file can have."""
    try:
        return bool(str(path)) and Path(path).is_dir()  # an empty path would mean the current folder
    except (OSError, ValueError):
        return False


def _sanitise_optional_line(text: str | None) -> str | None:
    return sanitise_line(text) if text else None
