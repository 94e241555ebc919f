"""Metadata of a document: the sidecar beside the file, and the title in its first lines."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from alliance_tui.documents.confinement import may_read
from alliance_tui.documents.files import display_path, read_regular
from alliance_tui.documents.supported_years import parse_document_date
from alliance_tui.errors import DocumentError

MAX_SIDECAR_BYTES = 65536
"""The size limit of a sidecar."""
_MAX_TITLE_LENGTH = 200
_LABEL_LINE = re.compile(r"(?:for )?immediate release:?|embargoed.*|the white house|press release:?", re.IGNORECASE)


class Sidecar(Struct, frozen=True):
    """The metadata in the file `NAME.toml` beside a document; `date` is ISO."""

    title: str | None = None
    date: str | None = None
    kind: str | None = None
    source: str | None = None


def read_sidecar(path: Path) -> Sidecar:
    """Read the sidecar of the document at `path`; without one, return an empty `Sidecar`.

    Unknown keys are ignored. Raises DocumentError for a sidecar that cannot be read or has an invalid value.
    """
    sidecar_path = path.with_suffix(".toml")
    if sidecar_path == path:
        return Sidecar()
    if not _may_read_sidecar(path, sidecar_path):
        return Sidecar()
    try:
        table = tomllib.loads(read_regular(sidecar_path, MAX_SIDECAR_BYTES).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return Sidecar()
    except OSError as error:
        raise DocumentError(
            f"{display_path(sidecar_path)} cannot be read ({error.strerror}): mend or remove it"
        ) from error
    except (ValueError, RecursionError) as error:  # ValueError: also for integers of thousands of digits
        raise DocumentError(f"{display_path(sidecar_path)} is not valid TOML: mend or remove it") from error
    return Sidecar(
        title=_string(table, "title", sidecar_path),
        date=_iso_date(table, sidecar_path),
        kind=_string(table, "kind", sidecar_path),
        source=_string(table, "source", sidecar_path),
    )


def _may_read_sidecar(path: Path, sidecar_path: Path) -> bool:
    """Return whether this process may read the sidecar: with its document it may, but not what a link leads to."""
    beside_document = Path(os.path.realpath(path)).with_suffix(".toml")
    return may_read(sidecar_path) or os.path.realpath(sidecar_path) == str(beside_document)


def find_title(text: str) -> str | None:
    """Return the title in the first lines of a document: a short line that is no sentence; None without one."""
    from alliance_tui.documents.publication_date import parse_date_line  # deferred: slow patterns

    for line in text[:3000].split("\n"):
        title = line.strip().lstrip("#").strip()
        if not title or _LABEL_LINE.fullmatch(title) or parse_date_line(title):
            continue
        return title if len(title) <= _MAX_TITLE_LENGTH and title[-1] not in ".,;:" and title[0].isalnum() else None
    return None


def _string(table: dict[str, object], key: str, sidecar_path: Path) -> str | None:
    value = table.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    if isinstance(value, dict):  # the file of another program
        return None
    raise DocumentError(f"{display_path(sidecar_path)}: {key} must be a text in quotes")


def _iso_date(table: dict[str, object], sidecar_path: Path) -> str | None:
    value = table.get("date")
    if value is None or isinstance(value, dict):
        return None
    day = value.date() if isinstance(value, datetime) else value
    try:
        return parse_document_date(str(day))
    except ValueError as error:
        raise DocumentError(f"{display_path(sidecar_path)}: date {error}") from error
