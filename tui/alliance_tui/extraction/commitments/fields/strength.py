"""How firm an undertaking is: the weakest cue in its chain."""

from __future__ import annotations

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, Opening, TriggerForm
from alliance_tui.extraction.cues import CueRole, cues
from alliance_tui.extraction.syntax import is_verb
from alliance_tui.records import Strength

_ANNOUNCED_NOUN = CandidatePattern(Opening.ANNOUNCEMENT, TriggerForm.NOUN)


def candidate_strength(candidate: Candidate) -> Strength:
    """The rung of the weakest cue; talks that begin and studies are explored, whatever the verb promises; what a bill
    would do is planned; a thing that is announced with no more words is there.
    """
    rungs = [cue.strength for cue in candidate.cues if cue.strength is not None]
    if _only_explores(candidate):
        rungs.append(Strength.EXPLORED)
    if _of_a_plan(candidate):
        rungs.append(Strength.PLANNED)
    default = Strength.AGREED if candidate.pattern == _ANNOUNCED_NOUN else Strength.COMMITTED
    return min(rungs, key=lambda rung: rung.rank, default=default)


def _only_explores(candidate: Candidate) -> bool:
    """Whether the deed is to open talks or make a study: "initiate discussions on", "the start of negotiations"."""
    known = cues()
    anchor = candidate.trigger
    lemma = anchor.lemma_.lower()
    if is_verb(anchor):
        targets = (child for child in anchor.children if child.dep_ in ("dobj", "obj", "nsubjpass"))
        things = {target.lemma_.lower() for target in targets}
        talks = (
            known.negotiation_nouns - known.meeting_nouns if lemma in known.meeting_verbs else known.negotiation_nouns
        )
        opens = lemma in known.negotiation_verbs and bool(things & talks)
        return opens or (lemma in known.study_verbs and bool(things & known.study_nouns))
    if lemma not in known.event_nouns or lemma in known.conclusion_nouns:
        return False
    parts = (child for prep in anchor.rights if prep.lower_ == "of" for child in prep.rights)
    return any(part.lemma_.lower() in known.negotiation_nouns for part in parts)


def _of_a_plan(candidate: Candidate) -> bool:
    """Whether it is what a plan would do: "This proposal would create a fund"."""
    actor = candidate.actor
    would = any(cue.token.lower_ == "would" for cue in candidate.cues)
    return would and actor is not None and actor.lemma_.lower() in cues().plan_nouns


def is_reaffirmation(candidate: Candidate) -> bool:
    """Whether the text says that it restates an earlier undertaking."""
    return any(cue.role is CueRole.RESTATEMENT for cue in candidate.cues) or _is_restated(candidate)


def _is_restated(candidate: Candidate) -> bool:
    """Whether it is what a verb of restating says: "reaffirms that it will host"."""
    verb = candidate.clause_verb
    says = verb.head
    known = cues()
    return (
        verb.dep_ == "ccomp" and says.i < verb.i and says.lemma_.lower() in known.restatement_words & known.speech_verbs
    )
