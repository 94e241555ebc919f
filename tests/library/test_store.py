"""What the library keeps of documents, and what is left of one that is taken out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_tui.documents.language_detection import detect_language
from alliance_tui.errors import LibraryError
from alliance_tui.library.checking import changed, problems
from alliance_tui.library.likeness import ALIKE, likeness, sketch
from alliance_tui.library.origin import origin_of
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Analysis, Document
from tests.support.sample_library import PAGES, analysis_of, fill, named

FRENCH = (
    "Les deux pays ont décidé de créer un comité qui se réunira chaque année dans la capitale, et ils ont signé un "
    "accord sur les ports. La ministre a dit que le texte sera présenté au parlement avec le budget de la marine."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(fill(tmp_path)) as library:
        yield library


def test_a_library_of_the_version_before_is_looked_up_as_a_new_one(tmp_path: Path) -> None:
    path = fill(tmp_path)
    query = "SELECT role, keys.key, document, units FROM postings JOIN keys ON number = postings.key ORDER BY 1, 2, 3"
    with open_library(path) as library:
        looked_up = library.db.execute(query).fetchall()
        library.db.executescript("""
            DROP TABLE postings;
            CREATE TABLE postings (
                key INTEGER NOT NULL, document INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (key, document)
            ) WITHOUT ROWID;
            PRAGMA user_version = 3;
        """)
    with open_library(path) as library:
        assert library.db.execute(query).fetchall() == looked_up
        assert len(looked_up) > 300


def test_a_document_comes_back_whole(library: Library) -> None:
    for kept in library.documents():
        analysis = analysis_of(Path(kept.path).stem)
        there = library.analysis(kept)
        assert there.document.text == analysis.document.text
        assert (there.entities, there.agreements) == (analysis.entities, analysis.agreements)
        assert (kept.title, kept.date, kept.kind) == (there.document.title, there.document.date, there.document.kind)
        assert kept.words == len(analysis.document.text.split())


def test_documents_are_found_by_place_by_folder_and_by_id(library: Library, tmp_path: Path) -> None:
    assert named(library.at(tmp_path / "radar.txt")) == ["radar"]
    assert sorted(named(library.at(tmp_path))) == sorted(PAGES)
    assert list(library.at(tmp_path / "rad")) == []
    (kept,) = library.at(tmp_path / "drones.txt")
    assert named(library.with_id(kept.id)) == ["drones"]


def test_the_same_text_elsewhere_is_told(library: Library, tmp_path: Path) -> None:
    (copy,) = library.at(tmp_path / "copy.txt")
    assert copy.same_as == str(tmp_path / "radar.txt")
    (radar,) = library.at(tmp_path / "radar.txt")
    assert radar.same_as is None


def test_a_text_that_is_nearly_the_same_is_told(library: Library, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(400)]
    for name, text in (("first", " ".join(words)), ("second", " ".join([*words[:390], "and", "more"]))):
        file = tmp_path / f"{name}.txt"
        file.write_text(text)
        analysis = Analysis(Document.of(text, title=name, path=str(file)), (), (), "rules", "model")
        kept = library.put(analysis, origin_of(file))
    assert kept.like == str(tmp_path / "first.txt")
    assert kept.same_as is None


def test_likeness_is_one_for_the_same_text_and_none_for_another() -> None:
    one, other = sketch(PAGES["radar"][-1]), sketch(PAGES["menu"][-1])
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == 0.0
    assert sketch("") == []
    assert likeness([], []) < ALIKE


def test_a_document_read_again_replaces_the_one_before_and_numbers_are_never_reused(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "radar.txt"
    (before,) = library.at(file)
    file.write_text("Norland and Westmark agreed to nothing.")
    analysis = Analysis(Document.of(file.read_text(), title="Nothing", path=str(file)), (), (), "rules", "model")
    after = library.put(analysis, origin_of(file))
    assert named(library.at(file)) == ["radar"]
    assert after.title == "Nothing"
    assert after.added == before.added
    assert after.number > max(kept.number for kept in library.documents() if kept.path != after.path)


def test_what_is_unchanged_is_known_by_its_stamp_and_then_by_its_content(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "radar.txt"
    stamp = origin_of(file).stamp
    assert library.is_current(file, stamp, None, "rules", "model")
    assert not library.is_current(file, stamp, None, "newer rules", "model")
    assert not library.is_current(file, stamp, "2020-01-01", "rules", "model")
    file.touch()
    touched = origin_of(file)
    assert not library.is_current(file, touched.stamp, None, "rules", "model")
    assert library.is_same(touched, None, "rules", "model")
    assert library.is_current(file, touched.stamp, None, "rules", "model")
    file.write_text("something else")
    assert not library.is_same(origin_of(file), None, "rules", "model")


def test_a_sidecar_is_a_part_of_the_file(library: Library, tmp_path: Path) -> None:
    before = origin_of(tmp_path / "radar.txt")
    (tmp_path / "radar.toml").write_text('title = "Radars"\n')
    after = origin_of(tmp_path / "radar.txt")
    assert after.stamp != before.stamp
    assert after.digest != before.digest


def test_nothing_is_left_of_a_document_that_is_taken_out(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with open_library(path) as library:
        library.remove(list(library.at(tmp_path / "drones.txt")))
        assert "drones" not in named(library.documents())
        tables = ("documents", "agreements", "entities", "parties", "postings")
        for table in tables:
            column = "number" if table == "documents" else "document"
            rows = f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT number FROM documents)"
            assert library.db.execute(rows).fetchone() == (0,)
        assert library.db.execute("SELECT count(*) FROM keys WHERE key = 'skua'").fetchone() == (0,)
        assert library.db.execute("SELECT count(*) FROM texts").fetchone() == (len(PAGES) - 2,)
    data = b"".join(file.read_bytes() for file in tmp_path.glob("library.sqlite*"))
    assert b"Skua" not in data
    assert b"drones.txt" not in data
    assert zlib.compress(PAGES["drones"][-1].encode()) not in data


def test_a_text_that_another_document_has_too_stays(library: Library, tmp_path: Path) -> None:
    library.remove(list(library.at(tmp_path / "radar.txt")))
    (copy,) = library.at(tmp_path / "copy.txt")
    assert library.analysis(copy).agreements == analysis_of("copy").agreements
    assert copy.same_as is None


def test_clearing_leaves_an_empty_library(library: Library) -> None:
    library.clear()
    assert len(library) == 0
    for (table,) in library.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if not table.startswith("sqlite_"):
            assert library.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_the_one_opened_last_is_the_latest(library: Library, tmp_path: Path) -> None:
    library.note_opened(tmp_path / "talks.txt")
    latest = library.latest()
    assert latest and named([latest]) == ["talks"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PAGES["radar"][-1], "en"),
        (FRENCH, "fr"),
        (
            "Die beiden Staaten haben beschlossen, dass der Rat im Herbst zum ersten Mal tagt und die Häfen öffnet.",
            "de",
        ),
        (
            "両国は来年までに共同の窓口を設けることで合意した。首相は会談の後、記者団に対し、これを歓迎すると述べた。",
            "ja",
        ),
        (
            "Обе стороны договорились, что они создадут совместный центр в порту до конца года и будут его содержать.",
            "ru",
        ),
        ("", None),
        ("12 34 56", None),
    ],
)
def test_a_text_s_language_is_told_by_its_words_or_its_script(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_no_records_are_kept_of_a_text_that_is_not_english(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "accord.fr.txt"
    file.write_text(FRENCH)
    kept = library.put(Analysis(Document.of(FRENCH, title="Accord"), (), (), "rules", "model"), origin_of(file))
    assert kept.language == "fr"
    assert not kept.has_records
    assert library.document(kept).text == FRENCH
    assert library.analysis(kept).agreements == ()


def test_a_sound_library_has_no_problems_and_a_damaged_row_is_one(library: Library) -> None:
    assert list(problems(library)) == []
    library.db.execute("UPDATE analyses SET records = x'00'")
    library.db.execute("UPDATE texts SET body = x'00' WHERE number = (SELECT min(number) FROM texts)")
    told = list(problems(library))
    assert len(told) == len(PAGES)
    assert any("its text is not what was kept" in line for line in told)
    assert any("its records are damaged" in line for line in told)


def test_files_that_changed_or_are_gone_are_told(library: Library, tmp_path: Path) -> None:
    assert list(changed(library)) == []
    (tmp_path / "radar.txt").write_text("another text")
    (tmp_path / "menu.txt").touch()
    (tmp_path / "talks.txt").unlink()
    told = {Path(kept.path).stem: there for kept, there in changed(library)}
    assert told == {"radar": True, "talks": False}


def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(LibraryError, match="is kept as"), open_library(path) as library:
        list(library.documents())
    assert list(tmp_path.glob("library.sqlite.damaged-*"))
    with open_library(path) as library:
        assert len(library) == 0
