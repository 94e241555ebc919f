"""The encoder's outputs for a word, in order: log odds of each class of its heads."""

from __future__ import annotations

from enum import IntEnum

from alliance_tui.records import Domain


class Label(IntEnum):
    """The class of a candidate."""

    NOTHING = 0
    AGREEMENT = 1
    DECLARATORY = 2


DOMAINS = (*(domain for domain in Domain if domain is not Domain.GOVERNANCE_RIGHTS), Domain.GOVERNANCE_RIGHTS)
"""Policy fields in the order in which the model was trained."""

OUTPUTS = len(Label) + len(DOMAINS)
"""The outputs for a word: the classes of a candidate, then the policy fields."""
