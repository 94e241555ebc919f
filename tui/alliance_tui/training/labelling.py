"""Labels of candidates: the gold record that each one matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.encoder.labels import Label


def label_candidates(
    candidates: Sequence[LocatedCandidate], gold_records: Sequence[dict[str, Any]]
) -> list[Label | None]:
    """Return the label of each candidate: the class of the gold record whose trigger is in its evidence.

    Records are matched one to one, the best overlap first. The label is None where the record is optional.
    """
    labels: list[Label | None] = [Label.NOTHING] * len(candidates)
    unmatched = set(range(len(candidates)))
    for kind, is_optional, label in (
        ("agreement", False, Label.AGREEMENT),
        ("agreement", True, None),
        ("declaratory", False, Label.DECLARATORY),
    ):
        records = [r for r in gold_records if r["kind"] == kind and bool(r.get("optional")) is is_optional]
        for index in _match(candidates, unmatched, records):
            labels[index] = label
            unmatched.discard(index)
    return labels


def _match(candidates: Sequence[LocatedCandidate], unmatched: set[int], records: Sequence[dict[str, Any]]) -> list[int]:
    """Return the candidates, by index, that match a record by trigger and overlap, each record used once."""
    pairs = []
    for index in unmatched:
        located = candidates[index]
        for number, record in enumerate(records):
            if located.start <= record["anchor_start"] and record["anchor_end"] <= located.end:
                intersection = min(located.end, record["end"]) - max(located.start, record["start"])
                union = max(located.end, record["end"]) - min(located.start, record["start"])
                same_trigger = record["anchor_start"] <= located.trigger_start < record["anchor_end"]
                pairs.append((intersection / union + same_trigger, index, number))
    used_records: set[int] = set()
    matched: list[int] = []
    for _, index, number in sorted(pairs, reverse=True):
        if index not in matched and number not in used_records:
            matched.append(index)
            used_records.add(number)
    return matched
