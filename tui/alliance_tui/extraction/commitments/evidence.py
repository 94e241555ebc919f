"""Evidence of a candidate: the shortest clause with actor, cue and object."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, Candidate
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Clauses, Dates
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.extraction.syntax import (
    NOMINAL_SUBJECTS,
    RELATIVE_PRONOUNS,
    auxiliaries,
    direct_object,
    is_infinitive,
    is_nominal,
    is_verb,
    local_subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLOSING_QUOTES = frozenset({"”", "’", '"', "''"})
_SUBORDINATORS = frozenset({"whenever", "because", "although", "whereas"})
_SEPARATORS = frozenset({"—", "--", "–", ";", "``"})
_DANGLING = frozenset({",", ";", ":", "–", "—", "-", "--", "(", "“", "and", "or", "but", "while", "``", ".", "!", "?"})
"""The words and marks with which the evidence never ends."""
_PRECEDING_RELATIONS = frozenset({"aux", "auxpass", "neg", "advmod", "det", "poss"})
"""The relations of words that stand before their head and say nothing without it."""
_KEPT_AT_START = frozenset({"“", "both"})
_SHORT_OBJECT = 3
"""An object of at most so many tokens keeps the examples after it: "ships, including tugs"."""
_ORDINALS = frozenset({"first", "second", "third", "last", "only", "next"})
_PREPOSED = 14
"""The longest adverbial before a subject, in tokens, that is part of the evidence because it gives a time."""


@cache
def _time_adverbial() -> re.Pattern[str]:
    words = load(Clauses)
    times = literal_alternation((*words.time_words, *load(Dates).month_names))
    return re.compile(
        rf"\b(?:{literal_alternation(words.time_prepositions)})\b.{{0,300}}(?:\b(?:19|20)\d\d\b|{times})",
        re.IGNORECASE | re.DOTALL,
    )


def evidence_span(candidate: Candidate, limits: list[int]) -> tuple[int, int]:
    """Return the first and last token (exclusive) of the evidence.

    Args:
        candidate: The candidate.
        limits: The tokens at which the trigger phrases of conjuncts begin, where the evidence ends at the latest.
    """
    trigger = candidate.trigger
    last = candidate.last_conjunct
    last_verb = last if last is not None and last.i > trigger.i else trigger
    limit = min((index for index in limits if index > last_verb.i), default=trigger.sent.end)
    end = clause_end(last_verb, min(limit, _start_of_predicate(candidate)))
    return min(_start(candidate), trigger.i), max(end, trigger.i + 1)


def _start_of_predicate(candidate: Candidate) -> int:
    """Return the first token of what is said of a noun without a cue: "the loan of a ship [is good news]"."""
    trigger, verb = candidate.trigger, candidate.trigger.head
    is_subject = not is_verb(trigger) and trigger.dep_ in NOMINAL_SUBJECTS and verb.lemma_ == "be"
    if not is_subject or any(cue.token.i > trigger.i for cue in candidate.cues if cue.token.doc is trigger.doc):
        return trigger.sent.end
    return min(token.i for token in (verb, *auxiliaries(verb)))


def start_of_trigger_phrase(candidate: Candidate) -> int:
    """Return the first token of the trigger's phrase: a verb with its "to" and adverbs, a noun with its modifiers."""
    trigger = candidate.trigger
    doc = trigger.doc
    index = trigger.i
    while index - 1 > trigger.sent.start and (
        doc[index - 1].lower_ == "to" or (doc[index - 1].pos_ == "ADV" and doc[index - 1].head == trigger)
    ):
        index -= 1
    if is_nominal(trigger) and not is_verb(trigger):
        index = min(index, trigger.left_edge.i)
    return index


def _start(candidate: Candidate) -> int:
    if not candidate.is_first_conjunct:
        return start_of_trigger_phrase(candidate)
    clause_start, actor = candidate.clause_start, candidate.actor
    doc = clause_start.doc
    index = clause_start.i
    if actor is not None and clause_start.i <= actor.i and actor.doc is doc:
        index = _include_reporting_clause(candidate, _skip_preposed_clause(clause_start.i, actor))
        index = extend_over_coordination(index, clause_start)
        if not candidate.modality & PAST_TENSES:
            index = _include_time_adverbial(index, clause_start)
    while doc[index].pos_ in ("CCONJ", "PUNCT") and index < candidate.trigger.i:
        if doc[index].lower_ in _KEPT_AT_START:
            break
        index += 1
    return index


