"""The register is read in a thread of its own: linked first, and read again only when the library has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from alliance_tui.explorer.workers import register_reader
from alliance_tui.explorer.workers.register_reader import RegisterReader
from alliance_tui.library.links import delete_all_links, unlinked_documents
from alliance_tui.library.store import open_library
from tests.support.sample_library import fill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
async def reader(path: Path) -> AsyncIterator[RegisterReader]:
    reader = RegisterReader(path)
    yield reader
    reader.close()


def no_report(linked: int, unlinked: int) -> None:
    """Show nothing."""


async def test_the_register_says_how_far_the_linking_is(
    path: Path, reader: RegisterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_reader, "_LINKED_AT_ONCE", 2)
    with open_library(path) as library:
        delete_all_links(library.db)
        library.db.commit()
    reported = list[tuple[int, int]]()
    assert await reader.rows(lambda *progress: reported.append(progress))
    assert reported == [(2, 6), (4, 6), (6, 6)]
    assert await reader.rows(lambda *progress: reported.append(progress))
    assert len(reported) == 3, "all are linked by now"


async def test_what_other_rules_linked_is_shown_at_once_and_linked_anew_afterwards(
    path: Path, reader: RegisterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_reader, "_RELINKED_AT_ONCE", 2)
    with open_library(path) as library:
        library.db.execute("UPDATE linkable SET version = 'other'")
        reported = list[tuple[int, int]]()
        rows = await reader.rows(lambda *progress: reported.append(progress))
        assert rows
        assert reported == []
        for _ in range(200):
            if not unlinked_documents(library.db):
                break
            await asyncio.sleep(0.02)
        assert unlinked_documents(library.db) == []
    assert len(await reader.rows(no_report)) == len(rows)


async def test_the_register_is_read_again_only_when_the_library_has_changed(path: Path, reader: RegisterReader) -> None:
    rows = await reader.rows(no_report)
    assert await reader.rows(no_report) is rows
    with open_library(path) as library:
        library.remove([rows[0].statements[0].document])
    again = await reader.rows(no_report)
    assert rows[0].statements[0].document not in {each.document for row in again for each in row.statements}
