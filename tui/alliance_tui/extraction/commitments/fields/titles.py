"""Title of a record: what is undertaken, whole and in the text's words, from the verb in its base form on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.syntax import direct_object, is_negated, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MAX_LENGTH = 120
"""About the most characters of a title; a longer one ends where the phrase before is whole."""
_MIN_LENGTH = 30
"""The least characters that are left when a title is ended early."""
_ADJUNCT_RELATIONS = frozenset({"npadvmod", "punct", "appos"})
"""The relations to the verb of what says when or by whom something is done."""
_MAX_MODIFIERS = 8
"""The most tokens before a noun that are part of its title."""
_MAX_COMPLETION = 24
"""The most tokens that complete a title beyond the evidence."""
_OPTIONAL_RELATIONS = frozenset({"prep", "punct", "advcl", "acl", "relcl", "appos", "npadvmod", "advmod", "agent"})
"""The relations of what may be left out at the end of a phrase that stays whole."""
_OBJECT_RELATIONS = frozenset({"dobj", "obj", "ccomp", "xcomp", "nsubjpass"})
_NO_CUT = 3
"""The rank of an end that leaves no whole phrase."""
_COORDINATION = frozenset({"cc", "conj"})
_INFLECTED_TAGS = frozenset({"VBG", "VBN", "VBD", "VBZ"})
_OPEN_TAGS = frozenset({"IN", "TO", "DT", "CC", "WRB", "WDT", "WP", "WP$", "PRP$", "POS", "MD"})
"""Tags of words that need another one after them."""
_TRAILING = " ,;:–—-"
_HYPHENS = frozenset("-‐‑")
_QUOTES = {"“": "”", "‘": "’", '"': '"'}
_SENTENCE_END = re.compile(r"(?<=[\w)]{3})[.!?]+[”\"’]*$")
"""A full stop after a word that is no abbreviation, with the quotation marks after it."""
_PARENTHESIS = re.compile(r"(?<!\s)\s*+\([^()]*\)")
_LEADING_DETERMINER = re.compile(r"^(?:the|a|an|its|our|their) ", re.IGNORECASE)


def make_title(located: LocatedCandidate, *, actor_is_party: bool) -> str:
    """Return the title of a candidate's record: never a bare word where the text has more, and nothing cut within.

    Where the actor is no party, the title of a verb without an object names it.
    """
    candidate = located.candidate
    trigger = candidate.trigger
    doc = trigger.doc
    if not actor_is_party and _is_about_its_subject(candidate, located):
        return _finish(_whole_text(doc, located.start_token, located.end_token, ""))
    end = _completed_end(trigger, _tail_start(trigger), located.end_token)
    if not is_verb(trigger):
        has_few_modifiers = trigger.i - trigger.left_edge.i < _MAX_MODIFIERS
        title = _whole_text(doc, trigger.left_edge.i if has_few_modifiers else trigger.i, end, "")
        title = _LEADING_DETERMINER.sub("", title)
    else:
        title = _whole_text(doc, _tail_start(trigger), end, _opening(trigger))
    title = _finish(title)
    if " " in title or located.end_token - located.start_token < 2:
        return title
    return _finish(_whole_text(doc, located.start_token, located.end_token, ""))


def _opening(verb: Token) -> str:
    """Return the verb in its base form with the white space or, of a passive, the subject that follows it.

    "Two ports will be set up in Oslo" gives "set up two ports ".
    """
    doc = verb.doc
    negation = "not " if is_negated(verb) else ""
    affected = _passive_subject(verb)
    if affected is None:
        return negation + _base_form(verb) + (doc[_tail_start(verb) - 1].whitespace_ or verb.whitespace_)
    particle = next((child.text + " " for child in verb.rights if child.dep_ == "prt"), "")
    second = _coordinated_participle(verb)
    also = f"{doc[verb.i + 1].text} {_base_form(second)} " if second is not None else ""
    phrase = doc[affected.left_edge.i : affected.right_edge.i + 1].text
    if not _keeps_capital(affected.left_edge):
        phrase = phrase[:1].lower() + phrase[1:]
    return f"{negation}{_base_form(verb)} {particle}{also}{phrase} "


def _tail_start(trigger: Token) -> int:
    """Return the first token after what `_opening` gives."""
    if not is_verb(trigger):
        return trigger.i + 1
    if _passive_subject(trigger) is not None:
        second = _coordinated_participle(trigger)
        return (trigger if second is None else second).i + 1 + any(child.dep_ == "prt" for child in trigger.rights)
    return _start_of_object(trigger)


def _passive_subject(verb: Token) -> Token | None:
    """Return what a passive acts upon; a pronoun says nothing by itself."""
    return next((child for child in verb.lefts if child.dep_ == "nsubjpass" and child.pos_ != "PRON"), None)


def _coordinated_participle(verb: Token) -> Token | None:
    """Return the participle that follows right after "and": "is authorized and directed to publish"."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    is_pair = len(after) == 2 and after[0].dep_ == "cc" and after[1].head == verb and after[1].tag_ == verb.tag_
    return after[1] if is_pair else None


