"""Words that say that documents are signed or exchanged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.resources import load

if TYPE_CHECKING:
    from spacy.tokens import Token


def document_nouns() -> frozenset[str]:
    """The nouns for what is listed, as lemmas in small letters."""
    return _listed("documents")


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(load("instrument_roles")["listed"][kind])


def signing_words() -> frozenset[str]:
    """The lemmas for signing and exchanging documents."""
    return _listed("signing") | _listed("exchanging")


def signs_documents(word: Token) -> bool:
    """Whether it says that documents are made: "signed", "the signing of", "exchanged the following agreements"."""
    lemma = word.lemma_.lower()
    if lemma not in _listed("exchanging"):
        return lemma in _listed("signing")
    done_to = (child for child in word.subtree if child.dep_ in ("dobj", "obj", "nsubjpass", "pobj"))
    return any(noun.lemma_.lower() in document_nouns() for noun in done_to)
