"""The classifier and the encoder together: the mean of their calibrated log odds, and the policy field.

Neither alone is as good (tests/quality/README.md): the classifier knows constructions by the parse and the resolved
parties, the encoder reads the sentence with its context. With more training data the features are to go.
"""

from __future__ import annotations

from alliance_tui.extraction.commitments.classification.model import log_odds, sigmoid
from alliance_tui.extraction.encoder.reading import WordReading
from alliance_tui.records import Domain

THRESHOLD = 0.375
"""The mean confidence from which a candidate is an agreement."""
MIN_CONFIDENCE = 0.05
"""The confidence of the classifier below which the encoder is not asked: it would hardly ever change the decision."""
_DOMAIN_PROBABILITY = 0.8
"""The probability from which the encoder's policy field counts: below it the word lists are as often right."""
_MIN_PROBABILITY = 1e-4
"""The bound to which the classifier's confidence is clipped before its log odds are taken."""


def mean_confidence(confidence: float, reading: WordReading) -> float:
    """Return the probability of an agreement by the classifier's confidence and the encoder's reading."""
    return sigmoid((log_odds(confidence, _MIN_PROBABILITY) + reading.agreement) / 2)


def certain_domain(reading: WordReading | None) -> Domain | None:
    """Return the policy field of which the encoder is sure; None without one."""
    return reading.domain if reading and reading.domain_probability >= _DOMAIN_PROBABILITY else None
