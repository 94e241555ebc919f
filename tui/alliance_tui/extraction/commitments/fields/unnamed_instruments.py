"""The words for a treaty, body or programme that has no name: "memorandum of understanding on ports"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, InstrumentRoles
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOES_ON = ("on", "for", "between", "of", "with")
"""The prepositions after which it is told what the thing is about, or between whom."""
_ENDS = frozenset({".", ":", ",", ";", "(", "that", "which", "in", "through", "including"})
_JOINTS = frozenset({"-", "–", "/"})
_LONGEST = 14
"""How many words a phrase may have."""


@cache
def instrument_nouns() -> frozenset[str]:
    """The nouns for such things, as lemmas in small letters."""
    roles, heads = load(InstrumentRoles), load(CapitalisedNames).head_nouns
    types = (EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME)
    named = frozenset(head.lower() for kind in types for head in heads[kind])
    return (roles.signable_nouns | roles.unnamed_body_nouns | named) - roles.generic_nouns


def identifying_words(head: Token) -> str | None:
    """The shortest words that tell which one it is: without article or owner, with what it is about or is to do; None
    where the noun `head` is of no such kind, or nothing tells which.
    """
    if head.lemma_.lower() not in instrument_nouns() and not _is_called(head):
        return None
    doc = head.doc
    plain = load(InstrumentRoles).phrases.generic_adjectives
    start = head.i
    for index in range(head.i - 1, head.left_edge.i - 1, -1):
        token = doc[index]
        joined = token.text in _JOINTS or doc[index + 1].text.startswith("-")  # "five-year plan"
        apart = token.pos_ in ("DET", "PUNCT", "PRON", "NUM", "SYM") and not joined
        if apart or token.tag_ == "POS" or token.lower_ in plain:
            break
        start = index
    end = _about(head)
    if end == head.i + 1 and head.tag_ in ("NNS", "NNPS"):
        return None
    if end - start < 2:
        end = _to(head)
    if end - start < 2:
        return None
    return doc[start:end].text


def _is_called(head: Token) -> bool:
    """Whether it is a name by its capitals: "the Harbour Desk"."""
    return head.is_title and head.i > head.left_edge.i and head.nbor(-1).is_title


def _about(head: Token) -> int:
    """The index after what tells what the thing is about."""
    end = head.i + 1
    for prep in head.rights:
        if prep.i != end or prep.lower_ not in _GOES_ON or prep.dep_ != "prep":
            continue
        until = prep.right_edge.i + 1
        comma = next((t.i for t in head.doc[prep.i : until] if t.text in (",", ";", "(", "to", "that", "which")), until)
        if comma - head.i <= _LONGEST:
            end = comma
    return end


def _to(head: Token) -> int:
    """The index after what a thing is to do: "contract to lease a terminal"."""
    doc, last = head.doc, head.sent.end
    if head.i + 2 >= last or doc[head.i + 1].lower_ != "to" or doc[head.i + 2].tag_ != "VB":
        return head.i + 1
    end = next((t.i for t in doc[head.i + 2 : last] if t.text in _ENDS or t.text == "to"), last)
    return end if end - head.i <= _LONGEST else head.i + 1
