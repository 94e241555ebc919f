"""The sizes of the panes as the reader changed them, relative to the usual ones."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

STEP = 5
"""Percentage points by which a key changes a share."""
LIMIT = 25
"""Percentage points by which a share may differ from the usual one."""


class Share(StrEnum):
    """The shares of the screen that the reader can change."""

    TEXT = "text"
    """That of the text, of all panes."""
    AGREEMENTS = "agreements"
    """That of the agreements, of both lists."""
    LISTS = "lists"
    """That of both lists, of them and the side column."""


class PaneSizes(Struct, frozen=True, omit_defaults=True):
    """Percentage points added to each share."""

    text: float = 0
    agreements: float = 0
    lists: float = 0

    def points(self, share: Share) -> float:
        """Return the percentage points added to a share."""
        value: float = getattr(self, share)
        return value

    def changed(self, share: Share, by: float) -> PaneSizes:
        """Return these sizes with points added to a share, within the limit."""
        return replace(self, **{share: min(max(self.points(share) + by, -LIMIT), LIMIT)})
