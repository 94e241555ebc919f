"""Smoothing over the items of a list: candidates found with the real spaCy model, probabilities set by hand."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.classification.list_smoothing import smooth_over_lists
from tests.support.commitment_extraction import candidates_in

pytestmark = pytest.mark.model


LIST = """Peru pledged:

- Two patrol ships.
- One field hospital.
- Sending two pilots to Lima.

Peru will lend a dredger."""


def smoothed(text: str, before: dict[str, float]) -> dict[str, float]:
    """The smoothed probability of an agreement by trigger; before it is .1 for the triggers that are not given."""
    candidates = candidates_in(text)
    triggers = [located.candidate.trigger.text for located in candidates]
    probabilities = {index: (before.get(trigger, 0.1), 0.05) for index, trigger in enumerate(triggers)}
    after = smooth_over_lists(candidates, probabilities)
    return {triggers[index]: agreement for index, (agreement, _) in after.items()}


def test_an_item_without_a_verb_takes_half_of_its_log_odds_from_the_others() -> None:
    after = smoothed(LIST, {"ships": 0.9, "hospital": 0.3})
    assert after["ships"] == after["hospital"] == pytest.approx(0.662, abs=0.001)  # half way between their log odds


def test_verbs_without_a_lead_in_and_candidates_outside_the_list_are_not_smoothed() -> None:
    after = smoothed(LIST, {"ships": 0.9, "hospital": 0.9, "Sending": 0.2, "lend": 0.2})
    assert after["Sending"] == after["lend"] == pytest.approx(0.2)


def test_verbs_under_a_lead_in_are_smoothed() -> None:
    text = "Peru and Chile will:\n\n- Train ten pilots.\n- Open a port. Peru will pay for it."
    after = smoothed(text, {"Train": 0.9, "Open": 0.5, "pay": 0.2})
    assert after["Train"] == after["Open"] == pytest.approx(0.75)
    assert after["pay"] == pytest.approx(0.2)


def test_the_candidates_of_one_item_are_not_smoothed() -> None:
    after = smoothed("Peru and Chile will:\n\n- Train ten pilots and open a port.", {"Train": 0.9, "open": 0.5})
    assert (after["Train"], after["open"]) == (0.9, 0.5)


def test_smoothed_probabilities_are_probabilities() -> None:
    candidates = candidates_in(LIST)
    for first, rest in ((0.0, 1.0), (1.0, 1.0), (0.0, 0.0)):
        before = {index: (rest if index else first, 0.0) for index in range(len(candidates))}
        assert all(
            0 <= agreement <= 1 and 0 <= declaratory <= 1
            for agreement, declaratory in smooth_over_lists(candidates, before).values()
        )
