"""What the reader sees: an analysis with what the log says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from alliance_tui.records import Agreement, Analysis, Document, Strength, record_id
from alliance_tui.review import steps
from alliance_tui.review.corrections import move_evidence
from alliance_tui.review.entry import (
    Entry,
    Step,
    begin_step,
    document_target,
    entity_target,
    passage_target,
    record_target,
    step_to_undo,
)
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis
from tests.support import builders

ANALYSIS = builders.analysis()
DOCUMENT = ANALYSIS.document
CENTRE, VESSELS, DRONES, PORT = ANALYSIS.agreements[:4]
EDITED = builders.document("A first line that is new.\n" + builders.ACCORD.replace("Holm said.", "Mr Holm said."))


def begin(author: str = "ada", document: Document = DOCUMENT) -> Step:
    return begin_step(document, author)


def judged(record: Agreement, judgement: Judgement | None, author: str = "ada") -> list[Entry]:
    return steps.judge(begin(author), [(record, None if judgement else Judgement.ACCEPTED)], judgement)


def reextracted(analysis: Analysis, change: Callable[[Agreement], Agreement] = lambda record: record) -> Analysis:
    """Return the analysis as another extraction would give it: each record with an id of its own."""
    records = [replace(change(record), id=f"other-{number}") for number, record in enumerate(analysis.agreements)]
    return replace(analysis, agreements=tuple(records), extractor="another")


def titles(reviewed: ReviewedAnalysis) -> list[str]:
    return [record.title for record in reviewed.analysis.agreements]


def test_without_entries_the_analysis_is_as_extracted() -> None:
    assert review_analysis(ANALYSIS, []).analysis is ANALYSIS


@pytest.mark.parametrize("judgement", list(Judgement))
def test_a_record_is_judged(judgement: Judgement) -> None:
    reviewed = review_analysis(ANALYSIS, judged(DRONES, judgement))
    assert reviewed.analysis.agreements == ANALYSIS.agreements
    assert {record: review.judgement for record, review in reviewed.reviews.items()} == {DRONES.id: judgement}
    assert reviewed.reviews[DRONES.id].author == "ada"


def test_the_last_judgement_counts_and_may_be_withdrawn() -> None:
    log = judged(DRONES, Judgement.ACCEPTED) + judged(DRONES, Judgement.DOUBTED)
    assert review_analysis(ANALYSIS, log).judgement_of(DRONES.id) is Judgement.DOUBTED
    assert review_analysis(ANALYSIS, log + judged(DRONES, None)).judgement_of(DRONES.id) is None


def test_ones_own_judgement_counts_before_anothers() -> None:
    log = judged(DRONES, Judgement.ACCEPTED, "ada") + judged(DRONES, Judgement.REJECTED, "ben")
    assert review_analysis(ANALYSIS, log, "ada").judgement_of(DRONES.id) is Judgement.ACCEPTED
    assert review_analysis(ANALYSIS, log, "ben").judgement_of(DRONES.id) is Judgement.REJECTED


def test_a_field_is_corrected() -> None:
    corrected = replace(DRONES, strength=Strength.BINDING, parties=("Denmark", "Portugal"))
    log = steps.correct(begin(), DRONES, corrected, "strength") + steps.correct(begin(), DRONES, corrected, "parties")
    reviewed = review_analysis(ANALYSIS, log)
    assert reviewed.analysis.agreements[2] == corrected
    assert reviewed.reviews[DRONES.id].corrected == ("strength", "parties")


def test_a_field_corrected_to_its_value_is_no_step() -> None:
    assert steps.correct(begin(), DRONES, DRONES, "strength") == []


def test_an_undone_correction_leaves_the_value_before() -> None:
    log = steps.correct(begin(), DRONES, replace(DRONES, strength=Strength.BINDING), "strength")
    step = step_to_undo(log, "ada")
    assert step
    log += steps.undo(begin(), step)
    assert review_analysis(ANALYSIS, log).analysis == ANALYSIS


def test_evidence_is_moved_by_words() -> None:
    moved = move_evidence(DOCUMENT, DRONES, end=-3)
    assert moved.evidence.quote == "Denmark will deliver four Skadi drones to the Portuguese Navy"
    reviewed = review_analysis(ANALYSIS, steps.correct(begin(), DRONES, moved, "evidence"))
    assert reviewed.analysis.agreements[2].evidence == moved.evidence


def test_a_record_is_added_in_its_place_and_accepted() -> None:
    evidence = builders.agreement(DOCUMENT, "Watch over the cables", "would watch over 40,000 kilometres", "watch")
    reviewed = review_analysis(ANALYSIS, steps.add_record(begin(), evidence))
    assert titles(reviewed).index("Watch over the cables") == 1
    review = reviewed.reviews[evidence.id]
    assert review.added
    assert review.judgement is Judgement.ACCEPTED
    assert not review.is_extracted


def test_an_added_record_that_is_extracted_later_is_there_once() -> None:
    added = builders.agreement(DOCUMENT, "Watch over the cables", "would watch over 40,000 kilometres", "watch")
    extracted = replace(added, id="extracted", evidence=DOCUMENT.span(added.evidence.start, added.evidence.end + 9))
    later = replace(ANALYSIS, agreements=(*ANALYSIS.agreements, extracted))
    reviewed = review_analysis(later, steps.add_record(begin(), added))
    assert titles(reviewed).count("Watch over the cables") == 1
    assert reviewed.reviews[added.id].is_extracted


def test_records_are_split_and_the_parts_can_be_judged() -> None:
    offset = DOCUMENT.text.index("to the Portuguese")
    log = steps.split(begin(), DRONES, offset)
    reviewed = review_analysis(ANALYSIS, log)
    quotes = [record.evidence.quote for record in reviewed.analysis.agreements]
    assert "Denmark will deliver four Skadi drones" in quotes
    assert "to the Portuguese Navy within two years" in quotes
    assert DRONES.evidence.quote not in quotes
    part = next(record for record in reviewed.analysis.agreements if record.evidence.start == offset)
    reviewed = review_analysis(ANALYSIS, log + judged(part, Judgement.REJECTED))
    assert reviewed.judgement_of(part.id) is Judgement.REJECTED


def test_records_are_merged_into_the_first() -> None:
    reviewed = review_analysis(ANALYSIS, steps.merge(begin(), [PORT, DRONES]))
    assert len(reviewed.analysis.agreements) == len(ANALYSIS.agreements) - 1
    merged = reviewed.analysis.agreements[2]
    assert merged.evidence.start == DRONES.evidence.start
    assert merged.evidence.end == PORT.evidence.end
    assert merged.parties == ("Denmark", "Portugal")
    assert merged.deadline == DRONES.deadline


def test_merged_records_stay_merged_in_another_extraction() -> None:
    log = steps.merge(begin(), [PORT, DRONES])
    reviewed = review_analysis(reextracted(ANALYSIS), log)
    assert len(reviewed.analysis.agreements) == len(ANALYSIS.agreements) - 1


def test_what_is_accepted_keeps_its_values_in_another_extraction() -> None:
    log = judged(DRONES, Judgement.ACCEPTED)
    other = reextracted(ANALYSIS, lambda record: replace(record, strength=Strength.AIMED))
    reviewed = review_analysis(other, log)
    assert reviewed.judgement_of(DRONES.id) is Judgement.ACCEPTED
    strengths = {record.title: record.strength for record in reviewed.analysis.agreements}
    assert strengths[DRONES.title] is DRONES.strength
    assert strengths[PORT.title] is Strength.AIMED


def test_a_judged_record_that_is_no_longer_extracted_is_still_there() -> None:
    log = judged(DRONES, Judgement.ACCEPTED)
    reviewed = review_analysis(replace(ANALYSIS, agreements=()), log)
    assert reviewed.analysis.agreements == (DRONES,)
    assert not reviewed.reviews[DRONES.id].is_extracted


def test_judgements_move_with_the_words_of_a_changed_document() -> None:
    other = builders.analysis(EDITED)
    corrected = replace(CENTRE, strength=Strength.BINDING)
    log = judged(DRONES, Judgement.REJECTED) + steps.correct(begin(), CENTRE, corrected, "strength")
    reviewed = review_analysis(other, log)
    assert len(reviewed.analysis.agreements) == len(other.agreements)
    seen = {record.title: record for record in reviewed.analysis.agreements}
    assert reviewed.judgement_of(seen[DRONES.title].id) is Judgement.REJECTED
    assert seen[CENTRE.title].strength is Strength.BINDING
    assert seen[CENTRE.title].evidence == other.agreements[0].evidence


def test_a_corrected_deadline_moves_with_the_words() -> None:
    other = replace(builders.analysis(EDITED), agreements=())
    reviewed = review_analysis(other, judged(DRONES, Judgement.ACCEPTED))
    (record,) = reviewed.analysis.agreements
    assert record.deadline
    assert record.deadline.span.quote == "within two years"
    assert EDITED.text[record.deadline.span.start : record.deadline.span.end] == "within two years"


def test_a_record_whose_words_are_gone_is_kept_as_lost() -> None:
    text = builders.ACCORD.replace(
        "Denmark will deliver four Skadi drones to the Portuguese Navy within two years, ", ""
    )
    shorter = replace(ANALYSIS, document=builders.document(text), entities=(), agreements=())
    reviewed = review_analysis(shorter, judged(DRONES, Judgement.ACCEPTED))
    assert reviewed.analysis.agreements == ()
    (lost,) = reviewed.lost
    assert lost.record == DRONES
    assert lost.review.judgement is Judgement.ACCEPTED


def test_slightly_changed_words_are_marked() -> None:
    text = builders.ACCORD.replace("four Skadi drones to", "four Skadi drone to")
    reviewed = review_analysis(
        Analysis(builders.document(text), (), (), "test", "test"), judged(DRONES, Judgement.DOUBTED)
    )
    (review,) = reviewed.reviews.values()
    assert review.words_changed
    assert review.judgement is Judgement.DOUBTED


def test_notes_tags_and_bookmarks() -> None:
    passage = passage_target(DOCUMENT, 10, 40)
    portugal = ANALYSIS.entities[1]
    log = [
        *steps.write_note(begin(), record_target(DOCUMENT, DRONES), "ask Lisbon"),
        *steps.tag(begin(), [record_target(DOCUMENT, DRONES), document_target()], "arms"),
        *steps.write_note(begin(), entity_target(DOCUMENT, portugal), "see 2024"),
        *steps.bookmark(begin(), passage),
        *steps.write_note(begin(), passage, "who?"),
    ]
    reviewed = review_analysis(ANALYSIS, log)
    assert (reviewed.reviews[DRONES.id].notes, reviewed.reviews[DRONES.id].tags) == (("ask Lisbon",), ("arms",))
    assert reviewed.document_marks.tags == ("arms",)
    assert reviewed.entity_marks[portugal.id].notes == ("see 2024",)
    (marked,) = reviewed.passages
    assert (marked.start, marked.marks.bookmarked, marked.marks.notes) == (10, True, ("who?",))
    log += steps.write_note(begin(), record_target(DOCUMENT, DRONES), "ask Copenhagen", "ask Lisbon")
    log += steps.untag(begin(), [record_target(DOCUMENT, DRONES)], "arms")
    log += steps.bookmark(begin(), passage, on=False)
    log += steps.write_note(begin(), passage, "", "who?")
    reviewed = review_analysis(ANALYSIS, log)
    assert (reviewed.reviews[DRONES.id].notes, reviewed.reviews[DRONES.id].tags) == (("ask Copenhagen",), ())
    assert reviewed.passages == ()


def test_a_passage_whose_words_are_gone_keeps_its_note() -> None:
    start = DOCUMENT.text.index("“The sea between us")
    log = steps.write_note(begin(), passage_target(DOCUMENT, start, start + 40), "nice")
    other = Analysis(builders.document(builders.ACCORD[:300]), (), (), "test", "test")
    (passage,) = review_analysis(other, log).passages
    assert (passage.start, passage.marks.notes) == (None, ("nice",))


def test_restatements_follow_the_record_that_they_restate() -> None:
    agreements = [replace(PORT, same_as="other-2") if record is PORT else record for record in ANALYSIS.agreements]
    other = reextracted(replace(ANALYSIS, agreements=tuple(agreements)))
    reviewed = review_analysis(other, judged(DRONES, Judgement.ACCEPTED))
    restating = next(record for record in reviewed.analysis.agreements if record.title == PORT.title)
    assert restating.same_as == DRONES.id


def test_ids_of_added_records_derive_from_text_and_span() -> None:
    log = steps.split(begin(), DRONES, DOCUMENT.text.index("to the Portuguese"))
    again = steps.split(begin("ben"), DRONES, DOCUMENT.text.index("to the Portuguese"))
    assert [part["id"] for part in log[0].after] == [part["id"] for part in again[0].after]
    assert record_id(DOCUMENT, "reader", DRONES.evidence) != DRONES.id
