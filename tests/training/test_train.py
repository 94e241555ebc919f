"""Training from annotated documents and labelled candidates, with the real spaCy model."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from alliance_tui.export.formats import OutputFormat, render
from alliance_tui.extraction.commitments.classification.model_file import read_model
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.records import Agreement, Analysis, Document, Kind
from alliance_tui.review.record_changes import Judgement, RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.training.annotations import (
    ANNOTATED_WEIGHT,
    DOUBTFUL_WEIGHT,
    LABELLED_WEIGHT,
    Corpus,
    LabelledCandidates,
    read_annotated_folder,
    read_labelled_candidates,
)
from alliance_tui.training.examples import make_examples
from alliance_tui.training.reviewed_records import read_reviewed_records
from alliance_tui.training.train import main
from alliance_tui.training.trainer import THRESHOLD

pytestmark = pytest.mark.model


TEXT = "Chile will lend four tugboats. Peru will deepen its ties. Norway will send two ships.\n"

AT = {word: TEXT.index(word) for word in ("lend", "deepen", "send")}


def annotated_folder(folder: Path) -> Path:
    """A folder with one annotated document, which has one agreement."""
    folder.mkdir()
    (folder / "loan.txt").write_text(TEXT)
    record = {"kind": "agreement", "start": 0, "end": TEXT.index("."), "anchor_start": AT["lend"]}
    (folder / "loan.records.jsonl").write_text(json.dumps(record | {"anchor_end": AT["lend"] + 4}))
    return folder


def candidate_list(folder: Path) -> tuple[Path, Path]:
    """A list of two labelled candidates, and the archive with their document and another."""
    document, archive, listing = folder / "one.md", folder / "all.tar.gz", folder / "labelled.jsonl"
    document.write_text(TEXT)
    with tarfile.open(archive, "w:gz") as archive_file:
        archive_file.add(document, "./statements/one.md")
        archive_file.add(document, "./statements/other.md")
    line = {"source": "statements/one.md", "date": "2031-02-03", "agreement": [AT["lend"]]}
    listing.write_text(json.dumps(line | {"declaratory": [AT["deepen"]], "doubtful": [AT["deepen"]]}) + "\n")
    return listing, archive


def reviewed_records(path: Path) -> Path:
    """An export with one rejected record."""
    document = Document.from_text(TEXT, title="Ships", date="2031-02-03")
    quote = TEXT[: TEXT.index(".")]
    record = Agreement(
        "r1", Kind.AGREEMENT, "Lend", document.span(0, len(quote)), document.span(AT["lend"], AT["lend"] + 4), "test"
    )
    rejected = RecordReview(judgement=Judgement.REJECTED)
    reviewed = ReviewedAnalysis(Analysis(document, (), (record,), "test", "test"), {"r1": rejected})
    path.write_text("".join(render([reviewed], OutputFormat.TRAINING)))
    return path


def test_every_candidate_of_an_annotated_document_has_a_label(tmp_path: Path) -> None:
    ((_, training_document),) = read_annotated_folder(annotated_folder(tmp_path / "annotated"), Corpus(None, tmp_path))
    assert [(e.label, e.weight) for e in make_examples(training_document)] == [
        (Label.AGREEMENT, ANNOTATED_WEIGHT),
        (Label.NOTHING, ANNOTATED_WEIGHT),
        (Label.NOTHING, ANNOTATED_WEIGHT),
    ]


def test_only_labelled_candidates_of_a_list_are_examples(tmp_path: Path) -> None:
    listing, archive = candidate_list(tmp_path)
    (training_document,) = read_labelled_candidates(listing, Corpus(archive, tmp_path / "unpacked"))
    examples = make_examples(training_document)
    assert [(e.label, e.weight) for e in examples] == [(Label.AGREEMENT, 1.0), (Label.DECLARATORY, DOUBTFUL_WEIGHT)]
    assert {e.event for e in examples} == {"2031-02-03"}
    assert not (tmp_path / "unpacked/statements/other.md").exists()


def test_an_annotated_document_may_be_in_the_archive_or_beside_it(tmp_path: Path) -> None:
    _, archive = candidate_list(tmp_path)
    (tmp_path / "beside.txt").write_text(TEXT)
    folder = annotated_folder(tmp_path / "annotated")
    for name, source in (("in", "statements/one.md"), ("beside", "beside.txt")):
        (folder / f"{name}.toml").write_text(f'source = "{source}"\ndate = 2031-02-03\nend = {TEXT.index(" Peru")}\n')
        (folder / f"{name}.records.jsonl").write_bytes((folder / "loan.records.jsonl").read_bytes())
    by_name = {
        name: training_document.read()
        for name, training_document in read_annotated_folder(folder, Corpus(archive, tmp_path / "unpacked"))
    }
    assert [by_name[name].text for name in ("beside", "in")] == ["Chile will lend four tugboats."] * 2
    assert by_name["in"].date == "2031-02-03" and by_name["loan"].text == TEXT
    assert [name for name, _ in read_annotated_folder(folder, Corpus(None, tmp_path))] == ["loan"]


def test_a_line_of_the_list_gives_label_and_weight_of_each_trigger() -> None:
    line = LabelledCandidates("one.md", "2031-02-03", agreement=[4], declaratory=[7], nothing=[1, 9], doubtful=[9])
    assert line.by_trigger() == {
        4: (Label.AGREEMENT, 1.0),
        7: (Label.DECLARATORY, 1.0),
        1: (Label.NOTHING, 1.0),
        9: (Label.NOTHING, DOUBTFUL_WEIGHT),
    }


def test_the_command_writes_a_model_and_reports_on_held_out_events(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "model.npz"
    listing, archive = candidate_list(tmp_path)
    folder = annotated_folder(tmp_path / "annotated")
    reviewed = reviewed_records(tmp_path / "reviewed.jsonl")
    options = ["--judged", str(listing), "--archive", str(archive), "--reviewed", str(reviewed)]
    assert main([str(folder), *options, "--output", str(output)]) == 0
    with output.open("rb") as file:
        model = read_model(file)
    assert model.threshold == THRESHOLD and {"bias", "cue=will"} <= set(model.weights)
    assert model.network is not None and "will" in model.network.word_rows
    report = capsys.readouterr().err
    assert (
        "annotated documents: 3 candidates, 1 agreements" in report
        and "labelled candidates: 2 candidates, 1 agreements" in report
    )
    assert "reviewed records: 1 candidates, 0 agreements" in report


def test_a_rejected_record_becomes_a_negative_example(tmp_path: Path) -> None:
    (training_document,) = read_reviewed_records(reviewed_records(tmp_path / "reviewed.jsonl"))
    (example,) = make_examples(training_document)
    assert (example.label, example.weight, example.event) == (Label.NOTHING, LABELLED_WEIGHT, "2031-02-03")
    assert "cue=will" in example.features


def test_the_command_names_a_file_that_is_no_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing, _ = candidate_list(tmp_path)
    assert main(["--reviewed", str(listing)]) == 2
    assert "labelled.jsonl, line 1 is no reviewed record" in capsys.readouterr().err
