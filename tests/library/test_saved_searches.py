"""Saved searches in the library's file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from alliance_tui.errors import LibraryError, UsageError
from alliance_tui.library.saved_searches import SavedSearches
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from tests.support.sample_library import fill


def test_searches_are_kept_by_name_and_forgotten(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path / "library.sqlite")
    assert searches.all() == {}
    assert searches.save(' the  "sea"', 'party:"New Zealand"') == "the sea"
    searches.save("arms", "weapon")
    searches.save("arms", "missile")
    assert list(searches.all().items()) == [("arms", "missile"), ("the sea", 'party:"New Zealand"')]
    assert searches.forget("arms") and not searches.forget("arms")
    assert list(searches.all()) == ["the sea"]
    with pytest.raises(UsageError, match="type both"):
        searches.save("  ", "missile")


def test_a_saved_search_is_searched_for_in_the_library_with_its_filters_on_documents(tmp_path: Path) -> None:
    path = fill(tmp_path)
    SavedSearches(path).save("wire", 'source:"coast wire" party:norland')
    with open_library(path) as library:
        search = LibrarySearch(library)
        search.refresh()
        found = list(search.search("saved:wire drones", typing=False))[-1]
        assert [Path(search.documents[hit.document].path).stem for hit in found.hits] == ["drones"]
        assert search.query_of_documents("saved:wire drones") == "party:norland  drones"
        assert list(search.search("saved:none drones"))[-1].problems == ("saved: takes wire",)
        assert [each.text for each in search.completer.complete("saved:w", 7)] == ["saved:wire "]


def test_saved_searches_of_a_damaged_library_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    SavedSearches(path).save("arms", "weapon")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'texts'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(LibraryError, match="it is kept as"), open_library(path) as library:
        library.db.execute("SELECT * FROM texts").fetchall()
    assert SavedSearches(path).all() == {"arms": "weapon"}
