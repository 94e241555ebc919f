"""`alliance-tui library`: add, list, remove, check and export, also by two processes and after a kill."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from alliance_tui.cli.main import main
from alliance_tui.library.analysis_rows import save_analysis
from alliance_tui.library.store import open_library
from tests.support.sample_library import PAGES, analysis_of, fill
from tests.tools.kill_library_add import run

FRENCH = "le la les des une dans est sont avec pour sur ministre pays accord commerce paix mer traité"
ENGLISH = "Norland and Westmark agreed on Monday that {} will host the talks on fisheries by 2031.\n"
COMMAND = (sys.executable, "-m", "alliance_tui", "library")


def library(folder: Path, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command on the library in this folder."""
    command = [*COMMAND, *map(str, arguments), "--library", str(folder / "library.sqlite")]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, check=False)


def french(number: int) -> str:
    """Random words in French, in which no records are extracted: the language model is not loaded."""
    return " ".join(random.Random(number).choices(FRENCH.split(), k=60))


def write_documents(folder: Path, count: int, text: Callable[[int], str] = french) -> Path:
    """Write so many documents and return their folder."""
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    for number in range(count):
        (documents / f"{number:03}.txt").write_text(text(number))
    return documents


def test_a_folder_is_added_once_and_new_files_later(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 3)
    assert library(tmp_path, "add", documents).stdout == "3 added; 3 documents in the library\n"
    assert library(tmp_path, "add", documents).stdout == "3 unchanged; 3 documents in the library\n"
    write_documents(tmp_path, 4)  # writes the three anew as they were
    assert library(tmp_path, "add", documents).stdout == "1 added, 3 unchanged; 4 documents in the library\n"
    (documents / "000.txt").write_text(french(99))
    assert library(tmp_path, "add", documents).stdout == "1 added, 3 unchanged; 4 documents in the library\n"


def test_a_large_addition_deletes_orphans(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 3)
    library(tmp_path, "add", documents)
    (documents / "000.txt").write_text("Une nouvelle convention internationale des transports et de la marine.")
    library(tmp_path, "add", documents)
    with closing(sqlite3.connect(tmp_path / "library.sqlite")) as db:
        assert db.execute("SELECT count(DISTINCT document) FROM postings").fetchone() == (3,)
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_date_that_was_given_stays_when_a_changed_file_is_read_again(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 1)
    library(tmp_path, "add", documents, "--date", "2023-05-01")
    (documents / "000.txt").write_text(french(99))
    assert library(tmp_path, "add", documents).stdout == "1 added; 1 document in the library\n"
    listed = library(tmp_path, "list", "--format", "jsonl").stdout
    assert json.loads(listed)["date"] == "2023-05-01"


def test_each_file_that_fails_is_one_line_and_the_rest_is_added(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 1)
    (documents / "empty.txt").write_text(" \n")
    (documents / "cut.pdf").write_bytes(b"%PDF-1.4")
    done = library(tmp_path, "add", documents, documents / "missing.txt", "-")
    assert done.returncode == 1
    assert done.stdout == "1 added, 4 failed; 1 document in the library\n"
    lines = done.stderr.splitlines()
    assert len(lines) == 4
    assert all(word in line for word, line in zip(("cut.pdf", "empty.txt", "missing.txt"), lines, strict=False))
    assert "standard input has no place" in lines[3]


def test_json_lines_have_one_line_per_file(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 2)
    reports = [
        json.loads(line) for line in library(tmp_path, "add", documents, "--format", "jsonl").stdout.splitlines()
    ]
    assert [(report["outcome"], report["done"], report["total"]) for report in reports] == [
        ("added", 1, 2),
        ("added", 2, 2),
    ]
    listed = [json.loads(line) for line in library(tmp_path, "list", "--format", "jsonl").stdout.splitlines()]
    assert [document["id"] for document in listed] == [report["id"] for report in reports]
    assert {"id", "path", "title", "date", "words", "agreements", "sha256", "language"} <= set(listed[0])


