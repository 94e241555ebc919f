"""The documents of a library: stored, read, removed, checked and repaired."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.documents.language_detection import detect_language
from alliance_tui.errors import LibraryError
from alliance_tui.library.corpus_entities import agreements_of
from alliance_tui.library.ingestion.near_duplicates import HEAD_SIZE, MIN_SIMILARITY, similarity, sketch
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.storage.integrity import find_changed, find_problems, repair
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Analysis, BlockKind, BlockSpan, Document
from tests.faults.libraries import make_old_library
from tests.support.sample_library import PAGES, analysis_of, fill, named
from tests.tools.fuzz_library import FAULT, run

FRENCH = (
    "Les deux pays ont décidé de créer un comité qui se réunira chaque année dans la capitale, et ils ont signé un "
    "accord sur les ports. La ministre a dit que le texte sera présenté au parlement avec le budget de la marine."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(fill(tmp_path)) as library:
        yield library


def test_a_library_of_an_earlier_version_is_searched_like_a_new_one(tmp_path: Path) -> None:
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
        drop_what_came_since_schema_7(library)
    with open_library(path) as library:
        assert library.db.execute(query).fetchall() == looked_up
        assert len(looked_up) > 300


def drop_what_came_since_schema_7(library: Library) -> None:
    """Undo the last migrations."""
    for table in ("mentioned", "amounts", "linkable", "status_words", "links", "roles", "labels", "searches"):
        library.db.execute(f"DROP TABLE {table}")
    library.db.execute("ALTER TABLE documents DROP COLUMN reader")
    for column in ("section", "party_count", "reaffirms", "restates", "confidence"):
        library.db.execute(f"ALTER TABLE agreements DROP COLUMN {column}")


def documents_at(library: Library, path: Path) -> list[LibraryDocument]:
    """The documents of a file, or of the files in a folder."""
    return [document for number in library.find_numbers(path, "") if (document := library.get(number))]


def test_a_document_comes_back_whole(library: Library) -> None:
    for document in library.documents():
        analysis = analysis_of(Path(document.path).stem)
        loaded = library.load_analysis(document)
        assert loaded.document.text == analysis.document.text
        assert (loaded.entities, loaded.agreements) == (analysis.entities, analysis.agreements)
        assert (document.title, document.date, document.kind) == (
            loaded.document.title,
            loaded.document.date,
            loaded.document.kind,
        )
        assert document.words == len(analysis.document.text.split())


def test_the_structure_of_a_document_comes_back_and_older_libraries_have_none(tmp_path: Path) -> None:
    structure = (BlockSpan(BlockKind.HEADING, 2, 0, 7), BlockSpan(BlockKind.LIST_ITEM, 1, 8, 20))
    analysis = analysis_of("radar")
    marked_up = replace(analysis, document=replace(analysis.document, structure=structure))
    path, file = tmp_path / "new.sqlite", tmp_path / "radar.txt"
    file.write_text(analysis.document.text)
    with open_library(path) as library:
        library.upsert(marked_up, read_source_file(file))
        (stored,) = documents_at(library, file)
        assert library.load_document(stored).structure == structure
        library.db.execute("ALTER TABLE documents DROP COLUMN structure")
        drop_what_came_since_schema_7(library)
        library.db.execute("PRAGMA user_version = 5")
    with open_library(path) as library:
        assert {library.load_document(stored).structure for stored in library.documents()} == {()}


def test_documents_are_found_by_path_by_folder_and_by_id(library: Library, tmp_path: Path) -> None:
    assert named(documents_at(library, tmp_path / "radar.txt")) == ["radar"]
    assert sorted(named(documents_at(library, tmp_path))) == sorted(PAGES)
    assert list(documents_at(library, tmp_path / "rad")) == []
    (document,) = documents_at(library, tmp_path / "drones.txt")
    assert sorted(library.find_numbers(tmp_path, "")) == sorted(document.number for document in library.documents())
    assert (
        library.find_numbers(tmp_path / "drones.txt", "")
        == library.find_numbers(tmp_path / "x", document.id)
        == [document.number]
    )


def test_a_document_with_the_same_text_is_reported(library: Library, tmp_path: Path) -> None:
    (copy,) = documents_at(library, tmp_path / "copy.txt")
    assert copy.same_as == str(tmp_path / "radar.txt")
    (radar,) = documents_at(library, tmp_path / "radar.txt")
    assert radar.same_as is None


def test_a_near_duplicate_is_reported(library: Library, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(400)]
    for name, text in (("first", " ".join(words)), ("second", " ".join([*words[:390], "and", "more"]))):
        file = tmp_path / f"{name}.txt"
        file.write_text(text)
        analysis = Analysis(Document.from_text(text, title=name, path=str(file)), (), (), "rules", "model")
        document = library.upsert(analysis, read_source_file(file))
    assert document.similar_to == str(tmp_path / "first.txt")
    assert document.same_as is None


def test_phrases_of_many_documents_do_not_slow_down_the_look_up_of_a_near_duplicate(
    library: Library, tmp_path: Path
) -> None:
    steps = 0

    def count_steps() -> None:
        nonlocal steps
        steps += 1

    words = [f"word{n}" for n in range(400)]
    counts = []
    for number, others in enumerate((1_000, 20_000)):
        text = " ".join([*words, *(["later"] * number)])
        common = sketch(text)[:HEAD_SIZE][1::4]  # hashes that so many texts share
        rows = ((hash_, 1_000_000 + other) for hash_ in common for other in range(others))
        library.db.executemany("INSERT OR IGNORE INTO shingles VALUES (?, ?)", rows)
        analysis = Analysis(Document.from_text(text, title="x"), (), (), "rules", "model")
        file = tmp_path / f"{number}.txt"
        file.write_text(text)
        steps = 0
        library.db.set_progress_handler(count_steps, 100)
        document = library.upsert(analysis, read_source_file(file))
        library.db.set_progress_handler(None, 0)
        counts.append(steps)
    assert document.similar_to == str(tmp_path / "0.txt")
    assert counts[1] < 1.5 * counts[0]


def test_similarity_is_1_for_the_same_text_and_0_for_another() -> None:
    one, other = sketch(PAGES["radar"][-1]), sketch(PAGES["menu"][-1])
    assert similarity(one, one) == 1.0
    assert similarity(one, other) == 0.0
    assert sketch("") == []
    assert similarity([], []) < MIN_SIMILARITY


def test_a_document_read_again_replaces_the_one_before_and_numbers_are_never_reused(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "radar.txt"
    (before,) = documents_at(library, file)
    file.write_text("Norland and Westmark agreed to nothing.")
    analysis = Analysis(Document.from_text(file.read_text(), title="Nothing", path=str(file)), (), (), "rules", "model")
    after = library.upsert(analysis, read_source_file(file))
    assert named(documents_at(library, file)) == ["radar"]
    assert after.title == "Nothing"
    assert after.added == before.added
    assert after.number > max(document.number for document in library.documents() if document.path != after.path)


def test_an_unchanged_file_is_recognised_by_fingerprint_then_by_content(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "radar.txt"
    stamp = read_source_file(file).fingerprint
    assert library.is_current(file, stamp, None, "rules", "model")
    assert not library.is_current(file, stamp, None, "newer rules", "model")
    assert not library.is_current(file, stamp, "2020-01-01", "rules", "model")
    file.touch()
    touched = read_source_file(file)
    assert not library.is_current(file, touched.fingerprint, None, "rules", "model")
    assert library.confirm_unchanged(touched, None, "rules", "model")
    assert library.is_current(file, touched.fingerprint, None, "rules", "model")
    file.write_text("something else")
    assert not library.confirm_unchanged(read_source_file(file), None, "rules", "model")


def test_a_sidecar_is_a_part_of_the_file(library: Library, tmp_path: Path) -> None:
    before = read_source_file(tmp_path / "radar.txt")
    (tmp_path / "radar.toml").write_text('title = "Radars"\n')
    after = read_source_file(tmp_path / "radar.txt")
    assert after.fingerprint != before.fingerprint
    assert after.digest != before.digest


def test_nothing_is_left_of_a_removed_document(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with open_library(path) as library:
        library.remove(library.find_numbers(tmp_path / "drones.txt", ""))
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
    library.remove(library.find_numbers(tmp_path / "radar.txt", ""))
    (copy,) = documents_at(library, tmp_path / "copy.txt")
    assert library.load_analysis(copy).agreements == analysis_of("copy").agreements
    assert copy.same_as is None


def test_clearing_leaves_an_empty_library(library: Library) -> None:
    library.clear()
    assert len(library) == 0
    for (table,) in library.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if not table.startswith("sqlite_"):
            assert library.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_the_document_that_is_opened_gets_the_time(library: Library, tmp_path: Path) -> None:
    library.mark_opened(tmp_path / "talks.txt")
    assert named(document for document in library.documents() if document.opened) == ["talks"]


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
def test_a_language_is_detected_by_words_or_script(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_no_records_are_stored_of_a_text_that_is_not_english(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "accord.fr.txt"
    file.write_text(FRENCH)
    document = library.upsert(
        Analysis(Document.from_text(FRENCH, title="Accord"), (), (), "rules", "model"), read_source_file(file)
    )
    assert document.language == "fr"
    assert not document.was_analysed
    assert library.load_document(document).text == FRENCH
    assert library.load_analysis(document).agreements == ()


def test_a_sound_library_has_no_problems_and_a_damaged_row_is_one(library: Library) -> None:
    assert list(find_problems(library)) == []
    library.db.execute("UPDATE analyses SET records = x'00'")
    library.db.execute("UPDATE texts SET body = x'00' WHERE number = (SELECT min(number) FROM texts)")
    problems = list(find_problems(library))
    assert len(problems) == len(PAGES)
    assert any("is left out: its text is damaged: remove it and add it again" in line for line in problems)
    assert any("is read without its records, which are damaged" in line for line in problems)


def test_changed_and_missing_files_are_reported(library: Library, tmp_path: Path) -> None:
    assert list(find_changed(library)) == []
    (tmp_path / "radar.txt").write_text("another text")
    (tmp_path / "menu.txt").touch()
    (tmp_path / "talks.txt").unlink()
    changed = {Path(document.path).stem: exists for document, exists in find_changed(library)}
    assert changed == {"radar": True, "talks": False}


def test_a_damaged_file_is_set_aside_and_reported(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(LibraryError, match="is kept as"), open_library(path) as library:
        list(library.documents())
    assert list(tmp_path.glob("library.sqlite.damaged-*"))
    with open_library(path) as library:
        assert len(library) == 0


DAMAGES = {
    "title": ("UPDATE documents SET title = CAST(x'4eff' AS TEXT) WHERE number = 2", "title"),
    "title of another type": ("UPDATE documents SET title = x'ff' WHERE number = 2", "title"),
    "count": ("UPDATE documents SET entities = x'31' WHERE number = 2", "row"),
    "text that is gone": ("UPDATE documents SET text = 99 WHERE number = 2", "text"),
    "text that is no UTF-8": ("UPDATE texts SET body = compressed(x'ff') WHERE number = 2", "text"),
    "text cut short": ("UPDATE texts SET body = substr(body, 1, 20) WHERE number = 2", "text"),
    "text of another type": ("UPDATE texts SET body = 7 WHERE number = 2", "text"),
    "structure": ("UPDATE documents SET structure = x'00' WHERE number = 2", "text"),
    "pages": ("UPDATE documents SET pages = '[1' WHERE number = 2", "text"),
    "hash": ("UPDATE texts SET sha256 = CAST(x'ff' AS TEXT) WHERE number = 2", "sha256"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_row_costs_its_document_only_and_can_be_set_aside(tmp_path: Path, damage: str) -> None:
    statement, part = DAMAGES[damage]
    path = fill(tmp_path)
    with open_library(path) as library:
        library.db.create_function("compressed", 1, zlib.compress)
        library.db.execute(statement)
    with open_library(path) as library:
        read = []
        for document in library.documents():
            with suppress(DamagedDocumentError):
                read.append(library.load_analysis(document))
        assert len(read) == len(PAGES) - 1
        assert {number: damage.part for number, damage in library.damaged.items()} == {2: part}
        assert any(f"accord.txt is left out: its {part} is damaged" in line for line in find_problems(library))
        found = {number for query in ("suderia", "westmark") for number in found_documents(library, query)}
        assert found == {1, 3, 4, 5, 6}
        backup, removed = repair(library)
        assert [damage.path for damage in removed] == [str(tmp_path / "accord.txt")]
        assert list(find_problems(library)) == []
        assert len(library) == len(PAGES) - 1
        assert found_documents(library, "westmark") == [1, 4, 5, 6]
    with open_library(backup) as library:
        assert len(library) == len(PAGES)


def found_documents(library: Library, query: str) -> list[int]:
    """The numbers of the readable hits of a query."""
    library_search = LibrarySearch(library)
    *_, results = library_search.search(query)
    return sorted(hit.document for hit in results.hits if library_search.preview(hit.document, query).text_matches)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE keys SET key = CAST(x'ff' AS TEXT) WHERE number = 3",
        "UPDATE names SET name = x'ff' WHERE number = 1",
        "UPDATE agreements SET kind = CAST(x'ff' AS TEXT)",
        "UPDATE postings SET units = x'01'",
    ],
)
def test_a_damaged_index_is_rebuilt_from_the_documents(tmp_path: Path, statement: str) -> None:
    with open_library(fill(tmp_path)) as library:
        library.db.execute(statement)
        for entity in LibrarySearch(library).corpus_entities.find(""):
            list(agreements_of(library.db, entity))
        found_documents(library, "party:norland")
        (problem,) = find_problems(library)
        assert "the index of the documents is damaged" in problem
        repair(library)
        assert list(find_problems(library)) == []
        assert found_documents(library, "radars") == [1, 4, 5]


def test_a_document_replaces_a_damaged_one(library: Library, tmp_path: Path) -> None:
    library.db.execute("UPDATE documents SET title = CAST(x'ff' AS TEXT) WHERE number = 2")
    assert library.upsert(analysis_of("accord"), read_source_file(tmp_path / "accord.txt")).title == PAGES["accord"][0]
    assert list(find_problems(library)) == []


def test_a_library_with_changed_bytes_is_read_repaired_or_rejected_without_a_crash() -> None:
    outcomes = run(60, seed=7)
    assert outcomes["repaired"] > 5
    assert [outcome for outcome in outcomes if outcome.startswith(FAULT)] == []


def test_a_library_that_version_0_1_0_wrote_keeps_all_that_it_has(tmp_path: Path) -> None:
    path = make_old_library(tmp_path)
    with open_library(path) as library:
        documents = {Path(document.path).name: document for document in library.documents()}
        assert len(documents) == 46
        for name in PAGES:
            loaded, expected = library.load_analysis(documents[f"{name}.txt"]), analysis_of(name)
            assert loaded.document.text == expected.document.text
            assert [record.id for record in loaded.agreements] == [record.id for record in expected.agreements]
        assert list(find_problems(library)) == []
        *_, results = LibrarySearch(library).search("coastal radars")
        assert {documents["radar.txt"].number, documents["copy.txt"].number} == {hit.document for hit in results.hits}
