"""A document's review, step by step."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from alliance_tui.review import steps
from alliance_tui.review.document_review import DocumentReview, make_review, review_after
from alliance_tui.review.entry import begin_step
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import after_step
from tests.support import builders
from tests.support.random_review import READER, random_step

WHOLE = builders.analysis()
ANALYSIS = replace(WHOLE, agreements=WHOLE.agreements[:-1], possible=WHOLE.agreements[-1:])
DOCUMENT = ANALYSIS.document


def from_scratch(review: DocumentReview) -> DocumentReview:
    return make_review(ANALYSIS, review.entries, READER)


@pytest.mark.parametrize("seed", range(8))
def test_one_step_after_another_gives_what_the_whole_log_gives(seed: int) -> None:
    chance = random.Random(seed)
    of_another = steps.judge(begin_step(DOCUMENT, "ben"), [(ANALYSIS.agreements[1], None)], Judgement.DOUBTED)
    review = make_review(ANALYSIS, of_another if seed % 2 else (), READER)
    for _ in range(25):
        step = random_step(begin_step(DOCUMENT, READER), review.reviewed, review.entries, chance)
        review = review_after(review, step, READER)
        assert review == from_scratch(review)


def test_a_judgement_leaves_the_very_records_that_are_shown() -> None:
    review = make_review(ANALYSIS, (), READER)
    step = steps.judge(begin_step(DOCUMENT, READER), [(ANALYSIS.agreements[0], None)], Judgement.ACCEPTED)
    after = after_step(review.reviewed, step, READER)
    assert after
    assert after.analysis is review.reviewed.analysis
    assert after.judgement_of(ANALYSIS.agreements[0].id) is Judgement.ACCEPTED


def test_what_may_change_other_records_is_left_to_the_whole_log() -> None:
    reviewed = make_review(ANALYSIS, (), READER).reviewed
    record, portugal = ANALYSIS.agreements[0], ANALYSIS.entities[1]
    step = begin_step(DOCUMENT, READER)
    accepted = steps.judge(step, [(record, None)], Judgement.ACCEPTED)
    for entries in (
        steps.split(step, record, record.evidence.start + 13),
        steps.rename(step, portugal, "Lusitania"),
        steps.undo(step, accepted[0].step),
        steps.judge(step, [(ANALYSIS.possible[0], None)], Judgement.ACCEPTED),
        steps.judge(begin_step(DOCUMENT, "ben"), [(record, None)], Judgement.ACCEPTED),
    ):
        assert after_step(reviewed, entries, READER) is None
