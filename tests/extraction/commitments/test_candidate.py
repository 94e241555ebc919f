"""Names of candidate patterns, which the classifier's features and the rule of a record contain; without a model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.candidate import CandidatePattern, Modality, Opening, TriggerForm
from alliance_tui.extraction.commitments.classification.model_file import shipped_model
from alliance_tui.extraction.cues import CueRole


@pytest.mark.parametrize(
    ("pattern", "name", "group"),
    [
        (CandidatePattern(Opening.MODAL), "modal", "modal"),
        (CandidatePattern(Opening.IS_TO), "is to", "is"),
        (CandidatePattern(Opening.WELCOME, TriggerForm.EVENT_NOUN), "welcoming doing", "welcoming"),
        (CandidatePattern(Opening.ANNOUNCEMENT, TriggerForm.COLLECTIVE), "bundle announcing", "bundle"),
        (CandidatePattern(Opening.PAST, TriggerForm.EVENT_VERB), "past deed", "past"),
    ],
)
def test_a_pattern_is_named_by_opening_and_form(pattern: CandidatePattern, name: str, group: str) -> None:
    assert (str(pattern), pattern.group) == (name, group)


def test_every_pattern_role_and_mark_of_the_model_s_features_exists() -> None:
    patterns = {str(CandidatePattern(opening, form)) for opening in Opening if opening for form in (None, *TriggerForm)}
    names = {
        "opening=": patterns,
        "role=": {role.value for role in CueRole},
        "note=": {mark.value for mark in Modality},
    }
    for prefix, values in names.items():
        learnt = {feature.removeprefix(prefix) for feature in shipped_model().weights if feature.startswith(prefix)}
        assert learnt and learnt <= values
