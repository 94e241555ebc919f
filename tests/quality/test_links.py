"""Linking on coded events: each is linked by a model that has learnt from the others."""

from __future__ import annotations

import pytest

from alliance_tui.linking.link_model import link_model
from alliance_tui.linking.pair_features import PairFeatures
from tests.quality.linking.events import coded_events, shared_events
from tests.quality.linking.scoring import precision_and_f1, score_coded
from tests.quality.linking.train import examples, fit


def test_the_model_weighs_features_that_there_are() -> None:
    assert set(link_model().weights) <= set(PairFeatures._fields)


@pytest.mark.shared
def test_events_held_out_are_linked_as_they_are_coded() -> None:
    events, shared = list(coded_events()), list(shared_events())
    if not shared:
        pytest.skip("the shared folder is not here")
    scores = [
        score_coded(event, fit(*examples([each for each in events if each.name != event.name]))) for event in shared
    ]
    precision, f1 = precision_and_f1(scores)
    assert precision >= 0.9
    assert f1 >= 0.85
