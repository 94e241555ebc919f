"""Expansion of cue chains: from the opening of a chain down to its triggers.

"The two leaders announced plans to explore building X and to share Y": from "announced" over "plans" and "explore" to
"building" and "share". Each function yields the candidates at and below one word of the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import (
    PAST_TENSES,
    Candidate,
    CandidatePattern,
    Modality,
    Opening,
    TriggerForm,
)
from alliance_tui.extraction.commitments.complements import find_complement, verb_complement
from alliance_tui.extraction.commitments.generation.coordination import missed_conjuncts
from alliance_tui.extraction.commitments.generation.event_triggers import completed_event, is_hostile, nominal_event
from alliance_tui.extraction.cues import CueRole, cues
from alliance_tui.extraction.syntax import (
    conjuncts,
    coordinated_verbs,
    direct_object,
    is_infinitive,
    is_negated,
    is_nominal,
    is_verb,
    local_subject,
    next_content_token,
    owner_of,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_DEPTH = 7
_COOPERATIVE_WELCOMES = frozenset({"support"})
"""The verbs of welcome by which the subject acts itself: "will support Norland in building ports"."""
_INTERROGATIVES = frozenset({"whether", "if", "how", "when", "what", "which", "who"})
_ADDRESSEE_REACH = 14
"""The tokens after a directive verb in which its addressee is looked for."""
_COMPLEMENT_REACH = 16
"""The tokens after a transparent verb in which its complement is looked for: "work with A, B and C to do"."""


def expand_coordination(target: Token, candidate: Candidate, opening: Opening, depth: int = -1) -> Iterator[Candidate]:
    """Yield the candidates at and below a verb or noun and its conjuncts."""
    for number, (member, last) in enumerate(coordinated_verbs(target)):
        is_first = candidate.is_first_conjunct and number == 0
        conjunct = replace(candidate, trigger=member, last_conjunct=last, is_first_conjunct=is_first)
        yield from expand_token(member, conjunct, opening, depth + 1)


def expand_complement(cue: Token, candidate: Candidate, opening: Opening, depth: int = 0) -> Iterator[Candidate]:
    """Yield the candidates at and below the complement of a cue."""
    complement = find_complement(cue)
    if complement is not None:
        yield from expand_target(cue, complement.head, candidate, opening, depth)


def expand_target(
    cue: Token, target: Token, candidate: Candidate, opening: Opening, depth: int = -1
) -> Iterator[Candidate]:
    """Yield the candidates at and below the target of a cue, its conjuncts, and those that the parser missed."""
    yield from expand_coordination(target, candidate, opening, depth)
    if is_verb(target):
        for conjunct in missed_conjuncts(cue, target):
            yield from expand_token(conjunct, _as_later_conjunct(candidate, conjunct), opening, depth + 1)


def _as_later_conjunct(candidate: Candidate, verb: Token) -> Candidate:
    return replace(candidate, trigger=verb, last_conjunct=verb, is_first_conjunct=False)


def expand_token(
    token: Token, candidate: Candidate, opening: Opening, depth: int = 0, *, root: bool = False
) -> Iterator[Candidate]:
    """Yield the candidates at and below one word of a chain.

    Args:
        token: The word.
        candidate: The chain so far.
        opening: Where the chain opened; unmarked where no cue or modal is above the word.
        depth: Length of the chain so far, which is limited.
        root: Whether the word is the verb in which the chain opens, with no cue or modal above it.
    """
    if depth > _MAX_DEPTH:
        return
    if is_verb(token):
        yield from _expand_verb(token, candidate, opening, depth, root=root)
    else:
        yield from _expand_nominal(token, candidate, opening, depth)


def _expand_nominal(noun: Token, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "[agreed on] cooperation to build X", "[agreed on] plans to build X", "[committed to] the launch of X"."""
    known = cues()
    lemma = noun.lemma_.lower()
    action = verb_complement(noun) if candidate.cues and lemma in known.cooperation_nouns else None
    if action is not None:
        yield from expand_target(noun, action, candidate, opening, depth)
    elif lemma in known.commissive_nouns:
        yield from expand_noun(noun, candidate, opening)
    else:
        yield from nominal_event(noun, candidate, opening)