def test_the_list_has_the_same_values_in_each_format(tmp_path: Path) -> None:
    fill(tmp_path)
    lines = [json.loads(line) for line in library(tmp_path, "list", "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == len(PAGES)
    assert json.loads(library(tmp_path, "list", "--format", "json").stdout) == lines
    rows = list(csv.DictReader(library(tmp_path, "list", "--format", "csv").stdout.splitlines()))
    assert rows == [{key: "" if value is None else str(value) for key, value in line.items()} for line in lines]
    library(tmp_path, "list", "--format", "csv", "--output", tmp_path / "list.csv")
    assert len((tmp_path / "list.csv").read_text().splitlines()) == len(PAGES) + 1


def test_the_list_marks_duplicates_and_can_be_sorted(tmp_path: Path) -> None:
    fill(tmp_path)
    lines = library(tmp_path, "list", "--sort", "words").stdout.splitlines()
    assert lines[-1].startswith(f"{len(PAGES)} documents, ")
    counts = [int(line[29:38]) for line in lines[1:-1]]
    assert counts == sorted(counts, reverse=True)
    assert sum("(same as " in line for line in lines) == 1


def test_a_file_a_folder_and_an_id_are_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_library(tmp_path / "library.sqlite") as opened:
        menu = next(document for document in opened.documents() if document.path.endswith("menu.txt"))
    assert library(tmp_path, "remove", tmp_path / "talks.txt", menu.id).stdout == "2 removed\n"
    done = library(tmp_path, "remove", tmp_path / "nothing.txt")
    assert (done.returncode, done.stdout) == (1, "0 removed\n")
    assert "nothing.txt is not in the library" in done.stderr
    assert library(tmp_path, "remove", tmp_path).stdout == "4 removed\n"


def test_clearing_needs_a_confirmation(tmp_path: Path) -> None:
    fill(tmp_path)
    assert library(tmp_path, "clear", stdin="y\n").returncode == 2, "nobody was asked: it is no terminal"
    assert library(tmp_path, "clear", "--yes").stdout == "6 removed\n"
    assert library(tmp_path, "list").stdout.endswith("0 documents, 0 words\n")


def test_a_check_reports_changed_and_missing_files_and_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "menu.txt").write_text("Soup again.")
    (tmp_path / "talks.txt").unlink()
    done = library(tmp_path, "check")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{tmp_path / 'menu.txt'} has changed since: add it again")
    assert lines[1].startswith(f"{tmp_path / 'talks.txt'} is gone from there")
    assert lines[2] == "6 documents, all sound"


def test_an_export_has_one_line_per_document(tmp_path: Path) -> None:
    fill(tmp_path)
    exported = [json.loads(line) for line in library(tmp_path, "export").stdout.splitlines()]
    assert len(exported) == len(PAGES)
    for value in exported:
        for record in value["agreements"]:
            assert value["document"]["text"][record["start"] : record["end"]] == record["quote"]


def test_two_processes_that_add_the_same_folder_store_each_document_once(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 60)
    command = [*COMMAND, "add", str(documents), "--library", str(tmp_path / "library.sqlite")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = "".join(process.communicate(timeout=120)[1] for process in both)
    # On a busy machine one may hold the file so long that the other says that it waits.
    assert [line for line in errors.splitlines() if "is held by another process: waiting for it" not in line] == []
    with open_library(tmp_path / "library.sqlite") as opened:
        assert len({document.path for document in opened.documents()}) == len(opened) == 60


def test_a_damaged_library_is_set_aside_and_a_new_one_made(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 2)
    library(tmp_path, "add", documents)
    path = tmp_path / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[100:] = os.urandom(len(data) - 100)
    path.write_bytes(data)
    done = library(tmp_path, "list")
    assert done.returncode == 1
    assert "it is kept as library.sqlite.damaged-" in done.stderr
    assert [aside.read_bytes() for aside in tmp_path.glob("*.damaged-*") if aside.suffix.startswith(".damaged")] == [
        bytes(data)
    ]
    assert library(tmp_path, "add", documents).stdout == "2 added; 2 documents in the library\n"


@pytest.mark.model
def test_a_killed_process_loses_nothing_reported_and_stores_nothing_twice(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 12, lambda number: ENGLISH.format(f"place {number}") * (1 + number % 3))
    assert run(documents, kills=2, chance=random.Random(1)) == []


def test_analyses_without_a_document_are_reported_and_can_be_cleared(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.sqlite") as opened:
        save_analysis(opened.db, analysis_of("radar"))
    done = library(tmp_path, "list")
    assert done.stdout.endswith("0 documents, 0 words\n")
    assert "analyses of 1 other text" in done.stderr
    assert library(tmp_path, "clear", "--yes").stdout == "0 removed, and the analyses of 1 other text\n"
    assert library(tmp_path, "list").stderr == ""


def test_an_invalid_path_costs_that_path_only(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 1)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "fifo.txt")
    done = library(tmp_path, "add", tmp_path / "loop.txt", tmp_path / "fifo.txt", "/dev/zero", "/dev/fd/0", documents)
    assert (done.returncode, done.stdout) == (1, "1 added, 4 failed; 1 document in the library\n")
    reasons = ("Too many levels", "is a device or a pipe", "/dev/zero is a device", "/dev/fd/0 has no place")
    assert [reason in line for reason, line in zip(reasons, done.stderr.splitlines(), strict=True)] == [True] * 4
    done = library(tmp_path, "remove", tmp_path / "loop.txt", documents)
    assert (done.returncode, done.stdout) == (1, "1 removed\n")
    assert "loop.txt is not in the library" in done.stderr


def test_a_file_above_the_size_limit_is_not_hashed(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(1 << 42)
    done = library(tmp_path, "add", tmp_path / "huge.txt")
    assert "huge.txt is larger than 32 MB" in done.stderr


def test_a_sidecar_that_never_ends_costs_its_document_only(tmp_path: Path) -> None:
    documents = write_documents(tmp_path, 2)
    (documents / "000.toml").symlink_to("/dev/zero")
    done = library(tmp_path, "add", documents)
    assert done.stdout == "1 added, 1 failed; 1 document in the library\n"
    assert "000.toml cannot be read (a device or a pipe, not a file): mend or remove it" in done.stderr


def test_a_damaged_document_is_named_and_the_rest_is_answered(tmp_path: Path) -> None:
    path = fill(tmp_path)
    with open_library(path) as opened:
        opened.db.execute("UPDATE documents SET title = CAST(x'4eff' AS TEXT) WHERE number = 1")
        opened.db.execute("UPDATE texts SET body = x'00' WHERE number = 2")
    radar, accord = tmp_path / "radar.txt", tmp_path / "accord.txt"
    listed = library(tmp_path, "list")
    assert listed.returncode == 1
    assert listed.stdout.splitlines()[-1].startswith("5 documents")
    assert f"{radar} is left out: its title is damaged: remove it and add it again, or set it aside" in listed.stderr
    exported = library(tmp_path, "export")
    assert exported.returncode == 1
    assert len(exported.stdout.splitlines()) == 4
    assert f"{radar} is left out" in exported.stderr
    assert f"{accord} is left out: its text is damaged" in exported.stderr
    command = [*COMMAND[:-1], "search", "climate", "--library", str(path)]
    searched = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert searched.returncode == 1
    assert [line.split(":")[0] for line in searched.stdout.splitlines()] == [str(tmp_path / "copy.txt")]
    assert f"{accord} is left out: its text is damaged" in searched.stderr
    checked = library(tmp_path, "check")
    assert checked.returncode == 1
    assert f"{radar} is left out: its title is damaged" in checked.stdout
    assert f"{accord} is left out: its text is damaged" in checked.stdout
    assert library(tmp_path, "remove", radar).stdout == "1 removed\n"
    repaired = library(tmp_path, "check", "--repair")
    assert repaired.returncode == 0
    assert f"{accord} is taken out: add it again\n4 documents, all sound; the file as it was is kept" in repaired.stdout
    assert library(tmp_path, "check").stdout == "4 documents, all sound\n"


def test_an_attached_command_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    fill(tmp_path)
    path = tmp_path / "library.sqlite"
    attached = [sys.executable, "-m", "alliance_tui.cli.attached"]
    command = [*attached, "library", "add", str(tmp_path), "--library", str(path)]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # for which the command waits half a minute
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdin
            assert process.stderr
            assert b"library" in process.stderr.readline()
            process.stdin.close()
            assert process.wait(10) == 1


def test_searches_are_saved_by_name_and_used_in_every_query(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--library", str(fill(tmp_path))]

    def run(*arguments: str) -> str:
        assert main([*arguments, *options]) == 0
        return capsys.readouterr().out

    assert run("library", "save-search", "sea", "party:ostia") == "saved: saved:sea stands for party:ostia\n"
    assert run("library", "searches") == "sea\tparty:ostia\n"
    assert Path(run("search", "saved:sea is:new", "--files").strip()).stem == "accord"
    assert "Harbour Accord" in run("library", "export", "--query", "saved:sea", "--format", "csv")
    assert run("library", "forget-search", "sea") == ""
    assert main(["library", "forget-search", "sea", *options]) == 2