def _skip_preposed_clause(start: int, actor: Token) -> int:
    """Skip a preposed clause that the parser takes for part of the subject: "Building on …; Japan"."""
    doc = actor.doc
    return next((index + 1 for index in range(actor.i - 1, start, -1) if doc[index].lower_ in (";", ":")), start)


def _include_reporting_clause(candidate: Candidate, start: int) -> int:
    """Include the reporting clause where its subject is the actor: "Acme said it would build"."""
    actor = candidate.actor
    verb = candidate.clause_verb
    reporting = verb.head
    if actor is None or verb.dep_ != "ccomp" or reporting.i > verb.i:
        return start
    speaker = local_subject(reporting) if reporting.lemma_.lower() in cues().speech_verbs else None
    if speaker is None or speaker.i > reporting.i:
        return start
    is_speaker = actor.pos_ == "PRON" or actor.lemma_.lower() in load(Clauses).generic_speakers
    return speaker.left_edge.i if is_speaker else start


def extend_over_coordination(start: int, clause_start: Token) -> int:
    """Include the coordinated names that the parser left out of a subject: "[Norland, Sudland and] Westland will"."""
    doc = clause_start.doc
    low = clause_start.sent.start
    if start - 2 < low or doc[start - 1].lower_ not in ("and", "–"):
        return start
    while start - 2 >= low and doc[start - 1].lower_ in ("and", ",", "–"):
        index = start - 2
        while index > low and doc[index].pos_ == "PUNCT":
            index -= 1
        head = _coordination_head(doc[index], start)
        if doc[index].pos_ != "PROPN":
            break
        if head.dep_ in ("pobj", "npadvmod", "dobj"):
            return _after_opening_adverbial(start, index, low, doc)
        start = min(head.left_edge.i, index)
    return start


def _after_opening_adverbial(start: int, index: int, low: int, doc: Doc) -> int:
    """Return the start of a subject whose first name the parser attaches to the adverbial before it.

    Example: "At the Summit in Lamu, [Norland and] the ministers will". `index` is that name, `low` the sentence's
    first token.
    """
    comma = next((i for i in range(index, low, -1) if doc[i].text == ","), low)
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in doc[low:start])
    is_adverbial = comma > low and doc[low].pos_ == "ADP" and index == start - 2
    return comma + 1 if is_adverbial and not has_verb else start


def _coordination_head(token: Token, end: int) -> Token:
    """Return the head of the coordinated noun phrases before token `end` that a token belongs to."""
    while (token.dep_ in ("compound", "nmod") and token.i < token.head.i < end) or token.dep_ == "conj":
        token = token.head
    return token


def _include_time_adverbial(start: int, clause_start: Token) -> int:
    """Include the adverbial before the subject where it gives a time: "By 2030, Norland will"."""
    first = clause_start.sent.start
    doc = clause_start.doc
    if (
        first < start <= first + _PREPOSED
        and doc[start - 1].text == ","
        and _time_adverbial().search(doc[first:start].text)
    ):
        return first
    return start


def clause_end(verb: Token, limit: int) -> int:
    """Return the token at which the clause of a verb or noun ends, exclusive; `limit` at the latest."""
    doc = verb.doc
    limit = min(limit, verb.sent.end)
    target = direct_object(verb) if is_verb(verb) else None
    index = verb.i + 1
    depth = 0
    while index < limit:
        token = doc[index]
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        elif depth <= 0 and (target is None or index > target.i or token.text == ";") and _ends_clause(token, verb):
            break
        index += 1
    is_cut = doc[index - 1].text == ":" or any(not token.is_punct for token in doc[index : verb.sent.end])
    while index > verb.i + 1 and _dangles(doc[index - 1], is_cut=is_cut):
        index -= 1
    return index


def _ends_clause(token: Token, verb: Token) -> bool:
    """Return whether the evidence may end before a token: no subject before it has its verb behind it."""
    return find_boundary(token, verb) is not None and not any(
        word.dep_ in NOMINAL_SUBJECTS and word.head.i >= token.i and is_verb(word.head)
        for word in verb.doc[verb.i + 1 : token.i]
    )


