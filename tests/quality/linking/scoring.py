"""Score linked pairs against coded ones: pairs of records that are the same undertaking, the optional ones aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from alliance_tui.linking.link_model import LinkModel, link_model
from alliance_tui.linking.linker import link_analyses, same_groups
from alliance_tui.records import Agreement, Analysis
from tests.quality.linking.events import Event, Pair, RecordKey, pair_of


class Score(Struct, frozen=True):
    """The pairs that are linked as they are coded, those linked and not coded, and those coded and not linked."""

    right: frozenset[Pair]
    extra: frozenset[Pair]
    missed: frozenset[Pair]


def figures(scores: Iterable[Score]) -> str:
    """Precision, recall and F1 of all pairs together."""
    right, extra, missed = (
        sum(len(getattr(score, part)) for score in scores_) for part, scores_ in _by_part(list(scores))
    )
    precision, recall = right / max(1, right + extra), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  right {right} extra {extra} missed {missed}"


def _by_part(scores: Sequence[Score]) -> Iterable[tuple[str, Sequence[Score]]]:
    return ((part, scores) for part in ("right", "extra", "missed"))


def score_coded(event: Event, model: LinkModel | None = None) -> Score:
    """Score the links between the coded records of an event."""
    return _score(event, event.documents, model, lambda name, record: [(name, record.id)])


def score_extracted(event: Event, extracted: dict[str, Analysis], model: LinkModel | None = None) -> Score:
    """Score the links between extracted records, each of which stands for the coded ones that its evidence overlaps."""
    return _score(event, extracted, model, lambda name, record: _coded_as(event.documents[name], name, record))


def _coded_as(coded: Analysis, name: str, record: Agreement) -> list[RecordKey]:
    """The coded agreement with the same trigger, else the one whose evidence overlaps most."""
    same_trigger = [
        gold
        for gold in coded.agreements
        if gold.kind == "agreement"
        and gold.trigger.start < record.trigger.end
        and record.trigger.start < gold.trigger.end
    ]
    if same_trigger:
        return [(name, same_trigger[0].id)]
    overlaps = [(_overlap(gold, record), gold.id) for gold in coded.agreements if gold.kind == "agreement"]
    best = max(overlaps, default=(0.0, ""))
    return [(name, best[1])] if best[0] >= 0.5 else []


def _overlap(gold: Agreement, record: Agreement) -> float:
    """The share of the shorter evidence that both have."""
    first, second = gold.evidence, record.evidence
    common = min(first.end, second.end) - max(first.start, second.start)
    return max(0, common) / min(first.end - first.start, second.end - second.start)


def _score(event: Event, documents: dict[str, Analysis], model: LinkModel | None, keys) -> Score:  # type: ignore[no-untyped-def]
    names = sorted(documents)
    analyses = [documents[name] for name in names]
    linked = link_analyses(analyses, model or link_model())
    pairs: set[Pair] = set()
    for group in same_groups(linked):
        members = [keys(names[ref.document], analyses[ref.document].agreements[ref.position]) for ref in group.members]
        for i, first in enumerate(members):
            for second in members[i + 1 :]:
                pairs.update(pair_of(a, b) for a in first for b in second if a != b)
    linked_pairs = frozenset(pairs - event.optional)
    return Score(linked_pairs & event.same, linked_pairs - event.same, event.same - linked_pairs)
