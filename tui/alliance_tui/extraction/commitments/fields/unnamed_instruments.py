"""Descriptions of treaties, bodies and programmes without a name: "memorandum of understanding on ports"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, InstrumentRoles
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOPIC_PREPOSITIONS = ("on", "for", "between", "of", "with")
_PURPOSE_ENDS = frozenset({".", ":", ",", ";", "(", "that", "which", "in", "through", "including", "to"})
_TOPIC_ENDS = frozenset({",", ";", "(", "to", "that", "which"})
_COMPOUND_MARKS = frozenset({"-", "–", "/"})
_MAX_LENGTH = 14
"""The longest description after its noun, in tokens."""


@cache
def instrument_nouns() -> frozenset[str]:
    """Return the nouns for treaties, bodies and programmes, as lower-case lemmas."""
    roles, heads = load(InstrumentRoles), load(CapitalisedNames).head_nouns
    types = (EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME)
    name_heads = frozenset(head.lower() for entity_type in types for head in heads[entity_type])
    return (roles.signable_nouns | roles.unnamed_body_nouns | name_heads) - roles.generic_nouns


def describe_instrument(head: Token) -> str | None:
    """Return the shortest words that identify an unnamed instrument: modifiers, noun, topic or purpose.

    None where `head` is no noun for an instrument, or nothing identifies which one is meant.
    """
    if head.lemma_.lower() not in instrument_nouns() and not _is_capitalised_name(head):
        return None
    start = _start_of_modifiers(head)
    end = _end_of_topic(head)
    if end == head.i + 1 and head.tag_ in ("NNS", "NNPS"):
        return None
    if end - start < 2:
        end = _end_of_purpose(head)
    if end - start < 2:
        return None
    return head.doc[start:end].text


def _start_of_modifiers(head: Token) -> int:
    """Return the first token of the modifiers that identify an instrument, without article, owner and number."""
    generic = load(InstrumentRoles).phrases.generic_adjectives
    doc, start = head.doc, head.i
    for index in range(head.i - 1, head.left_edge.i - 1, -1):
        token = doc[index]
        in_compound = token.text in _COMPOUND_MARKS or doc[index + 1].text.startswith("-")  # "five-year plan"
        is_excluded = token.pos_ in ("DET", "PUNCT", "PRON", "NUM", "SYM") and not in_compound
        if is_excluded or token.tag_ == "POS" or token.lower_ in generic:
            break
        start = index
    return start


def _is_capitalised_name(head: Token) -> bool:
    """Whether its capitals make a noun a name: "the Harbour Desk"."""
    return head.is_title and head.i > head.left_edge.i and head.nbor(-1).is_title


def _end_of_topic(head: Token) -> int:
    """Return the token after the topic of an instrument: "agreement on ports and their workers"."""
    end = head.i + 1
    for prep in head.rights:
        if prep.i != end or prep.lower_ not in _TOPIC_PREPOSITIONS or prep.dep_ != "prep":
            continue
        phrase_end = prep.right_edge.i + 1
        topic_end = next((t.i for t in head.doc[prep.i : phrase_end] if t.text in _TOPIC_ENDS), phrase_end)
        if topic_end - head.i <= _MAX_LENGTH:
            end = topic_end
    return end


def _end_of_purpose(head: Token) -> int:
    """Return the token after the purpose of an instrument: "contract to lease a terminal"."""
    doc, last = head.doc, head.sent.end
    if head.i + 2 >= last or doc[head.i + 1].lower_ != "to" or doc[head.i + 2].tag_ != "VB":
        return head.i + 1
    end = next((t.i for t in doc[head.i + 2 : last] if t.text in _PURPOSE_ENDS), last)
    return end if end - head.i <= _MAX_LENGTH else head.i + 1
