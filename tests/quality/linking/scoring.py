"""Score linked pairs against coded ones: pairs of records that are the same undertaking, the optional ones aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from msgspec import Struct

from alliance_tui.linking.link_model import LinkModel
from alliance_tui.linking.linker import link_analyses, same_groups
from alliance_tui.records import Agreement, Analysis
from tests.quality.linking.events import Event, Pair, RecordKey, pair_of


class Score(Struct, frozen=True):
    """The pairs that are linked as they are coded, those linked and not coded, and those coded and not linked."""

    right: frozenset[Pair]
    extra: frozenset[Pair]
    missed: frozenset[Pair]


def figures(scores: Sequence[Score]) -> str:
    """Precision, recall and F1 of all pairs together, in words."""
    right, extra, missed = _counts(scores)
    precision, f1 = precision_and_f1(scores)
    recall = right / max(1, right + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  right {right} extra {extra} missed {missed}"


def precision_and_f1(scores: Sequence[Score]) -> tuple[float, float]:
    """The precision and the F1 of all pairs together."""
    right, extra, missed = _counts(scores)
    return right / max(1, right + extra), 2 * right / max(1, 2 * right + extra + missed)


def _counts(scores: Sequence[Score]) -> tuple[int, int, int]:
    right, extra, missed = (sum(len(getattr(each, part)) for each in scores) for part in ("right", "extra", "missed"))
    return right, extra, missed


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


def _score(
    event: Event,
    documents: dict[str, Analysis],
    model: LinkModel | None,
    keys: Callable[[str, Agreement], list[RecordKey]],
) -> Score:
    names = sorted(documents)
    analyses = [documents[name] for name in names]
    pairs: set[Pair] = set()
    for group in same_groups(link_analyses(analyses, model)):
        members = [keys(names[ref.document], analyses[ref.document].agreements[ref.position]) for ref in group.members]
        for first, second in combinations(members, 2):
            pairs.update(pair_of(one, other) for one in first for other in second if one != other)
    linked = frozenset(pairs - event.optional)
    return Score(linked & event.same, linked - event.same, event.same - linked)
