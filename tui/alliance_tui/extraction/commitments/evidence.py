"""The evidence of a candidate: the shortest clause that holds actor, cue and object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.syntax import direct_object, is_infinitive, nominal, own_subject, verbal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELATIVES = frozenset({"which", "who", "whom", "whose", "where", "whereby", "wherein"})
_SUBORDINATORS = frozenset({"whenever", "because", "although", "whereas"})
_AFTER_COMMA = frozenset(
    {
        "including", "such", "as", "with", "while", "but", "in", "by", "through", "so", "for", "to", "especially",
        "particularly", "consistent", "building", "based", "thereby", "from", "on", "at", "under", "notably", "like",
        "because", "although", "though", "if", "when", "after", "before", "since", "until", "along", "alongside",
        "together", "subject", "then", "that", "he", "she", "it", "they", "we", "among", "toward", "towards",
    }
)  # fmt: skip
_EDGES = frozenset({",", ";", ":", "–", "—", "-", "--", "(", "“", "and", "or", "but", "while", "``", ".", "!", "?"})
CLOSING_QUOTES = frozenset({"”", "’", '"', "''"})
"""What ends a quotation."""
_KEPT = frozenset({"“", "both"})
_BARE = 3
"""An object of at most so many words says too little without its purpose or examples."""
_ORDINALS = frozenset({"first", "second", "third", "last", "only", "next"})
_DASHES = frozenset({"—", "--", "–", ";", "``"})
_PREPOSED = 14
"""The longest adverbial (in words) that is taken in before a subject because it says when."""
_WHEN = re.compile(
    r"\b(?:by|in|before|from|until|starting|beginning|no later than|within|during|over|for)\b.*"
    r"(?:\b(?:19|20)\d\d\b|year|month|week|decade|spring|summer|fall|autumn|winter|days|January|February|March|April|May|"
    r"June|July|August|September|October|November|December)",
    re.IGNORECASE | re.DOTALL,
)


def evidence_span(candidate: Candidate, following: list[int]) -> tuple[int, int]:
    """First and last token (exclusive) of the evidence. `following` holds where later candidates' own words begin."""
    anchor = candidate.trigger
    start = _start(candidate)
    tail = (
        candidate.last_conjunct
        if candidate.last_conjunct is not None and candidate.last_conjunct.i > anchor.i
        else anchor
    )
    end = _end(tail, min((index for index in following if index > tail.i), default=anchor.sent.end))
    return min(start, anchor.i), max(end, anchor.i + 1)


def start_of_own_words(candidate: Candidate) -> int:
    """Where the words begin that are this deed's own: its verb with "to" and adverbs."""
    anchor = candidate.trigger
    doc = anchor.doc
    index = anchor.i
    while index - 1 > anchor.sent.start and (
        doc[index - 1].lower_ == "to" or (doc[index - 1].pos_ == "ADV" and doc[index - 1].head == anchor)
    ):
        index -= 1
    if nominal(anchor) and not verbal(anchor):
        index = min(index, anchor.left_edge.i)
    return index


def _start(candidate: Candidate) -> int:
    if not candidate.is_first_conjunct:
        return start_of_own_words(candidate)
    opener, actor = candidate.clause_start, candidate.actor
    index = opener.i
    if actor is not None and opener.i <= actor.i and actor.doc is opener.doc:
        index = _with_speaker(candidate, _without_preamble(opener.i, actor))
        index = extend_over_coordination(index, opener)
        if not candidate.modality & {"past", "perfect"}:
            index = _with_time(index, opener)
    doc = opener.doc
    while (
        doc[index].pos_ in ("CCONJ", "PUNCT") and index < candidate.trigger.i and doc[index].lower_ not in ("“", "both")
    ):
        index += 1
    return index


def _without_preamble(start: int, actor: Token) -> int:
    """The subject without a preposed clause that the parse took into it ("Building on …; Japan")."""
    doc = actor.doc
    return next((index + 1 for index in range(actor.i - 1, start, -1) if doc[index].lower_ in (";", ":")), start)


