"""Signing and exchanging of documents: the lexicon's words, and tokens that express it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles

if TYPE_CHECKING:
    from spacy.tokens import Token


def document_nouns() -> frozenset[str]:
    """Nouns for signed documents, as lower-case lemmas."""
    return load(InstrumentRoles).list_documents


def signing_words() -> frozenset[str]:
    """Lemmas of words for signing and exchanging documents."""
    roles = load(InstrumentRoles)
    return roles.list_signing_words | roles.list_exchange_words


def signs_documents(word: Token) -> bool:
    """Whether a token states that documents are signed: "signed", "the signing of", "exchanged agreements"."""
    lemma, roles = word.lemma_.lower(), load(InstrumentRoles)
    if lemma not in roles.list_exchange_words:
        return lemma in roles.list_signing_words
    objects = (child for child in word.subtree if child.dep_ in ("dobj", "obj", "nsubjpass", "pobj"))
    return any(noun.lemma_.lower() in document_nouns() for noun in objects)
