"""Where a title ends: at the evidence's end, or past it where the last word needs or lacks what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.evidence import clause_end
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.syntax import RELATIVE_WORDS, coordinated_verbs, direct_object, is_infinitive, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TRAILING = " ,;:–—-"
"""Signs with which no title begins or ends."""
_MAX_COMPLETION = 24
"""The most tokens that complete a title beyond the evidence."""
_MAX_SHORT = 3
"""The tokens of a verb and its object up to which these say too little: "launch new models [to train crews]"."""
OBJECT_RELATIONS = frozenset({"dobj", "obj", "ccomp", "xcomp", "nsubjpass"})
COORDINATION = frozenset({"cc", "conj"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "poss"})
_OPEN_TAGS = frozenset({"IN", "TO", "DT", "CC", "WRB", "WDT", "WP", "WP$", "PRP$", "POS", "MD"})
"""Tags of words that need another one after them."""


def title_end(trigger: Token, start: int, end: int) -> int:
    """Return the token (exclusive) at which a title ends whose object begins at token `start`; `end` is the evidence's.

    It goes on where nothing follows the verb ("scale [the programme]"), where the last word is open ("explore how [to
    share data]") and where it says nothing by itself ("a new program [to train crews]").
    """
    doc = trigger.doc
    end = next((token.i for token in doc[start + 1 : end] if token.text == ":"), end)
    limit = min(trigger.sent.end, end + _MAX_COMPLETION)
    while end < limit:
        if end <= start or is_open(doc[end - 1]) or _lacks_object(doc[end - 1], end) or _lacks_role(trigger, end):
            following = _dependent_from(doc, end, limit)
        elif _modifies_later(doc[end - 1], end):
            following = doc[end - 1].head.i + 1
        elif (told := _told_infinitive(trigger, end)) is not None:
            following = _end_of_verbs(told, limit)
        elif (joined := _joined_verb(trigger, end)) is not None:
            following = _end_of_verbs(joined, limit)
        elif _needs_specification(trigger, end):
            following = _specification(doc, end, limit)
        else:
            break
        if following is None or following <= end:
            break
        end = min(following, limit)
    while end > trigger.i + 1 and is_open(doc[end - 1]):
        end -= 1
    return max(end, trigger.i + 1)


def is_open(token: Token) -> bool:
    """Whether a word or sign needs another one after it."""
    return (token.tag_ in _OPEN_TAGS and token.dep_ != "prt") or token.lower_ == "those" or token.text in TRAILING


def is_underspecified(token: Token) -> bool:
    """Whether a noun or sum says nothing of what is undertaken unless it says what for; a longer name is none."""
    if token.pos_ in ("NUM", "SYM") and token.dep_ not in ("nummod", "compound") and token.ent_type_ != "DATE":
        return True
    is_name = token.pos_ == "PROPN" and sum(child.pos_ == "PROPN" for child in token.lefts) > 1
    return token.lemma_.lower() in load(Specificity).underspecified_nouns and not is_name


def _needs_specification(trigger: Token, end: int) -> bool:
    """Whether what a title ends with says nothing by itself: "a program", "the steps they take", "$3 million of it"."""
    last, first = trigger.doc[end - 1], trigger.doc[end]
    if is_underspecified(last) or _is_bare(last, first) or (last.dep_ == "relcl" and is_underspecified(last.head)):
        return True
    if is_verb(trigger) and end - trigger.i <= _MAX_SHORT and first.tag_ == "TO":
        return True
    target = direct_object(trigger) if is_verb(trigger) else None
    return target is not None and target.lemma_.lower() in load(Specificity).amount_nouns and first.tag_ == "TO"


def _is_bare(noun: Token, following: Token) -> bool:
    """Whether an object has nothing but an article: "find a vehicle [to bring the bill to the floor]".

    Before a relative clause also what another word governs: "in communities [that are hard to reach]".
    """
    only_article = noun.pos_ == "NOUN" and all(child.lower_ in ("a", "an") for child in noun.lefts)
    is_object = noun.dep_ in ("dobj", "obj") and is_verb(noun.head)
    return only_article and (is_object or following.lower_ in RELATIVE_WORDS)


def _dependent_from(doc: Doc, end: int, limit: int) -> int | None:
    """Return the end of the first phrase from token `end` on that depends on a word before it; None if coordinated."""
    following = next((token for token in doc[end:limit] if token.head.i < end <= token.left_edge.i), None)
    if following is None or following.dep_ in COORDINATION or following.text == ";":
        return None
    return following.right_edge.i + 1


def _specification(doc: Doc, end: int, limit: int) -> int | None:
    """Return the end of the clause or phrase right after a noun that says what it is or what it is for.

    Examples: "a program [to train crews]", "a group [that trains crews]", "people [working on reefs]", "cooperation[,
    including on ports]".
    """
    first = doc[end]
    if [token.pos_ for token in doc[end + 2 : end + 3]] == ["ADP"] and doc[end : end + 2].text == ", including":
        members_end = doc[end + 1].right_edge.i + 1
        return members_end if members_end <= limit else None
    is_relative = first.lower_ in RELATIVE_WORDS or (
        first.pos_ == "ADP" and doc[end + 1 : end + 2].text in RELATIVE_WORDS
    )
    if first.tag_ == "TO" or is_relative or first.tag_ in ("VBG", "VBN"):
        verb = next((token for token in doc[end:limit] if is_verb(token) and _heads_clause(token, end)), None)
        return None if verb is None else _end_of_verbs(verb, limit)
    return _dependent_from(doc, end, limit) if first.dep_ == "prep" and first.lower_ != "including" else None


def _lacks_role(trigger: Token, end: int) -> bool:
    """Whether a day is not yet followed by what it is proclaimed as: "May 4, 2033[, as Reef Day]"."""
    following = [token for token in trigger.doc[end : end + 2] if token.text != ","][:1]
    is_day = trigger.ent_type_ == "DATE" and not is_verb(trigger)
    return is_day and any(word.lower_ == "as" and word.head in (trigger, trigger.head) for word in following)


def _modifies_later(word: Token, end: int) -> bool:
    """Whether a last word is cut from the noun that it modifies: "free[, daily ferries]"."""
    following = word.doc[end]
    is_broken_off = following.is_punct and following.text != ","
    return word.dep_ in _MODIFIERS and word.head.i >= end and not is_broken_off


def _joined_verb(trigger: Token, end: int) -> Token | None:
    """Return the verb, right after a sum, of what this is spent on: "invest $4 million and [open] a plant"."""
    doc = trigger.doc
    verb = doc[end + 1] if end + 1 < len(doc) else trigger
    is_joined = doc[end].lower_ == "and" and verb.dep_ == "conj" and verb.head == trigger and is_verb(verb)
    return verb if is_joined and is_verb(trigger) and _is_sum(doc[end - 1]) else None


def _is_sum(token: Token) -> bool:
    is_number = token.pos_ in ("NUM", "SYM") and token.ent_type_ != "DATE"
    return is_number or token.lemma_.lower() in load(Specificity).amount_nouns


def _told_infinitive(trigger: Token, end: int) -> Token | None:
    """Return the verb of what somebody is told or enabled to do right after: "direct the Board [to review fees]"."""
    first = trigger.doc[end]
    verb = first.head
    is_to = first.tag_ == "TO" and verb.i > first.i and trigger.i <= verb.head.i < end
    known = cues()
    is_told = verb.head.lemma_.lower() in known.directive_verbs | known.causative_verbs
    return verb if is_to and is_told else None


def _end_of_verbs(verb: Token, limit: int) -> int:
    """Return the end of a verb's clause, with the verbs that share its object: "will design and test ferries"."""
    return clause_end(coordinated_verbs(verb)[0][1], limit)


def _heads_clause(verb: Token, start: int) -> bool:
    """Whether a verb is the content verb of a clause that begins at token `start`."""
    is_auxiliary = verb.dep_ in ("aux", "auxpass")
    return not is_auxiliary and (verb.i == start or verb.doc[start].tag_ != "TO" or is_infinitive(verb))


def _lacks_object(word: Token, end: int) -> bool:
    """Whether the object of a last word begins where a title ends: "determining [whether to end it]", "needed [to]"."""
    governs = is_verb(word) or word.pos_ == "ADJ"
    return governs and any(child.dep_ in OBJECT_RELATIONS and child.i >= end for child in word.rights)
