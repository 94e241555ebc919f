"""The evidence of a candidate: the shortest clause that holds actor, cue and object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.chains import Candidate
from alliance_tui.extraction.agreements.clauses import nominal, verbal

if TYPE_CHECKING:
    from spacy.tokens import Token

_STOPS = frozenset({"which", "who", "whom", "whose", "where", "whereby", "wherein"})
_AFTER_COMMA = frozenset(
    {
        "including", "such", "as", "with", "while", "but", "in", "by", "through", "so", "for", "to", "especially",
        "particularly", "consistent", "building", "based", "thereby", "from", "on", "at", "under", "notably", "like",
        "because", "although", "though", "if", "when", "after", "before", "since", "until", "along", "alongside",
        "together", "subject", "then", "that", "he", "she", "it", "they", "we", "among", "toward", "towards",
    }
)  # fmt: skip
_CLOSERS = frozenset({",", ";", ":", "–", "—", "-", "--", "(", "“", "and", "or", "``"})


def extent(candidate: Candidate, following: list[int]) -> tuple[int, int]:
    """First and last token (exclusive) of the evidence. `following` holds where later candidates' own words begin."""
    anchor = candidate.anchor
    start = _start(candidate)
    tail = candidate.tail if candidate.tail is not None and candidate.tail.i > anchor.i else anchor
    end = _end(tail, min((index for index in following if index > tail.i), default=anchor.sent.end))
    return min(start, anchor.i), max(end, anchor.i + 1)


def own_start(candidate: Candidate) -> int:
    """Where the words begin that are this deed's own: its verb with "to" and adverbs."""
    anchor = candidate.anchor
    index = anchor.i
    while index - 1 > anchor.sent.start and (
        anchor.doc[index - 1].lower_ == "to"
        or (anchor.doc[index - 1].pos_ == "ADV" and anchor.doc[index - 1].head is anchor)
    ):
        index -= 1
    if nominal(anchor) and not verbal(anchor):
        index = min(index, anchor.left_edge.i)
    return index


def _start(candidate: Candidate) -> int:
    if not candidate.first:
        return own_start(candidate)
    opener = candidate.opener
    actor = candidate.actor
    index = opener.i
    if actor is not None and opener.i <= actor.i:
        index = _without_preamble(opener.i, actor)
    while (
        opener.doc[index].pos_ in ("CCONJ", "PUNCT")
        and index < candidate.anchor.i
        and opener.doc[index].lower_ not in ("“", "both")
    ):
        index += 1
    return index


def _without_preamble(start: int, actor: Token) -> int:
    """The subject without a preposed clause that the parse took into it ("Building on …, Japan")."""
    doc = actor.doc
    for index in range(actor.i - 1, start, -1):
        if doc[index].lower_ in (";", ":"):
            return index + 1
    return start


def _end(anchor: Token, limit: int) -> int:
    doc = anchor.doc
    limit = min(limit, anchor.sent.end)
    index = anchor.i + 1
    depth = 0
    while index < limit:
        token = doc[index]
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        elif depth <= 0 and _stops(token, anchor):
            break
        index += 1
    while index > anchor.i + 1 and (
        doc[index - 1].lower_ in _CLOSERS or doc[index - 1].is_space or doc[index - 1].lower_ in (".", "!", "?")
    ):
        index -= 1
    return index


def _stops(token: Token, anchor: Token) -> bool:
    lower = token.lower_
    if lower in (";", "—", "--") or (lower == "–" and token.i > anchor.i):
        return True
    if lower in _STOPS or (lower == "that" and token.tag_ == "WDT"):
        return True
    if lower == "in" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "order":
        return True
    if token.text == "," and token.i + 1 < len(token.doc):
        return _comma_stops(token, token.nbor(), anchor)
    if lower in ("and", "but", "while") and token.i + 1 < len(token.doc):
        return _opens_clause(token.nbor(), anchor)
    return False


def _comma_stops(comma: Token, after: Token, anchor: Token) -> bool:
    if after.lower_ in ("and", "or") and after.i + 1 < len(comma.doc):
        after = after.nbor()
        return _opens_clause(after, anchor)
    if after.lower_ in _AFTER_COMMA or after.lower_ in _STOPS:
        return True
    return _opens_clause(after, anchor) or (verbal(after) and after.tag_ in ("VBG", "VBN", "VBD"))


def _opens_clause(token: Token, anchor: Token) -> bool:
    """Whether a new clause begins here: a subject with its verb, or a verb that is no part of the object."""
    if verbal(token) and token.tag_ in ("VBZ", "VBP", "VBD", "MD"):
        return True
    head = token
    while head.head is not head and head.head.left_edge.i >= token.i and head.head.i > head.i and not verbal(head):
        head = head.head
    return (
        token.left_edge.i >= token.i
        and verbal(head)
        and head.i > token.i
        and any(c.dep_ in ("nsubj", "nsubjpass") for c in head.lefts)
    )
