"""The garbage collector, kept from walking what stays."""

from __future__ import annotations

import gc

THRESHOLDS = (700, 10, 1_000)
"""For `gc.set_threshold`: no collection takes more than a millisecond or two of the screen's time."""


def freeze_and_collect() -> None:
    """Exempt all present objects from collection, and collect new ones at intervals.

    Otherwise each full collection would walk the modules, a library's vocabulary or a long document's records: up to
    100 ms.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
