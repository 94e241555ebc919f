"""Whether what the library keeps is sound, and whether its files are still as they were read."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.library.origin import origin_of, size_of, stamp_of
from alliance_tui.library.store import Kept, Library


def problems(library: Library) -> Iterator[str]:
    """What is wrong with what is kept, one sentence each: in the file, in a text, in an analysis."""
    for (line,) in library.db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the library's file is damaged: {line}"
    for kept in library.documents():
        if not _is_whole(library, kept):
            yield f"{kept.path}: its text is not what was kept; remove it and add it again"
        elif kept.has_records and not library.analysis(kept).extractor:
            yield f"{kept.path}: its records are damaged; remove it and add it again"


def _is_whole(library: Library, kept: Kept) -> bool:
    try:
        text = library.document(kept).text
    except (zlib.error, UnicodeDecodeError):
        return False
    return hashlib.sha256(text.encode("utf-8")).hexdigest() == kept.sha256


def changed(library: Library) -> Iterator[tuple[Kept, bool]]:
    """The documents whose file is another than was read, and whether the file is there at all."""
    for kept, path, stamp in library.stamps():
        there = path.is_file()
        if not there or (stamp_of(path) != stamp and _differs(library, kept, path, stamp)):
            yield kept, there


def _differs(library: Library, kept: Kept, path: Path, stamp: str) -> bool:
    try:
        digest = origin_of(path, size_of(stamp)).digest
    except OSError:
        return True
    (known,) = library.db.execute("SELECT digest FROM documents WHERE number = ?", (kept.number,)).fetchone()
    return bool(digest != known)
