"""Whether what the library keeps is sound, and whether its files are still as they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from alliance_tui.library.database import transaction
from alliance_tui.library.index import writer
from alliance_tui.library.source_file import fingerprint_of, read_source_file, size_in_fingerprint
from alliance_tui.library.store import REMEDY, Damage, DamagedDocumentError, Library, LibraryDocument

_MENDED = "alliance-tui library check --repair makes it anew"


def find_problems(library: Library) -> Iterator[str]:
    """What is wrong with what is kept, one sentence each: in the file, in a document, in what it is looked up by."""
    for (line,) in library.db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the library's file is damaged ({line}): {_MENDED}"
    for damage in find_damaged(library).values():
        yield f"{damage.description}: {REMEDY}"
    if writer.has_damaged_rows(library.db):
        yield f"what documents are looked up by is damaged: {_MENDED}"


def find_damaged(library: Library) -> Mapping[int, Damage]:
    """What of each damaged document cannot be read, by the documents' numbers."""
    library.damaged.clear()
    for kept in library.documents():
        with suppress(DamagedDocumentError, KeyError):  # KeyError: removed meanwhile
            text = library.load_analysis(kept).document.text
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != kept.sha256:
                library.mark_damaged(kept, "text")
    return library.damaged


def repair(library: Library) -> tuple[Path, list[Damage]]:
    """Take damaged documents out and make anew what the others are looked up by.

    Returns the path of a copy of the file as it was, and what was taken out.
    """
    aside = library.back_up()
    found = dict(find_damaged(library))
    with transaction(library.db):
        writer.delete_all_rows(library.db)
    library.reindex()
    library.remove(found)
    library.rebuild_index()
    library.damaged.clear()
    return aside, list(found.values())


def find_changed(library: Library) -> Iterator[tuple[LibraryDocument, bool]]:
    """The documents whose file is another than was read, and whether the file is there at all."""
    for kept, path, stamp in library.source_fingerprints():
        there = path.is_file()
        if not there or (fingerprint_of(path) != stamp and _differs(library, kept, path, stamp)):
            yield kept, there


def _differs(library: Library, kept: LibraryDocument, path: Path, stamp: str) -> bool:
    try:
        digest = read_source_file(path, size_in_fingerprint(stamp)).digest
    except OSError:
        return True
    (known,) = library.db.execute("SELECT digest FROM documents WHERE number = ?", (kept.number,)).fetchone()
    return bool(digest != known)