def _expand_verb(verb: Token, candidate: Candidate, opening: Opening, depth: int, *, root: bool) -> Iterator[Candidate]:
    """Yield the candidates of the first rule for a verb that has any; else the verb's own."""
    lemma = verb.lemma_.lower()
    candidate = replace(candidate, trigger=verb)
    if is_negated(verb):
        candidate = candidate.with_modality(Modality.NEGATED)
    if lemma in cues().restatement_words:
        candidate = candidate.with_cue(verb, CueRole.RESTATEMENT)
    for rule in _VERB_RULES:
        expanded = list(rule(verb, lemma, candidate, opening, depth))
        if rule is _speech_act and not root:  # in "will support the plan" the trigger is "support"
            expanded = [further for further in expanded if is_verb(further.trigger)]
        if expanded:
            yield from expanded
            return
    if root:
        yield from completed_event(verb, lemma, candidate)
    elif opening:
        yield replace(candidate, pattern=CandidatePattern(opening))


def _commissive_verb(
    token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int
) -> Iterator[Candidate]:
    """Expand "agreed to build X", "plans X", "commits itself to"."""
    strengths = cues().commissive_verbs
    particle = next((f"{lemma} {child.lower_}" for child in token.rights if child.dep_ in ("prt", "advmod")), lemma)
    strength = strengths.get(lemma) or strengths.get(particle)
    if strength is None or not _is_commissive(token, lemma, candidate):
        return
    if _asks_question(token):
        pattern = CandidatePattern(opening or Opening.COMMISSIVE_VERB)
        yield replace(candidate.with_modality(Modality.UNDECIDED), pattern=pattern)
        return
    candidate = candidate.with_cue(token, CueRole.COMMISSIVE_VERB, strength)
    target = direct_object(token)
    if target is None or target.lower_.endswith(("self", "selves")):
        yield from expand_complement(token, candidate, opening or Opening.COMMISSIVE_VERB, depth)
    elif target.lemma_.lower() in cues().commissive_nouns:
        yield from expand_noun(target, candidate, opening or Opening.COMMISSIVE_VERB, depth)
    else:
        yield replace(candidate, pattern=_object_pattern(opening))


def _object_pattern(opening: Opening) -> CandidatePattern:
    return CandidatePattern(opening) if opening else CandidatePattern(Opening.COMMISSIVE_VERB, TriggerForm.OBJECT)


def _asks_question(verb: Token) -> bool:
    """Whether the complement of a verb is an indirect question: "will decide whether to"."""
    following = next_content_token(verb)
    first = [child for clause in verb.rights if clause.dep_ in ("ccomp", "xcomp") for child in clause.lefts]
    words = [*first[:2], *([following] if following is not None else [])]
    return any(word.lower_ in _INTERROGATIVES for word in words)


def _is_commissive(token: Token, lemma: str, candidate: Candidate) -> bool:
    """Whether an ambiguous verb is used in its commissive sense: "is expected to", not "expects that"."""
    if lemma == "commit":  # "committed troops", not "committed crimes"
        return not is_hostile(token, lemma)
    following = next_content_token(token)
    if lemma == "expect":  # "is expected to open", "we expect to open", not "expects that"
        return token.tag_ == "VBN" or (following is not None and following.lower_ == "to")
    if lemma == "look":
        return following is not None and following.lower_ in ("to", "forward")
    is_passive = Modality.PASSIVE in candidate.modality
    if lemma == "set":  # "is set to open", not "was decided to set up"
        return is_passive and token.tag_ == "VBN"
    if lemma in ("mean", "project", "prepare"):
        is_progressive = Modality.PROGRESSIVE in candidate.modality or direct_object(token) is None
        return is_passive or (token.tag_ == "VBG" and is_progressive)
    return True


