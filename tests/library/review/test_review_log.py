"""The review log in the library's file: entries are appended for good."""

from __future__ import annotations

import random
import sqlite3
import zlib
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from alliance_tui.errors import LibraryError
from alliance_tui.library.review.review_log import ReviewLog, parse_log
from alliance_tui.library.storage import migrations
from alliance_tui.library.storage.database import APPLICATION_ID
from alliance_tui.library.storage.schema import MIGRATIONS
from alliance_tui.library.store import open_library
from alliance_tui.records import Document
from alliance_tui.review import steps
from alliance_tui.review.entry import Entry, begin_step, document_target, encode_entry
from tests.support import builders
from tests.tools import kill_review

DOCUMENT = builders.document()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def tagged(word: str, document: Document = DOCUMENT) -> list[Entry]:
    return steps.tag(begin_step(document, "ada"), [document_target()], word)


def test_entries_are_there_for_another_instance_in_their_order(path: Path) -> None:
    log = tagged("one") + tagged("two")
    ReviewLog(path).append(log)
    assert ReviewLog(path).of_document(DOCUMENT) == log
    assert ReviewLog(path).all_entries() == log


def test_without_a_file_there_are_no_entries_and_none_is_made(path: Path) -> None:
    assert ReviewLog(path).of_document(DOCUMENT) == []
    assert not path.exists()


def test_an_entry_is_never_there_twice(path: Path) -> None:
    log = tagged("one")
    assert ReviewLog(path).append(log) == 1
    assert ReviewLog(path).append(log + tagged("two")) == 1
    assert len(ReviewLog(path).all_entries()) == 2


def test_a_step_is_appended_whole_or_not_at_all(path: Path) -> None:
    broken = [*tagged("one"), None]
    with pytest.raises(AttributeError):
        ReviewLog(path).append(broken)  # type: ignore[arg-type]
    assert ReviewLog(path).all_entries() == []


def test_entries_belong_to_a_text_or_to_earlier_texts_of_the_same_path(path: Path) -> None:
    other = Document.from_text("Another text.\n", title="Other", path="other.txt")
    changed = Document.from_text(DOCUMENT.text + "More.\n", title="Changed", path=DOCUMENT.path)
    renamed = Document.from_text(DOCUMENT.text, title="Moved", path="elsewhere.txt")
    log = ReviewLog(path)
    log.append(tagged("one"))
    assert len(log.of_document(changed)) == len(log.of_document(renamed)) == 1
    assert log.of_document(other) == []
    (portugal, *_) = builders.analysis().entities
    log.append(steps.drop(begin_step(DOCUMENT, "ada"), portugal, everywhere=True))
    assert len(log.of_document(other)) == 1


def test_documents_without_a_path_share_no_entries(path: Path) -> None:
    one, two = (Document.from_text(text, title="stdin") for text in ("One.\n", "Two.\n"))
    log = ReviewLog(path)
    log.append(tagged("one", one))
    assert len(log.of_document(one)) == 1
    assert log.of_document(two) == []


@pytest.mark.parametrize("statement", ["UPDATE review_log SET entry = '{}'", "DELETE FROM review_log"])
def test_the_database_itself_refuses_to_change_the_log(path: Path, statement: str) -> None:
    ReviewLog(path).append(tagged("one"))
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        db.execute(statement)


def test_removing_and_repairing_documents_leaves_the_log(path: Path) -> None:
    ReviewLog(path).append(tagged("one"))
    with open_library(path) as library:
        library.clear()
        library.reindex()
        library.compact()
    assert len(ReviewLog(path).all_entries()) == 1


def test_a_library_of_the_version_before_is_migrated_with_all_that_it_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = next(n for n, steps_ in enumerate(MIGRATIONS) if any("review_log" in str(step) for step in steps_))
    with closing(sqlite3.connect(path, isolation_level=None)) as db, monkeypatch.context() as patch:
        db.create_function("compressed", 1, zlib.compress)
        patch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:before])
        migrations.migrate(db, 0)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {before}")
        db.execute("INSERT INTO analyses VALUES ('text', 'context', 'rules', 'model', x'00')")
    ReviewLog(path).append(tagged("one"))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT extractor, model FROM analyses").fetchall() == [("rules", "model")]
    assert len(ReviewLog(path).all_entries()) == 1


def test_the_log_of_a_damaged_library_is_taken_over(path: Path) -> None:
    log = ReviewLog(path)
    log.append(tagged("one") + tagged("two"))
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'texts'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(LibraryError, match="it is kept as"), open_library(path) as library:
        library.db.execute("SELECT * FROM texts").fetchall()
    assert [entry.after for entry in log.all_entries()] == ["one", "two"]
    log.append(tagged("three"))
    assert [entry.after for entry in log.all_entries()] == ["one", "two", "three"]


def test_an_entry_of_a_later_version_stays_in_the_log_and_is_passed_over(path: Path) -> None:
    ReviewLog(path).append(tagged("one"))
    with closing(sqlite3.connect(path)) as db:
        row = (DOCUMENT.sha256, '{"action": "hummed"}')
        db.execute("INSERT INTO review_log (id, document, place, everywhere, entry) VALUES ('x', ?, '', 0, ?)", row)
        db.commit()
    assert len(ReviewLog(path).of_document(DOCUMENT)) == 1


def append_many(path: Path, worker: int) -> list[str]:
    """Append steps one by one and return the ids that were acknowledged."""
    log = ReviewLog(path)
    acknowledged = []
    for number in range(40):
        entries = tagged(f"{worker}-{number}")
        log.append(entries)
        acknowledged += [entry.id for entry in entries]
    return acknowledged


def test_several_processes_at_once_lose_nothing(path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        acknowledged = [identifier for ids in pool.map(append_many, [path] * 3, range(3)) for identifier in ids]
    stored = [entry.id for entry in ReviewLog(path).all_entries()]
    assert sorted(stored) == sorted(acknowledged)


def test_a_log_is_parsed_line_by_line_and_a_bad_line_is_named() -> None:
    lines = [encode_entry(entry).decode() for entry in tagged("one") + tagged("two")]
    assert len(list(parse_log([*lines, ""], "ada.jsonl"))) == 2
    with pytest.raises(LibraryError, match=r"ada\.jsonl, line 2 is not an entry of a review log"):
        list(parse_log([lines[0], "{}"], "ada.jsonl"))


def test_a_killed_review_has_lost_no_acknowledged_step() -> None:
    assert kill_review.run(4, random.Random(1)) == []
