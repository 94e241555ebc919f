"""The classifier and the encoder together: the mean of their calibrated log odds, and the policy field.

Neither alone is as good (tests/quality/README.md): the classifier knows constructions by the parse and the resolved
parties, the encoder reads the sentence with its context.
"""

from __future__ import annotations

from alliance_tui.extraction.commitments.classification.model import log_odds, sigmoid
from alliance_tui.extraction.encoder.reading import WordReading
from alliance_tui.records import Domain

THRESHOLD = 0.375
"""The mean confidence from which a candidate is an agreement."""
MIN_CONFIDENCE = 0.05
"""The confidence of the classifier below which the encoder is not asked: it would hardly ever change the decision."""
_DOMAIN_LOG_ODDS = 2.5
"""The log odds, by the encoder, of its policy field against that of the word lists, from which its own counts."""
_MIN_PROBABILITY = 1e-4
"""The bound to which the classifier's confidence is clipped before its log odds are taken."""


def mean_confidence(confidence: float, reading: WordReading) -> float:
    """Return the probability of an agreement by the classifier's confidence and the encoder's reading."""
    return sigmoid((log_odds(confidence, _MIN_PROBABILITY) + reading.agreement) / 2)


def choose_domain(by_words: Domain, reading: WordReading | None) -> Domain:
    """Return the policy field by the word lists, or by the encoder where it is sure enough that this one is wrong."""
    if reading is None:
        return by_words
    best = max(reading.domains, key=lambda domain: reading.domains[domain])
    return best if reading.domains[best] - reading.domains[by_words] >= _DOMAIN_LOG_ODDS else by_words
