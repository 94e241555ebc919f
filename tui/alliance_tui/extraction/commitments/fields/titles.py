"""Title of a record: one short line in the imperative, in the text's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.syntax import direct_object, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_LENGTH = 72
_ADJUNCT_RELATIONS = frozenset({"npadvmod", "punct", "appos"})
"""The relations to the verb of what says when or by whom something is done."""
_MAX_MODIFIERS = 8
"""The most tokens before a noun that are part of its title."""
_CUT_BEFORE = frozenset(
    {
        ",", ";", "–", "—", "and", "or", "to", "in", "on", "for", "with", "by", "through", "as", "at", "of", "from",
        "between",
    }
)  # fmt: skip


def make_title(trigger: Token, end: int) -> str:
    """Return the trigger in its base form and what follows up to token `end` (exclusive), cut to one line."""
    line = re.sub(r"\s+", " ", _title_words(trigger, end)).strip(" ,;:–—-“\"'`")
    line = re.sub(r"^(?:the|a|an|its|our|their) ", "", line, flags=re.IGNORECASE)
    return shorten_title(line[:1].upper() + line[1:])


def _title_words(trigger: Token, end: int) -> str:
    doc = trigger.doc
    if not is_verb(trigger):
        has_few_modifiers = trigger.i - trigger.left_edge.i < _MAX_MODIFIERS
        return doc[trigger.left_edge.i if has_few_modifiers else trigger.i : end].text
    affected = next((child for child in trigger.lefts if child.dep_ == "nsubjpass"), None)
    if affected is not None:
        return _active_voice(trigger, affected, end)
    start = _start_of_object(trigger)
    return _base_form(trigger) + (doc[start - 1].whitespace_ or trigger.whitespace_) + doc[start:end].text


def _active_voice(verb: Token, affected: Token, end: int) -> str:
    """Return a passive in the active voice: "two ports will be set up in Oslo" as "set up two ports in Oslo"."""
    doc = verb.doc
    particle = next((child.text + " " for child in verb.rights if child.dep_ == "prt"), "")
    start = verb.i + 1 + bool(particle)
    phrase = doc[affected.left_edge.i : affected.right_edge.i + 1].text
    if not _keeps_capital(affected.left_edge):
        phrase = phrase[:1].lower() + phrase[1:]
    return f"{_base_form(verb)} {particle}{phrase} {doc[start:end].text}"


def _start_of_object(verb: Token) -> int:
    """Return the first token of a verb's object past adjuncts: "signed this morning, both of us, a pact".

    The token after the verb where it has no object, or more than adjuncts before it.
    """
    target = direct_object(verb)
    if target is None or target.left_edge.i <= verb.i + 1:
        return verb.i + 1
    between = verb.doc[verb.i + 1 : target.left_edge.i]
    only_adjuncts = all(
        word.dep_ in _ADJUNCT_RELATIONS or (word.dep_ == "prep" and word.right_edge.ent_type_ == "DATE")
        for word in between
        if word.head == verb
    )
    return target.left_edge.i if only_adjuncts else verb.i + 1


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


def shorten_title(line: str) -> str:
    """Cut a line at its last break within the limit, or at a word."""
    if len(line) <= _MAX_LENGTH:
        return line
    words = line[:_MAX_LENGTH].split(" ")[:-1]
    for count in range(len(words) - 1, len(words) // 2, -1):
        if words[count].lower() in _CUT_BEFORE:
            words = words[:count]
            break
    return " ".join(words).rstrip(" ,;:–—-") + "…"
