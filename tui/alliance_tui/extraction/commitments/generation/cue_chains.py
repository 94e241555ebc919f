"""Walking a cue chain down from its opening to the deeds it leads to.

"The two leaders announced plans to explore building X and to share Y": from "announced" over "plans" to "explore" and
"share". Each function gives the candidates at and below one word of the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate
from alliance_tui.extraction.commitments.complements import find_complement, verb_complement
from alliance_tui.extraction.commitments.generation.coordination import missed_conjuncts
from alliance_tui.extraction.commitments.generation.event_triggers import completed_event, is_hostile, nominal_event
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.syntax import (
    coordinated_deeds,
    direct_object,
    is_infinitive,
    negated,
    next_word,
    nominal,
    own_subject,
    owner_of,
    siblings,
    verbal,
)
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEPTH = 7
_HELPING = frozenset({"support"})
"""Among the verbs of welcoming, those by which the subject acts itself: "will support Norland in building ports"."""
_OPEN = frozenset({"whether", "if", "how", "when", "what", "which", "who"})
"""What opens a question that is still to be decided."""
_NEAR = 14
"""How many words after a verb that tasks stands whom it tasks."""
_REACH = 16
"""How many words "work" looks ahead for what is worked on ("work with A, B and C to do X")."""


def expand_coordination(target: Token, found: Candidate, opening: str, depth: int = -1) -> Iterator[Candidate]:
    """Candidates at and below a verb or noun and what is coordinated with it."""
    for number, (member, tail) in enumerate(coordinated_deeds(target)):
        here = replace(
            found, trigger=member, last_conjunct=tail, is_first_conjunct=found.is_first_conjunct and number == 0
        )
        yield from expand_token(member, here, opening, depth + 1)


def expand_complement(cue: Token, found: Candidate, opening: str, depth: int = 0) -> Iterator[Candidate]:
    """Candidates that a cue leads to."""
    complement = find_complement(cue)
    if complement is not None:
        yield from expand_target(cue, complement.head, found, opening, depth)


def expand_target(cue: Token, target: Token, found: Candidate, opening: str, depth: int = -1) -> Iterator[Candidate]:
    """Candidates at the target of a cue, at what is coordinated with it, and at what the parser tore from it."""
    yield from expand_coordination(target, found, opening, depth)
    if verbal(target):
        for stray in missed_conjuncts(cue, target):
            yield from expand_token(
                stray, replace(found, trigger=stray, last_conjunct=stray, is_first_conjunct=False), opening, depth + 1
            )


def expand_token(
    token: Token, found: Candidate, opening: str, depth: int = 0, *, root: bool = False
) -> Iterator[Candidate]:
    """Candidates at and below one word of the chain. `root` is true where no modal or cue stands above it."""
    if depth > _DEPTH:
        return
    known = cues()
    lemma = token.lemma_.lower()
    if not verbal(token):
        onward = verb_complement(token) if found.cues and lemma in known.cooperation_nouns else None
        if onward is not None:
            yield from expand_target(token, onward, found, opening, depth)
        else:
            yield from (expand_noun if lemma in known.commissive_nouns else nominal_event)(token, found, opening)
        return
    found = replace(found, trigger=token)
    if negated(token):
        found = found.with_modality("negated")
    if lemma in known.restatement_words:
        found = found.with_cue(token, "restating")
    for rule in (_undertaking, _accepting, _having, _exploring, _effort, _phase, _carrying, _tasking, _speech):
        further = list(rule(token, lemma, found, opening, depth))
        if rule is _speech and not root:  # "will support the plan": a deed, unless a plan's own deed follows
            further = [one for one in further if verbal(one.trigger)]
        if further:
            yield from further
            return
    if root:
        yield from completed_event(token, lemma, found)
    elif opening:
        yield replace(found, pattern=opening)


def _undertaking(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    particle = next((f"{lemma} {child.lower_}" for child in token.rights if child.dep_ in ("prt", "advmod")), lemma)
    rung = cues().commissive_verbs.get(lemma) or cues().commissive_verbs.get(particle)
    if rung is None or not _undertakes(token, lemma, found):
        return
    if _is_open(token):
        yield replace(found.with_modality("left open"), pattern=opening or "verb")
        return
    found = found.with_cue(token, "undertaking", rung)
    obj = direct_object(token)
    if obj is not None and not obj.lower_.endswith(("self", "selves")):
        if obj.lemma_.lower() not in cues().commissive_nouns:
            yield replace(found, pattern=opening or "verb object")
            return
        yield from expand_noun(obj, found, opening or "verb", depth)
        return
    yield from expand_complement(token, found, opening or "verb", depth)


def _is_open(verb: Token) -> bool:
    """Whether what is decided is still a question: "will decide whether to"."""
    following = next_word(verb)
    first = [child for clause in verb.rights if clause.dep_ in ("ccomp", "xcomp") for child in clause.lefts]
    return any(word.lower_ in _OPEN for word in [*first[:2], *([following] if following is not None else [])])


def _undertakes(token: Token, lemma: str, found: Candidate) -> bool:
    """Whether a verb of the list undertakes here: "is expected to", "look to", not "expects that" or "look at"."""
    if lemma == "commit":  # "committed troops", not "committed crimes"
        return not is_hostile(token, lemma)
    if lemma == "expect":  # "is expected to open", "we expect to open", not "expects that"
        following = next_word(token)
        return token.tag_ == "VBN" or (following is not None and following.lower_ == "to")
    if lemma == "look":
        following = next_word(token)
        return following is not None and following.lower_ in ("to", "forward")
    if lemma == "set":  # "is set to open", not "was decided to set up"
        return "passive" in found.modality and token.tag_ == "VBN"
    if lemma in ("mean", "project", "prepare"):
        going_on = token.tag_ == "VBG" and ("progressive" in found.modality or direct_object(token) is None)
        return "passive" in found.modality or going_on
    return True


def _accepting(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    """ "accepted an invitation to visit", "accepted the invitation"."""
    obj = direct_object(token)
    if lemma in cues().acceptance_verbs and obj is not None and obj.lemma_.lower() in cues().commissive_nouns:
        found = found.with_cue(token, "undertaking", Strength.COMMITTED)
        further = list(expand_complement(obj, found, opening or "verb", depth))
        yield from further
        if not further and obj.lemma_.lower() == "invitation":
            yield replace(found, pattern=opening or "verb object")


def _having(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    """ "have our ministers meet every year", "will see the navies sail together"."""
    if lemma in ("have", "see") and opening:
        for child in token.rights:
            if child.dep_ == "ccomp" and child.tag_ in ("VB", "VBP") and own_subject(child) is not None:
                yield from expand_coordination(child, found, opening, depth)


def _exploring(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    told = "progressive" in found.modality or (found.modality & {"past", "perfect"} and _told_of_prospects(token))
    looks = lemma == "look" and any(child.lower_ in ("into", "at") for child in token.rights)
    if (lemma in cues().exploration_verbs or looks) and (opening or told):
        yield replace(found.with_cue(token, "exploring", Strength.EXPLORED), pattern=opening or "exploring")


def _told_of_prospects(verb: Token) -> bool:
    """Whether what was talked of may yet be done: "discussed opportunities to train pilots", "the possibility of"."""
    if any(child.dep_ == "xcomp" and child.tag_ == "VBG" for child in verb.rights):
        return True  # "discussed training pilots"
    obj = direct_object(verb)
    if obj is None or obj.lemma_.lower() not in cues().prospect_nouns:
        return False
    return find_complement(obj) is not None or any(child.lower_ in ("for", "of") for child in obj.rights)


def _phase(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    if lemma not in cues().aspectual_verbs:
        return
    complement = find_complement(token)
    name = "continuing" if lemma == "continue" and not opening else opening
    if complement is not None and complement.is_verb and lemma != "maintain":
        yield from expand_target(token, complement.head, found, name, depth)
    elif complement is not None and lemma == "embark" and complement.head.lemma_.lower() in cues().transparent_nouns:
        onward = verb_complement(complement.head, reach=_REACH)
        if onward is not None:
            yield from expand_target(complement.head, onward, found, opening or "working", depth)
    elif lemma == "continue" and direct_object(token) is not None:
        yield replace(found, pattern=name)


def _effort(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    """ "take steps to do", "continue our efforts to do", "have taken steps to do"."""
    obj = direct_object(token)
    if obj is None or obj.lemma_.lower() not in cues().transparent_nouns:
        return
    if not opening and lemma == "take" and found.modality & {"perfect", "progressive"}:
        found, opening = found.with_cue(token, "deed", Strength.AGREED), "taking steps"
    target = verb_complement(obj, reach=_REACH) if opening else None
    if target is not None:
        yield from expand_target(obj, target, found, opening, depth)


def _carrying(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    known = cues()
    if lemma not in known.transparent_verbs:
        return
    complement = find_complement(token, reach=_REACH)
    if complement is None:
        return
    if complement.is_verb:
        yield from expand_target(token, complement.head, found, opening or "working", depth)
    elif complement.head.lemma_.lower() in known.commissive_nouns:
        yield from expand_noun(complement.head, found, opening or "working", depth)


def _tasking(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    if lemma not in cues().directive_verbs:
        return
    found = found.with_cue(token, "tasking", Strength.COMMITTED)
    target = _told_to(token, found)
    if target is not None:
        found = replace(found, actor=None) if "passive" in found.modality else found  # then who tasks is not said
    elif (host := _host(token)) is not None:
        targets = (verb_complement(host), _charged_with(token), verb_complement(token, reach=_REACH))
        target = next((verb for verb in targets if verb is not None and verbal(verb)), None)
        found = replace(found, owner=host)
    if target is not None:
        yield from expand_target(token, target, found, "tasking")


def _host(tasking: Token) -> Token | None:
    """The first near whom the verb tells to do something."""
    near = (word for word in tasking.subtree if 0 < word.i - tasking.i < _NEAR)
    return next((word for word in near if _is_host(word, tasking)), None)


def _charged_with(tasking: Token) -> Token | None:
    """The verb of "tasks the Board with submitting an account"."""
    heads = (tasking, *tasking.rights)
    within = (verb for head in heads for prep in head.rights if prep.lower_ == "with" for verb in prep.rights)
    return next((verb for verb in within if verb.dep_ == "pcomp"), None)


def _told_to(tasking: Token, found: Candidate) -> Token | None:
    """What is to be done where the verb has no object: "agencies are directed to review X", "asks that the Council"."""
    if "passive" in found.modality:
        host, target = own_subject(tasking), _charged_with(tasking) or verb_complement(tasking)
    else:
        target = next((c for c in tasking.rights if c.dep_ == "ccomp" and c.tag_ in ("VB", "VBP")), None)
        host = own_subject(target) if target is not None else None
    if target is None or not verbal(target) or host is None:
        return None
    return target if host.lemma_.lower() in cues().directive_addressees or host.pos_ == "PROPN" else None


def _is_host(noun: Token, tasking: Token) -> bool:
    """Whether it is told to do what a verb orders: a minister, a team, an agency by its name, "them"."""
    complement = find_complement(tasking)
    heads = (tasking, None if complement is None else complement.head)
    told = noun.dep_ in ("dobj", "obj", "nsubj", "dative") and noun.head in heads
    return noun.lemma_.lower() in cues().directive_addressees or (
        told and (noun.pos_ == "PROPN" or noun.lower_ == "them")
    )


def _speech(token: Token, lemma: str, found: Candidate, opening: str, depth: int) -> Iterator[Candidate]:
    known = cues()
    if lemma in known.avowal_verbs:
        for plan in _objects(token):
            if plan.lemma_.lower() in known.commissive_nouns and find_complement(plan) is not None:
                yield from expand_noun(plan, found.with_cue(token, "announcing"), "announcing", depth)
    if lemma not in known.welcome_verbs | known.announcement_verbs | known.inclusion_verbs:
        return
    if lemma in known.welcome_verbs and _as_member(token):
        yield replace(found.with_cue(token, "welcoming", Strength.AGREED), pattern=opening or "welcoming member")
        return
    role = (
        "welcoming" if lemma in known.welcome_verbs else "including" if lemma in known.inclusion_verbs else "announcing"
    )
    if lemma not in known.restatement_words:
        found = found.with_cue(token, role)
    for obj in _objects(token):
        yield from expand_noun(
            obj, replace(found, is_first_conjunct=obj.head == token and found.is_first_conjunct), role, depth
        )
    yield from _welcomed_for(token, role, found)
    for child in token.rights:  # "This includes launching X"
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and lemma in known.inclusion_verbs:
            others = [(stray, stray) for stray in missed_conjuncts(child, child)]
            for deed, tail in (*coordinated_deeds(child), *others):
                here = replace(found, trigger=deed, last_conjunct=tail).with_modality("progressive")
                known_deeds = list(completed_event(deed, deed.lemma_.lower(), here))
                yield from known_deeds or [replace(here.with_cue(deed, "deed", Strength.COMMITTED), pattern="part")]


def _welcomed_for(verb: Token, role: str, found: Candidate) -> Iterator[Candidate]:
    """What another is welcomed for: "welcomed Norway in joining the pact"."""
    done = (
        deed for prep in verb.rights if role == "welcoming" and prep.lower_ in ("in", "for") for deed in prep.rights
    )
    for deed in done:
        rung = cues().event_verbs.get(deed.lemma_.lower())
        if deed.dep_ == "pcomp" and rung is not None:
            other = None if verb.lemma_.lower() in _HELPING else direct_object(verb)
            yield replace(found.with_cue(deed, "deed", rung), trigger=deed, owner=other, pattern="welcoming made")


def _as_member(verb: Token) -> bool:
    """Whether another is welcomed into something: "welcome Norway as a new member"."""
    roles = (role for word in verb.rights if word.lower_ == "as" for role in word.rights if role.dep_ == "pobj")
    return direct_object(verb) is not None and any(role.lemma_.lower() in cues().membership_nouns for role in roles)


def _objects(verb: Token) -> Iterator[Token]:
    for clause in verb.rights:
        child = _named_like_clause(clause) or clause
        if child.dep_ in ("dobj", "obj", "attr", "nsubj", "ccomp") and nominal(child):
            yield child
            yield from (other for other in siblings(child) if nominal(other))


def _named_like_clause(verb: Token) -> Token | None:
    """The head of a name that reads like a clause: "the Partnership to Address the Climate Crisis"."""
    who = own_subject(verb) if verb.dep_ == "ccomp" and verbal(verb) and verb.is_title else None
    return who if who is not None and who.is_title and who.nbor().lower_ == "to" else None


def expand_noun(noun: Token, found: Candidate, opening: str, depth: int = 0) -> Iterator[Candidate]:
    """Candidates at and below a noun that a verb announces, welcomes or makes."""
    known = cues()
    lemma = noun.lemma_.lower()
    if _is_settled(noun, found):
        yield from nominal_event(noun, replace(found, trigger=noun, last_conjunct=None), opening)
        return
    if lemma in known.commissive_nouns or lemma in known.announcement_nouns:
        here = replace(found, owner=owner_of(noun) or found.owner)
        further = list(expand_complement(noun, here.with_cue(noun, "noun", _noun_rung(noun)), opening, depth))
        if further:
            yield from further
            return
    content = _content(noun) if opening == "announcing" else None
    if content is not None:
        yield from expand_coordination(content, found.with_cue(noun, "noun", Strength.PLANNED), opening, depth)
        return
    yield from nominal_event(noun, replace(found, trigger=noun, last_conjunct=None), opening)


def _is_settled(plan: Token, found: Candidate) -> bool:
    """Whether it is what is agreed, and leads no further: "agreed a plan for the Baltic", not "agreed a plan to"."""
    if plan.lemma_.lower() not in cues().plan_nouns or not (found.cues and found.cues[-1].strength is Strength.AGREED):
        return False
    onward = find_complement(plan)
    return onward is None or not (onward.is_verb or onward.head.lemma_.lower() in cues().event_nouns)


def _content(plan: Token) -> Token | None:
    """The verb of "a plan that would close five plants"."""
    if plan.lemma_.lower() not in cues().plan_nouns:
        return None
    clauses = (child for child in plan.rights if child.dep_ == "relcl" and verbal(child))
    return next((c for c in clauses if any(word.lower_ in ("would", "will") for word in c.lefts)), None)


def _noun_rung(noun: Token) -> Strength | None:
    """The rung of a cue noun. A new initiative is there; an initiative or announcement to do something is a plan."""
    known = cues()
    lemma = noun.lemma_.lower()
    if lemma in known.commissive_nouns:
        return known.commissive_nouns[lemma]
    complement = find_complement(noun)
    if complement is None or not is_infinitive(complement.head):
        return None
    new = any(child.lower_ == "new" for child in noun.lefts)
    return Strength.AGREED if new else Strength.PLANNED
