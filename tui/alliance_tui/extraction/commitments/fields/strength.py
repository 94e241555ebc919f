"""Strength of an undertaking: that of the weakest cue in its chain."""

from __future__ import annotations

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, Opening, TriggerForm
from alliance_tui.extraction.cues import CueRole, cues
from alliance_tui.extraction.syntax import is_verb
from alliance_tui.records import Strength

_ANNOUNCED_NOUN = CandidatePattern(Opening.ANNOUNCEMENT, TriggerForm.NOUN)


def candidate_strength(candidate: Candidate) -> Strength:
    """Return the strength of the weakest cue.

    Talks that begin and studies are at most explored, what a bill would do at most planned, whatever the verb; a thing
    that is announced without a cue is agreed.
    """
    strengths = [cue.strength for cue in candidate.cues if cue.strength is not None]
    if _is_exploratory(candidate):
        strengths.append(Strength.EXPLORED)
    if _is_proposed(candidate):
        strengths.append(Strength.PLANNED)
    default = Strength.AGREED if candidate.pattern == _ANNOUNCED_NOUN else Strength.COMMITTED
    return min(strengths, key=lambda strength: strength.rank, default=default)


def _is_exploratory(candidate: Candidate) -> bool:
    """Whether the event opens talks or makes a study: "initiate discussions on", "the start of negotiations"."""
    known = cues()
    trigger = candidate.trigger
    lemma = trigger.lemma_.lower()
    if is_verb(trigger):
        targets = (child for child in trigger.children if child.dep_ in ("dobj", "obj", "nsubjpass"))
        nouns = {target.lemma_.lower() for target in targets}
        talks = known.negotiation_nouns
        if lemma in known.meeting_verbs:
            talks = talks - known.meeting_nouns
        opens_talks = lemma in known.negotiation_verbs and bool(nouns & talks)
        return opens_talks or (lemma in known.study_verbs and bool(nouns & known.study_nouns))
    if lemma not in known.event_nouns or lemma in known.conclusion_nouns:
        return False
    parts = (child for prep in trigger.rights if prep.lower_ == "of" for child in prep.rights)
    return any(part.lemma_.lower() in known.negotiation_nouns for part in parts)


def _is_proposed(candidate: Candidate) -> bool:
    """Whether a plan would do it: "This proposal would create a fund"."""
    actor = candidate.actor
    is_conditional = any(cue.token.lower_ == "would" for cue in candidate.cues)
    return is_conditional and actor is not None and actor.lemma_.lower() in cues().plan_nouns


def is_reaffirmation(candidate: Candidate) -> bool:
    """Whether the text says that it restates an earlier undertaking: "remains committed", "reaffirms that it will"."""
    if any(cue.role is CueRole.RESTATEMENT for cue in candidate.cues):
        return True
    known = cues()
    verb = candidate.clause_verb
    governor = verb.head
    if verb.dep_ != "ccomp" or governor.i >= verb.i:
        return False
    return governor.lemma_.lower() in known.restatement_words & known.speech_verbs
