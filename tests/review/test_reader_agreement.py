"""The agreement of two readers, by their logs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.records import Agreement, Strength
from alliance_tui.review import steps
from alliance_tui.review.entry import Entry, begin_step, step_to_undo
from alliance_tui.review.reader_agreement import compare_readers, weighted_kappa
from alliance_tui.review.record_changes import Judgement
from tests.support import builders

ANALYSIS = builders.analysis()
DOCUMENT = ANALYSIS.document
CENTRE, VESSELS, DRONES, PORT = ANALYSIS.agreements[:4]


def accepted(author: str, *records: Agreement) -> list[Entry]:
    return steps.judge(begin_step(DOCUMENT, author), [(record, None) for record in records], Judgement.ACCEPTED)


def test_f1_is_that_of_the_records_that_each_holds() -> None:
    ada = accepted("ada", CENTRE, VESSELS, DRONES)
    ben = accepted("ben", CENTRE, DRONES) + steps.judge(
        begin_step(DOCUMENT, "ben"), [(VESSELS, None)], Judgement.REJECTED
    )
    agreement = compare_readers(ada, ben)
    assert (agreement.first, agreement.second, agreement.both) == (3, 2, 2)
    assert agreement.f1 == pytest.approx(0.8)
    (difference,) = agreement.differences
    assert (difference.field, difference.first, difference.second) == ("judgement", "accepted", "rejected")
    assert difference.quote == VESSELS.evidence.quote


def test_corrected_fields_differ_and_lower_kappa() -> None:
    ada, ben = accepted("ada", CENTRE, DRONES, PORT), accepted("ben", CENTRE, DRONES, PORT)
    assert compare_readers(ada, ben).kappa == 1.0
    step = begin_step(DOCUMENT, "ben")
    ben += steps.correct(step, DRONES, replace(DRONES, strength=Strength.AGREED), "strength")
    ben += steps.correct(step, PORT, replace(PORT, parties=("Portugal", "Denmark")), "parties")
    agreement = compare_readers(ada, ben)
    assert {(each.field, each.first, each.second) for each in agreement.differences} == {
        ("strength", "committed", "agreed"),
        ("parties", "Portugal", "Denmark; Portugal"),
    }
    assert agreement.kappa is not None
    assert agreement.kappa < 1
    undone = step_to_undo(ben, "ben")
    assert undone
    assert compare_readers(ada, ben + steps.undo(begin_step(DOCUMENT, "ben"), undone)).differences == ()


def test_records_with_ids_of_their_own_are_the_same_by_their_words() -> None:
    wider = replace(DRONES, id="other", evidence=DOCUMENT.span(DRONES.evidence.start, DRONES.evidence.end + 1))
    assert compare_readers(accepted("ada", DRONES), accepted("ben", wider)).f1 == 1.0


def test_without_records_there_is_nothing_to_measure() -> None:
    agreement = compare_readers([], [])
    assert (agreement.f1, agreement.kappa, agreement.differences) == (None, None, ())


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(0, 0), (1, 1), (2, 2)], 1.0),
        ([(0, 2), (2, 0)], -1.0),
        ([(0, 0), (0, 1), (1, 1), (1, 1), (2, 2), (2, 1)], 1 - (2 / 6) / (7 / 9)),
        ([(1, 1)], None),
        ([], None),
    ],
)
def test_weighted_kappa(pairs: list[tuple[int, int]], kappa: float | None) -> None:
    assert weighted_kappa(pairs, 3) == (None if kappa is None else pytest.approx(kappa))