def _dangles(token: Token, *, is_cut: bool) -> bool:
    """Whether a last token only introduces what was cut: a comma, "but also", "through", "designed"."""
    if token.lower_ in _DANGLING or token.is_space or token.head.pos_ == "CCONJ":
        return True
    is_left_alone = token.dep_ in _PRECEDING_RELATIONS and token.head.i > token.i  # "and no longer be [planning]"
    return is_cut and (token.pos_ == "ADP" or token.dep_ in ("acl", "mark") or is_left_alone)


class Boundary(StrEnum):
    """The rules by which a token ends the evidence."""

    SEPARATOR = "dash or semicolon"
    RELATIVE_CLAUSE = "relative clause"
    SUBORDINATE_CLAUSE = "subordinate clause"
    COLON = "colon before a new start"
    IN_ORDER_TO = "in order to"
    PURPOSE = "infinitive of purpose"
    RESULT = "result clause"
    COMMA = "comma"
    COORDINATED_CLAUSE = "coordinated clause"


def find_boundary(token: Token, trigger: Token) -> Boundary | None:
    """Return the rule by which a token after the trigger ends the evidence; None where it goes on."""
    return next((boundary for boundary, applies in _BOUNDARY_RULES if applies(token, trigger)), None)


def _next_token(token: Token) -> Token | None:
    return token.nbor() if token.i + 1 < len(token.doc) else None


