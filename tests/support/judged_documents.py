"""A reader's judgements on a document, and what became of them in another text or by another extraction."""

from __future__ import annotations

import random
from collections.abc import Iterator

from msgspec import Struct

from alliance_tui.records import Analysis
from alliance_tui.review import steps
from alliance_tui.review.corrections import step_strength
from alliance_tui.review.entry import Entry, begin_step
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import review_analysis
from tests.support.random_edits import EditedText


class Outcome(Struct, frozen=True):
    """How many judged records had all their words left, how many of these were found, and a sentence for each fault.

    A fault is a judgement on other words, a judgement with another value, or a record that is neither there nor lost.
    """

    intact: int = 0
    found: int = 0
    faults: tuple[str, ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.intact + other.intact, self.found + other.found, self.faults + other.faults)


def judge_all(analysis: Analysis, chance: random.Random) -> list[Entry]:
    """Judge every record, and correct the strength of some."""
    step = begin_step(analysis.document, "ada")
    entries: list[Entry] = []
    for record in analysis.agreements:
        seen = step_strength(record, chance.choice((-1, 1))) if chance.random() < 0.3 else record
        entries += steps.correct(step, record, seen, "strength")
        entries += steps.judge(step, [(seen, None)], chance.choice(list(Judgement)))
    return entries


def outcome(judged: Analysis, entries: list[Entry], edited: EditedText, extracted: Analysis) -> Outcome:
    """Compare what was judged with what a reader sees of another extraction of the edited text."""
    before = review_analysis(judged, entries, "ada")
    after = review_analysis(extracted, entries, "ada")
    seen = {record.id: record for record in after.analysis.agreements}
    lost = {each.record.id for each in after.lost}
    intact = found = 0
    faults: list[str] = []
    for record in before.analysis.agreements:
        evidence = record.evidence
        holds = edited.holds(evidence.start, evidence.end)
        intact += holds
        now = seen.get(record.id)
        if now is None:
            faults += [f"neither there nor lost: {evidence.quote}"] * (record.id not in lost)
            continue
        found += holds
        start, end = now.evidence.start, now.evidence.end  # the other extraction may take in more words, or fewer
        shared = edited.share_from(evidence.start, evidence.end, start, end) * (end - start)
        is_same = shared > 0.5 * min(end - start, evidence.end - evidence.start) or (
            now.evidence.quote.split() == evidence.quote.split() and not holds  # an edit may make the same words
        )
        faults += [f"on other words: {evidence.quote} → {now.evidence.quote}"] * (not is_same)
        review = before.reviews[record.id]
        is_kept = review.corrected or review.judgement is Judgement.ACCEPTED  # else the values are the extraction's
        same = after.judgement_of(record.id) is review.judgement and (not is_kept or now.strength is record.strength)
        faults += [f"with another judgement or strength: {evidence.quote}"] * (not same)
    return Outcome(intact, found, tuple(faults) + tuple(_twice(after.analysis)))


def _twice(analysis: Analysis) -> Iterator[str]:
    """Yield a sentence for each record that is there twice."""
    ids = [record.id for record in analysis.agreements]
    yield from (f"there twice: {identifier}" for identifier in ids if ids.count(identifier) > 1)
