"""Integrity check and repair of a library, and comparison with its source files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from alliance_tui.library.index import writer
from alliance_tui.library.ingestion.source_file import fingerprint_of, read_source_file, size_in_fingerprint
from alliance_tui.library.library_document import REMEDY, Damage, LibraryDocument
from alliance_tui.library.storage.sqlite import transaction
from alliance_tui.library.store import Library

_REPAIR_ADVICE = "alliance-tui library check --repair rebuilds it"


def find_problems(library: Library) -> Iterator[str]:
    """Yield one sentence for each problem: in the file, in a document, in the index."""
    for (line,) in library.db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the library's file is damaged ({line}): {_REPAIR_ADVICE}"
    for damage in find_damaged(library).values():
        yield f"{damage.description}: {REMEDY}"
    if writer.has_damaged_rows(library.db):
        yield f"the index of the documents is damaged: {_REPAIR_ADVICE}"
        return
    sound = [document for document in library.documents() if document.number not in library.damaged]
    for document, reviewed in library.reviewed_analyses(sound):
        if writer.differs(library.db, document.number, reviewed):
            yield f"the index of {document.path} is not as you judged and corrected it: {_REPAIR_ADVICE}"


def find_damaged(library: Library) -> Mapping[int, Damage]:
    """Return the damage of each damaged document, by document number."""
    library.damaged.clear()
    for document, analysis in library.readable_analyses(library.documents()):
        if hashlib.sha256(analysis.document.text.encode("utf-8")).hexdigest() != document.sha256:
            library.mark_damaged(document, "text")
    return library.damaged


def repair(library: Library) -> tuple[Path, list[Damage]]:
    """Remove damaged documents and rebuild the index of the others.

    Returns the path of a copy of the file as it was, and the damage of each removed document.
    """
    backup = library.back_up()
    damaged = dict(find_damaged(library))
    with transaction(library.db):
        writer.delete_all_rows(library.db)
    library.reindex()
    library.remove(damaged)
    library.rebuild_index()
    library.damaged.clear()
    return backup, list(damaged.values())


def find_changed(library: Library) -> Iterator[tuple[LibraryDocument, bool]]:
    """Yield the documents whose source file has changed or is gone, each with whether the file exists."""
    for document, path, fingerprint in library.source_fingerprints():
        exists = os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises where permission is missing
        if not exists or (fingerprint_of(path) != fingerprint and _differs(library, document, path, fingerprint)):
            yield document, exists


def _differs(library: Library, document: LibraryDocument, path: Path, fingerprint: str) -> bool:
    """Whether the content of the file is another than was read."""
    try:
        digest = read_source_file(path, size_in_fingerprint(fingerprint)).digest
    except OSError:
        return True
    query = "SELECT digest FROM documents WHERE number = ?"
    (stored_digest,) = library.db.execute(query, (document.number,)).fetchone()
    return bool(digest != stored_digest)
