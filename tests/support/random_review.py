"""Steps of a review at random."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from msgspec.structs import replace

from alliance_tui.records import Document, EntityType
from alliance_tui.review import steps
from alliance_tui.review.corrections import move_evidence, step_strength
from alliance_tui.review.entry import (
    Entry,
    Step,
    document_target,
    entity_target,
    passage_target,
    record_target,
    step_to_redo,
    step_to_undo,
)
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from tests.support import builders

READER = "ada"


def random_step(step: Step, seen: ReviewedAnalysis, entries: Sequence[Entry], chance: random.Random) -> list[Entry]:
    """A step of any kind on a record or an entity."""
    record = chance.choice((*seen.analysis.agreements, *seen.analysis.possible))
    entity = chance.choice(seen.analysis.entities or builders.analysis().entities)
    target = record_target(step.document, record)
    others = [
        document_target(),
        entity_target(step.document, entity),
        passage_target(step.document, *chance.choice(_sentences(step.document))),
    ]
    undone, redone = step_to_undo(entries, READER), step_to_redo(entries, READER)
    made = [
        lambda: steps.judge(step, [(record, seen.judgement_of(record.id))], chance.choice([*Judgement, None])),
        lambda: steps.correct(step, record, step_strength(record, 6), "strength"),
        lambda: steps.correct(step, record, replace(record, parties=("Lusitania",)), "parties"),
        lambda: steps.correct(step, record, replace(record, title="Deliver 7 radars to NATO"), "title"),
        lambda: steps.correct(
            step, record, move_evidence(step.document, record, end=chance.choice([-2, 1])), "evidence"
        ),
        lambda: steps.correct(step, record, move_evidence(step.document, record, start=-1), "evidence"),
        lambda: steps.bookmark(step, others[2]),
        lambda: steps.tag(step, [target], "sea"),
        lambda: steps.untag(step, [target], "sea"),
        lambda: steps.write_note(step, target, "Ask the ministry."),
        lambda: steps.tag(step, [chance.choice(others)], "sea power"),
        lambda: steps.untag(step, others, "sea power"),
        lambda: steps.write_note(step, chance.choice(others), "The minister said so."),
        lambda: steps.rename(step, entity, "Lusitania"),
        lambda: steps.retype(step, entity, EntityType.BODY),
        lambda: steps.drop(step, entity, everywhere=True),
        lambda: steps.undo(step, undone, everywhere=True) if undone else [],
        lambda: steps.redo(step, redone, everywhere=True) if redone else [],
    ]
    return chance.choice(made)()


def _sentences(document: Document) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w[^.\n]+", document.text)]