def _with_speaker(candidate: Candidate, start: int) -> int:
    """The clause with the words that report it, where who speaks is who undertakes: "Acme said it would build"."""
    actor = candidate.actor
    verb = candidate.clause_verb
    speaks = verb.head
    if actor is None or verb.dep_ != "ccomp" or speaks.i > verb.i or speaks.lemma_.lower() not in cues().speech_verbs:
        return start
    speaker = own_subject(speaks)
    if speaker is None or speaker.i > speaks.i:
        return start
    same = actor.pos_ == "PRON" or actor.lemma_.lower() in ("company", "government", "country", "firm", "side")
    return speaker.left_edge.i if same else start


def extend_over_coordination(start: int, opener: Token) -> int:
    """The subject with the names before it that the parse left out: "[Norland, Sudland and] Westland will"."""
    doc = opener.doc
    low = opener.sent.start
    if start - 2 < low or doc[start - 1].lower_ not in ("and", "–"):
        return start
    while start - 2 >= low and doc[start - 1].lower_ in ("and", ",", "–"):
        index = start - 2
        while index > low and doc[index].pos_ == "PUNCT":
            index -= 1
        head = _phrase_head(doc[index], start)
        if doc[index].pos_ != "PROPN":
            break
        if head.dep_ in ("pobj", "npadvmod", "dobj"):
            return _after_opening(start, index, low, doc)
        start = min(head.left_edge.i, index)
    return start


def _after_opening(start: int, index: int, low: int, doc: Doc) -> int:
    """Where a subject begins whose first name the parse takes for the end of the words that open the sentence: "At the
    Summit in Lamu, [Norland and] the ministers will".
    """
    comma = next((i for i in range(index, low, -1) if doc[i].text == ","), low)
    verbs = any(token.pos_ in ("VERB", "AUX") for token in doc[low:start])
    opened = comma > low and doc[low].pos_ == "ADP" and index == start - 2
    return comma + 1 if opened and not verbs else start


def _phrase_head(token: Token, end: int) -> Token:
    """The head of the coordination of noun phrases that a word belongs to, before token `end`."""
    while (token.dep_ in ("compound", "nmod") and token.i < token.head.i < end) or token.dep_ == "conj":
        token = token.head
    return token


def _with_time(start: int, opener: Token) -> int:
    """The clause with the adverbial before its subject, where that says by when."""
    first = opener.sent.start
    doc = opener.doc
    if first < start <= first + _PREPOSED and doc[start - 1].text == "," and _WHEN.search(doc[first:start].text):
        return first
    return start


def _end(anchor: Token, limit: int) -> int:
    doc = anchor.doc
    limit = min(limit, anchor.sent.end)
    target = direct_object(anchor) if verbal(anchor) else None
    index = anchor.i + 1
    depth = 0
    while index < limit:
        token = doc[index]
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        elif depth <= 0 and (target is None or index > target.i or token.text == ";") and _stops(token, anchor):
            break
        index += 1
    while index > anchor.i + 1 and _dangles(doc[index - 1], index < limit):
        index -= 1
    return index


def _dangles(token: Token, cut: bool) -> bool:
    """Whether a last word leads on to what was cut: a comma, "but also", "through", "designed"."""
    if token.lower_ in _EDGES or token.is_space or token.head.pos_ == "CCONJ":
        return True
    return cut and (token.pos_ == "ADP" or token.dep_ in ("acl", "mark"))


