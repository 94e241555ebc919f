"""Judgements through another extraction: each is on its own words, whatever another model finds around them."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from alliance_tui.records import Agreement, Analysis, Document, Kind, Strength, record_id
from alliance_tui.review import steps
from alliance_tui.review.entry import begin_step
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.relocation import relocate
from alliance_tui.review.reviewed_analysis import review_analysis
from tests.support import builders
from tests.support.judged_documents import judge_all, outcome
from tests.support.random_edits import EditedText, edit
from tests.tools.review_session import text

ANALYSIS = builders.analysis()


def undertakings(document: Document) -> tuple[Agreement, ...]:
    """The sentences with "will" as records."""
    lines = [line for line in dict.fromkeys(document.text.splitlines()) if " will " in line]
    return tuple(
        builders.agreement(document, line[:40], line.rstrip(". "), line.split()[2], strength=Strength.COMMITTED)
        for line in lines
        if len(line.split()) > 2
    )


def another_model(document: Document, chance: random.Random) -> Analysis:
    """Another extraction: it misses some records, lists some as possible only, and has other words and strengths."""
    agreements: list[Agreement] = []
    possible: list[Agreement] = []
    for record in undertakings(document):
        evidence = record.evidence
        words = [index for index, letter in enumerate(evidence.quote) if letter == " "]
        end = evidence.start + chance.choice([*words[3:], len(evidence.quote)])
        found = replace(relocate(record, document, evidence.start, end), strength=chance.choice(list(Strength)))
        found = replace(found, id=record_id(document, chance.choice(list(Kind)), found.evidence))
        chance.choice([[], possible, agreements, agreements]).append(found)
    return Analysis(document, (), tuple(agreements), "other rules", "other model", tuple(possible))


@pytest.mark.parametrize("seed", range(4))
def test_no_judgement_is_on_other_words_after_edits_and_another_model(seed: int) -> None:
    chance = random.Random(seed)
    document = Document.from_text(text(), title="Fifty", path="fifty.txt")
    judged = Analysis(document, (), undertakings(document), "rules", "model")
    entries = judge_all(judged, chance)
    unedited = EditedText(document.text, tuple(range(len(document.text))))
    for edited in (unedited, *(edit(document.text, chance, chance.randint(1, 40)) for _ in range(5))):
        other = Document.from_text(edited.text, title="Fifty", path="fifty.txt")
        result = outcome(judged, entries, edited, another_model(other, chance))
        assert result.faults == ()
        assert result.found == result.intact or edited is not unedited
        assert result.found > 0.9 * result.intact


def test_a_rejected_record_that_another_model_thinks_possible_only_is_still_among_the_records() -> None:
    record = ANALYSIS.agreements[0]
    entries = steps.judge(begin_step(ANALYSIS.document, "ada"), [(record, None)], Judgement.REJECTED)
    others = tuple(each for each in ANALYSIS.agreements if each.id != record.id)
    seen = review_analysis(replace(ANALYSIS, agreements=others, possible=(record,)), entries)
    assert record in seen.analysis.agreements
    assert seen.analysis.possible == ()


def test_a_possible_record_that_is_rejected_stays_below_the_records() -> None:
    record, *others = ANALYSIS.agreements
    analysis = replace(ANALYSIS, agreements=tuple(others), possible=(record,))
    step = begin_step(analysis.document, "ada", analysis.possible)
    seen = review_analysis(analysis, steps.judge(step, [(record, None)], Judgement.REJECTED))
    assert seen.analysis.possible == (record,)
    assert seen.judgement_of(record.id) is Judgement.REJECTED
