"""Records that readers judged, as training examples; without spaCy's model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from alliance_tui.errors import UsageError
from alliance_tui.export.formats import OutputFormat, render
from alliance_tui.export.selection import select_records
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.extraction.typed_values import VALUE_READERS
from alliance_tui.records import Agreement, Kind
from alliance_tui.review import steps
from alliance_tui.review.corrections import correct_field
from alliance_tui.review.entry import Entry, Step, begin_step
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import review_analysis
from alliance_tui.training.annotations import LABELLED_WEIGHT
from alliance_tui.training.reviewed_records import read_reviewed_records
from tests.support import builders

ANALYSIS = builders.analysis()
DOCUMENT = ANALYSIS.document
CENTRE, VESSELS, DRONES, PORT = ANALYSIS.agreements[:4]


def labels_by_words(path: Path) -> dict[str, tuple[Label, float]]:
    """The labels by the words that begin with the trigger."""
    return {
        (each.text or "")[offset:].split("\n")[0]: label
        for each in read_reviewed_records(path)
        for offset, label in each.labelled_triggers.items()
    }


def from_trigger(record: Agreement) -> str:
    return DOCUMENT.text[record.trigger.start :].split("\n")[0]


def exported(path: Path, output_format: OutputFormat, make: Callable[[Step], list[Entry]]) -> Path:
    """Write what was judged as an export does."""
    reviewed = select_records(review_analysis(ANALYSIS, make(begin_step(DOCUMENT, "ada")), "ada"), "judged")
    path.write_text("".join(render([reviewed], output_format)))
    return path


@pytest.mark.parametrize("output_format", [OutputFormat.TRAINING, OutputFormat.JSONL])
def test_rejected_records_are_negative_examples_and_corrected_ones_have_their_new_kind(
    tmp_path: Path, output_format: OutputFormat
) -> None:
    declaratory = correct_field(ANALYSIS, DRONES, "kind", "declaratory", VALUE_READERS)

    def make(step: Step) -> list[Entry]:
        return [
            *steps.judge(step, [(CENTRE, None)], Judgement.ACCEPTED),
            *steps.judge(step, [(PORT, None)], Judgement.REJECTED),
            *steps.judge(step, [(VESSELS, None)], Judgement.DOUBTED),
            *steps.correct(step, DRONES, declaratory, "kind"),
        ]

    assert labels_by_words(exported(tmp_path / "reviewed", output_format, make)) == {
        from_trigger(CENTRE): (Label.AGREEMENT, LABELLED_WEIGHT),
        from_trigger(PORT): (Label.NOTHING, LABELLED_WEIGHT),
        from_trigger(DRONES): (Label.DECLARATORY, LABELLED_WEIGHT),
    }
    assert declaratory.kind is Kind.DECLARATORY


def test_what_is_no_export_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('\n{"text": "Norway will lend a ship."}\n')
    with pytest.raises(UsageError, match="line 2 is no reviewed record"):
        read_reviewed_records(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_reviewed_records(tmp_path / "none.jsonl")
