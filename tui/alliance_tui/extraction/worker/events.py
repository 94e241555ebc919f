"""What the extraction tells while it runs: Progress and Partial as they come, then Finished or Failed."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.records import Agreement, Analysis, Entity


class Progress(Struct, frozen=True, tag=True):
    """`done` of `total` characters are analysed; `stage` says in a few words what is happening."""

    stage: str
    done: int
    total: int


class Partial(Struct, frozen=True, tag=True):
    """All the records found so far; replaces the partial before it."""

    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]


class Finished(Struct, frozen=True, tag=True):
    """The whole analysis."""

    analysis: Analysis


class Failed(Struct, frozen=True, tag=True):
    """The extraction could not go on; `message` is one clear sentence for the reader."""

    message: str


Event = Progress | Partial | Finished | Failed
