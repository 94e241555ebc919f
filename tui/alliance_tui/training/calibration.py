"""Platt scaling: calibration of the log odds of a model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_STEPS = 50
_RIDGE = 1e-9


def fit_platt_scaling(log_odds: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Return slope and intercept that calibrate log odds (Platt 1999), by Newton's method."""
    x = np.stack([np.asarray(log_odds), np.ones(len(log_odds))], axis=1)
    y = np.asarray(labels, dtype=float)
    w = np.zeros(2)  # Newton's steps may diverge from a start farther away
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + _RIDGE * np.eye(2)
        w = w - np.linalg.solve(hessian, x.T @ (p - y))
    return round(float(w[0]), 3), round(float(w[1]), 3)