def _start_of_object(verb: Token) -> int:
    """Return the first token of a verb's object past adjuncts: "signed this morning, both of us, a pact".

    The token after the verb where it has no object, or more than adjuncts before it.
    """
    target = direct_object(verb)
    if target is None or target.left_edge.i <= verb.i + 1:
        return verb.i + 1
    start = target.left_edge.i
    if verb.doc[start - 1].text in _QUOTES:
        start -= 1
    only_adjuncts = all(
        word.dep_ in _ADJUNCT_RELATIONS or (word.dep_ == "prep" and word.right_edge.ent_type_ == "DATE")
        for word in verb.doc[verb.i + 1 : start]
        if word.head == verb
    )
    return start if only_adjuncts else verb.i + 1


def _is_about_its_subject(candidate: Candidate, located: LocatedCandidate) -> bool:
    """Whether the title needs the subject: a thing that does something without an object ("18 ships will arrive")."""
    trigger, actor = candidate.trigger, candidate.actor
    if actor is None or actor.doc is not trigger.doc or not located.start_token <= actor.i < trigger.i:
        return False
    is_thing = actor.pos_ in ("NOUN", "NUM") and not actor.ent_type_ and all(c.token != actor for c in candidate.cues)
    has_object = any(child.dep_ in _OBJECT_RELATIONS for child in trigger.children)
    return is_verb(trigger) and is_thing and not has_object and candidate.last_conjunct in (None, trigger)


def _completed_end(trigger: Token, start: int, end: int) -> int:
    """Return the token (exclusive) at which a title ends: past `end` where nothing follows or a word lacks its object.

    "Scale [the programme]", "explore how [to share data]".
    """
    doc = trigger.doc
    limit = min(trigger.sent.end, end + _MAX_COMPLETION)
    while end < limit and (end <= start or _is_open(doc[end - 1]) or _lacks_object(doc[end - 1], end)):
        following = next((token for token in doc[end:limit] if token.head.i < end <= token.left_edge.i), None)
        if following is None or following.dep_ in _COORDINATION or following.text == ";":
            break
        end = min(following.right_edge.i + 1, limit)
    while end > trigger.i + 1 and _is_open(doc[end - 1]):
        end -= 1
    return max(end, trigger.i + 1)


def _lacks_object(verb: Token, end: int) -> bool:
    """Whether the object of a last verb begins where a title ends: "determining [whether to end it]"."""
    return is_verb(verb) and any(child.dep_ in _OBJECT_RELATIONS and child.i >= end for child in verb.rights)


def _is_open(token: Token) -> bool:
    return (token.tag_ in _OPEN_TAGS and token.dep_ != "prt") or token.lower_ == "those" or token.text in _TRAILING


