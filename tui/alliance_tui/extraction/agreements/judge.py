"""Whether a candidate is a record, only looks like one, or is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.extraction.agreements.features import features
from alliance_tui.extraction.agreements.model import Weights, calibrated, probabilities
from alliance_tui.extraction.agreements.parties import Names
from alliance_tui.records import Kind

if TYPE_CHECKING:
    from alliance_tui.extraction.agreements.coder import Found

REFUSED = frozenset({"negated", "bare possibility", "relative", "subordinate", "wished"})
_DECLARATORY = 0.5


class Verdict(Struct, frozen=True):
    """What a candidate is, and for an agreement how sure that is (0 to 1)."""

    kind: Kind
    confidence: float | None = None


def judge(found: Found, names: Names, neighbours: Sequence[Found], weights: Weights) -> Verdict | None:
    """What a candidate is, None where it is nothing. `neighbours` are all candidates of its sentence."""
    if found.candidate.notes & REFUSED:
        return None
    agreement, declaratory = probabilities(features(found, names, neighbours), weights)
    if agreement >= weights.threshold:
        return Verdict(Kind.AGREEMENT, round(calibrated(agreement, weights), 3))
    if declaratory >= _DECLARATORY * (1 - agreement):
        return Verdict(Kind.DECLARATORY)
    return None