def _acceptance(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "accepted an invitation to visit", "accepted the invitation"."""
    target = direct_object(token)
    if lemma not in cues().acceptance_verbs or target is None or target.lemma_.lower() not in cues().commissive_nouns:
        return
    candidate = candidate.with_cue(token, CueRole.COMMISSIVE_VERB, Strength.COMMITTED)
    expanded = list(expand_complement(target, candidate, opening or Opening.COMMISSIVE_VERB, depth))
    yield from expanded
    if not expanded and target.lemma_.lower() == "invitation":
        yield replace(candidate, pattern=_object_pattern(opening))


def _caused_event(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "[will] have our ministers meet every year", "will see the navies sail together"."""
    if lemma in ("have", "see") and opening:
        for child in token.rights:
            if child.dep_ == "ccomp" and child.tag_ in ("VB", "VBP") and local_subject(child) is not None:
                yield from expand_coordination(child, candidate, opening, depth)


def _exploration(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Stop at "will consider X", "are exploring X", "discussed opportunities to"."""
    looks = lemma == "look" and any(child.lower_ in ("into", "at") for child in token.rights)
    if lemma not in cues().exploration_verbs and not looks:
        return
    is_past = bool(candidate.modality & PAST_TENSES)
    if opening or Modality.PROGRESSIVE in candidate.modality or (is_past and _concerns_prospects(token)):
        candidate = candidate.with_cue(token, CueRole.EXPLORATION, Strength.EXPLORED)
        yield replace(candidate, pattern=CandidatePattern(opening or Opening.EXPLORATION))


def _concerns_prospects(verb: Token) -> bool:
    """Whether what was discussed may yet be done: "discussed opportunities to train pilots", "the possibility of"."""
    if any(child.dep_ == "xcomp" and child.tag_ == "VBG" for child in verb.rights):
        return True  # "discussed training pilots"
    target = direct_object(verb)
    if target is None or target.lemma_.lower() not in cues().prospect_nouns:
        return False
    return find_complement(target) is not None or any(child.lower_ in ("for", "of") for child in target.rights)


def _effort(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "[will] take steps to do", "continue our efforts to do", "have taken steps to do"."""
    target = direct_object(token)
    if target is None or target.lemma_.lower() not in cues().transparent_nouns:
        return
    if not opening and lemma == "take" and candidate.modality & {Modality.PERFECT, Modality.PROGRESSIVE}:
        candidate, opening = candidate.with_cue(token, CueRole.EVENT_VERB, Strength.AGREED), Opening.EFFORT
    onward = verb_complement(target, reach=_COMPLEMENT_REACH) if opening else None
    if onward is not None:
        yield from expand_target(target, onward, candidate, opening, depth)


def _aspectual_verb(
    token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int
) -> Iterator[Candidate]:
    """Expand "continue to do", "begin doing", "embark on efforts to do"."""
    if lemma not in cues().aspectual_verbs:
        return
    if lemma == "continue":
        opening = opening or Opening.CONTINUATION
    complement = find_complement(token)
    if complement is not None and complement.is_verb and lemma != "maintain":
        yield from expand_target(token, complement.head, candidate, opening, depth)
    elif complement is not None and lemma == "embark" and complement.head.lemma_.lower() in cues().transparent_nouns:
        onward = verb_complement(complement.head, reach=_COMPLEMENT_REACH)
        if onward is not None:
            opening = opening or Opening.TRANSPARENT_VERB
            yield from expand_target(complement.head, onward, candidate, opening, depth)
    elif lemma == "continue" and direct_object(token) is not None:
        yield replace(candidate, pattern=CandidatePattern(opening))


def _transparent_verb(
    token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int
) -> Iterator[Candidate]:
    """Expand "work to do", "work with A and B on plans to do"."""
    known = cues()
    if lemma not in known.transparent_verbs:
        return
    complement = find_complement(token, reach=_COMPLEMENT_REACH)
    if complement is None:
        return
    opening = opening or Opening.TRANSPARENT_VERB
    if complement.is_verb:
        yield from expand_target(token, complement.head, candidate, opening, depth)
    elif complement.head.lemma_.lower() in known.commissive_nouns:
        yield from expand_noun(complement.head, candidate, opening, depth)


def _directive(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "tasked ministers to do", "agencies are directed to do", "asks that the Council do"."""
    if lemma not in cues().directive_verbs:
        return
    candidate = candidate.with_cue(token, CueRole.DIRECTIVE, Strength.COMMITTED)
    target = _directed_action(token, candidate)
    if target is not None:
        if Modality.PASSIVE in candidate.modality:  # who directs is not said then
            candidate = replace(candidate, actor=None)
    elif (addressee := _addressee(token)) is not None:
        actions = (
            verb_complement(addressee),
            _charged_with(token),
            verb_complement(token, reach=_COMPLEMENT_REACH),
        )
        target = next((verb for verb in actions if verb is not None and is_verb(verb)), None)
        candidate = replace(candidate, owner=addressee)
    if target is not None:
        yield from expand_target(token, target, candidate, Opening.DIRECTIVE)


def _addressee(directive: Token) -> Token | None:
    """Return the nearest addressee of a directive verb."""
    near = (word for word in directive.subtree if 0 < word.i - directive.i < _ADDRESSEE_REACH)
    return next((word for word in near if _is_addressee(word, directive)), None)


def _is_addressee(noun: Token, directive: Token) -> bool:
    """Whether a noun is an addressee: a minister, a team, an agency by its name, "them"."""
    complement = find_complement(directive)
    heads = (directive, None if complement is None else complement.head)
    is_argument = noun.dep_ in ("dobj", "obj", "nsubj", "dative") and noun.head in heads
    return noun.lemma_.lower() in cues().directive_addressees or (
        is_argument and (noun.pos_ == "PROPN" or noun.lower_ == "them")
    )


def _charged_with(directive: Token) -> Token | None:
    """Return the verb of "tasks the Board with submitting an account"."""
    heads = (directive, *directive.rights)
    within = (verb for head in heads for prep in head.rights if prep.lower_ == "with" for verb in prep.rights)
    return next((verb for verb in within if verb.dep_ == "pcomp"), None)


def _directed_action(directive: Token, candidate: Candidate) -> Token | None:
    """Return the action of a directive verb without an object: "agencies are directed to review X"."""
    if Modality.PASSIVE in candidate.modality:
        addressee = local_subject(directive)
        action = _charged_with(directive) or verb_complement(directive)
    else:  # "asks that the Council review X"
        action = next((c for c in directive.rights if c.dep_ == "ccomp" and c.tag_ in ("VB", "VBP")), None)
        addressee = local_subject(action) if action is not None else None
    if action is None or not is_verb(action) or addressee is None:
        return None
    is_addressee = addressee.lemma_.lower() in cues().directive_addressees or addressee.pos_ == "PROPN"
    return action if is_addressee else None


def _speech_act(token: Token, lemma: str, candidate: Candidate, opening: Opening, depth: int) -> Iterator[Candidate]:
    """Expand "announced X and plans to do Y", "welcomed the launch of X", "this includes launching X"."""
    known = cues()
    if lemma in known.avowal_verbs:
        for plan in _objects(token):
            if plan.lemma_.lower() in known.commissive_nouns and find_complement(plan) is not None:
                avowal = candidate.with_cue(token, CueRole.ANNOUNCEMENT)
                yield from expand_noun(plan, avowal, Opening.ANNOUNCEMENT, depth)
    if lemma not in known.welcome_verbs | known.announcement_verbs | known.inclusion_verbs:
        return
    if lemma in known.welcome_verbs and _welcomes_member(token):
        pattern = CandidatePattern(opening) if opening else CandidatePattern(Opening.WELCOME, TriggerForm.MEMBER)
        yield replace(candidate.with_cue(token, CueRole.WELCOME, Strength.AGREED), pattern=pattern)
        return
    act, role = _speech_act_of(lemma)
    if lemma not in known.restatement_words:
        candidate = candidate.with_cue(token, role)
    for target in _objects(token):
        is_first = target.head == token and candidate.is_first_conjunct
        yield from expand_noun(target, replace(candidate, is_first_conjunct=is_first), act, depth)
    if act is Opening.WELCOME:
        yield from _welcomed_for(token, candidate)
    if lemma in known.inclusion_verbs:
        yield from _included_actions(token, candidate)


def _speech_act_of(lemma: str) -> tuple[Opening, CueRole]:
    if lemma in cues().welcome_verbs:
        return Opening.WELCOME, CueRole.WELCOME
    if lemma in cues().inclusion_verbs:
        return Opening.INCLUSION, CueRole.INCLUSION
    return Opening.ANNOUNCEMENT, CueRole.ANNOUNCEMENT


def _included_actions(verb: Token, candidate: Candidate) -> Iterator[Candidate]:
    """Yield the candidates of "this includes launching X"."""
    for child in verb.rights:
        if child.dep_ != "xcomp" or child.tag_ != "VBG":
            continue
        missed = [(conjunct, conjunct) for conjunct in missed_conjuncts(child, child)]
        for action, last in (*coordinated_verbs(child), *missed):
            part = replace(candidate, trigger=action, last_conjunct=last).with_modality(Modality.PROGRESSIVE)
            events = list(completed_event(action, action.lemma_.lower(), part))
            cued = part.with_cue(action, CueRole.EVENT_VERB, Strength.COMMITTED)
            yield from events or [replace(cued, pattern=CandidatePattern(Opening.PART))]


def _welcomed_for(verb: Token, candidate: Candidate) -> Iterator[Candidate]:
    """Yield the candidates of "welcomed Norway in joining the pact"."""
    actions = (action for prep in verb.rights if prep.lower_ in ("in", "for") for action in prep.rights)
    for action in actions:
        strength = cues().event_verbs.get(action.lemma_.lower())
        if action.dep_ == "pcomp" and strength is not None:
            welcomed = None if verb.lemma_.lower() in _COOPERATIVE_WELCOMES else direct_object(verb)
            cued = candidate.with_cue(action, CueRole.EVENT_VERB, strength)
            pattern = CandidatePattern(Opening.WELCOME, TriggerForm.PARTICIPLE)
            yield replace(cued, trigger=action, owner=welcomed, pattern=pattern)


def _welcomes_member(verb: Token) -> bool:
    """Whether a verb welcomes another into something: "welcome Norway as a new member"."""
    roles = (role for word in verb.rights if word.lower_ == "as" for role in word.rights if role.dep_ == "pobj")
    return direct_object(verb) is not None and any(role.lemma_.lower() in cues().membership_nouns for role in roles)


def _objects(verb: Token) -> Iterator[Token]:
    """Yield the heads of what a verb of speech announces, with their conjuncts."""
    for child in verb.rights:
        head = _clause_like_name(child) or child
        if head.dep_ in ("dobj", "obj", "attr", "nsubj", "ccomp") and is_nominal(head):
            yield head
            yield from (conjunct for conjunct in conjuncts(head) if is_nominal(conjunct))


def _clause_like_name(verb: Token) -> Token | None:
    """Return the head of a name that the parser takes for a clause: "the Partnership to Address the Climate Crisis"."""
    head = local_subject(verb) if verb.dep_ == "ccomp" and is_verb(verb) and verb.is_title else None
    return head if head is not None and head.is_title and head.nbor().lower_ == "to" else None


def expand_noun(noun: Token, candidate: Candidate, opening: Opening, depth: int = 0) -> Iterator[Candidate]:
    """Yield the candidates at and below a noun that a verb announces, welcomes or makes."""
    known = cues()
    lemma = noun.lemma_.lower()
    event = replace(candidate, trigger=noun, last_conjunct=None)
    if _is_agreed_plan(noun, candidate):
        yield from nominal_event(noun, event, opening)
        return
    if lemma in known.commissive_nouns or lemma in known.announcement_nouns:
        owned = replace(candidate, owner=owner_of(noun) or candidate.owner)
        cued = owned.with_cue(noun, CueRole.NOUN, _noun_strength(noun))
        expanded = list(expand_complement(noun, cued, opening, depth))
        if expanded:
            yield from expanded
            return
    action = _planned_action(noun) if opening is Opening.ANNOUNCEMENT else None
    if action is not None:
        yield from expand_coordination(action, candidate.with_cue(noun, CueRole.NOUN, Strength.PLANNED), opening, depth)
        return
    yield from nominal_event(noun, event, opening)


def _is_agreed_plan(plan: Token, candidate: Candidate) -> bool:
    """Whether the plan itself is agreed: "agreed a plan for the Baltic", not "agreed a plan to"."""
    if plan.lemma_.lower() not in cues().plan_nouns:
        return False
    if not candidate.cues or candidate.cues[-1].strength is not Strength.AGREED:
        return False
    onward = find_complement(plan)
    return onward is None or not (onward.is_verb or onward.head.lemma_.lower() in cues().event_nouns)


def _planned_action(plan: Token) -> Token | None:
    """Return the verb of "a plan that would close five plants"."""
    if plan.lemma_.lower() not in cues().plan_nouns:
        return None
    clauses = (child for child in plan.rights if child.dep_ == "relcl" and is_verb(child))
    return next((c for c in clauses if any(word.lower_ in ("would", "will") for word in c.lefts)), None)


def _noun_strength(noun: Token) -> Strength | None:
    """Return the strength of a cue noun; a new initiative is agreed, an initiative to do something is a plan."""
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma in known.commissive_nouns:
        return known.commissive_nouns[lemma]
    complement = find_complement(noun)
    if complement is None or not is_infinitive(complement.head):
        return None
    is_new = any(child.lower_ == "new" for child in noun.lefts)
    return Strength.AGREED if is_new else Strength.PLANNED


_VERB_RULES = (
    _commissive_verb,
    _acceptance,
    _caused_event,
    _exploration,
    _effort,
    _aspectual_verb,
    _transparent_verb,
    _directive,
    _speech_act,
)
"""The rules by which a chain goes on below a verb; the first that yields candidates applies."""