def _whole_text(doc: Doc, start: int, end: int, before: str) -> str:
    """Return `before` and the text of tokens, up to the last that leaves a whole phrase within the length of a title.

    An end that leaves out an adjunct is preferred to one within a coordination, and that to one that only the words
    suggest.
    """
    texts = [before + text.removesuffix(" ") for text in accumulate(_spaced_words(doc, start, end), initial="")]
    whole = texts[-1]
    if len(whole) <= MAX_LENGTH:
        return whole
    best: dict[int, str] = {}
    for cut in range(min(end - 1, start + MAX_LENGTH), start, -1):  # a token has a character at least
        text = texts[cut - start]
        if len(text) < _MIN_LENGTH:
            break
        is_balanced = text.count("(") == text.count(")")
        if len(text) <= MAX_LENGTH and is_balanced and not _lacks_complement(doc, cut, end):
            best.setdefault(_cut_rank(doc, start, cut, end), text)
    return next((best[rank] for rank in sorted(best) if rank < _NO_CUT), _PARENTHESIS.sub("", whole))


def _spaced_words(doc: Doc, start: int, end: int) -> Iterator[str]:
    """Yield tokens with their white space, verbs that are coordinated with the one before in their base form.

    A name that a bad copy has glued to the next word is set apart.
    """
    for token in doc[start:end]:
        is_glued = token.is_title and not token.whitespace_ and token.i + 1 < end and doc[token.i + 1].is_alpha
        is_glued = is_glued and gazetteer().get(token.text) is not None
        word = _base_form(token) if _joins_earlier_verb(token, start) else token.text
        yield word + (" " if is_glued else token.whitespace_)


def _joins_earlier_verb(token: Token, start: int) -> bool:
    """Whether a verb is coordinated with one before `start`, in the same form: "to planning [and building]"."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    return first.i < start and token.tag_ in _INFLECTED_TAGS and first.tag_ == token.tag_ and is_verb(token)


def _lacks_complement(doc: Doc, cut: int, end: int) -> bool:
    """Whether the last word before a cut needs the words after it: "focusing [on]", "Republic [of]", "regardless"."""
    last, following = doc[cut - 1], doc[cut]
    governs = last.pos_ in ("VERB", "AUX", "ADV", "ADJ", "SCONJ") and any(cut <= child.i < end for child in last.rights)
    is_phrasal = cut > 1 and doc[cut - 2].pos_ == following.pos_ == "ADP"  # "in line with"
    is_word_part = not last.whitespace_ and (following.is_alpha or following.text in _HYPHENS)
    return governs or is_phrasal or is_word_part or _is_open(last) or following.lower_ == "of"


def _cut_rank(doc: Doc, start: int, cut: int, end: int) -> int:
    """Return how well a phrase may end before token `cut`, 0 best; _NO_CUT where it may not."""
    depends_on_rest = any(cut <= token.head.i < end for token in doc[start:cut])
    relations = {token.dep_ for token in doc[cut:end] if token.head.i < cut}
    if not depends_on_rest and relations <= _OPTIONAL_RELATIONS:
        return 0
    if not depends_on_rest and relations <= _OPTIONAL_RELATIONS | _COORDINATION:
        return 1
    after_noun = doc[cut - 1].pos_ in ("NOUN", "PROPN")
    return 2 if after_noun and (doc[cut].pos_ in ("ADP", "CCONJ") or doc[cut].text in _TRAILING) else _NO_CUT


def _finish(line: str) -> str:
    """Return a title on one line, with a capital, without what only ends a sentence."""
    line = _SENTENCE_END.sub("", re.sub(r"\s+", " ", line)).strip(_TRAILING)
    for opening, closing in _QUOTES.items():
        if line.count(opening) != line.count(closing) or (opening == closing and line.count(opening) % 2):
            line = line.strip(opening + closing + _TRAILING)
    return line[:1].upper() + line[1:]


def _keeps_capital(word: Token) -> bool:
    """Whether a word is capitalised by itself, not as the first of its sentence: a name, "Portuguese", "AI"."""
    is_abbreviation = len(word) > 1 and word.is_upper
    return word.pos_ == "PROPN" or is_abbreviation or gazetteer().get(word.text) is not None


def _base_form(verb: Token) -> str:
    """Return a verb's base form in the text's spelling where possible: "finalise", "co-host"."""
    if verb.tag_ == "VB":
        return verb.lower_
    lemma = verb.lemma_.lower()
    prefix, hyphen, _ = verb.lower_.partition("-")
    return f"{prefix}-{lemma}" if hyphen and not lemma.startswith(prefix) else lemma
