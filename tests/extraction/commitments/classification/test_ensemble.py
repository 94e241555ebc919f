"""The classifier and the encoder together."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.classification.ensemble import choose_domain, mean_confidence
from alliance_tui.extraction.commitments.classification.model import sigmoid
from alliance_tui.extraction.encoder.reading import WordReading
from alliance_tui.records import Domain


def reading(agreement: float = 0.0, maritime: float = 0.0) -> WordReading:
    return WordReading(agreement, {Domain.HEALTH: -4.0, Domain.MARITIME: maritime, Domain.SPACE: -1.0})


def test_the_mean_is_that_of_the_log_odds() -> None:
    assert mean_confidence(sigmoid(2.0), reading(agreement=-1.0)) == pytest.approx(sigmoid(0.5))
    assert mean_confidence(0.8, reading(agreement=-1.5)) < 0.5 < mean_confidence(0.8, reading(agreement=-1.3))


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_neither_decides_alone_however_sure_it_is(confidence: float) -> None:
    against = reading(agreement=12.0 if confidence == 0.0 else -12.0)
    assert abs(mean_confidence(confidence, against) - confidence) > 0.5


def test_the_encoder_s_policy_field_counts_where_it_is_sure_that_the_other_is_wrong() -> None:
    assert choose_domain(Domain.HEALTH, reading()) is Domain.MARITIME
    assert choose_domain(Domain.SPACE, reading()) is Domain.SPACE
    assert choose_domain(Domain.HEALTH, reading(maritime=-2.0)) is Domain.SPACE
    assert choose_domain(Domain.HEALTH, None) is Domain.HEALTH
