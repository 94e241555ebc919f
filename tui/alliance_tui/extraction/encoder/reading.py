"""Readings: what the encoder says of a word, if it is the trigger of a candidate."""

from __future__ import annotations

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
        domain: The most probable policy field.
        domain_probability: Its probability.
    """

    agreement: float
    domain: Domain
    domain_probability: float


def read_word(outputs: Any, calibration: tuple[float, float]) -> WordReading:
    """Return the reading of a word by its outputs, with slope and intercept of the calibration."""
    domains = _softmax(outputs[len(Label) :])
    best = int(domains.argmax())
    slope, intercept = calibration
    return WordReading(
        agreement=round(slope * log_odds(outputs[: len(Label)], Label.AGREEMENT) + intercept, _DIGITS),
        domain=DOMAINS[best],
        domain_probability=round(float(domains[best]), _DIGITS),
    )


def log_odds(scores: Any, index: int) -> float:
    """Return the log odds of one class against the others."""
    others = np.delete(scores, index)
    highest = others.max()
    return float(scores[index] - highest - np.log(np.exp(others - highest).sum()))


def _softmax(scores: Any) -> Any:
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum()