def _stops(token: Token, anchor: Token) -> bool:
    lower = token.lower_
    if (
        (lower in _DASHES and not _is_hyphen(token))
        or lower in _RELATIVES
        or lower in _SUBORDINATORS
        or (lower == "that" and token.tag_ == "WDT")
    ):
        return True
    if token.i + 1 >= len(token.doc):
        return False
    after = token.nbor()
    if lower == ":" and after.is_title:
        return True
    if lower == "in" and after.lower_ == "order":
        return not _is_means(anchor)
    if lower == "to":
        return _is_purpose(token, anchor)
    if lower == "so" and after.pos_ == "PRON":
        return True
    if token.text == ",":
        if after.text in CLOSING_QUOTES and after.i + 1 < len(after.doc):
            return _opens_clause(after.nbor())
        examples = after.lower_ in ("including", "such") and token.i - anchor.i - 1 <= _BARE
        return not examples and _comma_stops(after, anchor)
    told_on = after.lower_ == "that" and after.dep_ == "mark"  # "that one will stay and that another will go"
    return lower in ("and", "but", "while") and (told_on or _opens_clause(after) or _leads_to_clause(after))


def _is_hyphen(dash: Token) -> bool:
    """Whether a dash joins two words: "the Norland–Sudland Summit"."""
    return dash.lower_ == "–" and dash.i > 0 and not dash.nbor(-1).whitespace_ and not dash.whitespace_


def _leads_to_clause(token: Token) -> bool:
    """Whether a word opens an adverbial before the subject of a new clause: "and in March Norland will"."""
    verb = token.head
    own = token.dep_ in ("prep", "npadvmod") and verb.i > token.i and verbal(verb)
    return own and any(child.dep_ in ("nsubj", "nsubjpass") and token.i < child.i < verb.i for child in verb.lefts)


def _is_means(anchor: Token) -> bool:
    """Whether the verb is only whole with what it is done for: "invest … to build", "use … to"."""
    return anchor.lemma_.lower() in cues().causative_verbs


def _is_purpose(to: Token, anchor: Token) -> bool:
    """Whether "to" opens a purpose that the object can do without."""
    verb = to.head
    if to.tag_ != "TO" or verb.tag_ not in ("VB", "VBP") or verb.i < to.i or verb.i - anchor.i < 2 or _is_means(anchor):
        return False
    before = next(
        (token for token in reversed(to.doc[anchor.i : to.i]) if not token.is_punct and token.tag_ != "RB"), anchor
    )
    if before == anchor or before.lemma_.lower() in cues().infinitive_nouns:
        return False
    if any(token.lower_ in _ORDINALS for token in to.doc[anchor.i : to.i]):
        return False  # "the first to do so"
    named = verb.head if verb.dep_ in ("acl", "relcl") else before
    if named != anchor and named.i < to.i and named.lemma_.lower() in cues().infinitive_nouns:
        return False
    for_whom = before.dep_ == "pobj" and before.head.lower_ == "for" and before.pos_ in ("PROPN", "PRON")
    return not for_whom and not any(child.dep_ == "nsubj" and child.i < to.i for child in verb.lefts)


def _comma_stops(after: Token, anchor: Token) -> bool:
    if after.lower_ in ("and", "or") and after.i + 1 < len(after.doc):
        return _opens_clause(after.nbor())
    if after.lower_ in _AFTER_COMMA or after.lower_ in _RELATIVES:
        return True
    return (
        _opens_clause(after) or (verbal(after) and after.tag_ in ("VBG", "VBN", "VBD")) or _is_misread_participle(after)
    )


def _is_misread_participle(token: Token) -> bool:
    """Whether "announcing" or the like is taken for a part of the noun after it."""
    known = cues()
    stem = token.lower_.removesuffix("ing")
    return stem != token.lower_ and bool(
        {stem, stem + "e"} & (known.announcement_verbs | known.welcome_verbs | known.speech_verbs)
    )


def _opens_clause(token: Token) -> bool:
    """Whether a new clause begins here: a subject with its verb, or a verb that is no part of the object."""
    if verbal(token) and (
        token.tag_ in ("VBZ", "VBP", "VBD", "MD") or (token.tag_ == "VB" and not is_infinitive(token))
    ):
        return True
    head = token
    while head.dep_ in ("compound", "nmod", "det", "amod", "poss", "nummod") and head.head.i > head.i:
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") and head.head.i > head.i and verbal(head.head)
