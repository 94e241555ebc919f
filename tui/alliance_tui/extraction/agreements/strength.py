"""How firm an undertaking is: the weakest cue in its chain."""

from __future__ import annotations

from alliance_tui.extraction.agreements.chains import Candidate
from alliance_tui.extraction.agreements.clauses import nominal
from alliance_tui.extraction.agreements.cues import cues
from alliance_tui.records import Strength

_OPENING = frozenset(
    {"begin", "start", "initiate", "commence", "launch", "hold", "open", "conduct", "continue", "welcome", "enter"}
)


def strength(candidate: Candidate) -> Strength:
    """The rung of the weakest cue; talks that begin are explored, whatever the verb promises."""
    rungs = [cue.rung for cue in candidate.cues if cue.rung is not None]
    if _is_talk(candidate):
        rungs.append(Strength.EXPLORED)
    return min(rungs, key=lambda rung: rung.rung, default=Strength.COMMITTED)


def _is_talk(candidate: Candidate) -> bool:
    anchor = candidate.anchor
    if anchor.lemma_.lower() not in _OPENING:
        return False
    talks = {lemma for lemma, rungs in cues().doings.items() if Strength.EXPLORED in rungs}
    return any(
        child.dep_ in ("dobj", "obj") and nominal(child) and child.lemma_.lower() in talks for child in anchor.rights
    )


def reaffirms(candidate: Candidate) -> bool:
    """Whether the text says that it restates an earlier undertaking."""
    return any(cue.role == "restating" for cue in candidate.cues)
