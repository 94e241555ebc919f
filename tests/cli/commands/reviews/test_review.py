"""`alliance-tui review`: the steps of a review from scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance_tui.cli.main import main
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.records import Document, Strength
from tests.support.sample_library import analysis_of, fill

Run = Callable[..., str]
RADAR = analysis_of("radar").agreements[0]
DRONES = analysis_of("drones").agreements[0]
DRONES_DOCUMENT = analysis_of("drones").document


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
def run(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*arguments: str, status: int = 0, author: str = "ada") -> str:
        known = [] if arguments[0] == "list" else ["--author", author]
        assert main(["review", *arguments, "--library", str(library), *known]) == status
        output = capsys.readouterr()
        return output.out or output.err

    return run_


def records(run: Run, *arguments: str) -> dict[str, dict[str, object]]:
    lines = run("list", "--format", "jsonl", *arguments).splitlines()
    return {value["id"]: value for value in map(json.loads, lines)}


def review_of(run: Run, record_id: str) -> dict[str, object]:
    review = records(run)[record_id]["review"]
    assert isinstance(review, dict)
    return review


def test_records_are_judged_by_their_ids(run: Run) -> None:
    assert run("accept", RADAR.id) == f"accepted {RADAR.id}\n"
    assert run("reject", DRONES.id) == f"rejected {DRONES.id}\n"
    assert review_of(run, RADAR.id)["judgement"] == "accepted"
    assert review_of(run, RADAR.id)["author"] == "ada"
    assert set(records(run, "--only", "rejected")) == {DRONES.id}
    assert RADAR.id not in records(run, "--only", "new")
    run("clear", DRONES.id)
    assert review_of(run, DRONES.id)["judgement"] is None


def test_fields_are_corrected_and_a_wrong_value_changes_nothing(run: Run) -> None:
    run("set", DRONES.id, "strength=binding", "parties=Haven", "deadline=2024-06")
    record = records(run)[DRONES.id]
    assert (record["strength"], record["parties"], record["deadline"]) == (
        "binding",
        ["Norland"],
        "2024-06",
    )
    assert review_of(run, DRONES.id)["corrected"] == ["strength", "parties", "deadline"]
    assert "it is one of explored" in run("set", DRONES.id, "title=New", "strength=hard", status=1)
    assert records(run)[DRONES.id]["title"] == DRONES.title
    assert "is not FIELD=VALUE" in run("set", DRONES.id, "strength", status=2)


def test_notes_and_tags(run: Run) -> None:
    run("note", DRONES.id, "ask Haven")
    run("tag", DRONES.id, "arms")
    run("tag", DRONES.id, "air")
    run("untag", DRONES.id, "arms")
    review = review_of(run, DRONES.id)
    assert (review["notes"], review["tags"]) == (["ask Haven"], ["air"])


def test_a_document_of_the_library_is_noted_and_tagged(
    run: Run, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = analysis_of("drones").document
    run("tag", document.id, "arms")
    run("note", document.id, "ask Haven")
    for query, names in (("tag:arms", ["drones"]), ("note:haven suderia", ["drones"]), ("tag:haven", [])):
        main(["search", query, "--library", str(library), "--files"])
        assert [Path(line).stem for line in capsys.readouterr().out.splitlines()] == names
    run("untag", document.id, "arms")
    assert main(["search", "tag:arms", "--library", str(library), "--files"]) == 1


def test_an_entity_and_a_passage_of_a_document_are_tagged_and_noted(
    run: Run, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = analysis_of("drones").document
    assert run("tag", document.id, "states", "--entity", "norland") == "tagged norland\n"
    quote = "The Joint Patrol  Committee met"
    assert run("note", str(tmp_path / "drones.txt"), "ask Haven", "--passage", quote) == f"noted {quote}\n"
    entity, passage = (entry.target for entry in ReviewLog(library).all_entries())
    assert (entity.kind, entity.name) == ("entity", "Norland")
    assert passage.anchor
    assert passage.anchor.exact == "The Joint Patrol Committee met"
    for query in ("tag:states", "note:haven"):
        main(["search", query, "--library", str(library), "--files"])
        assert [Path(line).stem for line in capsys.readouterr().out.splitlines()] == ["drones"]
    run("untag", document.id, "states", "--entity", "Norland")
    assert main(["search", "tag:states", "--library", str(library), "--files"]) == 1


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (("--entity", "Norlnd"), "has no entity 'Norlnd': did you mean Norland?"),
        (("--passage", "Nobody said this"), "does not occur in"),
        (("--passage", "e"), "times in"),
    ],
)
def test_what_a_document_has_not_is_not_tagged(part: tuple[str, str], fault: str, run: Run, library: Path) -> None:
    assert fault in run("tag", analysis_of("drones").document.id, "arms", *part, status=2)
    assert ReviewLog(library).all_entries() == []


def test_no_export_tells_where_the_documents_are_and_a_changed_one_is_found_again_all_the_same(
    run: Run, tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("accept", DRONES.id)
    exported, other = tmp_path / "ada.jsonl", str(tmp_path / "other.sqlite")
    for options in (["review", "export"], ["review", "export", "--format", "annotation"]):
        assert main([*options, "--library", str(library)]) == 0
        assert str(tmp_path) not in capsys.readouterr().out
    assert main(["library", "export", "--library", str(library), "--format", "json"]) == 0
    (log,) = (each["log"] for each in json.loads(capsys.readouterr().out) if "log" in each)
    assert str(tmp_path) not in json.dumps(log)
    run("export", "--output", str(exported))
    assert main(["review", "import", str(exported), "--library", other]) == 0
    moved = Document.from_text("New.\n" + DRONES_DOCUMENT.text, title="Drones", path=str(tmp_path / "drones.txt"))
    assert [entry.action for entry in ReviewLog(other).of_document(moved)] == ["accepted"]


def test_what_is_no_document_to_note_is_named_as_it_was_typed(run: Run) -> None:
    error = run("note", "dronse.txt", "ask Haven", status=2)
    assert "dronse.txt is neither a record nor a document of the library" in error


def test_a_record_is_added_split_and_merged(run: Run, tmp_path: Path) -> None:
    drones = str(tmp_path / "drones.txt")
    added = run("add", drones, "The Joint Patrol Committee met for the first time", "strength=completed").split()[1]
    record = records(run)[added]
    assert (record["strength"], record["review"]["added"]) == ("completed", True)  # type: ignore[index]
    run("split", added, "for the first")
    assert added not in records(run)
    parts = [identifier for identifier, each in records(run).items() if each["rule"] == "reader"]
    assert len(parts) == 2
    run("merge", *parts)
    assert (
        len(records(run)) == len(records(run)) and sum(each["rule"] == "reader" for each in records(run).values()) == 1
    )
    assert "does not occur" in run("add", drones, "Nobody said this", status=2)


def test_steps_are_undone_and_redone_by_their_author(run: Run) -> None:
    run("accept", DRONES.id)
    run("reject", RADAR.id, author="ben")
    assert run("undo") == f"undone: accepted {DRONES.id}\n"
    assert review_of(run, DRONES.id)["judgement"] is None
    assert run("redo") == f"redone: accepted {DRONES.id}\n"
    assert review_of(run, DRONES.id)["judgement"] == "accepted"
    assert "nothing to be undone" in run("undo", author="eve", status=2)


def test_an_unknown_record_is_named_and_nothing_is_done(run: Run, library: Path) -> None:
    assert "there is no record nosuchrecord in the library" in run("accept", "nosuchrecord", DRONES.id, status=2)
    assert ReviewLog(library).all_entries() == []


def test_export_import_and_export_again_are_equal_byte_for_byte(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("accept", DRONES.id)
    run("set", RADAR.id, "strength=binding")
    run("note", RADAR.id, "“wörds”\u2028and more")
    run("undo")
    exported, again = tmp_path / "ada.jsonl", tmp_path / "again.jsonl"
    run("export", "--output", str(exported))
    other = str(tmp_path / "other.sqlite")
    assert main(["review", "import", str(exported), "--library", other]) == 0
    assert main(["review", "import", str(exported), "--library", other]) == 0
    assert main(["review", "export", "--output", str(again), "--library", other]) == 0
    assert exported.read_bytes() == again.read_bytes()
    assert "0 of" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "jsonl", "annotation"])
def test_the_log_is_imported_from_an_export_of_records(
    form: str, run: Run, tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("accept", DRONES.id, RADAR.id)
    run("set", DRONES.id, "strength=binding")
    run("tag", RADAR.id, "sea")
    records = tmp_path / "records"
    assert main(["library", "export", "--library", str(library), "--format", form, "--output", str(records)]) == 0
    other = str(tmp_path / "other.sqlite")
    assert main(["review", "import", str(records), "--library", other]) == 0
    capsys.readouterr()
    entries = ReviewLog(other).all_entries()
    assert sorted(entry.id for entry in entries) == sorted(entry.id for entry in ReviewLog(library).all_entries())


def test_a_line_separator_inside_a_value_ends_no_line(run: Run, tmp_path: Path, library: Path) -> None:
    run("accept", DRONES.id, RADAR.id)
    records, other = tmp_path / "records.jsonl", str(tmp_path / "other.sqlite")
    assert main(["library", "export", "--library", str(library), "--format", "jsonl", "--output", str(records)]) == 0
    exported = map(json.loads, records.read_text(encoding="utf-8").splitlines())
    lines = (json.dumps(each | {"comment": "one\u2028two"}, ensure_ascii=False) for each in exported)
    records.write_text("\n".join(lines), encoding="utf-8")
    assert main(["review", "import", str(records), "--library", other]) == 0
    assert {entry.target.id for entry in ReviewLog(other).all_entries()} == {DRONES.id, RADAR.id}


def test_a_file_that_is_no_log_is_refused(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"id": 1\n')
    assert "line 1 is not an entry of a review log" in run("import", str(wrong), status=1)
    assert "cannot be read" in run("import", str(tmp_path / "none.jsonl"), status=2)


def test_two_readers_are_compared(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("accept", DRONES.id, RADAR.id)
    run("export", "--output", str(tmp_path / "ada.jsonl"))
    other = ["--library", str(fill(tmp_path / "other")), "--author", "ben"]
    assert main(["review", "accept", RADAR.id, *other]) == 0
    assert main(["review", "export", "--output", str(tmp_path / "ben.jsonl"), *other]) == 0
    capsys.readouterr()
    output = run("compare", str(tmp_path / "ada.jsonl"), str(tmp_path / "ben.jsonl"))
    assert output.startswith("ada: 2 records, ben: 1, both: 1\nF1 of the records: 0.67\n")
    assert "judgement  ada: accepted, ben: not judged" in output
    value = json.loads(run("compare", "--format", "json", str(tmp_path / "ada.jsonl"), str(tmp_path / "ben.jsonl")))
    assert value["both"] == 1


def test_records_are_printed_though_the_log_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, library = tmp_path / "empty.txt", tmp_path / "notes.sqlite"
    text.write_text("Bonjour le monde, les ministres des deux pays ont signé un accord sur la mer et la paix.\n")
    library.write_text("these are my notes, and no library of yours")
    assert main(["extract", str(text), "--format", "jsonl", "--library", str(library)]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["agreements"] == []
    assert "what you judged is not known" in output.err
    assert library.read_text().startswith("these are my notes")


def test_an_export_has_the_columns_the_order_and_the_records_that_are_asked_for(
    run: Run, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("reject", DRONES.id)
    run("tag", RADAR.id, "sea")

    def export(*options: str) -> list[str]:
        assert main(["library", "export", "--library", str(library), "--format", "csv", *options]) == 0
        return capsys.readouterr().out.splitlines()

    columns = ("--columns", "judgement,title")
    assert export(*columns, "--query", "is:rejected") == ['"judgement","title"', f'"rejected","{DRONES.title}"']
    assert set(export(*columns, "--query", "tag:sea")[1:]) == {f'"","{RADAR.title}"'}
    assert f'"rejected","{DRONES.title}"' not in export(*columns)
    dates = [line.split(",")[0] for line in export("--columns", "document_date,title", "--query", "date:2021")[1:]]
    assert dates
    assert all(date.startswith('"2021') for date in dates)
    strengths = [line.strip('"') for line in export("--columns", "strength", "--order", "strength")[1:]]
    ranks = [Strength(each).rank for each in strengths if each]
    assert ranks == sorted(ranks, reverse=True)  # of all documents together
    assert len(set(ranks)) > 1
    assert main(["library", "export", "--library", str(library), "--columns", "titel"]) == 2
    assert "'titel' is no column: they are path, " in capsys.readouterr().err


def test_what_is_judged_is_found_from_the_command_line_in_files_and_in_the_library(
    run: Run, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("accept", DRONES.id)
    assert main(["search", "is:accepted", "--library", str(library), "--files"]) == 0
    assert [Path(line).stem for line in capsys.readouterr().out.splitlines()] == ["drones"]
    assert main(["search", "is:rejected", "--library", str(library), "--files"]) == 1
