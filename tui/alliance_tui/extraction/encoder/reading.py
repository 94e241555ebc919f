"""Readings: what the encoder says of a word, if it is the trigger of a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct

from alliance_tui.extraction.encoder.labels import DOMAINS, Label
from alliance_tui.records import Domain

_DIGITS = 2
"""Figures are rounded before they are compared, since processors differ in the last digits."""


class WordReading(Struct, frozen=True):
    """What the encoder says of one word.

    Attributes:
        agreement: Calibrated log odds of an agreement against all else.
        domains: Log probability of each policy field.
    """

    agreement: float
    domains: Mapping[Domain, float]


def read_word(outputs: Any, calibration: tuple[float, float]) -> WordReading:
    """Return the reading of a word by its outputs, with slope and intercept of the calibration."""
    log_probabilities = _log_softmax(outputs[len(Label) :])
    slope, intercept = calibration
    return WordReading(
        agreement=round(slope * log_odds(outputs[: len(Label)], Label.AGREEMENT) + intercept, _DIGITS),
        domains={d: round(float(value), _DIGITS) for d, value in zip(DOMAINS, log_probabilities, strict=True)},
    )


def log_odds(scores: Any, index: int) -> float:
    """Return the log odds of one class against the others."""
    others = np.delete(scores, index)
    highest = others.max()
    return float(scores[index] - highest - np.log(np.exp(others - highest).sum()))


def _log_softmax(scores: Any) -> Any:
    shifted = scores - scores.max()
    return shifted - np.log(np.exp(shifted).sum())
