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


def chances(text: str, told: dict[str, float]) -> dict[str, float]:
    """The chance of being an agreement by anchor, after these told for some of the anchors, .1 for the others."""
    everything = candidates_in(text)
    anchors = [one.candidate.trigger.text for one in everything]
    before = {index: (told.get(anchor, 0.1), 0.05) for index, anchor in enumerate(anchors)}
    return {anchors[index]: agreement for index, (agreement, _) in smooth_over_lists(everything, before).items()}


def test_an_item_without_a_verb_is_judged_half_by_the_others() -> None:
    after = chances(LIST, {"ships": 0.9, "hospital": 0.3})
    assert after["ships"] == after["hospital"] == pytest.approx(0.662, abs=0.001)  # half way between their log odds


def test_what_is_told_by_a_verb_or_out_of_the_list_is_judged_by_itself() -> None:
    after = chances(LIST, {"ships": 0.9, "hospital": 0.9, "Sending": 0.2, "lend": 0.2})
    assert after["Sending"] == after["lend"] == pytest.approx(0.2)


def test_items_with_verbs_under_a_lead_in_tell_of_each_other_too() -> None:
    text = "Peru and Chile will:\n\n- Train ten pilots.\n- Open a port. Peru will pay for it."
    after = chances(text, {"Train": 0.9, "Open": 0.5, "pay": 0.2})
    assert after["Train"] == after["Open"] == pytest.approx(0.75)
    assert after["pay"] == pytest.approx(0.2)


def test_the_deeds_of_one_item_do_not_make_a_list() -> None:
    after = chances("Peru and Chile will:\n\n- Train ten pilots and open a port.", {"Train": 0.9, "open": 0.5})
    assert (after["Train"], after["open"]) == (0.9, 0.5)


def test_no_chance_falls_out_of_its_range() -> None:
    everything = candidates_in(LIST)
    for one, other in ((0.0, 1.0), (1.0, 1.0), (0.0, 0.0)):
        before = {index: (other if index else one, 0.0) for index in range(len(everything))}
        assert all(
            0 <= agreement <= 1 and 0 <= rest <= 1 for agreement, rest in smooth_over_lists(everything, before).values()
        )
