"""Events of an extraction: Progress and Partial while it runs, then Finished or Failed."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.records import Agreement, Analysis, Entity


class Progress(Struct, frozen=True, tag=True):
    """`done` of `total` characters are analysed; `stage` names the step in a few words."""

    stage: str
    done: int
    total: int


class Partial(Struct, frozen=True, tag=True):
    """All records of the text analysed so far, in place of those of the partial result before it."""

    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]


class Finished(Struct, frozen=True, tag=True):
    analysis: Analysis


class Failed(Struct, frozen=True, tag=True):
    """The extraction ended without an analysis; `message` is one clear sentence for the reader."""

    message: str


Event = Progress | Partial | Finished | Failed
