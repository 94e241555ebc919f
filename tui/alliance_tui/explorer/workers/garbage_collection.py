"""The garbage collector, kept from walking what stays."""

from __future__ import annotations

import gc

THRESHOLDS = (700, 10, 1_000)
"""How many new objects make a young collection, how many of these an older one, and of those a full one: so that none
takes more than a millisecond or two of the screen's time."""


def freeze_and_collect() -> None:
    """Collect what is made from now on, now and then; what is there stays.

    Else each full collection would walk the modules, the words of a library or the records of a long document: up to
    100 ms.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
