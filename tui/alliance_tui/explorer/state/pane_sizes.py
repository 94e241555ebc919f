"""The sizes of the panes as the reader changed them, relative to the usual ones."""

from __future__ import annotations

from msgspec import Struct

STEP = 5
"""Percentage points by which a key changes a share."""
LIMIT = 25
"""Percentage points by which a share may differ from the usual one."""


class PaneSizes(Struct, frozen=True, omit_defaults=True):
    """Percentage points added to the text's share of the screen, and to that of the agreements among the lists."""

    text: int = 0
    agreements: int = 0

    def changed(self, *, text: int = 0, agreements: int = 0) -> PaneSizes:
        """Return these sizes with points added, within the limit."""
        return PaneSizes(_bounded(self.text + text), _bounded(self.agreements + agreements))


def share(usual: float, points: int) -> float:
    """Return a share of the screen, 0 to 1, changed by so many percentage points."""
    return usual + points / 100


def _bounded(points: int) -> int:
    return min(max(points, -LIMIT), LIMIT)
