"""Analyses kept between runs, whatever happens to the file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.analysis_rows import save_analysis
from alliance_tui.library.storage import database, migrations
from alliance_tui.library.storage.schema import MIGRATIONS, SCHEMA_VERSION
from alliance_tui.records import BlockKind, BlockSpan
from tests.support.sample_analysis import sample_analysis, sample_document

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite"


@pytest.fixture
def default_path(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path in place of the one in the user's data directory."""
    monkeypatch.setattr(database, "default_path", lambda: path)
    return path


def sql(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(statement, values).fetchall()


def is_cached(cache: AnalysisCache) -> bool:
    analysis = sample_analysis()
    return cache.load(analysis.document, analysis.extractor, analysis.model) == analysis


def test_a_saved_analysis_is_loaded(path: Path) -> None:
    AnalysisCache(path).save(sample_analysis())
    reopened = AnalysisCache(path)
    assert is_cached(reopened)
    assert reopened.notice is None


def test_loading_from_an_empty_cache_makes_no_file(path: Path) -> None:
    assert not is_cached(AnalysisCache(path))
    assert not path.parent.exists()


def test_an_analysis_is_loaded_for_the_same_extractor_and_model_only(path: Path) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    assert cache.load(sample_document(), "rules-2", "model-1") is None
    assert cache.load(sample_document(), "rules-1", "model-2") is None


HEADING = (BlockSpan(BlockKind.HEADING, 1, 0, 4),)


@pytest.mark.parametrize(
    "known", [{"date": "2030-01-01"}, {"title": "Another"}, {"pages": (0, 40)}, {"structure": HEADING}]
)
def test_another_date_title_paging_or_structure_is_another_analysis(path: Path, known: dict[str, object]) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    assert cache.load(replace(sample_document(), **known), "rules-1", "model-1") is None


def test_the_same_text_under_another_path_is_cached(path: Path) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    moved = replace(sample_document(), path="elsewhere.txt")
    loaded = cache.load(moved, "rules-1", "model-1")
    assert loaded is not None
    assert loaded.document.path == "elsewhere.txt"


def test_an_analysis_by_a_new_extractor_replaces_the_old_one(path: Path) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    cache.save(replace(sample_analysis(), extractor="rules-2"))
    assert sql(path, "SELECT count(*) FROM analyses") == [(1,)]


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 3000])
def test_a_foreign_file_in_our_place_is_set_aside_and_kept(default_path: Path, damage: bytes) -> None:
    default_path.parent.mkdir()
    default_path.write_bytes(damage)
    cache = AnalysisCache()
    cache.save(sample_analysis())
    assert is_cached(cache)
    (backup,) = default_path.parent.glob("library.sqlite.damaged-*")
    assert backup.read_bytes() == damage
    assert cache.notice is not None
    assert backup.name in cache.notice


def test_another_programs_database_in_our_place_is_set_aside(default_path: Path) -> None:
    default_path.parent.mkdir()
    sql(default_path, "CREATE TABLE bookmarks (url TEXT)")
    cache = AnalysisCache()
    assert not is_cached(cache)
    (backup,) = default_path.parent.glob("library.sqlite.damaged-*")
    assert sql(backup, "SELECT name FROM sqlite_schema") == [("bookmarks",)]


def test_a_named_file_of_another_kind_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("my notes")
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    assert not is_cached(cache)
    assert path.read_text() == "my notes"
    assert list(path.parent.iterdir()) == [path]
    assert cache.notice is not None


def test_a_damaged_library_of_ours_is_set_aside_wherever_it_is(path: Path) -> None:
    AnalysisCache(path).save(sample_analysis())
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    cache = AnalysisCache(path)
    assert not is_cached(cache)
    assert cache.notice is not None
    cache.save(sample_analysis())
    assert is_cached(cache)
    assert len(list(path.parent.glob("*.damaged-*"))) == 1


def test_a_damaged_row_counts_as_missing(path: Path) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    sql(path, "UPDATE analyses SET records = ?", b"\x81\xa1")
    assert not is_cached(cache)
    assert cache.notice is None


