"""A record's title: one short line, like an order, made of the text's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.syntax import direct_object, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 72
_ASIDE = frozenset({"npadvmod", "punct", "appos"})
"""How what tells when or by whom a thing is done hangs on its verb."""
_NEAR = 8
"""How many words before a noun may still belong to its title."""
_BREAKS = frozenset(
    {
        ",",
        ";",
        "–",
        "—",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "through",
        "as",
        "at",
        "of",
        "from",
        "between",
    }
)


def make_title(anchor: Token, last: int) -> str:
    """The anchor's base form and what follows up to token `last` (exclusive), cut to a line."""
    doc = anchor.doc
    suffers = next((child for child in anchor.lefts if child.dep_ == "nsubjpass"), None) if is_verb(anchor) else None
    if suffers is not None:
        particle = next((child.text + " " for child in anchor.rights if child.dep_ == "prt"), "")
        first = anchor.i + 1 + bool(particle)
        whole = doc[suffers.left_edge.i : suffers.right_edge.i + 1].text
        if not _keeps_capital(suffers.left_edge):
            whole = whole[:1].lower() + whole[1:]
        text = f"{_base_form(anchor)} {particle}{whole} {doc[first:last].text}"
    elif is_verb(anchor):
        first = _start_of_rest(anchor)
        text = _base_form(anchor) + (doc[first - 1].whitespace_ or anchor.whitespace_) + doc[first:last].text
    else:
        start = anchor.left_edge.i if anchor.i - anchor.left_edge.i < _NEAR else anchor.i
        text = doc[start:last].text
    line = re.sub(r"\s+", " ", text).strip(" ,;:–—-“\"'`")
    line = re.sub(r"^(?:the|a|an|its|our|their) ", "", line, flags=re.IGNORECASE)
    return _cut(line[:1].upper() + line[1:])


def _start_of_rest(verb: Token) -> int:
    """Where what a verb is done to begins, past what only tells when or by whom: "signed this morning, both of us, a
    pact"; else the index after the verb.
    """
    target = direct_object(verb)
    if target is None or target.left_edge.i <= verb.i + 1:
        return verb.i + 1
    between = verb.doc[verb.i + 1 : target.left_edge.i]
    told = (word for word in between if word.head == verb)
    aside = all(word.dep_ in _ASIDE or (word.dep_ == "prep" and word.right_edge.ent_type_ == "DATE") for word in told)
    return target.left_edge.i if aside else verb.i + 1


def _keeps_capital(word: Token) -> bool:
    """Whether a word has its capital from more than opening a sentence: a name, "Portuguese", "AI"."""
    acronym = len(word) > 1 and word.is_upper
    return word.pos_ == "PROPN" or acronym or gazetteer().get(word.text) is not None


def _base_form(verb: Token) -> str:
    """The verb's base form, as the text spells it where it has it: "finalise", "co-host"."""
    if verb.tag_ == "VB":
        return verb.lower_
    lemma = verb.lemma_.lower()
    prefix, hyphen, _ = verb.lower_.partition("-")
    return f"{prefix}-{lemma}" if hyphen and not lemma.startswith(prefix) else lemma


def _cut(line: str) -> str:
    if len(line) <= _LONGEST:
        return line
    words = line[:_LONGEST].split(" ")[:-1]
    for keep in range(len(words), len(words) // 2, -1):
        if keep < len(words) and words[keep].lower() in _BREAKS:
            words = words[:keep]
            break
    return " ".join(words).rstrip(" ,;:–—-") + "…"
