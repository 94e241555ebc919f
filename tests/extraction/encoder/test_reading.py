"""Readings: the encoder's outputs for a word; with outputs written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from alliance_tui.extraction.encoder.labels import DOMAINS, OUTPUTS, Label
from alliance_tui.extraction.encoder.reading import read_word
from alliance_tui.records import Domain

UNCALIBRATED = (1.0, 0.0)


def outputs(*, agreement: float = 0.0, domain: Domain = Domain.OTHER) -> Any:
    """One word's outputs, zero but for these."""
    values = np.zeros(OUTPUTS, np.float32)
    values[Label.AGREEMENT] = agreement
    values[len(Label) + DOMAINS.index(domain)] = 5.0
    return values


def test_log_odds_are_against_all_other_classes() -> None:
    assert read_word(outputs(agreement=2.0), UNCALIBRATED).agreement == pytest.approx(2.0 - np.log(2), abs=0.01)


def test_log_odds_are_calibrated_and_rounded() -> None:
    raw = 2.0 - np.log(2)
    assert read_word(outputs(agreement=2.0), (0.7, 0.25)).agreement == round(0.7 * raw + 0.25, 2)


def test_a_word_has_the_log_probability_of_each_policy_field() -> None:
    domains = dict(read_word(outputs(domain=Domain.GOVERNANCE_RIGHTS), UNCALIBRATED).domains)
    whole = np.exp(5) + len(DOMAINS) - 1
    assert domains.pop(Domain.GOVERNANCE_RIGHTS) == pytest.approx(5 - np.log(whole), abs=0.01)
    assert set(domains.values()) == {round(float(-np.log(whole)), 2)}


def test_every_policy_field_has_an_output() -> None:
    assert set(DOMAINS) == set(Domain) and len(DOMAINS) == len(Domain)
