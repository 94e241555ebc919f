"""Examples on which a small model is trained at once; without spaCy's model."""

from __future__ import annotations

from alliance_tui.extraction.commitments.classification.context_windows import WINDOW_COUNT, ContextWindows
from alliance_tui.extraction.encoder.labels import Label
from alliance_tui.training.examples import Example

_EVENTS = ("2030-01-01", "2030-02-02", "2030-03-03")

FEATURE_EXAMPLES = [
    Example(event, label, features, weight=30.0)
    for event in _EVENTS
    for label, features in (
        (Label.AGREEMENT, ("modal", "object=ship")),
        (Label.AGREEMENT, ("modal", "object=port")),
        (Label.DECLARATORY, ("modal", "object=ties")),
        (Label.NOTHING, ("wish", "object=ship")),
        (Label.NOTHING, ("wish", "object=ties")),
    )
]
"""Examples whose classes differ in features alone."""


def windows_of(*words: str) -> ContextWindows:
    """Context windows with one of these words each."""
    return tuple((word,) for word in words) + ((),) * (WINDOW_COUNT - len(words))


WORD_EXAMPLES = [
    Example(event, label, ("bias",), windows_of(actor, verb))
    for event in _EVENTS
    for label, verb in ((Label.AGREEMENT, "lend"), (Label.DECLARATORY, "value"), (Label.NOTHING, "fear"))
    for actor in ("Chile", "Peru") * 2
]
"""Examples whose classes differ in words alone."""