def test_records_that_do_not_quote_the_text_are_ignored(path: Path) -> None:
    cache = AnalysisCache(path)
    cache.save(sample_analysis())
    other = sample_document()
    lying = replace(other, text=other.text.upper())
    assert cache.load(lying, "rules-1", "model-1") is None


def test_a_later_versions_library_is_left_as_it_is(path: Path) -> None:
    AnalysisCache(path).save(sample_analysis())
    sql(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    cache = AnalysisCache(path)
    assert not is_cached(cache)
    assert cache.notice is not None
    assert "later version" in cache.notice
    assert not list(path.parent.glob("*.damaged-*"))


def test_without_a_writable_folder_only_the_cache_is_lost(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    cache = AnalysisCache(tmp_path / "data" / "library.sqlite")
    cache.save(sample_analysis())
    assert not is_cached(cache)
    assert cache.notice is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_access_to_the_folder_only_the_cache_is_lost(path: Path) -> None:
    path.parent.mkdir(mode=0)
    cache = AnalysisCache(path)
    assert not is_cached(cache)
    cache.save(sample_analysis())
    assert cache.notice is not None
    path.parent.chmod(0o700)


def test_many_instances_at_once_lose_nothing(path: Path) -> None:
    program = """
import sys
from msgspec.structs import replace
from tests.support.sample_analysis import sample_analysis
from alliance_tui.library.analysis_cache import AnalysisCache
cache = AnalysisCache(sys.argv[1])
for n in range(20):
    cache.save(replace(sample_analysis(), model=f"{sys.argv[2]}-{n}"))
sys.exit(cache.notice)
"""
    command = [sys.executable, "-c", program, str(path)]
    writers = [
        subprocess.Popen(
            [*command, name],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            stderr=subprocess.PIPE,
        )
        for name in ("a", "b", "c")
    ]
    for writer in writers:
        _, complaint = writer.communicate(timeout=60)
        assert (writer.returncode, complaint) == (0, b"")
    assert sql(path, "SELECT count(*) FROM analyses") == [(60,)]


OF_VERSION_1 = """
CREATE TABLE analyses (
    text_sha256 TEXT NOT NULL, context TEXT NOT NULL, extractor TEXT NOT NULL, model TEXT NOT NULL,
    records BLOB NOT NULL, PRIMARY KEY (text_sha256, context, model)
) WITHOUT ROWID;
PRAGMA application_id = 0x414C5449;
PRAGMA user_version = 1;
"""


def test_analyses_of_the_first_version_are_migrated(path: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite"
    AnalysisCache(newer).save(sample_analysis())
    ((*key, records),) = sql(newer, "SELECT * FROM analyses")
    assert isinstance(records, bytes)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OF_VERSION_1)
    sql(path, "INSERT INTO analyses VALUES (?, ?, ?, ?, ?)", *key, zlib.decompress(records))
    assert is_cached(AnalysisCache(path))
    assert sql(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def of_schema_4(path: Path) -> AnalysisCache:
    """A library of schema 4 with an analysis."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in chain.from_iterable(MIGRATIONS[2:4]):
            if isinstance(statement, str):
                db.execute(statement)
        db.executescript(OF_VERSION_1 + "PRAGMA user_version = 4")
        save_analysis(db, sample_analysis())
    return AnalysisCache(path)


def test_analyses_of_schema_4_are_kept(path: Path) -> None:
    assert is_cached(of_schema_4(path))
    assert sql(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_an_interrupted_migration_leaves_the_older_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OF_VERSION_1)
    sql(path, "INSERT INTO analyses VALUES ('t', 'c', 'e', 'm', x'80')")
    whole = MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", (*whole[:-1], (*whole[-1], "SELECT * FROM nowhere")))
    assert not is_cached(AnalysisCache(path))
    assert sql(path, "PRAGMA user_version") == [(1,)]
    assert sql(path, "SELECT records FROM analyses") == [(b"\x80",)]
    assert sql(path, "SELECT name FROM sqlite_schema WHERE type = 'table'") == [("analyses",)]
