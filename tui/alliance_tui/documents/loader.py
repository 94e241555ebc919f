"""From a path to a Document: the bytes are fetched, their format is told, and all that comes out is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alliance_tui.documents import files, metadata
from alliance_tui.documents.encoding import decode
from alliance_tui.documents.format_detection import Format, tell
from alliance_tui.documents.limits import DEFAULT, Limits
from alliance_tui.documents.raw_document import Content, UnreadableError
from alliance_tui.documents.readers.blocks import visible
from alliance_tui.documents.sanitise import clean, clean_line
from alliance_tui.errors import DocumentError
from alliance_tui.records import Document


def read(path: str | Path, *, date: str | None = None, title: str | None = None, limits: Limits = DEFAULT) -> Document:
    """The document at a path ("-" is standard input), cleaned.

    `date` (ISO) and `title` win over what the sidecar `NAME.toml` says, that over the file's own metadata, and that
    over the first lines of the text. The offsets of a plain text file in UTF-8 are those of its decoded text, a
    byte-order mark dropped. Raises DocumentError, whose sentence names the file.
    """
    content = _content(path, files.fetch(path, limits), limits)
    known = metadata.Sidecar() if files.is_stdin(path) else metadata.sidecar(Path(path))
    text = clean(content.text)
    name = "standard input" if files.is_stdin(path) else Path(path).stem
    best_title = title or known.title or content.title or metadata.title_of(text) or name
    return Document.of(
        text,
        title=" ".join(clean_line(visible(best_title)).split()),
        path=files.shown(path),
        date=date or known.date or content.date or _date_in(text),
        kind=_line(known.kind or content.kind),
        source=_line(known.source or content.source),
        pages=content.pages,
    )


def _date_in(text: str) -> str | None:
    from alliance_tui.documents.publication_date import date_of  # here, since its patterns take their time to be made

    return date_of(text)


def read_all(
    paths: Iterable[str | Path],
    *,
    date: str | None = None,
    limits: Limits = DEFAULT,
    begin: Callable[[str], None] = lambda name: None,
) -> Iterator[Document | DocumentError]:
    """Every document at these paths (files, folders, "-"), in order, one in memory at a time.

    What cannot be read comes as the error that says why, in its place, and the rest goes on. `begin` is told the name
    of each file before it is read.
    """
    for path in expand(paths):
        if isinstance(path, DocumentError):
            yield path
            continue
        begin(files.shown(path))
        try:
            yield read(path, date=date, limits=limits)
        except DocumentError as error:
            yield error


def expand(paths: Iterable[str | Path]) -> Iterator[str | Path | DocumentError]:
    """The files that these paths mean: a folder stands for the documents in it."""
    for path in paths:
        if not files.is_stdin(path) and _is_folder(path):
            yield from files.walk(Path(path))
        else:
            yield path


def seed() -> Document:
    """The article that opens on first use; it ships with the program."""
    package = Path(__file__).parents[1]
    for folder in (package / "seeds", package.parents[1] / "seeds"):
        for path in sorted(folder.glob("*.txt")):
            return read(path)
    raise DocumentError("the article that ships with alliance-tui is missing: install it again, or name a file to open")


def _content(path: str | Path, data: bytes, limits: Limits) -> Content:
    try:
        form = tell(data, Path(path).name)
        if form is Format.TEXT:
            return _plain(data)
        from alliance_tui.documents.sandbox import read_apart  # here, so that plain text need not wait for it

        return read_apart(data, form, limits)
    except UnreadableError as error:
        raise DocumentError(f"{files.shown(path)} {error}") from error


def _plain(data: bytes) -> Content:
    text = decode(data)
    if text is None:
        raise UnreadableError("is not text: save it as plain text in UTF-8 and open that")
    return Content(text)


def _is_folder(path: str | Path) -> bool:
    try:
        return bool(str(path)) and Path(path).is_dir()  # an empty name is a slip, not the current folder
    except (OSError, ValueError):
        return False


def _line(text: str | None) -> str | None:
    return clean_line(text) if text else None