def _is_separator(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship — its third"; not "the Norland–Sudland Summit"."""
    joins_words = token.lower_ == "–" and token.i > 0 and not token.nbor(-1).whitespace_ and not token.whitespace_
    return token.lower_ in _SEPARATORS and not joins_words


def _opens_relative_clause(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [which …]", "a ship [that carries …]"."""
    return token.lower_ in RELATIVE_PRONOUNS or (token.lower_ == "that" and token.tag_ == "WDT")


def _opens_subordinate_clause(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [because …]"."""
    return token.lower_ in _SUBORDINATORS


def _is_colon(token: Token, trigger: Token) -> bool:
    """Example: "will fund clinics[: The first …]"."""
    after = _next_token(token)
    return token.lower_ == ":" and after is not None and after.is_title


def _opens_in_order_to(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [in order to …]"."""
    after = _next_token(token)
    return token.lower_ == "in" and after is not None and after.lower_ == "order" and not _needs_purpose(trigger)


def _opens_purpose(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [to train crews]"; not "use ships to", "the right to", "the first to"."""
    if not _marks_infinitive(token) or token.head.i - trigger.i < 2 or _needs_purpose(trigger):
        return False
    between = token.doc[trigger.i : token.i]
    last = next((word for word in reversed(between) if not word.is_punct and word.tag_ != "RB"), trigger)
    if last == trigger or any(word.lower_ in _ORDINALS for word in between):
        return False  # "the first to do so"
    if last.tag_ == "WRB" or last.lower_ == "whether" or _is_postnominal(last):
        return False  # "a guide on how to do so", "the means necessary to do so"
    if not any(word.pos_ in ("NOUN", "PROPN", "NUM", "SYM") for word in between[1:]):
        return False  # "support each other to prepare"
    return not (
        _completes_noun(token, last, trigger) or _completes_verb(token, last, trigger) or _has_own_subject(token, last)
    )


def _is_postnominal(adjective: Token) -> bool:
    """Whether an adjective follows its noun: "the means necessary"."""
    return adjective.pos_ == "ADJ" and adjective.dep_ in ("amod", "acl", "relcl") and adjective.head.i < adjective.i


def _marks_infinitive(token: Token) -> bool:
    """Whether a token is the "to" of an infinitive after it."""
    verb = token.head
    is_to = token.lower_ == "to" and token.tag_ == "TO" and _next_token(token) is not None
    return is_to and verb.tag_ in ("VB", "VBP") and verb.i >= token.i


def _completes_noun(to: Token, last: Token, trigger: Token) -> bool:
    """Whether an infinitive is what a noun is for: "the right to", "a plan of the Board to"; `last` is before "to"."""
    verb = to.head
    nouns = [last]
    if verb.dep_ in ("acl", "relcl") and verb.head != trigger and verb.head.i < to.i:
        nouns.append(verb.head)
    return any(noun.lemma_.lower() in cues().infinitive_nouns for noun in nouns)


def _completes_verb(to: Token, last: Token, trigger: Token) -> bool:
    """Whether an infinitive is the complement of another verb right before it: "the steps that they need to take"."""
    return is_verb(last) and last != trigger and to.head.dep_ == "xcomp" and to.head.head == last


def _has_own_subject(to: Token, last: Token) -> bool:
    """Whether an infinitive has a subject before it: "for Norland to use"; `last` is the word before "to"."""
    for_whom = last.dep_ == "pobj" and last.head.lower_ == "for" and last.pos_ in ("PROPN", "PRON")
    return for_whom or any(child.dep_ == "nsubj" and child.i < to.i for child in to.head.lefts)


def _needs_purpose(trigger: Token) -> bool:
    """Whether a verb is incomplete without its purpose: "invest … to build", "use … to"."""
    return trigger.lemma_.lower() in cues().causative_verbs


def _opens_result(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [so they can …]"."""
    after = _next_token(token)
    return token.lower_ == "so" and after is not None and after.pos_ == "PRON"


def _is_final_comma(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship[, with its crew]", "a ship[, and Norland will …]"; not "ships, including tugs"."""
    after = _next_token(token)
    if token.text != "," or after is None:
        return False
    following = _next_token(after)
    if after.text in CLOSING_QUOTES and following is not None:
        return _opens_clause(following)
    if after.lower_ in ("including", "such") and token.i - trigger.i - 1 <= _SHORT_OBJECT:
        return False
    if after.lower_ in ("and", "or") and following is not None:
        return _opens_clause(following)
    if (
        after.lower_ in load(Clauses).boundaries_after_comma
        or after.lower_ in RELATIVE_PRONOUNS
        or _opens_clause(after)
    ):
        return True
    return (is_verb(after) and after.tag_ in ("VBG", "VBN", "VBD")) or _is_misread_participle(after)


def _joins_clause(token: Token, trigger: Token) -> bool:
    """Example: "will lend a ship [and Norland will …]", "that one will stay [and that another will go]"."""
    after = _next_token(token)
    if token.lower_ not in ("and", "but", "while") or after is None:
        return False
    if after.tag_ == token.nbor(-1).tag_ == "VB":  # "identify and use ports"
        return False
    is_complement = after.lower_ == "that" and after.dep_ == "mark"
    return is_complement or _opens_clause(after) or _opens_clause_adverbial(after)


_BOUNDARY_RULES: tuple[tuple[Boundary, Callable[[Token, Token], bool]], ...] = (
    (Boundary.SEPARATOR, _is_separator),
    (Boundary.RELATIVE_CLAUSE, _opens_relative_clause),
    (Boundary.SUBORDINATE_CLAUSE, _opens_subordinate_clause),
    (Boundary.COLON, _is_colon),
    (Boundary.IN_ORDER_TO, _opens_in_order_to),
    (Boundary.PURPOSE, _opens_purpose),
    (Boundary.RESULT, _opens_result),
    (Boundary.COMMA, _is_final_comma),
    (Boundary.COORDINATED_CLAUSE, _joins_clause),
)


def _opens_clause_adverbial(token: Token) -> bool:
    """Whether a word opens an adverbial before the subject of a new clause: "and in March Norland will"."""
    verb = token.head
    is_adverbial = token.dep_ in ("prep", "npadvmod") and verb.i > token.i and is_verb(verb)
    return is_adverbial and any(
        child.dep_ in ("nsubj", "nsubjpass") and token.i < child.i < verb.i for child in verb.lefts
    )


def _is_misread_participle(token: Token) -> bool:
    """Whether the parser takes "announcing" or the like for a modifier of the noun after it."""
    known = cues()
    stem = token.lower_.removesuffix("ing")
    return stem != token.lower_ and bool(
        {stem, stem + "e"} & (known.announcement_verbs | known.welcome_verbs | known.speech_verbs)
    )


def _opens_clause(token: Token) -> bool:
    """Whether a new clause begins at a token: a subject with its verb, or a verb outside the object."""
    if is_verb(token) and (
        token.tag_ in ("VBZ", "VBP", "VBD", "MD") or (token.tag_ == "VB" and not is_infinitive(token))
    ):
        return True
    head = token
    while head.dep_ in ("compound", "nmod", "det", "amod", "poss", "nummod") and head.head.i > head.i:
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") and head.head.i > head.i and is_verb(head.head)
